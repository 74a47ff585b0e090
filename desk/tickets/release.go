package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// held is a message that can still be taken back.
type heldMessage struct {
	ID      desk.MessageID
	State   string
	Channel string
	Body    string
	Author  desk.AnyID
	Reply   int
}

// outgoing finds the message of a comment and locks it.
//
// Errors: NotFound.
func outgoing(ctx context.Context, tx tenants.Tx, ticket desk.TicketID, seq int) (*heldMessage, error) {
	m := heldMessage{Reply: seq}
	err := tx.QueryRow(ctx, `select m.id, m.state, m.channel, c.body, c.author_id from ?tenant.comments c join ?tenant.messages m on m.id = c.message_id
		where c.ticket_id = $1 and c.seq = $2 and m.direction = 'out' for no key update of m`, []any{ticket, seq}, &m.ID, &m.State, &m.Channel, &m.Body, &m.Author)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("find message: %w", err)
	}
	return &m, nil
}

// JobHint tells open browsers that a held reply has become visible.
const JobHint = "live.comment.sent"

// Release is the handler of the timer "send:<seq>": the hold is over, the client
// sees the reply and its mail leaves. It is no fact: that the reply was given is
// one already. A timer that is out of date does nothing.
//
// Rights: ticket.reply of the automaton. Errors: Denied.
func (t *Tickets) Release(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	_, number, _ := strings.Cut(due.Kind, ":")
	seq, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("timer %q names no comment: %w", due.Kind, err)
	}
	f, err := hold(ctx, tx, ID(desk.TicketID(due.Subject)))
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketReply, f.object()); err != nil {
		return err
	}
	m, err := outgoing(ctx, tx, f.ID, seq)
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err != nil || m.State != "held" {
		return err
	}
	c := f.change(tx)
	state := "queued"
	if m.Channel != Mail {
		state = "delivered" // the portal shows it from now on, and there is nobody to mail it to
	}
	c.Release = append(c.Release, MessageState{Message: m.ID, State: state})
	c.Timer(due.Kind, time.Time{})
	c.send(Message{ID: m.ID, Channel: m.Channel, Seq: seq})
	c.Jobs = append(c.Jobs, desk.Job{Name: JobHint, Lane: desk.Critical, Seq: seq})
	return t.finish(ctx, tx, c)
}
