package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/files"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

// crowd is how many letters of one tenant are settled in one unit while they
// come faster than they are read; each of the others has at most small bytes.
const (
	crowd = 8
	small = 128 << 10
)

// Receive is the handler of Job: it reads one stored message and settles it,
// with others of the tenant that wait. Called twice it acts once.
func (i *Intake) Receive(ctx context.Context, w *jobs.Work) error {
	reader := i.house.Reader(w.Tenant, actor)
	waiting, err := w.Alike(ctx, reader, crowd-1)
	if err != nil {
		return err
	}
	others := make([]desk.MessageID, len(waiting))
	jobOf := make(map[desk.MessageID]int64, len(waiting))
	for n, o := range waiting {
		others[n] = desk.MessageID(o.Subject)
		jobOf[others[n]] = o.ID
	}
	stored, err := post.LoadWith(ctx, reader, desk.MessageID(w.Subject), others, small)
	if err != nil {
		return fmt.Errorf("load the message: %w", err)
	}
	letters := make([]*letter, len(stored))
	for n := range stored {
		if letters[n], err = i.read(ctx, w.Tenant, &stored[n]); err != nil {
			return err
		}
		letters[n].job = jobOf[stored[n].ID]
	}
	if err = i.settleAll(ctx, w, letters); err == nil || errors.Is(err, jobs.ErrDone) || len(letters) == 1 {
		return err
	}
	// One of the others may be what failed: this one goes alone.
	return i.settleAll(ctx, w, letters[:1])
}

// read understands a stored message and keeps its attachments. Bytes go to the
// store before the unit: no network call inside one.
func (i *Intake) read(ctx context.Context, tenant tenants.Tenant, stored *post.Message) (*letter, error) {
	var data struct{ Envelope Envelope }
	if err := json.Unmarshal(stored.Data, &data); err != nil {
		return nil, fmt.Errorf("decode the envelope: %w", err)
	}
	signer, err := i.signer(ctx, tenant)
	if err != nil {
		return nil, err
	}
	l := &letter{stored: stored, envelope: data.Envelope, message: email.Read(stored.Raw), mailbox: stored.Account}
	l.references = signer.Thread(l.message, data.Envelope.Recipients...)
	if l.wanted() {
		err = i.keepFiles(ctx, tenant, l)
	}
	return l, err
}

