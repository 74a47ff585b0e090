package tickets

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Resume is the handler of the timer "resume": a paused ticket whose time has
// come is open again. A timer that is out of date does nothing.
//
// Rights: ticket.status of the automaton. Errors: Denied.
func (t *Tickets) Resume(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	f, err := hold(ctx, tx, ID(desk.TicketID(due.Subject)))
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketStatus, f.object()); err != nil {
		return err
	}
	if f.Category != CategoryPending || f.ResumeAt.After(tx.Now()) {
		return nil
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return err
	}
	c := f.change(tx)
	c.advance(flow.First(), FactResumed, 0)
	return t.finish(ctx, tx, c)
}

// AutoClose is the handler of the timer "close": a resolved ticket whose client
// kept silent is closed. A timer that is out of date does nothing.
//
// Rights: ticket.status of the automaton. Errors: Denied.
func (t *Tickets) AutoClose(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	f, err := hold(ctx, tx, ID(desk.TicketID(due.Subject)))
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketStatus, f.object()); err != nil {
		return err
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return err
	}
	last, ok := flow.In(CategoryClosed)
	after := closeAfter(&flow)
	if !ok || after == 0 || f.Category != CategoryResolved || f.ResolvedAt.Add(after).After(tx.Now()) {
		return nil
	}
	c := f.change(tx)
	c.advance(last, FactStatusChanged, 0)
	return t.finish(ctx, tx, c)
}

// advance moves a ticket where no person chose the way.
func (c *Change) advance(to settings.Status, fact string, reply int) {
	from, category := c.Ticket.Status, c.Ticket.Category
	c.enter(to, time.Time{}, 0)
	c.Record(fact, true, Detail{
		Reply: reply, Reopened: category == CategoryResolved && Listed(to.Category),
		Changes: []FieldChange{{Field: "status", From: from, To: to.Key}},
	})
}
