package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Delivery is the fate of a message that went out.
type Delivery struct {
	Ticket  Ref
	Message desk.MessageID
	// Reply is the seq of the comment it carried, 0 for a notice.
	Reply int
	// State is what the message is now: sent, delivered, failed, bounced.
	State string
	// Code and Text are the other side's words about a failure.
	Code, Text string
}

// Delivered notes a message's fate on its ticket, where people see a failure: a
// fact that its client does not see, and the message's state, in one change.
//
// Rights: ticket.edit of the automaton. Errors: NotFound, Denied.
func (t *Tickets) Delivered(ctx context.Context, tx tenants.Tx, in Delivery) error {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketEdit, f.object()); err != nil {
		return err
	}
	c := f.change(tx)
	c.Release = append(c.Release, MessageState{in.Message, in.State, in.Code, in.Text})
	fact := FactSent
	if in.State == "failed" || in.State == "bounced" {
		fact = FactSendFailed
	}
	c.Record(fact, false, Detail{Reply: in.Reply, Message: in.Message, Code: in.Code, Text: in.Text})
	return t.finish(ctx, tx, c)
}
