package api

import (
	"context"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type listTicketsIn struct {
	Paging
	Filter string `query:"filter" maxLength:"2000" doc:"status:open priority<=2 assignee:me \"words\""`
	Where  string `query:"where" maxLength:"4000" doc:"A tree of conditions as JSON, beside the filter: the fields of condition-fields but the description, and number, category, contact, vendor, rating, waiting_since, updated_at, due_at, resolved_at, closed_at. A longer one goes to ticket-searches"`
	Sort   string `query:"sort" enum:"-number,number,urgency" default:"-number"`
}

type searchTicketsIn struct {
	Body struct {
		Where  Condition `json:"where,omitzero"`
		Filter string    `json:"filter,omitempty" maxLength:"2000"`
		Sort   string    `json:"sort,omitempty" enum:"-number,number,urgency" default:"-number"`
		Cursor string    `json:"cursor,omitempty" maxLength:"2000"`
		Limit  int       `json:"limit,omitempty" minimum:"1" maximum:"200" default:"50"`
	}
}

// ticketQuestion is what a page of tickets is asked by; at is the place of its tree.
type ticketQuestion struct {
	filter, where, sort, cursor, at string
	limit                           int
}

func (a *App) ticketListRoute(r *Routes, at string) {
	view(r, "GET "+at, Op{ID: "listTickets", Tag: "Tickets", Summary: "Tickets of the tenant", Needs: []access.Permission{access.TicketRead}, Errors: []desk.Code{desk.BadFilter, desk.BadCursor}},
		func(ctx context.Context, tx tenants.ReadTx, in *listTicketsIn) (*Page[Row], error) {
			return a.listTickets(ctx, tx, ticketQuestion{in.Filter, in.Where, in.Sort, in.Cursor, "/query/where", in.Limit})
		})
	searches := strings.TrimSuffix(at, "s") + "-searches"
	view(r, "POST "+searches, Op{ID: "searchTickets", Tag: "Tickets", Summary: "Tickets of the tenant by a condition of any length; nothing is kept of it", Needs: []access.Permission{access.TicketRead}, Repeatable: true, Errors: []desk.Code{desk.BadFilter, desk.BadCursor}},
		func(ctx context.Context, tx tenants.ReadTx, in *searchTicketsIn) (*Page[Row], error) {
			b := &in.Body
			return a.listTickets(ctx, tx, ticketQuestion{b.Filter, string(b.Where.raw), b.Sort, b.Cursor, "/body/where", b.Limit})
		})
}

func (a *App) listTickets(ctx context.Context, tx tenants.ReadTx, in ticketQuestion) (*Page[Row], error) {
	filter, err := parseFilter(in.filter, tx.Actor().User(), tx.Now())
	if err != nil {
		return nil, err
	}
	q := tickets.ListQuery{Filter: filter, Order: tickets.Order(in.sort), Limit: in.limit}
	if q.Where, err = a.condition(ctx, tx, in.where, in.at); err != nil {
		return nil, err
	}
	where := scope{tx.Tenant().ID, tx.Actor().ID, "tickets", in.sort + "\n" + in.filter}
	if in.where != "" {
		where.question += "\n" + in.where
	}
	if in.cursor != "" {
		if err := a.cursors.open(ctx, where, in.cursor, &q.After); err != nil {
			return nil, err
		}
	}
	began := tx.Now()
	if !q.After.Now.IsZero() {
		began = q.After.Now
	}
	order, err := a.Triage.Readings(ctx, tx, began)
	if err != nil {
		return nil, err
	}
	if q.Order == tickets.ByUrgency {
		q.Clocks = order.Ticks(tx.Tenant().Calendars)
	}
	l, err := a.Tickets.List(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	if f.clocks, err = a.Triage.Readings(ctx, tx, tx.Now()); err != nil {
		return nil, err
	}
	page := &Page[Row]{}
	for i := range l.Rows {
		row, err := f.listRow(ctx, tx, &l.Rows[i])
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, row)
	}
	if l.Next != nil {
		if q.Order == tickets.ByUrgency {
			l.Next.Now = began
		}
		page.Next, err = a.cursors.seal(ctx, where, l.Next)
	}
	return page, err
}

// condition reads a tree that narrows a list of tickets.
//
// Errors: ValidationFailed with every node that means nothing.
func (a *App) condition(ctx context.Context, tx tenants.ReadTx, text, at string) (c tickets.Condition, err error) {
	tree, wrong := conditions.Read([]byte(text), at)
	if len(wrong) > 0 || tree.Always() {
		return c, desk.Invalid(wrong...)
	}
	rules, err := sla.Read(ctx, tx)
	if err != nil {
		return c, err
	}
	var calendars []conditions.Option
	for _, known := range rules.Calendars {
		calendars = append(calendars, conditions.Option{Key: known.Key, Name: conditions.Name(known.Spec.Name)})
	}
	words, err := tickets.Vocabulary(ctx, tx, calendars)
	if err != nil {
		return c, err
	}
	zone, err := time.LoadLocation(tx.Tenant().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	c = tickets.Condition{Tree: tree, Words: conditions.Lists(words), Env: rules.Env(conditions.Env{Now: tx.Now(), Zone: zone, Me: tx.Actor().User().String()})}
	return c, desk.Invalid(c.Words.Check(tree, at)...)
}

// listRow shows a line of a list. Abilities come from compiled rights: memory, not the database.
func (f *frame) listRow(ctx context.Context, tx tenants.ReadTx, r *tickets.Row) (Row, error) {
	t := tickets.Ticket{
		Number: r.Number, Version: r.Version, Subject: r.Subject, Type: r.Type, Status: r.Status, Category: r.Category, Priority: r.Priority,
		AssigneeID: r.AssigneeID, Channel: r.Channel, WaitingSince: r.WaitingSince, ResumeAt: r.ResumeAt, DueAt: r.DueAt, UpdatedAt: r.UpdatedAt,
	}
	v := f.row(&t, r.Assignee, r.Company, r.Contact, r.Fresh)
	if r.DueKind != "" && f.clocks != nil {
		left := r.DueTick - f.clocks.Tick(r.Calendar)
		v.DueKind = orNil(r.DueKind)
		v.SLA = &RowClock{ClockKind(r.DueKind), Instant(r.DueAt), r.DueTarget, left, left <= 0, countingOf(f.clocks.Of(r.Calendar))}
	}
	var err error
	v.Abilities, err = f.abilities(ctx, tx, r.Type, ticketAbilities...)
	return v, err
}
