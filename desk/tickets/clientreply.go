package tickets

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// ClientReply is what a client writes on a ticket, from the portal or by mail.
type ClientReply struct {
	Ticket Ref
	// Contact is who wrote it, when an automaton brings it.
	Contact desk.ContactID
	Text    string
	Format  Format
	Channel string
	// Quiet mail (an out-of-office answer) is kept but wakes nobody: no status
	// changes by it and the client does not wait.
	Quiet   bool
	Message desk.MessageID
	Quoted  string
	Uploads []desk.FileID
	Key     *tenants.Key
}

// ClientReply adds the client's words. A paused or resolved ticket is open again
// by them, and the client waits from now.
//
// Rights: of a contact request.reply on a ticket it sees; of an automaton
// ticket.reply. Errors: NotFound, Denied, ValidationFailed; ClosedIsFinal, on
// which intake opens a ticket that goes on from this one (Open.Follows).
func (t *Tickets) ClientReply(ctx context.Context, tx tenants.Tx, in ClientReply) (*Comment, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.may(ctx, tx.ReadTx, f, access.TicketReply, access.RequestReply); err != nil {
		return nil, err
	}
	if err := desk.Invalid(text("text", in.Text, 1, maxBody)...); err != nil {
		return nil, err
	}
	if f.Category == CategoryClosed {
		return nil, desk.Refuse(desk.ClosedIsFinal)
	}
	if in.Channel == "" || tx.Actor().Kind == desk.ContactActor {
		in.Channel = Portal
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	c := f.change(tx)
	c.Key = in.Key
	comment := c.hear(in)
	if f.Category == CategoryPending || f.Category == CategoryResolved {
		if !in.Quiet {
			c.comeBack(flow.First(), comment, f.Category == CategoryResolved)
		}
	}
	if !in.Quiet && c.Ticket.WaitingSince.IsZero() {
		c.Ticket.WaitingSince = c.now
	}
	if err := t.attach(ctx, tx, in.Uploads, f.ID, comment.Seq, false); err != nil {
		return nil, err
	}
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return comment, nil
}

// hear adds the client's comment and its fact.
func (c *Change) hear(in ClientReply) *Comment {
	who := speaker(c.actor, in.Contact)
	seq := c.RecordAs(who, FactClientReplied, true, Detail{Channel: in.Channel})
	c.Comments = append(c.Comments, Comment{
		Ticket: c.Ticket.ID, Seq: seq, Format: in.Format, At: c.now, AuthorID: who.ID, AuthorKind: authorKind(who), Channel: in.Channel,
		Body: in.Text, Message: in.Message, Data: CommentData{Quoted: in.Quoted},
	})
	return &c.Comments[len(c.Comments)-1]
}

// comeBack opens a paused or resolved ticket because of what its client said.
func (c *Change) comeBack(first settings.Status, because *Comment, reopened bool) {
	from := c.Ticket.Status
	c.enter(first, time.Time{}, 0)
	c.RecordAs(desk.Actor{Kind: desk.ActorKind(because.AuthorKind), ID: because.AuthorID}, FactStatusChanged, true, Detail{
		Reply: because.Seq, Reopened: reopened, Changes: []FieldChange{{Field: "status", From: from, To: first.Key}},
	})
}