// settleAll settles the first letter, and those of the others that nobody else
// is busy with, in one unit.
func (i *Intake) settleAll(ctx context.Context, w *jobs.Work, letters []*letter) error {
	rest := make([]int64, 0, len(letters))
	for _, l := range letters[1:] {
		rest = append(rest, l.job)
	}
	err := i.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		closed, err := w.DoneTogether(ctx, tx, rest)
		if err != nil {
			return err
		}
		for n, l := range letters {
			if n > 0 && !closed[l.job] {
				continue
			}
			settled, err := i.settle(ctx, tx, l)
			if err != nil {
				return err
			}
			settled.ID = l.stored.ID
			if err := post.Settle(ctx, tx, settled); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil || errors.Is(err, jobs.ErrDone) {
		return err
	}
	return errors.Join(err, i.leave(ctx, w.Tenant, letters))
}

// letter is a message with all that is known of it.
type letter struct {
	stored   *post.Message
	envelope Envelope
	message  email.Message
	mailbox  string
	// job is the outbox row of a letter that came along with another.
	job        int64
	references []email.Reference
	files      []files.Naming
	// refused is set when an attachment was of a kind that is not kept.
	refused bool
}

// damaged reports whether the ticket needs the original beside what was read of it.
func (l *letter) damaged() bool {
	for _, p := range l.message.Problems {
		switch p {
		case email.BrokenHeader, email.BrokenStructure, email.BrokenEncoding, email.BrokenCharset, email.TextCut, email.TooManyParts, email.Unreadable:
			return true
		case email.NoFrom, email.SeveralFroms, email.BadFrom, email.NoMessageID, email.SeveralSubjects, email.BadDate, email.UnknownCharset, email.HiddenMarks, email.ManyHops:
			// Odd, and nothing of what was written is lost.
		}
	}
	return l.refused
}

// wanted reports whether the letter becomes a ticket or a reply, and so whether
// its attachments are worth keeping.
func (l *letter) wanted() bool {
	return l.message.Kind != email.Loop && l.message.Kind != email.Bounce
}

func (i *Intake) settle(ctx context.Context, tx tenants.Tx, l *letter) (post.Settled, error) {
	about := map[string]any{"kind": l.message.Kind, "problems": l.message.Problems, "subject": l.message.Subject, "from": l.message.From}
	settled, err := i.decide(ctx, tx, l)
	if l.refused {
		settled.Code = firstOf(settled.Code, "attachment_refused")
	}
	settled.Data = about
	return settled, err
}

func (i *Intake) decide(ctx context.Context, tx tenants.Tx, l *letter) (post.Settled, error) {
	switch l.message.Kind {
	case email.Loop:
		return post.Settled{State: post.Ignored, Code: "loop"}, nil
	case email.Bounce:
		return i.bounce(ctx, tx, l)
	case email.Person, email.AutoReply, email.List:
	}
	same, err := i.twinOf(ctx, tx, l)
	if err != nil {
		return post.Settled{}, err
	}
	if !same.subject.IsZero() {
		return post.Settled{State: post.Ignored, Code: "copy", Subject: same.subject, Seq: same.seq}, nil
	}
	sender, err := i.sender(ctx, tx, l)
	if err != nil {
		return post.Settled{}, err
	}
	place, err := i.place(ctx, tx, l, sender)
	if err != nil {
		return post.Settled{}, err
	}
	if place.found() && place.category != tickets.CategoryClosed {
		return i.join(ctx, tx, l, sender, place)
	}
	return i.open(ctx, tx, l, sender, place)
}

func (i *Intake) join(ctx context.Context, tx tenants.Tx, l *letter, sender Sender, p place) (post.Settled, error) {
	body, format := l.body()
	comment, err := i.tickets.ClientReply(ctx, tx, tickets.ClientReply{
		Ticket: tickets.ID(p.ticket), Contact: sender.Contact, Text: body, Format: format, Channel: tickets.Mail,
		Quiet: l.message.Kind != email.Person, Message: l.stored.ID, Quoted: l.quoted(),
	})
	if err != nil {
		return post.Settled{}, fmt.Errorf("join the ticket: %w", err)
	}
	if err := i.nameFiles(ctx, tx, l, p.ticket, comment.Seq); err != nil {
		return post.Settled{}, err
	}
	return post.Settled{State: post.Done, Subject: p.ticket.Any(), Seq: comment.Seq}, nil
}

func (i *Intake) open(ctx context.Context, tx tenants.Tx, l *letter, sender Sender, p place) (post.Settled, error) {
	body, format := l.body()
	in := tickets.Open{
		Subject: l.subject(tx.Tenant()), Text: body, Format: format, Channel: tickets.Mail,
		Contact: sender.Contact, Company: sender.Company, Language: l.language(tx.Tenant()),
		Message: l.stored.ID, Quoted: l.quoted(), Follows: p.ticket,
	}
	ticket, err := i.tickets.Open(ctx, tx, in)
	if err != nil {
		return post.Settled{}, fmt.Errorf("open a ticket: %w", err)
	}
	if err := i.nameFiles(ctx, tx, l, ticket.ID, 1); err != nil {
		return post.Settled{}, err
	}
	return post.Settled{State: post.Done, Subject: ticket.ID.Any(), Seq: 1, Code: p.hint}, nil
}

// sender is whoever wrote, known from now on; nobody for a letter without a
// readable author.
func (i *Intake) sender(ctx context.Context, tx tenants.Tx, l *letter) (Sender, error) {
	c, err := i.customers.FindOrCreate(ctx, tx, l.from(), l.message.FromName, l.language(tx.Tenant()))
	if desk.Is(err, desk.ValidationFailed) {
		return Sender{}, nil
	}
	if err != nil {
		return Sender{}, fmt.Errorf("find the sender: %w", err)
	}
	return Sender{c.ID, c.CompanyID}, nil
}

// Sender is a contact as far as intake needs one.
type Sender struct {
	Contact desk.ContactID
	Company desk.CompanyID
}
