package sla

import (
	"encoding/json"
	"fmt"
	"time"
)

// Terms are what a ticket is promised, by whom and for what reason.
type Terms struct {
	Policy  string `json:"policy,omitempty"`
	Version int    `json:"version,omitempty"`
	// Exception is the key of one that holds, or OfTicket for the ticket's own.
	Exception        string `json:"exception,omitempty"`
	ExceptionVersion int    `json:"exception_version,omitempty"`
	Reason           string `json:"reason,omitempty"`
	// Own is the exception of the ticket alone.
	Own *Effect `json:"own,omitempty"`
	// Calendar is the working time itself, by number; CalendarKey and
	// CalendarVersion are what the tenant calls it.
	Calendar        int    `json:"calendar,omitempty"`
	CalendarKey     string `json:"calendar_key,omitempty"`
	CalendarVersion int    `json:"calendar_version,omitempty"`
	// Customers says that the calendar is the customer's own.
	Customers bool `json:"customers,omitempty"`
	// Targets are in minutes; what is absent is not promised.
	Targets map[Clock]int `json:"targets,omitempty"`
	PauseIn []string      `json:"pause_in,omitempty"`
	// DueAt is the resolution's deadline where an exception has set it.
	DueAt time.Time `json:"due_at,omitzero"`
	// Base is what the policy promises without the exception; nil without one.
	Base *Base `json:"base,omitempty"`
	// Rules are the escalations that watch over it.
	Rules []Rule `json:"rules,omitempty"`
}

// Base is a promise of the policy alone, for figures beside those with exceptions.
type Base struct {
	Calendar    int           `json:"calendar,omitempty"`
	CalendarKey string        `json:"calendar_key,omitempty"`
	Targets     map[Clock]int `json:"targets,omitempty"`
}

// OfTicket is the exception made for one ticket alone.
const OfTicket = "ticket"

// Rule is an escalation at a version.
type Rule struct {
	Key     string `json:"key"`
	Version int    `json:"version"`
}

// Equal compares by value.
func (t Terms) Equal(o Terms) bool { return text(t) == text(o) }

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode terms: %v", err)) // words, numbers and times
	}
	return string(b)
}
