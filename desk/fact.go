package desk

import (
	"encoding/json"
	"time"
)

// Fact is something that happened, once and for ever: a row of the tenant's log
// that the timeline, the audit, the clock and the routing trace read.
type Fact struct {
	Subject     AnyID
	SubjectKind string
	// Seq counts the facts of one subject from 1 without gaps.
	Seq int
	// Public facts may be shown to the subject's client.
	Public bool
	At     time.Time
	Actor  Actor
	// Type is "ticket.opened", "ticket.status_changed", …
	Type string
	Data json.RawMessage
}

// Job is what must happen after the commit. It becomes a row of the outbox.
type Job struct {
	// Name is stable across deploys: "notify.opened".
	Name    string
	Lane    Lane
	Subject AnyID
	Seq     int
	Data    json.RawMessage
}

// Lane is the queue a job waits in.
type Lane string

// The lanes, in falling order of urgency. Mail waits apart, because its servers are slow.
const (
	Critical Lane = "critical"
	Default  Lane = "default"
	Bulk     Lane = "bulk"
	MailLane Lane = "mail"
)

// Timer asks for a look at a subject at a moment. One row per subject and kind.
type Timer struct {
	Subject AnyID
	Kind    string
	// DueAt zero takes the timer away.
	DueAt   time.Time
	Version int
}
