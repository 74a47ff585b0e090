package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// TimelineQuery is one page of a timeline.
type TimelineQuery struct {
	Ticket Ref
	// Before gives older entries than this seq, After newer ones; at most one is
	// set, and with neither the page is the newest.
	Before, After int
	// Kind narrows to "comment", "note" or "event".
	Kind string
	// Limit is at most 200; 0 means 50.
	Limit int
}

// Page of a timeline, oldest entry first.
type Page struct {
	Entries []Entry
	// More says that there are further entries in the direction asked.
	More bool
}

const timelineWhere = ` where f.subject_id = $1 and f.seq < $2 and f.seq > $3
	and ($4 = '' or case $4 when 'comment' then c.internal is false when 'note' then c.internal else c.seq is null end) and `

func timelineSQL(sees, order string) string {
	return entriesSQL(timelineWhere, sees, order, "$5", " and fl.owner_seq < $2 and fl.owner_seq > $3")
}

// The four texts, so that each keeps its plan.
var timelineTexts = map[[2]string]string{
	{staffSees, "desc"}:  timelineSQL(staffSees, "desc"),
	{staffSees, "asc"}:   timelineSQL(staffSees, "asc"),
	{clientSees, "desc"}: timelineSQL(clientSees, "desc"),
	{clientSees, "asc"}:  timelineSQL(clientSees, "asc"),
}

// Timeline reads what was said and what happened, a page at a time, both ways.
// Clients get what is public, and of that what is not still held.
//
// Rights: ticket.read; of a contact request.read on a ticket it sees. Errors:
// NotFound, ValidationFailed.
func (t *Tickets) Timeline(ctx context.Context, tx tenants.ReadTx, q TimelineQuery) (Page, error) {
	switch q.Kind {
	case "", "comment", "note", "event":
	default:
		return Page{}, desk.Invalid(desk.Field("/query/kind", desk.OneOf, "of", "comment, note, event"))
	}
	f, err := find(ctx, tx, q.Ticket)
	if err != nil {
		return Page{}, err
	}
	if err := t.may(ctx, tx, f, access.TicketRead, access.RequestRead); err != nil {
		return Page{}, err
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 200)
	order, before := "desc", q.Before
	if q.After > 0 {
		order = "asc"
	}
	if before <= 0 {
		before = 1 << 30
	}
	entries, err := readEntries(ctx, tx, f.ID, timelineTexts[[2]string{audience(tx.Actor()), order}], f.ID, before, q.After, q.Kind, q.Limit+1)
	if err != nil {
		return Page{}, err
	}
	p := Page{Entries: entries, More: len(entries) > q.Limit}
	if p.More && order == "desc" {
		p.Entries = entries[1:]
	} else if p.More {
		p.Entries = entries[:q.Limit]
	}
	return p, nil
}
