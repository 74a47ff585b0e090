package queue

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
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
	// Where must hold beside the filter; Words has checked it.
	Where conditions.Tree
	After *Cursor
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
	// Left is in seconds of working time, or a rank, as of the moment Now: the next
	// page is read as of the same moment, so that nothing moves between the two.
	Left int64         `json:"l"`
	ID   desk.TicketID `json:"i"`
	Now  time.Time     `json:"n"`
}

// Page of a view.
type Page struct {
	Rows []Row
	// Next is nil at the end.
	Next *Cursor
}

// List reads a page of a view over any number of tenants in one statement: what
// has the least working time left by its own calendar first, then what has no
// deadline, the paused last. A row is there if the actor has ticket.read on its
// type in its tenant; tenants without that are as if they were not.
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
	tx := q.house.SharedReader(actor)
	now := tx.Now()
	if in.After != nil {
		now = in.After.Now
	}
	lists, clocks, err := q.lists(ctx, actor, in.Tenants, scopes, now, in.View)
	if err != nil {
		return Page{}, err
	}
	text, args, err := statement(actor, in, lists, every, now)
	if err != nil {
		return Page{}, err
	}
	var found []indexRow
	if err := tx.Query(ctx, &found, text, args...); err != nil {
		return Page{}, fmt.Errorf("read the queue: %w", err)
	}
	p := Page{Rows: make([]Row, 0, len(found))}
	shown := clocks
	if !tx.Now().Equal(now) {
		shown = q.shelf.At(tx.Now())
	}
	for i := range found {
		if i == in.Limit {
			last := &found[i-1]
			p.Next = &Cursor{last.DueTick - clocks.Tick(last.CalendarID), last.TicketID, now}
			break
		}
		p.Rows = append(p.Rows, found[i].row(shown))
	}
	return p, nil
}

// rowsOf looks the chosen rows up one by one: planned as a join while the worklist
// is small, it would go on scanning when it has grown.
const rowsOf = `cross join lateral (select x.* from manydesk.ticket_index x where x.tenant_id = p.tenant_id and x.ticket_id = p.ticket_id limit 1) i
		left join lateral (select x.name from manydesk.users x where x.id = i.assignee_id limit 1) u on true`

// statement writes the page's one statement. The lists of ids are chosen first,
// from the index alone where nothing narrows them, then their rows are read.
func statement(actor desk.Actor, in Query, lists []list, every bool, now time.Time) (string, []any, error) {
	after := Cursor{Left: -1 << 62}
	var narrow []string
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	switch in.View {
	case Unassigned:
		narrow = append(narrow, "x.assignee_id is null")
	case WaitingClient:
		after.Left = tickets.PausedRank - 1
	case Urgent, Mine, All:
	default:
		return "", nil, desk.Invalid(desk.Field("/query/view", desk.OneOf, "of", "urgent, mine, unassigned, waiting_client, all"))
	}
	from := ""
	if in.View == Mine {
		from = mine(actor, lists, every, arg)
	} else {
		arg(encode(lists))
		from = "x.tenant_id = c.tenant and x.calendar_id = c.calendar"
		if !every {
			narrow = append(narrow, "(c.every or jsonb_exists(c.types, x.type)) and (c.vendor is null or x.vendor_id = c.vendor)")
		}
	}
	for _, tree := range []conditions.Tree{in.Filter.tree(), in.Where} {
		if tree.Always() {
			continue
		}
		text, err := tree.SQL(worklist, conditions.Env{Now: now, Me: actor.User().String()}, arg)
		if err != nil {
			return "", nil, fmt.Errorf("compile a filter of the queue: %w", err)
		}
		narrow = append(narrow, text)
	}
	for _, c := range narrow {
		from += " and " + c
	}
	id := "ffffffff-ffff-ffff-ffff-ffffffffffff"
	if in.After != nil && in.After.Left >= after.Left {
		after = *in.After
		id = after.ID.UUID()
	}
	return merged(in, len(lists), from, arg(id), arg(after.Left), arg), args, nil
}

