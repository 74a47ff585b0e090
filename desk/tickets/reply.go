package tickets

import (
	"context"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Reply is an answer to the client, and what it does to the status.
type Reply struct {
	Ticket Ref
	Text   string
	Format Format
	// Seen is the PublicSeq that was on the screen while the answer was written.
	// Something newer stops it unless Anyway.
	Seen   int
	Anyway bool
	// Status moves the ticket in the same change.
	Status  *Move
	Cc      []Recipient
	Uploads []desk.FileID
	// Hold is how long it can be taken back; 0 is ten seconds, below 0 not at all.
	Hold time.Duration
	// Auto is a machine's answer: the client still waits for a person's, and no
	// promise is kept by it.
	Auto bool
	Key  *tenants.Key
}

// Reply answers the client: a public comment, the message that will carry it
// with its recipients frozen, the ticket no longer waiting for us. Until Hold is
// over the client sees nothing of it, nor where it moved the ticket, and Withdraw
// takes it back.
//
// Rights: ticket.reply, and ticket.status if it moves the ticket. Errors:
// NotFound, Denied; ClosedIsFinal; ArrivedMeanwhile with "arrived", the comments
// since Seen by others; ValidationFailed; those of SetStatus.
func (t *Tickets) Reply(ctx context.Context, tx tenants.Tx, in Reply) (*Comment, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketReply, f.object()); err != nil {
		return nil, err
	}
	wrong := append(text("text/body", in.Text, 1, maxBody), checkRecipients(in.Cc)...)
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	if f.Category == CategoryClosed {
		return nil, desk.Refuse(desk.ClosedIsFinal)
	}
	if err := t.nothingArrived(ctx, tx, f, in.Seen, in.Anyway); err != nil {
		return nil, err
	}
	c := f.change(tx)
	comment := reply(c, f, in)
	c.Key, c.DropDraft = in.Key, "reply"
	if in.Status != nil {
		if err := t.move(ctx, tx, c, *in.Status, comment.Seq); err != nil {
			return nil, err
		}
		c.unsay()
	}
	c.read()
	if err := t.attach(ctx, tx, in.Uploads, f.ID, comment.Seq, false); err != nil {
		return nil, err
	}
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return comment, nil
}

// reply is the pure part: the comment, its message, whose turn it is.
func reply(c *Change, f *found, in Reply) *Comment {
	now := c.now
	if in.Hold == 0 {
		in.Hold = Hold
	}
	seq := c.Record(FactReplied, true, Detail{})
	m := Message{ID: desk.NewMessageID(now), Channel: Portal, Account: MainAccount, State: "held", Seq: seq, Address: f.ContactEmail}
	m.Data = MessageData{Cc: in.Cc, Language: f.ContactLanguage, HeldUntil: now.Add(in.Hold)}
	if f.ContactEmail != "" {
		m.Channel = Mail
		m.Data.To = []Recipient{{Contact: f.ContactID, Name: f.ContactName, Address: f.ContactEmail}}
	}
	if in.Hold < 0 {
		m.State, m.Data.HeldUntil = "queued", time.Time{}
		c.send(m)
	} else {
		c.Timer(TimerSend+":"+strconv.Itoa(seq), m.Data.HeldUntil)
	}
	c.Messages = append(c.Messages, m)
	c.Comments = append(c.Comments, Comment{
		Ticket: f.ID, Seq: seq, Format: in.Format, At: now, AuthorID: c.actor.ID, AuthorKind: authorKind(c.actor), Channel: m.Channel,
		Body: in.Text, Message: m.ID, Data: CommentData{To: m.Data.To, Cc: in.Cc}, State: m.State, HeldUntil: m.Data.HeldUntil,
	})
	if c.auto = in.Auto; !c.auto {
		if c.Ticket.FirstRepliedAt.IsZero() {
			c.Ticket.FirstRepliedAt = now
		}
		c.Ticket.WaitingSince = time.Time{}
	}
	return &c.Comments[len(c.Comments)-1]
}

// JobSend carries a queued message out; its data names the message.
const JobSend = "mail.send"

// send asks for the message to leave after the commit. What only the portal
// shows has arrived with that.
func (c *Change) send(m Message) {
	if m.Channel == Mail {
		c.Jobs = append(c.Jobs, desk.Job{Name: JobSend, Lane: desk.MailLane, Seq: m.Seq, Data: []byte(`{"message":"` + m.ID.String() + `"}`)})
	}
}

// read notes that the actor, if of the staff, has now seen the whole ticket.
func (c *Change) read() {
	if c.actor.Kind == desk.StaffActor {
		c.Readers = append(c.Readers, Reader{Person: c.actor.ID, Kind: desk.StaffActor, Seen: c.Ticket.Version})
	}
}

func checkRecipients(all []Recipient) []desk.FieldError {
	if len(all) > 20 {
		return []desk.FieldError{desk.Field("cc", desk.MaxItems, "max", 20)}
	}
	for _, r := range all {
		if r.Address == "" || !readable(r.Address) || len(r.Address) > 254 {
			return []desk.FieldError{desk.Field("cc", desk.Email)}
		}
	}
	return nil
}

// nothingArrived compares what the writer saw with what there is. Only comments
// count, and not the writer's own: a priority changed by someone else never
// blocks an answer.
func (t *Tickets) nothingArrived(ctx context.Context, tx tenants.Tx, f *found, seen int, anyway bool) error {
	if anyway || f.PublicSeq <= seen {
		return nil
	}
	entries, err := publicSince(ctx, tx.ReadTx, f.ID, seen)
	if err != nil {
		return err
	}
	var arrived []Entry
	for _, e := range entries {
		if e.Comment != nil && e.Author.ID != tx.Actor().ID {
			arrived = append(arrived, e)
		}
	}
	if len(arrived) == 0 {
		return nil
	}
	return desk.Refuse(desk.ArrivedMeanwhile, "who", arrived[len(arrived)-1].Author.Name).With("arrived", arrived)
}
