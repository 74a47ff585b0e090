package tickets

import (
	"context"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Reopen is the client's "no, it is not done", with or without words.
type Reopen struct {
	Ticket  Ref
	Text    string
	Uploads []desk.FileID
	Key     *tenants.Key
}

// Reopen opens a resolved ticket for its client. An open one stays so.
//
// Rights: request.reply on a ticket the contact sees. Errors: NotFound, Denied,
// ClosedIsFinal, ValidationFailed.
func (t *Tickets) Reopen(ctx context.Context, tx tenants.Tx, in Reopen) (*Ticket, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.may(ctx, tx.ReadTx, f, access.TicketStatus, access.RequestReply); err != nil {
		return nil, err
	}
	if err := desk.Invalid(text("text", in.Text, 0, maxBody)...); err != nil {
		return nil, err
	}
	switch {
	case f.Category == CategoryClosed:
		return nil, desk.Refuse(desk.ClosedIsFinal)
	case f.Category != CategoryResolved:
		return &f.Ticket, nil
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	c := f.change(tx)
	c.Key = in.Key
	reply := 0
	if strings.TrimSpace(in.Text) != "" || len(in.Uploads) > 0 {
		reply = c.hear(ClientReply{Text: in.Text, Channel: Portal}).Seq
	}
	c.advance(flow.First(), FactStatusChanged, reply)
	c.Ticket.WaitingSince = c.now
	if err := t.attach(ctx, tx, in.Uploads, f.ID, reply, false); err != nil {
		return nil, err
	}
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}

// ReopenableUntil is until when a resolved ticket's client may say that it is
// not done; zero when it may not, the far future when nothing closes it.
func ReopenableUntil(t *Ticket, after time.Duration) time.Time {
	switch {
	case t.Category != CategoryResolved:
		return time.Time{}
	case after == 0:
		return t.ResolvedAt.AddDate(100, 0, 0)
	}
	return t.ResolvedAt.Add(after)
}
