package queue

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Query is one page of a view.
type Query struct {
	// Tenants are those of the actor that are in scope.
	Tenants []tenants.Tenant
	View    View
	Filter  Filter
	After   *Cursor
	// Limit is at most 100; 0 means 50.
	Limit int
}

// Filter narrows a view. Empty members do not narrow.
type Filter struct {
	Priorities []int
	Types      []string
	Statuses   []string
	Assignees  []desk.UserID
	Unassigned bool
	Channels   []string
	// ClientWaits keeps those whose client waits for us.
	ClientWaits bool
	// Words must all stand in subject, company or contact, or be the number.
	Words []string
}

// Cursor is where a page ended. The API signs it.
type Cursor struct {
	Rank int64         `json:"r"`
	ID   desk.TicketID `json:"i"`
	// At is the place in the order of Mine.
	At time.Time `json:"a,omitzero"`
}

// Page of a view.
type Page struct {
	Rows []Row
	// Next is nil at the end.
	Next *Cursor
}

// List reads a page of a view over any number of tenants in one statement: the
// most urgent first, the paused last. A row is there if the actor has ticket.read
// on its type in its tenant; tenants without that are as if they were not.
//
// Errors: ValidationFailed for an unknown view.
func (q *Queue) List(ctx context.Context, actor desk.Actor, in Query) (Page, error) {
	if in.Limit <= 0 {
		in.Limit = 50
	}
	in.Limit = min(in.Limit, 100)
	scopes, every, err := q.scopes(ctx, actor, in.Tenants, access.TicketRead)
	if err != nil || len(scopes) == 0 {
		return Page{Rows: []Row{}}, err
	}
	text, args, err := statement(actor, in, scopes, every)
	if err != nil {
		return Page{}, err
	}
	var found []indexRow
	if err := q.house.SharedReader(actor).Query(ctx, &found, text, args...); err != nil {
		return Page{}, fmt.Errorf("read the queue: %w", err)
	}
	p := Page{Rows: make([]Row, 0, len(found))}
	for i := range found {
		if i == in.Limit {
			last := &found[i-1]
			p.Next = &Cursor{last.DueTick, last.TicketID, last.DueAt}
			break
		}
		p.Rows = append(p.Rows, found[i].row())
	}
	return p, nil
}

// rowsOf looks the chosen rows up one by one: planned as a join while the worklist
// is small, it would go on scanning when it has grown.
const rowsOf = `cross join lateral (select x.* from manydesk.ticket_index x where x.tenant_id = p.tenant_id and x.ticket_id = p.ticket_id limit 1) i
		left join lateral (select x.name from manydesk.users x where x.id = i.assignee_id limit 1) u on true`

// statement writes the page's one statement. The lists of ids are chosen first,
// from the index alone where nothing narrows them, then their rows are read.
func statement(actor desk.Actor, in Query, scopes []scope, every bool) (string, []any, error) {
	low, high := int64(-1), int64(1)<<62
	var conditions []string
	args := []any{encode(scopes)}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	switch in.View {
	case Urgent:
		high = urgentRank
	case Unassigned:
		high = tickets.PausedRank
		conditions = append(conditions, "x.assignee_id is null")
	case WaitingClient:
		low = tickets.PausedRank - 1
	case Mine, All:
	default:
		return "", nil, desk.Invalid(desk.Field("/query/view", desk.OneOf, "of", "urgent, mine, unassigned, waiting_client, all"))
	}
	if !every && in.View != Mine {
		conditions = append(conditions, "(c.every or jsonb_exists(c.types, x.type))")
	}
	conditions = append(conditions, in.Filter.conditions(arg)...)
	narrow := ""
	if len(conditions) > 0 {
		narrow = " and " + strings.Join(conditions, " and ")
	}
	after := Cursor{Rank: low}
	if in.After != nil && in.After.Rank > low {
		after = *in.After
	}
	id := arg(after.ID)
	if in.After == nil || after.ID.IsZero() {
		args[len(args)-1] = "ffffffff-ffff-ffff-ffff-ffffffffffff"
	}
	if in.View == Mine {
		text := mine(actor, in, scopes, every, narrow, id, after, arg)
		return text, args, nil
	}
	text := merged(in, len(scopes), narrow, id, arg(after.Rank), arg(high), arg)
	return text, args, nil
}

