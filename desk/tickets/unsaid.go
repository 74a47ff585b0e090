package tickets

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
)

// Standing is where a ticket stands in its workflow.
type Standing struct {
	Status     string    `json:"status"`
	Category   Category  `json:"category"`
	ResumeAt   time.Time `json:"resume_at,omitzero"`
	ResolvedAt time.Time `json:"resolved_at,omitzero"`
	ClosedAt   time.Time `json:"closed_at,omitzero"`
}

// Unsaid is a change of status that came with a reply, kept beside it: while the
// reply is held its client sees neither, and both at once afterwards.
type Unsaid struct {
	From Standing `json:"from"`
	To   string   `json:"to"`
}

func (t *Ticket) standing() Standing {
	return Standing{Status: t.Status, Category: t.Category, ResumeAt: t.ResumeAt, ResolvedAt: t.ResolvedAt, ClosedAt: t.ClosedAt}
}

// unsay notes with the reply's message where the ticket stood before it.
func (c *Change) unsay() {
	from := c.Before.standing()
	if from.Status == c.Ticket.Status && from.ResumeAt.Equal(c.Ticket.ResumeAt) {
		return
	}
	c.Messages[len(c.Messages)-1].Data.Unsaid = &Unsaid{From: from, To: c.Ticket.Status}
}

// without goes back over what is still unsaid, oldest first given, as far as
// nobody has moved the ticket since.
func (s Standing) without(all []Unsaid) Standing {
	for _, u := range slices.Backward(all) {
		if u.To == s.Status {
			s = u.From
		}
	}
	return s
}

// unsaidSQL is what is unsaid about the ticket t, as one value.
const unsaidSQL = `(select json_agg(x.data->'unsaid' order by x.seq) from ?tenant.messages x
	where x.subject_id = t.id and x.direction = 'out' and x.state = 'held' and x.data->'unsaid' is not null)`

// unsaid reads where clients still see those tickets of the tenant that a held
// reply has moved: seldom any, and found by the state of messages.
func unsaid(ctx context.Context, tx tenants.ReadTx) (map[desk.TicketID]Standing, error) {
	var rows []struct {
		ID desk.TicketID
		Standing
		All []byte
	}
	err := tx.Query(ctx, &rows, `select t.id, t.status, t.category, t.resume_at, t.resolved_at, t.closed_at, u.all
		from (select m.subject_id as id, json_agg(m.data->'unsaid' order by m.seq) as all from ?tenant.messages m
			where m.state = 'held' and m.direction = 'out' and m.data->'unsaid' is not null group by m.subject_id) u
		join ?tenant.tickets t on t.id = u.id`)
	if err != nil {
		return nil, fmt.Errorf("read what is unsaid: %w", err)
	}
	seen := make(map[desk.TicketID]Standing, len(rows))
	for _, r := range rows {
		var all []Unsaid
		if err := decode(r.All, &all); err != nil {
			return nil, err
		}
		seen[r.ID] = r.without(all)
	}
	return seen, nil
}

// asSeen makes a client's list ask where the client sees a ticket instead of
// where it is. The worklist cannot answer that, so the condition leaves the filter.
func (q *ListQuery) asSeen(ctx context.Context, tx tenants.ReadTx, w *where) (map[desk.TicketID]Standing, error) {
	if tx.Actor().Kind != desk.ContactActor {
		return nil, nil
	}
	seen, err := unsaid(ctx, tx)
	if err != nil || len(seen) == 0 || len(q.Filter.Categories) == 0 {
		return seen, err
	}
	var moved, here []desk.TicketID
	for id, s := range seen {
		moved = append(moved, id)
		if slices.Contains(q.Filter.Categories, s.Category) {
			here = append(here, id)
		}
	}
	w.add("(t.category in (?) and t.id not in (?) or t.id in (?))", bun.List(q.Filter.Categories), bun.List(moved), bun.List(here))
	q.Filter.Categories = nil
	return seen, nil
}

// seenAs puts the rows where their client sees them.
func seenAs(rows []Row, seen map[desk.TicketID]Standing) {
	for i := range rows {
		if s, ok := seen[rows[i].ID]; ok {
			r := &rows[i]
			r.Status, r.Category, r.ResumeAt, r.ResolvedAt, r.ClosedAt = s.Status, s.Category, s.ResumeAt, s.ResolvedAt, s.ClosedAt
		}
	}
}
