package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// SetPriority says how urgent a ticket is.
type SetPriority struct {
	Ticket   Ref
	Version  int
	Priority int // 1 critical … 4 low
}

// SetPriority changes how urgent a ticket is. The client is not told.
//
// Rights: ticket.priority. Errors: NotFound, Denied, ChangedMeanwhile,
// ClosedIsFinal, ValidationFailed.
func (t *Tickets) SetPriority(ctx context.Context, tx tenants.Tx, in SetPriority) (*Ticket, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketPriority, f.object()); err != nil {
		return nil, err
	}
	if in.Priority < 1 || in.Priority > 4 {
		return nil, desk.Invalid(desk.Field("priority", desk.OneOf, "of", "1, 2, 3, 4"))
	}
	if f.Category == CategoryClosed {
		return nil, desk.Refuse(desk.ClosedIsFinal)
	}
	if err := unchanged(ctx, tx, f, in.Version, "priority"); err != nil {
		return nil, err
	}
	if in.Priority == f.Priority {
		return &f.Ticket, nil
	}
	c := f.change(tx)
	c.Ticket.Priority = in.Priority
	c.Record(FactPriorityChanged, false, Detail{Changes: []FieldChange{{Field: "priority", From: f.Priority, To: in.Priority}}})
	c.read()
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}
