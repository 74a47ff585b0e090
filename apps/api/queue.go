package api

import (
	"context"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/queue"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

type queueIn struct {
	Paging
	Scope  string `query:"scope" maxLength:"40" default:"all" doc:"A tenant's slug, or all"`
	View   string `query:"view" enum:"urgent,mine,unassigned,waiting_client,all" default:"urgent"`
	Filter string `query:"filter" maxLength:"2000"`
	Where  string `query:"where" maxLength:"4000" doc:"A tree of conditions as JSON, beside the filter, on what a row shows: words, subject, number, priority, line, type, status, channel, group, assignee, company, vendor, waiting_since, updated_at, due_at"`
}

type nextIn struct {
	Body struct {
		Scope string `json:"scope" maxLength:"40"`
	}
}

// QueuePage is a page of the cross-tenant queue.
type QueuePage struct {
	Items  []Row   `json:"items"`
	Next   *string `json:"next"`
	Counts *Counts `json:"counts,omitempty" doc:"With the first page"`
}

const acrossTenants = "the room lists only what the person may read in each of their tenants"

func (a *App) queueRoutes(r *Routes) {
	mine(r, "GET /v1/queue", Op{ID: "readQueue", Tag: "Queue", Summary: "What to do now, over all tenants", Anyone: acrossTenants, Errors: []desk.Code{desk.BadCursor, desk.BadFilter}}, a.queue)
	mine(r, "GET /v1/queue/counts", Op{ID: "countQueue", Tag: "Queue", Summary: "The numbers beside views and tenants", Anyone: acrossTenants},
		func(ctx context.Context, c Caller, _ *noInput) (*Counts, error) {
			all, err := a.inScope(ctx, c.visitor.session, "all")
			if err != nil {
				return nil, err
			}
			return a.counts(ctx, c.Actor, all)
		})
	mine(r, "POST /v1/queue/next", Op{ID: "takeNext", Tag: "Queue", Summary: "Take the most urgent ticket that nobody has", Anyone: acrossTenants, Repeatable: true},
		func(ctx context.Context, c Caller, in *nextIn) (*Row, error) {
			all, err := a.inScope(ctx, c.visitor.session, in.Body.Scope)
			if err != nil {
				return nil, err
			}
			row, err := a.Queue.Next(ctx, c.Actor, all)
			if err != nil {
				return nil, err
			}
			rows, err := a.queueRows(ctx, c, []queue.Row{*row})
			if err != nil {
				return nil, err
			}
			return &rows[0], nil
		})
	mine(r, "GET /v1/refs/{ref}", Op{ID: "resolveRef", Tag: "Queue", Summary: "Where a ticket is that people call ACME-1042", Anyone: acrossTenants}, a.ref)
	mine(r, "GET /v1/search", Op{ID: "search", Tag: "Queue", Summary: "Tickets of the person's tenants by number, subject, contact", Anyone: acrossTenants, Class: heavy}, a.search)
}

// inScope are the tenants that a session works in, or the one that is asked for.
func (a *App) inScope(ctx context.Context, s people.Session, scope string) ([]tenants.Tenant, error) {
	live, err := a.People.Tenants(ctx, s)
	if err != nil {
		return nil, err
	}
	ids := make([]desk.TenantID, len(live))
	for i, m := range live {
		ids[i] = m.Tenant
	}
	all, err := a.house.Many(ctx, ids)
	if err != nil {
		return nil, err
	}
	var in []tenants.Tenant
	for _, id := range ids {
		if t, ok := all[id]; ok && (scope == "all" || scope == "" || t.Slug == scope) {
			in = append(in, t)
		}
	}
	if scope != "all" && scope != "" && len(in) == 0 {
		return nil, desk.Missing()
	}
	return in, nil
}

func (a *App) queue(ctx context.Context, c Caller, in *queueIn) (*QueuePage, error) {
	all, err := a.inScope(ctx, c.visitor.session, in.Scope)
	if err != nil {
		return nil, err
	}
	filter, err := queueFilter(in.Filter, c.Actor.User(), a)
	if err != nil {
		return nil, err
	}
	q := queue.Query{Tenants: all, View: queue.View(in.View), Filter: filter, Limit: in.Limit}
	if q.Where, err = queueCondition(in.Where); err != nil {
		return nil, err
	}
	where := scope{0, c.Actor.ID, "queue", in.Scope + "\n" + in.View + "\n" + in.Filter}
	if in.Where != "" {
		where.question += "\n" + in.Where
	}
	if in.Cursor != "" {
		q.After = &queue.Cursor{}
		if err := a.cursors.open(ctx, where, in.Cursor, q.After); err != nil {
			return nil, err
		}
	}
	p, err := a.Queue.List(ctx, c.Actor, q)
	if err != nil {
		return nil, err
	}
	page := &QueuePage{}
	if page.Items, err = a.queueRows(ctx, c, p.Rows); err != nil {
		return nil, err
	}
	if p.Next != nil {
		if page.Next, err = a.cursors.seal(ctx, where, p.Next); err != nil {
			return nil, err
		}
	}
	if in.Cursor != "" {
		return page, nil
	}
	mineAll, err := a.inScope(ctx, c.visitor.session, "all")
	if err != nil {
		return nil, err
	}
	page.Counts, err = a.counts(ctx, c.Actor, mineAll)
	return page, err
}

// queueCondition reads a tree that narrows the queue.
func queueCondition(text string) (conditions.Tree, error) {
	const at = "/query/where"
	tree, wrong := conditions.Read([]byte(text), at)
	if len(wrong) == 0 {
		wrong = queue.Words().Check(tree, at)
	}
	return tree, desk.Invalid(wrong...)
}

// queueFilter is the filter of lists, as far as the worklist knows its fields.
func queueFilter(text string, me desk.UserID, a *App) (queue.Filter, error) {
	f, err := parseFilter(text, me, a.house.Clock()())
	if err != nil {
		return queue.Filter{}, err
	}
	known := tickets.Filter{Priorities: f.Priorities, Types: f.Types, Statuses: f.Statuses, Assignees: f.Assignees, Unassigned: f.Unassigned, ClientWaits: f.ClientWaits, Words: f.Words, Listed: f.Listed}
	if f.Not != nil || len(f.Tags)+len(f.Fields)+len(f.Groups)+len(f.Categories)+len(f.Contacts) > 0 || f.Rated != known.Rated ||
		!f.CreatedFrom.IsZero() || !f.CreatedTo.IsZero() || !f.ResolvedFrom.IsZero() || !f.ResolvedTo.IsZero() || !f.ClosedFrom.IsZero() || !f.ClosedTo.IsZero() {
		return queue.Filter{}, desk.Refuse(desk.BadFilter, "where", cut(text, 40))
	}
	return queue.Filter{Priorities: f.Priorities, Types: f.Types, Statuses: f.Statuses, Assignees: f.Assignees, Unassigned: f.Unassigned, ClientWaits: f.ClientWaits, Words: f.Words}, nil
}

// queueRows shows rows of many tenants, each in its tenant's words.
func (a *App) queueRows(ctx context.Context, c Caller, rows []queue.Row) ([]Row, error) {
	frames := map[desk.TenantID]*frame{}
	out := make([]Row, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		t, err := a.house.ByID(ctx, r.Tenant)
		if err != nil {
			return nil, err
		}
		actor, err := a.People.ActorIn(ctx, c.visitor.session, t)
		if err != nil {
			continue // ended between the list and now
		}
		actor.Language = c.Language
		tx := a.house.Reader(t, actor)
		f := frames[r.Tenant]
		if f == nil {
			made, err := a.frame(ctx, tx)
			if err != nil {
				return nil, err
			}
			f = &made
			frames[r.Tenant] = f
		}
		row, err := f.listRow(ctx, tx, &r.Row)
		if err != nil {
			return nil, err
		}
		if row.SLA = rowClock(r.Clock); row.SLA != nil {
			row.DueKind = orNil(r.Clock.Kind)
		}
		out = append(out, row)
	}
	return out, nil
}

func (a *App) counts(ctx context.Context, actor desk.Actor, all []tenants.Tenant) (*Counts, error) {
	n, err := a.Queue.Counts(ctx, actor, all)
	if err != nil {
		return nil, err
	}
	slugs := map[desk.TenantID]string{}
	for _, t := range all {
		slugs[t.ID] = t.Slug
	}
	v := &Counts{Views: ViewCounts{n.Views[queue.Urgent], n.Views[queue.Mine], n.Views[queue.Unassigned], n.Views[queue.WaitingClient], n.Views[queue.All]}}
	for _, t := range n.Tenants {
		v.Tenants = append(v.Tenants, TenantCount{slugs[t.Tenant], t.Open, t.AtRisk})
	}
	return v, nil
}

type refIn struct {
	Ref string `path:"ref" maxLength:"40"`
}

// RefTo is where a ticket is.
type RefTo struct {
	Tenant string `json:"tenant"`
	Number int64  `json:"number"`
}

// ref resolves ACME-1042 among the person's tenants. Codes may repeat: the first
// tenant in which the person may read such a ticket is meant.
func (a *App) ref(ctx context.Context, c Caller, in *refIn) (*RefTo, error) {
	i := strings.LastIndexByte(in.Ref, '-')
	if i <= 0 {
		return nil, desk.Missing()
	}
	number, ok := ticketNumber(in.Ref[i+1:])
	if !ok {
		return nil, desk.Missing()
	}
	all, err := a.inScope(ctx, c.visitor.session, "all")
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if !strings.EqualFold(t.Code, in.Ref[:i]) {
			continue
		}
		actor, err := a.People.ActorIn(ctx, c.visitor.session, t)
		if err != nil {
			continue
		}
		got, err := a.Tickets.Get(ctx, a.house.Reader(t, actor), tickets.Number(number))
		if desk.Is(err, desk.NotFound) || desk.Is(err, desk.Denied) || desk.Is(err, desk.ScopeMissing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return &RefTo{t.Slug, got.Number}, nil
	}
	return nil, desk.Missing()
}

func ticketNumber(s string) (int64, bool) {
	var n int64
	if s == "" || len(s) > 15 {
		return 0, false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int64(r-'0')
	}
	return n, n > 0
}

type searchIn struct {
	Q string `query:"q" minLength:"1" maxLength:"200" required:"true"`
}

const (
	perTenant = 10
	searched  = 30
)

// search looks in each of the person's tenants: tickets by number and subject,
// and those of contacts whose name or address matches.
func (a *App) search(ctx context.Context, c Caller, in *searchIn) (*List[Row], error) {
	all, err := a.inScope(ctx, c.visitor.session, "all")
	if err != nil {
		return nil, err
	}
	list := &List[Row]{}
	for _, t := range all {
		actor, err := a.People.ActorIn(ctx, c.visitor.session, t)
		if err != nil {
			continue
		}
		actor.Language = c.Language
		rows, err := a.searchIn(ctx, a.house.Reader(t, actor), in.Q)
		if err != nil {
			return nil, err
		}
		list.Items = append(list.Items, rows...)
	}
	slices.SortStableFunc(list.Items, func(x, y Row) int { return compareTimes(y.UpdatedAt, x.UpdatedAt) })
	if len(list.Items) > searched {
		list.Items = list.Items[:searched]
	}
	return list, nil
}
