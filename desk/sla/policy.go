package sla

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
)

// The settings of the clock, all published in versions.
var (
	Calendars   = settings.For[CalendarSpec]("calendar")
	Policies    = settings.For[Policy]("sla_policy")
	Exceptions  = settings.For[Exception]("sla_exception")
	Escalations = settings.For[Escalation]("escalation")
)

// CalendarSpec is a calendar with its names.
type CalendarSpec struct {
	Name settings.Words `json:"name"`
	Spec
	// Notes say what a date is, for people: "2026-01-01": New Year.
	Notes map[string]settings.Words `json:"notes,omitempty"`
}

// Validate names every wrong field, with pointers below "spec".
func (c CalendarSpec) Validate() error {
	wrong := named(c.Name)
	_, bad := c.Calendar()
	return desk.Invalid(below("spec", append(wrong, bad...))...)
}

// Clock is one of the promises of a ticket.
type Clock string

// The clocks, in the order in which they are shown.
const (
	FirstResponse Clock = "first_response"
	NextResponse  Clock = "next_response"
	Resolution    Clock = "resolution"
	Arrival       Clock = "arrival"
)

// Clocks lists them.
func Clocks() []Clock { return []Clock{FirstResponse, NextResponse, Resolution, Arrival} }

// Target is what a priority is promised, in minutes of working time of its
// calendar; 0 promises nothing.
type Target struct {
	FirstResponse int    `json:"first_response,omitempty"`
	NextResponse  int    `json:"next_response,omitempty"`
	Resolution    int    `json:"resolution,omitempty"`
	Arrival       int    `json:"arrival,omitempty"`
	Calendar      string `json:"calendar,omitempty"`
}

// Of is the target of a clock; 0 for none.
func (t Target) Of(c Clock) time.Duration {
	minutes := 0
	switch c {
	case FirstResponse:
		minutes = t.FirstResponse
	case NextResponse:
		minutes = t.NextResponse
	case Resolution:
		minutes = t.Resolution
	case Arrival:
		minutes = t.Arrival
	case AnyClock:
	}
	return time.Duration(minutes) * time.Minute
}

// maxTarget is five years of minutes.
const maxTarget = 5 * 366 * 24 * 60

func (t Target) wrong(at string) (wrong []desk.FieldError) {
	for _, c := range Clocks() {
		switch d := t.Of(c); {
		case d < 0:
			wrong = append(wrong, desk.Field(at+"/"+string(c), desk.Minimum, "min", 0))
		case d > maxTarget*time.Minute:
			wrong = append(wrong, desk.Field(at+"/"+string(c), desk.Maximum, "max", maxTarget))
		}
	}
	return wrong
}

// Policy promises times to the tickets that its conditions hold for.
type Policy struct {
	Name settings.Words  `json:"name"`
	When conditions.Tree `json:"when,omitzero"`
	// Targets are those of the priorities "1" to "4"; one that is missing promises nothing.
	Targets map[string]Target `json:"targets"`
	// PauseIn are the statuses in which the clocks stand.
	PauseIn []string `json:"pause_in,omitempty"`
	// CustomerCalendar lets the customer's own calendar win over the policy's.
	CustomerCalendar bool `json:"customer_calendar,omitempty"`
}

// Target is that of a priority.
func (p Policy) Target(priority int) Target { return p.Targets[strconv.Itoa(priority)] }

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (p Policy) Validate() error {
	wrong := named(p.Name)
	for key, t := range p.Targets {
		at := "targets/" + key
		if len(key) != 1 || key < "1" || key > "4" {
			wrong = append(wrong, desk.Field(at, desk.OneOf, "of", "1, 2, 3, 4"))
			continue
		}
		bad := t.wrong(at)
		if t.Calendar == "" && (t != Target{}) && !p.CustomerCalendar {
			bad = append(bad, desk.Field(at+"/calendar", desk.Required))
		}
		wrong = append(wrong, bad...)
	}
	if len(p.PauseIn) > 50 {
		wrong = append(wrong, desk.Field("pause_in", desk.MaxItems, "max", 50))
	}
	return desk.Invalid(below("spec", wrong)...)
}

// Exception changes what a policy promises, for a reason.
type Exception struct {
	Name   settings.Words  `json:"name"`
	When   conditions.Tree `json:"when,omitzero"`
	Effect Effect          `json:"effect"`
	Reason string          `json:"reason"`
	// From and Until bound the tickets it is for by the moment they were opened; zero is unbounded.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Approval asks the tenant's own administrator before it is in force.
	Approval bool `json:"approval,omitempty"`
}

// Effect is what an exception changes. Members that are absent change nothing.
type Effect struct {
	// None takes every promise away.
	None     bool   `json:"none,omitempty"`
	Calendar string `json:"calendar,omitempty"`
	// Targets win over the policy's, those that are not 0.
	Targets Target `json:"targets,omitzero"`
	// DueAt is the resolution's deadline itself.
	DueAt time.Time `json:"due_at,omitzero"`
}

// Validate names every wrong field of an effect, with pointers below "effect".
func (e Effect) Validate() []desk.FieldError {
	wrong := e.Targets.wrong("effect/targets")
	if e == (Effect{}) {
		wrong = append(wrong, desk.Field("effect", desk.Required))
	}
	if e.None && (e.Calendar != "" || e.Targets != Target{} || !e.DueAt.IsZero()) {
		wrong = append(wrong, desk.Field("effect/none", desk.Overlap))
	}
	return wrong
}

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (e Exception) Validate() error {
	wrong := append(named(e.Name), e.Effect.Validate()...)
	if strings.TrimSpace(e.Reason) == "" {
		wrong = append(wrong, desk.Field("reason", desk.Required))
	}
	if utf8.RuneCountInString(e.Reason) > 1000 {
		wrong = append(wrong, desk.Field("reason", desk.MaxLength, "max", 1000))
	}
	if !e.From.IsZero() && !e.Until.IsZero() && !e.Until.After(e.From) {
		wrong = append(wrong, desk.Field("until", desk.NotAfter, "after", "from"))
	}
	return desk.Invalid(below("spec", wrong)...)
}

// InForce reports whether it is for tickets opened at the moment.
func (e Exception) InForce(opened time.Time) bool {
	return !opened.Before(e.From) && (e.Until.IsZero() || opened.Before(e.Until))
}

func named(w settings.Words) []desk.FieldError {
	if strings.TrimSpace(w.RU) == "" && strings.TrimSpace(w.EN) == "" {
		return []desk.FieldError{desk.Field("name", desk.Required)}
	}
	return nil
}

// below moves pointers of a part to where the part stands in the body.
func below(part string, wrong []desk.FieldError) []desk.FieldError {
	for i := range wrong {
		wrong[i].Pointer = "/body/" + part + strings.TrimPrefix(wrong[i].Pointer, "/body")
	}
	return wrong
}
