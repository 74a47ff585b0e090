package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Confirm is the client's "yes, it is done": a resolved ticket is closed, and so
// is one in work whose trouble went away by itself. A closed one stays so.
//
// Rights: request.reply on a ticket the contact sees; of an automaton
// ticket.status. Errors: NotFound, Denied; TransitionRefused when somebody else
// than a client confirms what is not resolved.
func (t *Tickets) Confirm(ctx context.Context, tx tenants.Tx, ticket Ref) (*Ticket, error) {
	f, err := hold(ctx, tx, ticket)
	if err != nil {
		return nil, err
	}
	if err := t.may(ctx, tx.ReadTx, f, access.TicketStatus, access.RequestReply); err != nil {
		return nil, err
	}
	if f.Category == CategoryClosed {
		return &f.Ticket, nil
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	last, ok := flow.In(CategoryClosed)
	if !ok || f.Category != CategoryResolved && tx.Actor().Kind != desk.ContactActor {
		return nil, refuseWay(&flow, f.Status, last.Key, tx.Actor().Language)
	}
	c := f.change(tx)
	c.advance(last, FactStatusChanged, 0)
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}
