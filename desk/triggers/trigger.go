package triggers

import (
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
)

// Triggers are the tenant's, in the order in which they are asked.
var Triggers = settings.For[Trigger]("trigger")

// Trigger is an event or a time, conditions, and what is done when they hold.
type Trigger struct {
	Name settings.Words `json:"name"`
	// On is one of Events, or Time.
	On Event `json:"on"`
	// After is for Time alone.
	After *After          `json:"after,omitempty"`
	When  conditions.Tree `json:"when,omitzero"`
	// Actions are done in their order; one that cannot be done leaves the others.
	Actions []Action `json:"actions"`
	// Stop asks no later trigger about the same event once this one has fired.
	Stop bool `json:"stop,omitempty"`
}

// Event is what a trigger listens to.
type Event string

// The events of tickets; Time is so long after one of them.
const (
	Opened          Event = "ticket.opened"
	Replied         Event = "ticket.replied"
	ClientReplied   Event = "ticket.client_replied"
	Noted           Event = "ticket.noted"
	Assigned        Event = "ticket.assigned"
	StatusChanged   Event = "ticket.status_changed"
	PriorityChanged Event = "ticket.priority_changed"
	Changed         Event = "ticket.changed"
	Rated           Event = "ticket.rated"
	Warned          Event = "clock.warned"
	Breached        Event = "clock.breached"
	Time            Event = "time"
)

// eventOf are the events by the facts that are them.
var eventOf = map[string]Event{
	tickets.FactOpened: Opened, tickets.FactReplied: Replied, tickets.FactClientReplied: ClientReplied, tickets.FactNoted: Noted,
	tickets.FactAssigned: Assigned, tickets.FactStatusChanged: StatusChanged, tickets.FactResumed: StatusChanged,
	tickets.FactPriorityChanged: PriorityChanged, tickets.FactChanged: Changed, tickets.FactRated: Rated,
	tickets.FactEscalated: Warned, tickets.FactBreached: Breached,
}

// EventOf is the event that a ticket's fact is; empty for one that nothing listens to.
func EventOf(fact string) Event { return eventOf[fact] }

// Events are all that a trigger can listen to, Time last.
func Events() []Event {
	return []Event{Opened, ClientReplied, Replied, Noted, Assigned, StatusChanged, PriorityChanged, Changed, Rated, Warned, Breached, Time}
}

// After is how long after what.
type After struct {
	Minutes int   `json:"minutes"`
	Since   Since `json:"since"`
}

// Since is a moment of a ticket that time is counted from.
type Since string

// The moments: it was opened, last changed, the client's oldest message without
// an answer, its status.
const (
	SinceOpened  Since = "opened"
	SinceUpdated Since = "updated"
	SinceWaiting Since = "waiting"
	SinceStatus  Since = "status"
)

// MaxChain is how many triggers may lead to one another.
const MaxChain = 10

// May reports whether a trigger may fire on what the chain has led to; code says
// why it may not: "chain" for one that is in it already, "length" at its end.
func May(chain []string, key string) (code string, ok bool) {
	switch {
	case slices.Contains(chain, key):
		return CodeChain, false
	case len(chain) >= MaxChain:
		return CodeLength, false
	}
	return "", true
}

// Due is when a trigger of time looks at the ticket; zero for never.
func (a After) Due(t *tickets.Ticket, statusAt time.Time) time.Time {
	var from time.Time
	switch a.Since {
	case SinceOpened:
		from = t.CreatedAt
	case SinceUpdated:
		from = t.UpdatedAt
	case SinceWaiting:
		from = t.WaitingSince
	case SinceStatus:
		from = statusAt
	}
	if from.IsZero() {
		return from
	}
	return from.Add(time.Duration(a.Minutes) * time.Minute)
}

// Timer is the kind of a trigger's timer on a ticket; Key reads it back.
func Timer(key string) string { return TimerKind + ":" + key }

// Key is the trigger that a timer's kind names.
func Key(kind string) string { return kind[min(len(kind), len(TimerKind)+1):] }

// TimerKind begins the kinds of timers of triggers.
const TimerKind = "trigger"

// CallsOut reports whether a trigger calls a webhook, which needs a secret.
func (t Trigger) CallsOut() bool {
	return slices.ContainsFunc(t.Actions, func(a Action) bool { return a.Kind == Webhook })
}

// Macros are the keys of the macros that a trigger applies.
func (t Trigger) Macros() (keys []string) {
	for _, a := range t.Actions {
		if a.Kind == ApplyMacro {
			keys = append(keys, a.Macro)
		}
	}
	return keys
}

// SecretPlace binds the sealed secret of a trigger's webhooks to the trigger.
func SecretPlace(tenant desk.TenantID, key string) string {
	return fmt.Sprintf("trigger:%d/%s", tenant, key)
}
