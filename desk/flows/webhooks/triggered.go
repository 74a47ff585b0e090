package webhooks

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

// fired is the data of the job that a trigger leaves (desk/flows/automate).
type fired struct {
	URL     string         `json:"url"`
	Trigger string         `json:"trigger"`
	Version int            `json:"version"`
	On      triggers.Event `json:"on"`
	Seq     int            `json:"seq"`
	Chain   []string       `json:"chain"`
}

// Triggered is the data of "ticket.triggered".
type Triggered struct {
	Ticket
	// Trigger is its key; On the event that it listened to; Chain are the triggers
	// that led to one another, this one last.
	Trigger string         `json:"trigger"`
	On      triggers.Event `json:"on"`
	Chain   []string       `json:"chain"`
}

// Triggered is the handler of what a trigger wants called.
func (h *Webhooks) Triggered(ctx context.Context, w *jobs.Work) error {
	var in fired
	if err := json.Unmarshal(w.Data, &in); err != nil {
		return jobs.Never(fmt.Errorf("decode the job: %w", err))
	}
	return h.write(ctx, w, in.URL, kindTrigger, in.Trigger, func(tenant tenants.Tenant, t *tickets.Ticket) any {
		return Told[Triggered]{"ticket.triggered", w.Created.UTC(), Triggered{h.ticket(tenant, t), in.Trigger, in.On, in.Chain}}
	})
}

// write writes a call down and makes it.
func (h *Webhooks) write(ctx context.Context, w *jobs.Work, url, kind, key string, body func(tenant tenants.Tenant, t *tickets.Ticket) any) error {
	var m *post.Message
	err := h.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		t, err := h.tickets.Get(ctx, tx.ReadTx, tickets.ID(desk.TicketID(w.Subject)))
		if desk.Is(err, desk.NotFound) {
			return w.Done(ctx, tx)
		}
		if err != nil {
			return err
		}
		text, err := json.Marshal(body(tx.Tenant(), t))
		if err != nil {
			return fmt.Errorf("encode a call: %w", err)
		}
		if m, err = post.Post(ctx, tx, post.Outgoing{Channel: Channel, Address: url, Subject: t.ID.Any(), Seq: w.Seq, Data: call{key, kind, string(text)}}); err != nil {
			return fmt.Errorf("write the call down: %w", err)
		}
		return w.Become(ctx, tx, desk.Job{Name: JobSend, Seq: w.Seq, Data: []byte(`{"message":"` + m.ID.String() + `"}`)})
	})
	if err != nil || m == nil {
		return err
	}
	return h.deliver(ctx, w, m)
}
