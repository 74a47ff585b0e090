package macros

import (
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/triggers"
)

// Macros are the tenant's, in the order in which they are offered.
var Macros = settings.For[Macro]("macro")

// Macro is what is done with a ticket at once, under a name.
type Macro struct {
	Name settings.Words `json:"name"`
	// Hint tells when it is meant to be used.
	Hint settings.Words `json:"hint,omitzero"`
	// When is where it is offered; without conditions everywhere.
	When conditions.Tree `json:"when,omitzero"`
	// Actions are done in their order. A person's reply is prepared, not sent.
	Actions []triggers.Action `json:"actions"`
}

// Kinds are what a macro may do, in the order in which they are offered.
func Kinds() []triggers.Kind {
	return []triggers.Kind{
		triggers.Set, triggers.Tag, triggers.Assign, triggers.Route, triggers.Status, triggers.Note, triggers.Reply, triggers.CreateTask,
	}
}

// The longest words of a macro.
const (
	maxName = 80
	maxHint = 300
)

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (m Macro) Validate() error {
	var wrong []desk.FieldError
	if strings.TrimSpace(m.Name.RU) == "" && strings.TrimSpace(m.Name.EN) == "" {
		wrong = append(wrong, desk.Field("spec/name", desk.Required))
	}
	for _, w := range []struct {
		at, text string
		most     int
	}{{"name/ru", m.Name.RU, maxName}, {"name/en", m.Name.EN, maxName}, {"hint/ru", m.Hint.RU, maxHint}, {"hint/en", m.Hint.EN, maxHint}} {
		if utf8.RuneCountInString(w.text) > w.most {
			wrong = append(wrong, desk.Field("spec/"+w.at, desk.MaxLength, "max", w.most))
		}
	}
	return desk.Invalid(append(wrong, triggers.Check(m.Actions, Kinds())...)...)
}

// FactApplied is the fact of a ticket to which a macro was applied; what the macro
// changed are facts of their own.
const FactApplied = "macro.applied"