// mine reads the person's own list by the person's index, whatever the tenants.
// args grow through arg; scopes are $1.
func mine(actor desk.Actor, in Query, scopes []scope, every bool, narrow, id string, after Cursor, arg func(any) string) string {
	ids := make([]int32, len(scopes))
	for i, s := range scopes {
		ids[i] = int32(s.Tenant)
	}
	visible := "x.tenant_id = any(" + arg(ids) + "::integer[]) and "
	if every {
		visible += "$1::jsonb is not null" // every tenant in scope whole
	} else {
		visible += "exists (select from jsonb_to_recordset($1::jsonb) c(tenant integer, every boolean, types jsonb) where c.tenant = x.tenant_id and (c.every or jsonb_exists(c.types, x.type)))"
	}
	me := arg(actor.ID) + "::uuid"
	return "select " + indexColumns + " from (select x.* from manydesk.ticket_index x where x.assignee_id = " + me +
		" and (x.due_at, x.ticket_id) > (" + arg(after.At) + "::timestamptz, " + id + "::uuid) and " + visible + narrow +
		" order by x.due_at, x.ticket_id limit " + arg(in.Limit+1) + ") i cross join (select (select name from manydesk.users where id = " + me + ") as name) u" +
		" order by i.due_at, i.ticket_id"
}

// merged reads the tenants' lists in one order. Of many tenants each gives only
// its first few at the beginning: the last rank of a page made of those is a bound
// that no row of the true page lies beyond, and up to it each list is read again,
// which is a handful of rows instead of a whole page of each tenant.
func merged(in Query, scopes int, narrow, id, rank, until string, arg func(any) string) string {
	from := "x.tenant_id = c.tenant and x.calendar_id = 0 and (x.due_tick, x.ticket_id) > (" + rank + "::bigint, " + id + "::uuid) and x.due_tick < " + until + "::bigint" + narrow
	limit, few := arg(in.Limit+1), arg(2*in.Limit/scopes+2)
	return `with c as materialized (select * from jsonb_to_recordset($1::jsonb) c(tenant integer, every boolean, types jsonb)),
		heads as (select x.due_tick from c cross join lateral (select x.due_tick from manydesk.ticket_index x where ` + from + ` order by x.due_tick, x.ticket_id limit ` + few + `) x
			order by x.due_tick limit ` + limit + `),
		bound as materialized (select case when count(*) = ` + limit + ` then max(due_tick) else ` + until + `::bigint end as tick from heads)
		select ` + indexColumns + ` from (select x.tenant_id, x.ticket_id, x.due_tick
			from c cross join lateral (select x.tenant_id, x.ticket_id, x.due_tick from manydesk.ticket_index x
				where ` + from + ` and x.due_tick <= (select tick from bound) order by x.due_tick, x.ticket_id limit ` + limit + `) x
			order by x.due_tick, x.ticket_id limit ` + limit + `) p ` + rowsOf + ` order by p.due_tick, i.ticket_id`
}

func (f *Filter) conditions(arg func(any) string) (all []string) {
	if len(f.Priorities) > 0 {
		all = append(all, "x.priority = any("+arg(f.Priorities)+"::integer[])")
	}
	if len(f.Types) > 0 {
		all = append(all, "x.type = any("+arg(f.Types)+")")
	}
	if len(f.Statuses) > 0 {
		all = append(all, "x.status = any("+arg(f.Statuses)+")")
	}
	if len(f.Channels) > 0 {
		all = append(all, "x.channel = any("+arg(f.Channels)+")")
	}
	if len(f.Assignees) > 0 {
		ids := make([]string, len(f.Assignees))
		for i, id := range f.Assignees {
			ids[i] = id.UUID()
		}
		condition := "x.assignee_id = any(" + arg(ids) + "::uuid[])"
		if f.Unassigned {
			condition = "(x.assignee_id is null or " + condition + ")"
		}
		all = append(all, condition)
	} else if f.Unassigned {
		all = append(all, "x.assignee_id is null")
	}
	if f.ClientWaits {
		all = append(all, "x.waiting_since is not null")
	}
	for _, w := range f.Words {
		all = append(all, word(w, arg))
	}
	return all
}

// word looks for a word in what a row shows, whatever its case and whether ё or е.
func word(w string, arg func(any) string) string {
	pattern := arg("%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w) + "%")
	condition := "manydesk.fold(concat_ws(' ', x.subject, x.company, x.contact)) like manydesk.fold(" + pattern + ")"
	digits := w[strings.LastIndexByte(w, '-')+1:]
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return "(x.number = " + arg(n) + " or " + condition + ")"
	}
	return condition
}
