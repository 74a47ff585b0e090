package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

// giveUp is how long a letter is tried before its failure is told.
const giveUp = 48 * time.Hour

// Send is the handler of tickets.JobSend: it hands one queued letter to the mail
// server. A crash between the server's word and our row sends it again under the
// same Message-ID, which mail programs show once.
func (n *Notify) Send(ctx context.Context, w *jobs.Work) error {
	var data struct{ Message desk.MessageID }
	if err := json.Unmarshal(w.Data, &data); err != nil {
		return jobs.Never(fmt.Errorf("decode the job: %w", err))
	}
	tx := n.house.Reader(w.Tenant, actor)
	m, err := post.Load(ctx, tx, data.Message)
	if desk.Is(err, desk.NotFound) {
		return n.close(ctx, w, nil)
	}
	if err != nil {
		return err
	}
	if m.State != post.Queued {
		return n.close(ctx, w, nil)
	}
	a, err := read(ctx, tx, desk.TicketID(m.SubjectID), m.Seq)
	if err != nil {
		return err
	}
	return n.deliver(ctx, w, m, a)
}

// deliver composes a queued letter, hands it over and settles it.
func (n *Notify) deliver(ctx context.Context, w *jobs.Work, m *post.Message, a *about) error {
	tx := n.house.Reader(w.Tenant, actor)
	letter, err := n.compose(ctx, tx, m, a)
	if err != nil {
		return fmt.Errorf("compose the letter: %w", err)
	}
	receipt, err := n.sender.Send(ctx, letter)
	var failed *email.SendError
	switch {
	case err == nil:
		return n.close(ctx, w, func(ctx context.Context, tx tenants.Tx) error { return n.sent(ctx, tx, m, letter, receipt) })
	case errors.As(err, &failed) && failed.Temporary && tx.Now().Sub(w.Created) < giveUp:
		err := n.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
			return post.Tried(ctx, tx, m.ID, failed.Enhanced, failed.Text)
		})
		return jobs.Later(wait(w.Tries), errors.Join(failed, err))
	case errors.As(err, &failed):
		return n.close(ctx, w, func(ctx context.Context, tx tenants.Tx) error { return n.failed(ctx, tx, m, failed) })
	}
	return err
}

// wait between tries: a minute, five, half an hour, then every two hours.
func wait(tries int) time.Duration {
	steps := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour}
	return steps[max(0, min(tries, len(steps))-1)]
}

func (n *Notify) close(ctx context.Context, w *jobs.Work, also func(ctx context.Context, tx tenants.Tx) error) error {
	return n.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil || also == nil {
			return err
		}
		return also(ctx, tx)
	})
}

// sent settles a letter that a server took. What a person wrote says so on its
// ticket; an acknowledgement is no event.
func (n *Notify) sent(ctx context.Context, tx tenants.Tx, m *post.Message, l email.Letter, r email.Receipt) error {
	if len(r.Refused) > 0 {
		first := r.Refused[0]
		return n.failed(ctx, tx, m, &email.SendError{Enhanced: first.Err.Enhanced, Text: first.Recipient + ": " + first.Err.Text})
	}
	if written(m) {
		err := n.tickets.Delivered(ctx, tx, tickets.Delivery{Ticket: tickets.ID(desk.TicketID(m.SubjectID)), Message: m.ID, Reply: m.Seq, State: string(post.Sent)})
		if err != nil {
			return fmt.Errorf("tell the ticket: %w", err)
		}
	}
	return post.Settle(ctx, tx, post.Settled{ID: m.ID, State: post.Sent, ExternalID: l.MessageID})
}

// failed settles a letter that no server will take, where people see it.
func (n *Notify) failed(ctx context.Context, tx tenants.Tx, m *post.Message, why *email.SendError) error {
	reply := 0
	if written(m) {
		reply = m.Seq
	}
	err := n.tickets.Delivered(ctx, tx, tickets.Delivery{
		Ticket: tickets.ID(desk.TicketID(m.SubjectID)), Message: m.ID, Reply: reply, State: string(post.Failed), Code: why.Enhanced, Text: why.Text,
	})
	if err != nil {
		return fmt.Errorf("tell the ticket: %w", err)
	}
	return post.Settle(ctx, tx, post.Settled{ID: m.ID, State: post.Failed, Code: why.Enhanced, Error: why.Text})
}

// written reports whether a person wrote the letter, as against a notice.
func written(m *post.Message) bool {
	var data notice
	return json.Unmarshal(m.Data, &data) == nil && data.Kind == ""
}
