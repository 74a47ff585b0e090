package tickets

import (
	"context"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Row is a line of a list: what the worklist shows and nothing more.
type Row struct {
	ID           desk.TicketID
	Number       int64
	Version      int
	Subject      string
	Type         string
	Status       string
	Category     Category
	Priority     int
	AssigneeID   desk.UserID
	Assignee     string
	Company      string
	Contact      string
	ContactID    desk.ContactID
	GroupKey     string
	Channel      string
	Fresh        bool
	WaitingSince time.Time
	ResumeAt     time.Time
	DueAt        time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
	ResolvedAt   time.Time
	ClosedAt     time.Time
	Rating       int
	// Rank is the place in the order of urgency: seconds of working time left to the
	// nearest deadline, or a Rank without one.
	Rank int64
	// Calendar, DueTick, DueKind and DueTarget are those of the nearest deadline; no
	// kind without one.
	Calendar  int
	DueTick   int64
	DueKind   string
	DueTarget int64
}

// Filter narrows a list. Empty members do not narrow.
type Filter struct {
	Statuses   []string
	Categories []Category
	Priorities []int
	Types      []string
	Groups     []string
	Assignees  []desk.UserID
	// Unassigned lists what nobody has, beside Assignees.
	Unassigned bool
	Contacts   []desk.ContactID
	Companies  []desk.CompanyID
	// Tags must all be there.
	Tags []string
	// Words must all stand in the subject, or be the number.
	Words []string
	// Fields must have these values, to the letter.
	Fields                     map[string]string
	CreatedFrom, CreatedTo     time.Time
	ResolvedFrom, ResolvedTo   time.Time
	ClosedFrom, ClosedTo       time.Time
	ClientWaits, Rated, Listed bool
	// Not inverts what is in it.
	Not *Filter
}

// Order of a list.
type Order string

// The orders. ByUrgency lists only what stands in the worklist.
const (
	ByNumber  Order = "-number"
	ByAge     Order = "number"
	ByUrgency Order = "urgency"
)

// ListQuery is one page of a list.
type ListQuery struct {
	Filter Filter
	// Where must hold beside the filter.
	Where Condition
	Order Order
	// After is the Cursor of the last page.
	After Cursor
	// Limit is at most 100; 0 means 50.
	Limit int
	// Company widens a contact's list to its company's tickets.
	Company bool
	// Clocks tells for the order of urgency how far the working clocks are: of each
	// calendar the tenant works by, at one moment.
	Clocks map[int]int64
	// open says that only what stands in the worklist can pass.
	open bool
}

// narrow adds the filter and the condition.
func (q *ListQuery) narrow(w *where) error {
	filter := q.Filter.condition()
	q.open = worklist(&filter.Tree) || worklist(&q.Where.Tree)
	if err := w.ask(filter); err != nil {
		return err
	}
	return w.ask(q.Where)
}

// left is the expression of the place in the order of urgency.
func (q *ListQuery) left() string {
	var b strings.Builder
	b.WriteString("i.due_tick - case i.calendar_id")
	for id, tick := range q.Clocks {
		fmt.Fprintf(&b, " when %d then %d", id, tick)
	}
	if len(q.Clocks) == 0 {
		return "i.due_tick"
	}
	b.WriteString(" else 0 end")
	return b.String()
}

// Cursor is where a page ended. The API signs it.
type Cursor struct {
	Number int64         `json:"n,omitempty"`
	Rank   int64         `json:"r,omitempty"`
	ID     desk.TicketID `json:"i,omitzero"`
	// Now is the moment that the order of urgency is of.
	Now time.Time `json:"t,omitzero"`
}

// Listing is a page.
type Listing struct {
	Rows []Row
	// Next is nil at the end.
	Next *Cursor
}

const rowColumns = `t.id, t.number, t.version, t.subject, t.type, t.status, t.category, t.priority, t.assignee_id, s.name as assignee,
	co.name as company, c.name as contact, t.contact_id, t.group_key, t.channel, t.waiting_since, t.resume_at, t.due_at, t.created_at, t.updated_at,
	t.resolved_at, t.closed_at, t.rating, coalesce(i.flags & 1 = 1, false) as fresh, coalesce(i.calendar_id, 0) as calendar,
	coalesce(i.due_tick, 0) as due_tick, coalesce(i.due_kind, '') as due_kind, coalesce(i.due_target, 0) as due_target`

const rowTables = ` left join lateral (select x.name from ?tenant.staff x where x.user_id = t.assignee_id limit 1) s on true
	left join lateral (select x.name from ?tenant.contacts x where x.id = t.contact_id limit 1) c on true
	left join lateral (select x.name from ?tenant.companies x where x.id = t.company_id limit 1) co on true`

// List reads a page of a tenant's tickets, in one statement; a client's in two,
// because it sees a ticket where it stood before a reply that is still held. What
// is open is found in the worklist, the rest by number.
//
// Rights: ticket.read decides which types are listed; a contact's list is its
// own tickets, with Company those of its company (request.company). Errors:
// NotFound when there is nothing the actor may list; Denied.
func (t *Tickets) List(ctx context.Context, tx tenants.ReadTx, q ListQuery) (Listing, error) {
	w, err := t.mayList(ctx, tx, q.Company)
	if err != nil {
		return Listing{}, err
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 100)
	seen, err := q.asSeen(ctx, tx, w)
	if err != nil {
		return Listing{}, err
	}
	if err := q.narrow(w); err != nil {
		return Listing{}, err
	}
	var text strings.Builder
	text.WriteString("select " + rowColumns + ", coalesce(" + q.left() + ", 0) as rank")
	order := "t.number desc"
	switch {
	case q.Order == ByUrgency:
		order = q.left() + ", i.ticket_id"
		if !q.After.ID.IsZero() {
			w.add("("+q.left()+", i.ticket_id) > (?, ?)", q.After.Rank, q.After.ID)
		}
	case q.Order == ByAge:
		order = "t.number"
		if q.After.Number > 0 {
			w.add("t.number > ?", q.After.Number)
		}
	case q.After.Number > 0:
		w.add("t.number < ?", q.After.Number)
	}
	if q.Order == ByUrgency || q.open {
		w.add("i.tenant_id = ?", int32(tx.Tenant().ID))
		text.WriteString(" from manydesk.ticket_index i join ?tenant.tickets t on t.id = i.ticket_id" + rowTables)
	} else {
		text.WriteString(" from ?tenant.tickets t left join manydesk.ticket_index i on i.tenant_id = " + fmt.Sprint(int32(tx.Tenant().ID)) + " and i.ticket_id = t.id" + rowTables)
	}
	text.WriteString(w.text() + " order by " + order + fmt.Sprintf(" limit %d", q.Limit+1))
	var rows []Row
	if err := tx.NewRaw(text.String(), w.args...).Scan(ctx, &rows); err != nil {
		return Listing{}, fmt.Errorf("list tickets: %w", err)
	}
	seenAs(rows, seen)
	l := Listing{Rows: rows}
	if len(rows) > q.Limit {
		l.Rows = rows[:q.Limit]
		last := l.Rows[q.Limit-1]
		l.Next = &Cursor{Number: last.Number, Rank: last.Rank, ID: last.ID}
	}
	return l, nil
}

// Count counts what List would list, up to most and one more.
//
// Rights and errors: those of List.
func (t *Tickets) Count(ctx context.Context, tx tenants.ReadTx, q ListQuery, most int) (n int, err error) {
	w, err := t.mayList(ctx, tx, q.Company)
	if err != nil {
		return 0, err
	}
	if _, err = q.asSeen(ctx, tx, w); err != nil {
		return 0, err
	}
	if err := q.narrow(w); err != nil {
		return 0, err
	}
	w.args = append(w.args, most+1)
	err = tx.NewRaw("select count(*) from (select from ?tenant.tickets t"+w.text()+" limit ?) x", w.args...).Scan(ctx, &n)
	if err != nil {
		return 0, fmt.Errorf("count tickets: %w", err)
	}
	return n, nil
}

// mayList begins the conditions of a list with the actor's rights.
func (t *Tickets) mayList(ctx context.Context, tx tenants.ReadTx, company bool) (*where, error) {
	w := &where{}
	if tx.Actor().Kind != desk.ContactActor {
		seen, err := t.guard.Sight(ctx, tx, access.TicketRead)
		if err != nil {
			return nil, err
		}
		if seen.None() {
			return nil, desk.Missing()
		}
		if !seen.All {
			in(w, "t.type", seen.Keys)
		}
		if !seen.Vendor.IsZero() {
			w.add("t.vendor_id = ?", seen.Vendor)
		}
		return w, nil
	}
	right := access.RequestRead
	if company {
		right = access.RequestCompany
	}
	if err := t.guard.Check(ctx, tx, right, access.Object{}); err != nil {
		return nil, err
	}
	hidden, err := hiddenTypes(ctx, tx)
	if err != nil {
		return nil, err
	}
	if company {
		w.add("t.company_id = (select x.company_id from ?tenant.contacts x where x.id = ? and x.sees in ('company', 'group'))", tx.Actor().ID)
	} else {
		w.add("t.contact_id = ?", tx.Actor().ID)
	}
	if len(hidden) > 0 {
		own := &where{}
		in(own, "t.type", hidden)
		w.add("(t.channel in ('mail', 'portal', 'form') or not ("+own.parts[0]+"))", own.args...)
	}
	w.add("t.merged_into is null")
	return w, nil
}
