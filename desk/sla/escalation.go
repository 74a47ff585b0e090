package sla

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
)

// Escalation acts when a promise is in danger or broken.
type Escalation struct {
	Name   settings.Words  `json:"name"`
	When   conditions.Tree `json:"when,omitzero"`
	Levels []Level         `json:"levels"`
}

// Level is a moment on the way to a deadline, or after it, and what is done then.
type Level struct {
	// Clock is one of Clocks, or "any".
	Clock Clock `json:"clock"`
	At    When  `json:"at"`
	// Value is a percentage of the target for Share, minutes of working time for Before and After.
	Value   int      `json:"value,omitempty"`
	Actions []Action `json:"actions"`
}

// AnyClock is every clock of the ticket.
const AnyClock Clock = "any"

// When is how a level's moment is counted.
type When string

// The moments: a share of the target's working time is used; so long before the
// deadline; the deadline; so long after it.
const (
	Share  When = "share"
	Before When = "before"
	Breach When = "breach"
	After  When = "after"
)

// Action is one thing that an escalation does.
type Action struct {
	Kind     string        `json:"kind"`
	Roles    []string      `json:"roles,omitempty"`
	People   []desk.UserID `json:"people,omitempty"`
	Assignee bool          `json:"assignee,omitempty"`
	Person   desk.UserID   `json:"person,omitzero"`
	Group    string        `json:"group,omitempty"`
	To       int           `json:"to,omitempty"`
	Tag      string        `json:"tag,omitempty"`
	URL      string        `json:"url,omitempty"`
}

// The kinds of actions.
const (
	Tell     = "tell"
	Reassign = "reassign"
	Priority = "priority"
	Line     = "line"
	Tag      = "tag"
	Webhook  = "webhook"
)

// The most that an escalation has.
const (
	maxLevels  = 20
	maxActions = 10
)

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (e Escalation) Validate() error {
	wrong := named(e.Name)
	if len(e.Levels) == 0 {
		wrong = append(wrong, desk.Field("levels", desk.Required))
	}
	if len(e.Levels) > maxLevels {
		wrong = append(wrong, desk.Field("levels", desk.MaxItems, "max", maxLevels))
	}
	for i, l := range e.Levels {
		wrong = append(wrong, l.wrong(fmt.Sprintf("levels/%d", i))...)
	}
	return desk.Invalid(below("spec", wrong)...)
}

func (l Level) wrong(at string) (wrong []desk.FieldError) {
	switch l.Clock {
	case FirstResponse, NextResponse, Resolution, Arrival, AnyClock:
	default:
		wrong = append(wrong, desk.Field(at+"/clock", desk.OneOf, "of", "first_response, next_response, resolution, arrival, any"))
	}
	least, most := 0, 0
	switch l.At {
	case Share:
		least, most = 1, 99
	case Before, After:
		least, most = 1, maxTarget
	case Breach:
	default:
		wrong = append(wrong, desk.Field(at+"/at", desk.OneOf, "of", "share, before, breach, after"))
	}
	if l.Value < least {
		wrong = append(wrong, desk.Field(at+"/value", desk.Minimum, "min", least))
	}
	if l.Value > most {
		wrong = append(wrong, desk.Field(at+"/value", desk.Maximum, "max", most))
	}
	if len(l.Actions) == 0 {
		wrong = append(wrong, desk.Field(at+"/actions", desk.Required))
	}
	if len(l.Actions) > maxActions {
		wrong = append(wrong, desk.Field(at+"/actions", desk.MaxItems, "max", maxActions))
	}
	for i, a := range l.Actions {
		wrong = append(wrong, a.wrong(fmt.Sprintf("%s/actions/%d", at, i))...)
	}
	return wrong
}

func (a Action) wrong(at string) []desk.FieldError {
	bad := func(member string, code desk.FieldCode, params ...any) []desk.FieldError {
		return []desk.FieldError{desk.Field(at+"/"+member, code, params...)}
	}
	switch a.Kind {
	case Tell:
		if len(a.Roles)+len(a.People) == 0 && !a.Assignee {
			return bad("roles", desk.Required)
		}
	case Reassign:
		if a.Person.IsZero() == (a.Group == "") {
			return bad("person", desk.Required)
		}
	case Priority:
		if a.To < 1 || a.To > 4 {
			return bad("to", desk.OneOf, "of", "1, 2, 3, 4")
		}
	case Line:
		if a.To < 1 || a.To > 9 {
			return bad("to", desk.Maximum, "max", 9)
		}
	case Tag:
		if t := strings.TrimSpace(a.Tag); t == "" || utf8.RuneCountInString(t) > 40 {
			return bad("tag", desk.Required)
		}
	case Webhook:
		if !strings.HasPrefix(a.URL, "https://") || len(a.URL) > 2000 {
			return bad("url", desk.URL)
		}
	default:
		return bad("kind", desk.OneOf, "of", "tell, reassign, priority, line, tag, webhook")
	}
	return nil
}
