package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Note is a word among the staff.
type Note struct {
	Ticket  Ref
	Text    string
	Format  Format
	Uploads []desk.FileID
	Key     *tenants.Key
}

// Note adds an internal note. The client never sees it, and the ticket moves
// nowhere by it; closed tickets take notes too.
//
// Rights: ticket.note. Errors: NotFound, Denied, ValidationFailed.
func (t *Tickets) Note(ctx context.Context, tx tenants.Tx, in Note) (*Comment, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketNote, f.object()); err != nil {
		return nil, err
	}
	if err := desk.Invalid(text("text", in.Text, 1, maxBody)...); err != nil {
		return nil, err
	}
	c := f.change(tx)
	c.Key, c.DropDraft = in.Key, "note"
	seq := c.Record(FactNoted, false, Detail{})
	c.Comments = append(c.Comments, Comment{
		Ticket: f.ID, Seq: seq, Internal: true, Format: in.Format, At: c.now,
		AuthorID: c.actor.ID, AuthorKind: authorKind(c.actor), Channel: API, Body: in.Text,
	})
	c.read()
	if err := t.attach(ctx, tx, in.Uploads, f.ID, seq, true); err != nil {
		return nil, err
	}
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Comments[0], nil
}
