package triggers

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// Action is one thing that a trigger does; which members count depends on Kind.
type Action struct {
	Kind Kind `json:"kind"`
	// Field and Value are of Set: "priority", "type", "subject" or "fields.<key>".
	Field string `json:"field,omitempty"`
	Value any    `json:"value,omitempty"`
	// Text is of Note and Reply; {ref}, {subject} and {client} are filled in.
	Text settings.Words `json:"text,omitzero"`
	// Roles, People and Assignee are whom Tell tells.
	Roles    []string      `json:"roles,omitempty"`
	People   []desk.UserID `json:"people,omitempty"`
	Assignee bool          `json:"assignee,omitempty"`
	URL      string        `json:"url,omitempty"`
	// Group and Person are of Assign; Person zero with a Group leaves it to nobody.
	Group  string      `json:"group,omitempty"`
	Person desk.UserID `json:"person,omitzero"`
	// Add and Remove are tags.
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
	// To is a status; UntilHours is when a pause ends, from the moment it is done.
	To         string `json:"to,omitempty"`
	UntilHours int    `json:"until_hours,omitempty"`
}

// Kind is what an action does.
type Kind string

// The kinds: change a field, write a note, write to the client, tell staff, call
// a system, give the ticket to somebody, have the rules of routing give it, tag,
// move in the workflow.
const (
	Set     Kind = "set"
	Note    Kind = "note"
	Reply   Kind = "reply"
	Tell    Kind = "tell"
	Webhook Kind = "webhook"
	Assign  Kind = "assign"
	Route   Kind = "route"
	Tag     Kind = "tag"
	Status  Kind = "status"
)

// Kinds are all of them, in the order in which they are offered.
func Kinds() []Kind { return []Kind{Set, Tag, Assign, Route, Status, Note, Reply, Tell, Webhook} }

// The most that a trigger has.
const (
	maxActions = 10
	maxText    = 5000
	maxMinutes = 366 * 24 * 60
	maxHours   = 366 * 24
)

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (t Trigger) Validate() error {
	var wrong []desk.FieldError
	bad := func(at string, code desk.FieldCode, params ...any) {
		wrong = append(wrong, desk.Field("spec/"+at, code, params...))
	}
	if strings.TrimSpace(t.Name.RU) == "" && strings.TrimSpace(t.Name.EN) == "" {
		bad("name", desk.Required)
	}
	switch {
	case !slices.Contains(Events(), t.On):
		bad("on", desk.OneOf, "of", list(Events()))
	case t.On == Time && t.After == nil:
		bad("after", desk.Required)
	case t.On != Time && t.After != nil:
		bad("after", desk.UnknownField)
	}
	if a := t.After; a != nil {
		if a.Minutes < 1 {
			bad("after/minutes", desk.Minimum, "min", 1)
		}
		if a.Minutes > maxMinutes {
			bad("after/minutes", desk.Maximum, "max", maxMinutes)
		}
		if all := []Since{SinceOpened, SinceUpdated, SinceWaiting, SinceStatus}; !slices.Contains(all, a.Since) {
			bad("after/since", desk.OneOf, "of", list(all))
		}
	}
	if len(t.Actions) == 0 {
		bad("actions", desk.Required)
	}
	if len(t.Actions) > maxActions {
		bad("actions", desk.MaxItems, "max", maxActions)
	}
	for i, a := range t.Actions {
		a.wrong(func(member string, code desk.FieldCode, params ...any) {
			bad(fmt.Sprintf("actions/%d/%s", i, member), code, params...)
		})
	}
	return desk.Invalid(wrong...)
}

func (a Action) wrong(bad func(member string, code desk.FieldCode, params ...any)) {
	switch a.Kind {
	case Set:
		switch {
		case a.Field == "":
			bad("field", desk.Required)
		case !slices.Contains([]string{"priority", "type", "subject"}, a.Field) && !strings.HasPrefix(a.Field, "fields."):
			bad("field", desk.UnknownID)
		case a.Field == "priority":
			if n, ok := a.Value.(float64); !ok || n != float64(int(n)) || n < 1 || n > 4 {
				bad("value", desk.OneOf, "of", "1, 2, 3, 4")
			}
		case a.Value == nil && !strings.HasPrefix(a.Field, "fields."):
			bad("value", desk.Required)
		}
	case Note, Reply:
		for language, text := range map[string]string{"ru": a.Text.RU, "en": a.Text.EN} {
			if utf8.RuneCountInString(text) > maxText {
				bad("text/"+language, desk.MaxLength, "max", maxText)
			}
		}
		if strings.TrimSpace(a.Text.RU) == "" && strings.TrimSpace(a.Text.EN) == "" {
			bad("text", desk.Required)
		}
	case Tell:
		if len(a.Roles)+len(a.People) == 0 && !a.Assignee {
			bad("roles", desk.Required)
		}
	case Webhook:
		if !strings.HasPrefix(a.URL, "https://") || len(a.URL) > 2000 {
			bad("url", desk.URL)
		}
	case Assign:
		if a.Group == "" && a.Person.IsZero() {
			bad("group", desk.Required)
		}
	case Route:
	case Tag:
		if len(a.Add)+len(a.Remove) == 0 {
			bad("add", desk.Required)
		}
		for i, tag := range append(append([]string{}, a.Add...), a.Remove...) {
			if t := strings.TrimSpace(tag); t == "" || utf8.RuneCountInString(t) > 40 {
				bad(fmt.Sprintf("add/%d", i), desk.MaxLength, "max", 40)
			}
		}
	case Status:
		if a.To == "" {
			bad("to", desk.Required)
		}
		if a.UntilHours < 0 || a.UntilHours > maxHours {
			bad("until_hours", desk.Maximum, "max", maxHours)
		}
	default:
		bad("kind", desk.OneOf, "of", list(Kinds()))
	}
}

func list[S ~string](all []S) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
