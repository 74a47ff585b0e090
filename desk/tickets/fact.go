package tickets

import (
	"encoding/json"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// The facts of a ticket.
const (
	FactOpened          = "ticket.opened"
	FactReplied         = "ticket.replied"
	FactClientReplied   = "ticket.client_replied"
	FactNoted           = "ticket.noted"
	FactAssigned        = "ticket.assigned"
	FactRouted          = "ticket.routed"
	FactStatusChanged   = "ticket.status_changed"
	FactPriorityChanged = "ticket.priority_changed"
	FactChanged         = "ticket.changed"
	FactResumed         = "ticket.resumed"
	FactRated           = "ticket.rated"
	FactSent            = "ticket.sent"
	FactSendFailed      = "ticket.send_failed"
	FactWithdrawn       = "ticket.reply_withdrawn"
	FactBreached        = "sla.breached"
	FactEscalated       = "sla.escalated"
	FactRetargeted      = "sla.changed"
)

// Detail is the data of a ticket's fact.
type Detail struct {
	Changes []FieldChange `json:"changes,omitempty"`
	Comment string        `json:"comment,omitempty"`
	Until   time.Time     `json:"until,omitzero"`
	Channel string        `json:"channel,omitempty"`
	// Reopened is set when a resolved ticket came back.
	Reopened bool `json:"reopened,omitempty"`
	// Reply is the seq of the comment this is about or came with.
	Reply   int            `json:"reply,omitempty"`
	Message desk.MessageID `json:"message,omitzero"`
	Code    string         `json:"code,omitempty"`
	Text    string         `json:"text,omitempty"`
	Score   int            `json:"score,omitempty"`
	Reasons []string       `json:"reasons,omitempty"`
	Rule    string         `json:"rule,omitempty"`
	// Reason is why somebody gave it away, in their words.
	Reason string `json:"reason,omitempty"`
	// Work is the process, the stage or the task that it is about.
	Work *Work `json:"work,omitempty"`
	// Route is why the rules put it where it is (desk/routing), as it is.
	Route json.RawMessage `json:"route,omitempty"`
	// Clock are the events of the service clock (desk/sla) that came with it, as they are.
	Clock json.RawMessage `json:"clock,omitempty"`
}

// Work names a part of the work in a ticket (desk/processes), as it was called then.
type Work struct {
	Process string         `json:"process,omitempty"`
	Stage   string         `json:"stage,omitempty"`
	Task    desk.TaskID    `json:"task,omitzero"`
	Name    settings.Words `json:"name,omitzero"`
	// Title is a task's, where people wrote it in their own words.
	Title string `json:"title,omitempty"`
}

// FieldChange says what one field was and became. Names are those of the moment,
// for people who are no longer here when it is read.
type FieldChange struct {
	Field    string `json:"field"`
	From     any    `json:"from"`
	To       any    `json:"to"`
	FromName string `json:"from_name,omitempty"`
	ToName   string `json:"to_name,omitempty"`
}
