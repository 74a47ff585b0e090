package webhooks

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
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

// Channel is that of calls in messages.
const Channel = "webhook"

// escalated is the data of the job that an escalation leaves (triage.Call).
type escalated struct {
	URL   string    `json:"url"`
	Clock sla.Clock `json:"clock"`
	Rule  sla.Rule  `json:"rule"`
	Level int       `json:"level"`
}

// call is a message's data.
type call struct {
	// Key is whose secret signs: an escalation's, or a trigger's when Kind says so.
	Key  string `json:"key"`
	Kind string `json:"kind,omitempty"`
	// Body is text, because a document would come back from the database written otherwise.
	Body string `json:"body"`
}

// kindTrigger is the kind of calls that triggers make; those of escalations have none.
const kindTrigger = "trigger"

// What is what a call says: whose it is, and its body as it is sent.
type What struct {
	Key     string
	Trigger bool
	Body    string
}

// Said reads a call's row; what cannot be read is empty.
func Said(data []byte) What {
	var c call
	if json.Unmarshal(data, &c) != nil {
		return What{}
	}
	return What{c.Key, c.Kind == kindTrigger, c.Body}
}

// Told is what a receiver gets, by Standard Webhooks.
type Told[D any] struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      D         `json:"data"`
}

// Body is what is told of an escalation.
type Body = Told[Escalated]

// Ticket is the ticket that something is told of.
type Ticket struct {
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
}

// Escalated is the data of "ticket.escalated".
type Escalated struct {
	Ticket
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
	return h.write(ctx, w, in.URL, "", in.Rule.Key, func(tenant tenants.Tenant, t *tickets.Ticket) any {
		return Body{"ticket.escalated", w.Created.UTC(), Escalated{h.ticket(tenant, t), in.Clock, dueOf(in.Clock, t), in.Rule.Key, in.Level}}
	})
}

func (h *Webhooks) ticket(tenant tenants.Tenant, t *tickets.Ticket) Ticket {
	return Ticket{
		APIVersion: "v1", Tenant: tenant.Slug, Ref: tenant.Ref(t.Number), Number: t.Number, Subject: t.Subject, Type: t.Type, Status: t.Status,
		Priority: t.Priority, Version: t.Version, URL: h.console("/t/" + tenant.Slug + "/tickets/" + tenant.Ref(t.Number)),
	}
}

// dueOf is the deadline of a promise, as it stands on the ticket.
func dueOf(clock sla.Clock, t *tickets.Ticket) *time.Time {
	due := t.DueAt
	switch clock {
	case sla.FirstResponse:
		due = t.FirstDueAt
	case sla.Resolution:
		due = t.ResolveDueAt
	case sla.NextResponse, sla.Arrival, sla.AnyClock:
	}
	if due.IsZero() {
		return nil
	}
	due = due.UTC()
	return &due
}
