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
	// Text is of Note and Reply, and the title of CreateTask; {ref}, {subject} and
	// {client} are filled in.
	Text settings.Words `json:"text,omitzero"`
	// Roles, People and Assignee are whom Tell tells.
	Roles    []string      `json:"roles,omitempty"`
	People   []desk.UserID `json:"people,omitempty"`
	Assignee bool          `json:"assignee,omitempty"`
	URL      string        `json:"url,omitempty"`
	// Group and Person are of Assign and CreateTask; Person zero with a Group leaves
	// it to nobody.
	Group  string      `json:"group,omitempty"`
	Person desk.UserID `json:"person,omitzero"`
	// Add and Remove are tags.
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
	// To is a status; UntilHours is when a pause ends, or a task is due, from the
	// moment it is done.
	To         string `json:"to,omitempty"`
	UntilHours int    `json:"until_hours,omitempty"`
	// Macro is the key of what ApplyMacro applies.
	Macro string `json:"macro,omitempty"`
}

// Kind is what an action does.
type Kind string

// The kinds: change a field, write a note, write to the client, tell staff, call
// a system, give the ticket to somebody, have the rules of routing give it, tag,
// move in the workflow, add a task, do what a macro says.
const (
	Set        Kind = "set"
	Note       Kind = "note"
	Reply      Kind = "reply"
	Tell       Kind = "tell"
	Webhook    Kind = "webhook"
	Assign     Kind = "assign"
	Route      Kind = "route"
	Tag        Kind = "tag"
	Status     Kind = "status"
	CreateTask Kind = "create_task"
	ApplyMacro Kind = "apply_macro"
)

// Kinds are all of them, in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{Set, Tag, Assign, Route, Status, Note, Reply, CreateTask, ApplyMacro, Tell, Webhook}
}

// The most that a trigger has.
const (
	maxActions = 10
	maxText    = 5000
	maxTitle   = 200
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
	return desk.Invalid(append(wrong, Check(t.Actions, Kinds())...)...)
}

// Check names what is wrong with actions of which only some kinds are allowed, with
// pointers below "spec/actions".
func Check(actions []Action, of []Kind) (wrong []desk.FieldError) {
	if len(actions) == 0 {
		wrong = append(wrong, desk.Field("spec/actions", desk.Required))
	}
	if len(actions) > maxActions {
		wrong = append(wrong, desk.Field("spec/actions", desk.MaxItems, "max", maxActions))
	}
	for i, a := range actions {
		bad := func(member string, code desk.FieldCode, params ...any) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("spec/actions/%d/%s", i, member), code, params...))
		}
		if !slices.Contains(of, a.Kind) {
			bad("kind", desk.OneOf, "of", list(of))
			continue
		}
		a.wrong(bad)
	}
	return wrong
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
		a.wrongText(maxText, bad)
	case CreateTask:
		a.wrongText(maxTitle, bad)
		a.wrongHours(bad)
	case ApplyMacro:
		if a.Macro == "" {
			bad("macro", desk.Required)
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
		a.wrongHours(bad)
	}
}

func (a Action) wrongText(most int, bad func(member string, code desk.FieldCode, params ...any)) {
	for language, text := range map[string]string{"ru": a.Text.RU, "en": a.Text.EN} {
		if utf8.RuneCountInString(text) > most {
			bad("text/"+language, desk.MaxLength, "max", most)
		}
	}
	if strings.TrimSpace(a.Text.RU) == "" && strings.TrimSpace(a.Text.EN) == "" {
		bad("text", desk.Required)
	}
}

func (a Action) wrongHours(bad func(member string, code desk.FieldCode, params ...any)) {
	if a.UntilHours < 0 || a.UntilHours > maxHours {
		bad("until_hours", desk.Maximum, "max", maxHours)
	}
}

func list[S ~string](all []S) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