// mine is the person's own part of the worklist, whatever the tenants: as many
// lists as there are calendars. The first argument becomes those lists.
func mine(actor desk.Actor, lists []list, every bool, arg func(any) string) string {
	type one struct {
		Calendar int   `json:"calendar"`
		Tick     int64 `json:"tick"`
		Until    int64 `json:"until"`
	}
	var calendars []one
	var scopes []scope
	var ids []int32
	seen := map[int]bool{}
	for _, l := range lists {
		if l.Calendar == 0 {
			scopes = append(scopes, l.scope)
			ids = append(ids, int32(l.Tenant))
		}
		if !seen[l.Calendar] {
			seen[l.Calendar] = true
			calendars = append(calendars, one{l.Calendar, l.Tick, l.Until})
		}
	}
	arg(encode(calendars))
	from := "x.assignee_id = " + arg(actor.ID) + "::uuid and x.calendar_id = c.calendar and x.tenant_id = any(" + arg(ids) + "::integer[])"
	if !every {
		from += " and exists (select from jsonb_to_recordset(" + arg(encode(scopes)) + "::jsonb) r(tenant integer, every boolean, types jsonb, vendor uuid) where r.tenant = x.tenant_id and (r.every or jsonb_exists(r.types, x.type)) and (r.vendor is null or x.vendor_id = r.vendor))"
	}
	return from
}

// directly is how many lists are each read for a whole page: of more, a bound
// is found first.
const directly = 4

// merged reads the lists in one order, that of what is left. Of many lists each
// gives only its first few at the beginning: the last of a page made of those is a
// bound that no row of the true page lies beyond. Only a list whose first few all
// lie within the bound may have more there, and is read again up to it.
func merged(in Query, lists int, where, id, left string, arg func(any) string) string {
	from := "manydesk.ticket_index x where (x.due_tick, x.ticket_id) > (c.tick + " + left + "::bigint, " + id + "::uuid) and x.due_tick < c.tick + c.until and " + where
	const row, order = "x.tenant_id, x.ticket_id, x.due_tick", " order by x.due_tick, x.ticket_id limit "
	limit := arg(in.Limit + 1)
	text := `with c as materialized (select c.*, row_number() over () as l from jsonb_to_recordset($1::jsonb) c(tenant integer, every boolean, types jsonb, vendor uuid, calendar integer, tick bigint, until bigint))`
	if lists <= directly {
		return text + " select " + indexColumns + " from (select x.*, x.due_tick - c.tick as left_s from c cross join lateral (select x.* from " + from + order + limit +
			") x order by left_s, x.ticket_id limit " + limit + ") i left join lateral (select x.name from manydesk.users x where x.id = i.assignee_id limit 1) u on true order by i.left_s, i.ticket_id"
	}
	few := arg(2*in.Limit/lists + 2)
	text += `,
		heads as materialized (select c.l, x.tenant_id, x.ticket_id, x.due_tick - c.tick as left_s from c cross join lateral (select ` + row + " from " + from + order + few + `) x),
		bound as materialized (select case when count(*) = ` + limit + ` then max(left_s) else 1::bigint << 62 end as left_s from (select left_s from heads order by left_s limit ` + limit + `) x),
		more as materialized (select h.l from heads h group by h.l having count(*) = ` + few + ` and max(h.left_s) <= (select left_s from bound))`
	chosen := `select h.tenant_id, h.ticket_id, h.left_s from heads h where h.left_s <= (select left_s from bound) and h.l not in (select l from more)
			union all select x.tenant_id, x.ticket_id, x.due_tick - c.tick from c cross join lateral (select ` + row + " from " + from +
		" and x.due_tick <= c.tick + (select left_s from bound)" + order + limit + ") x where c.l in (select l from more)"
	return text + " select " + indexColumns + " from (select * from (" + chosen + ") y order by left_s, ticket_id limit " + limit + ") p " + rowsOf + " order by p.left_s, i.ticket_id"
}
