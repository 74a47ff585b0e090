package webhooks

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/channels/webhook"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

var actor = desk.Automaton("webhooks")

// Sender makes one signed call (desk/channels/webhook).
type Sender interface {
	Send(ctx context.Context, c webhook.Call) webhook.Outcome
}

// Webhooks is the flow's door.
type Webhooks struct {
	house   *tenants.House
	tickets *tickets.Tickets
	sender  Sender
	// console is the address of a page of the console.
	console func(path string) string
}

// New opens the flow.
func New(house *tenants.House, t *tickets.Tickets, sender Sender, console func(path string) string) *Webhooks {
	return &Webhooks{house, t, sender, console}
}

// JobSend makes one call that stands in messages.
const JobSend = "webhooks.send"

// channel is that of calls in messages.
const channel = "webhook"

// escalated is the data of the job that an escalation leaves (triage.Call).
type escalated struct {
	URL   string    `json:"url"`
	Clock sla.Clock `json:"clock"`
	Rule  sla.Rule  `json:"rule"`
	Level int       `json:"level"`
}

// call is a message's data.
type call struct {
	// Key is the escalation whose secret signs.
	Key string `json:"key"`
	// Body is text, because a document would come back from the database written otherwise.
	Body string `json:"body"`
}

// Body is what a receiver gets, by Standard Webhooks.
type Body struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      Escalated `json:"data"`
}

// Escalated is the data of "ticket.escalated".
type Escalated struct {
	APIVersion string `json:"api_version"`
	Tenant     string `json:"tenant"`
	Ref        string `json:"ref"`
	Number     int64  `json:"number"`
	Subject    string `json:"subject"`
	Type       string `json:"type"`
	Status     string `json:"status"`
	Priority   int    `json:"priority"`
	Version    int    `json:"version"`
	URL        string `json:"url"`
	// Clock is the promise in danger, DueAt its deadline; absent while paused.
	Clock      sla.Clock  `json:"clock"`
	DueAt      *time.Time `json:"due_at,omitempty"`
	Escalation string     `json:"escalation"`
	Level      int        `json:"level"`
}

// Escalated is the handler of what an escalation wants called: the call is
// written down, and made.
func (h *Webhooks) Escalated(ctx context.Context, w *jobs.Work) error {
	var in escalated
	if err := json.Unmarshal(w.Data, &in); err != nil {
		return jobs.Never(fmt.Errorf("decode the job: %w", err))
	}
	var m *post.Message
	err := h.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		t, err := h.tickets.Get(ctx, tx.ReadTx, tickets.ID(desk.TicketID(w.Subject)))
		if desk.Is(err, desk.NotFound) {
			return w.Done(ctx, tx)
		}
		if err != nil {
			return err
		}
		body, err := json.Marshal(h.body(tx.Tenant(), t, in, w.Created))
		if err != nil {
			return fmt.Errorf("encode a call: %w", err)
		}
		if m, err = post.Post(ctx, tx, post.Outgoing{Channel: channel, Address: in.URL, Subject: t.ID.Any(), Seq: w.Seq, Data: call{in.Rule.Key, string(body)}}); err != nil {
			return fmt.Errorf("write the call down: %w", err)
		}
		return w.Become(ctx, tx, desk.Job{Name: JobSend, Seq: w.Seq, Data: []byte(`{"message":"` + m.ID.String() + `"}`)})
	})
	if err != nil || m == nil {
		return err
	}
	return h.deliver(ctx, w, m)
}

func (h *Webhooks) body(tenant tenants.Tenant, t *tickets.Ticket, in escalated, at time.Time) Body {
	d := Escalated{
		APIVersion: "v1", Tenant: tenant.Slug, Ref: tenant.Ref(t.Number), Number: t.Number, Subject: t.Subject, Type: t.Type, Status: t.Status,
		Priority: t.Priority, Version: t.Version, URL: h.console("/t/" + tenant.Slug + "/tickets/" + tenant.Ref(t.Number)),
		Clock: in.Clock, Escalation: in.Rule.Key, Level: in.Level,
	}
	due := t.DueAt
	switch in.Clock {
	case sla.FirstResponse:
		due = t.FirstDueAt
	case sla.Resolution:
		due = t.ResolveDueAt
	case sla.NextResponse, sla.Arrival, sla.AnyClock:
	}
	if !due.IsZero() {
		due = due.UTC()
		d.DueAt = &due
	}
	return Body{Type: "ticket.escalated", Timestamp: at.UTC(), Data: d}
}
