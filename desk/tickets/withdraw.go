package tickets

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Withdraw takes a held reply back: the comment and its message go, the text is
// the actor's draft again, and the facts say that it was so. A change of status
// that came with the reply is undone if nothing happened since.
//
// Rights: ticket.reply; only one's own reply. Errors: NotFound, Denied; InUse
// when it has left already.
func (t *Tickets) Withdraw(ctx context.Context, tx tenants.Tx, ticket Ref, seq int) (*Draft, error) {
	f, err := hold(ctx, tx, ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketReply, f.object()); err != nil {
		return nil, err
	}
	m, err := outgoing(ctx, tx, f.ID, seq)
	if err != nil {
		return nil, err
	}
	if m.Author != tx.Actor().ID {
		return nil, desk.Missing()
	}
	if m.State != "held" {
		return nil, desk.Refuse(desk.InUse)
	}
	d := &Draft{Kind: "reply", Body: m.Body, Base: f.PublicSeq, UpdatedAt: tx.Now()}
	if t.uploads != nil {
		if d.Uploads, err = t.uploads.Detach(ctx, tx, f.ID.Any(), seq); err != nil {
			return nil, err
		}
	}
	c := f.change(tx)
	c.Withdraw = append(c.Withdraw, seq)
	c.Timer(TimerSend+":"+strconv.Itoa(seq), time.Time{})
	since, err := changesSince(ctx, tx.ReadTx, f.ID, seq-1)
	if err != nil {
		return nil, err
	}
	if err := t.unanswer(ctx, tx, c, seq, since); err != nil {
		return nil, err
	}
	c.Record(FactWithdrawn, false, Detail{Reply: seq})
	c.read()
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return d, t.keepDraft(ctx, tx, f.ID, d)
}

// unanswer restores what the reply had changed: the client waits again, the
// first answer is not given, the status goes back where it was.
func (t *Tickets) unanswer(ctx context.Context, tx tenants.Tx, c *Change, seq int, since []Entry) error {
	var at time.Time
	var moved *Entry
	for i := range since {
		switch e := &since[i]; {
		case e.Seq == seq:
			at = e.At
		case e.Seq == seq+1 && e.Type == FactStatusChanged && e.Detail.Reply == seq:
			moved = e
		}
	}
	if moved != nil && c.Before.Version == seq+1 && len(moved.Detail.Changes) == 1 {
		if err := t.turnBack(ctx, tx, c, seq, moved.Detail); err != nil {
			return err
		}
	}
	if c.Ticket.FirstRepliedAt.Equal(at) {
		c.Ticket.FirstRepliedAt = time.Time{}
	}
	if !Listed(c.Ticket.Category) || c.Ticket.Category == CategoryPending || !c.Ticket.WaitingSince.IsZero() {
		return nil
	}
	waiting, err := waitingSince(ctx, tx.ReadTx, c.Ticket.ID, seq)
	if err != nil {
		return fmt.Errorf("find whom the client waits for: %w", err)
	}
	c.Ticket.WaitingSince = waiting
	return nil
}

// turnBack undoes a change of status that came with a reply. A pause that ended
// by it is not restored, because its moment may be over. It belongs to the reply
// as the change did: the client, who saw neither, sees no way back.
func (t *Tickets) turnBack(ctx context.Context, tx tenants.Tx, c *Change, seq int, d Detail) error {
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return err
	}
	from, _ := d.Changes[0].From.(string)
	s, known := flow.Status(from)
	if !known || s.Category == CategoryPending || s.Category == CategoryClosed {
		return nil
	}
	reopened := c.Ticket.Reopened
	was := c.Ticket.Status
	c.enter(s, time.Time{}, closeAfter(&flow))
	c.Ticket.Reopened = reopened
	if d.Reopened {
		c.Ticket.Reopened--
	}
	c.Record(FactStatusChanged, true, Detail{Reply: seq, Changes: []FieldChange{{Field: "status", From: was, To: s.Key}}})
	return nil
}

// waitingSince is when the client wrote what nobody has answered, leaving out one reply.
func waitingSince(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, but int) (time.Time, error) {
	var at *time.Time
	err := tx.QueryRow(ctx, `select min(c.at) from ?tenant.comments c where c.ticket_id = $1 and not c.internal and (c.author_kind = 'contact' or c.seq = 1)
		and c.seq > coalesce((select max(r.seq) from ?tenant.comments r where r.ticket_id = $1 and not r.internal and r.author_kind <> 'contact' and r.seq <> $2 and r.seq <> 1), 0)`,
		[]any{id, but}, &at)
	if err != nil || at == nil {
		return time.Time{}, err
	}
	return *at, nil
}
