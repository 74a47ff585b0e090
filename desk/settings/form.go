package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/tenants"
)

// Types are the tenant's ticket types, Fields the questions their forms ask.
var (
	Types  = For[TicketType]("type")
	Fields = For[Field]("field")
)

// TicketType is the spec of kind "type".
type TicketType struct {
	Name Words `json:"name"`
	Hint Words `json:"hint,omitzero"`
	// Public types are offered to clients; the others are the staff's own.
	Public bool       `json:"public"`
	Fields []Question `json:"fields,omitempty"`
}

// Question puts a field into a type's form.
type Question struct {
	Field    string `json:"field"`
	Required bool   `json:"required,omitempty"`
	// Internal questions are not shown to clients, even in a public type.
	Internal bool `json:"internal,omitempty"`
	// Default is the answer that a ticket is opened with where the question is asked.
	Default any `json:"default,omitempty"`
	// When says of which tickets it is asked, and required: of all without one. What
	// it may ask about is tickets.FormWords.
	When conditions.Tree `json:"when,omitzero"`
}

// Conditional reports that the question is not asked of every ticket.
func (q *Question) Conditional() bool { return !q.When.Always() }

// FieldKind is what a field holds.
type FieldKind string

// The kinds of field.
const (
	Text     FieldKind = "text"
	LongText FieldKind = "longtext"
	Number   FieldKind = "number"
	Choice   FieldKind = "choice"
	Date     FieldKind = "date"
	Boolean  FieldKind = "boolean"
)

var fieldKinds = []FieldKind{Text, LongText, Number, Choice, Date, Boolean}

// Field is the spec of kind "field".
type Field struct {
	Name    Words     `json:"name"`
	Kind    FieldKind `json:"kind"`
	Choices []Option  `json:"choices,omitempty"`
	Hint    Words     `json:"hint,omitzero"`
}

// Option is one answer of a choice.
type Option struct {
	Key  string `json:"key"`
	Name Words  `json:"name"`
}

// The most that a form has.
const (
	mostQuestions = 100
	mostChoices   = 200
	longestHint   = 300
)

// Validate checks names, kind and choices.
func (f Field) Validate() error {
	wrong := append(named("spec/name", f.Name), hinted("spec/hint", f.Hint)...)
	if !slices.Contains(fieldKinds, f.Kind) {
		wrong = append(wrong, desk.Field("spec/kind", desk.OneOf, "of", "text, longtext, number, choice, date, boolean"))
	}
	switch {
	case f.Kind == Choice && len(f.Choices) == 0:
		wrong = append(wrong, desk.Field("spec/choices", desk.Required))
	case f.Kind != Choice && len(f.Choices) > 0:
		wrong = append(wrong, desk.Field("spec/choices", desk.MaxItems, "max", 0))
	case len(f.Choices) > mostChoices:
		wrong = append(wrong, desk.Field("spec/choices", desk.MaxItems, "max", mostChoices))
	}
	seen := map[string]bool{}
	for i, o := range f.Choices {
		at := fmt.Sprintf("spec/choices/%d", i)
		if !keys.MatchString(o.Key) {
			wrong = append(wrong, desk.Field(at+"/key", desk.Pattern, "pattern", "a-z, 0-9, _"))
		} else if seen[o.Key] {
			wrong = append(wrong, desk.Field(at+"/key", desk.Unique))
		}
		seen[o.Key] = true
		wrong = append(wrong, named(at+"/name", o.Name)...)
	}
	return desk.Invalid(wrong...)
}

// Validate checks the name, that no field is asked for twice, and that no question
// waits for itself: whether its condition means anything is tickets.CheckForm's.
func (t TicketType) Validate() error {
	wrong := append(named("spec/name", t.Name), hinted("spec/hint", t.Hint)...)
	if len(t.Fields) > mostQuestions {
		return desk.Invalid(append(wrong, desk.Field("spec/fields", desk.MaxItems, "max", mostQuestions))...)
	}
	seen := map[string]bool{}
	for i, q := range t.Fields {
		at := fmt.Sprintf("spec/fields/%d/field", i)
		switch {
		case q.Field == "":
			wrong = append(wrong, desk.Field(at, desk.Required))
		case seen[q.Field]:
			wrong = append(wrong, desk.Field(at, desk.Unique))
		}
		seen[q.Field] = true
	}
	for _, i := range t.circular() {
		wrong = append(wrong, desk.Field(fmt.Sprintf("spec/fields/%d/when", i), desk.Circular))
	}
	return desk.Invalid(wrong...)
}

// circular are the questions that are asked only if they are: each by itself, or
// several by one another.
func (t *TicketType) circular() (places []int) {
	waitsFor := map[string][]string{}
	for _, q := range t.Fields {
		q.When.Fields(func(key string) {
			if own, ok := strings.CutPrefix(key, "fields."); ok {
				waitsFor[q.Field] = append(waitsFor[q.Field], own)
			}
		})
	}
	for i, q := range t.Fields {
		seen, next := map[string]bool{}, waitsFor[q.Field]
		for len(next) > 0 && !seen[q.Field] {
			key := next[0]
			next = next[1:]
			if !seen[key] {
				seen[key] = true
				next = append(next, waitsFor[key]...)
			}
		}
		if seen[q.Field] {
			places = append(places, i)
		}
	}
	return places
}

// hinted refuses a hint that is too long in either language.
func hinted(pointer string, w Words) (wrong []desk.FieldError) {
	for _, each := range []struct{ language, text string }{{"ru", w.RU}, {"en", w.EN}} {
		if len([]rune(each.text)) > longestHint {
			wrong = append(wrong, desk.Field(pointer+"/"+each.language, desk.MaxLength, "max", longestHint))
		}
	}
	return wrong
}

// Form is a ticket type with its questions answered for: what a screen draws
// and a verb checks.
type Form struct {
	Key       string
	Version   int
	Type      TicketType
	Questions []FormField
}

// FormField is a question with its field.
type FormField struct {
	Question
	Spec Field
}

// Question finds the question of a field.
func (f *Form) Question(field string) (FormField, bool) {
	for _, q := range f.Questions {
		if q.Field == field {
			return q, true
		}
	}
	return FormField{}, false
}

// Conditional reports that some question is not asked of every ticket.
func (f *Form) Conditional() bool {
	return slices.ContainsFunc(f.Questions, func(q FormField) bool { return q.Conditional() })
}

// Forms gives the published types in order, each with its published fields; a
// question whose field was retired is left out.
func Forms(ctx context.Context, tx tenants.ReadTx) ([]Form, error) {
	types, err := Types.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	fields, err := Fields.rows(ctx, tx)
	if err != nil {
		return nil, err
	}
	forms := make([]Form, len(types))
	for i, t := range types {
		forms[i] = form(t, fields)
	}
	return forms, nil
}

// FormOf gives one type's form. NotFound when the type is not published.
func FormOf(ctx context.Context, tx tenants.ReadTx, key string) (Form, error) {
	t, err := Types.Live(ctx, tx, key)
	if err != nil {
		return Form{}, err
	}
	fields, err := Fields.rows(ctx, tx)
	if err != nil {
		return Form{}, err
	}
	return form(t, fields), nil
}

// DraftForm gives a type's form as it is being made: its draft with the drafts of
// its fields, and what is live where there is none. NotFound for a type that has
// neither.
func DraftForm(ctx context.Context, tx tenants.ReadTx, key string) (Form, error) {
	t, err := Types.Setting(ctx, tx, key)
	if err != nil {
		return Form{}, err
	}
	fields, err := Fields.Settings(ctx, tx)
	if err != nil {
		return Form{}, err
	}
	drafted := map[string]Field{}
	for _, f := range fields {
		drafted[f.Key] = f.Latest()
	}
	f := Form{Key: key, Version: t.LiveVersion(), Type: t.Latest()}
	for _, q := range f.Type.Fields {
		if spec, ok := drafted[q.Field]; ok {
			f.Questions = append(f.Questions, FormField{q, spec})
		}
	}
	return f, nil
}

func form(t Published[TicketType], fields *liveRows[Field]) Form {
	f := Form{Key: t.Key, Version: t.Version, Type: t.Spec}
	for _, q := range t.Spec.Fields {
		if i, ok := fields.at[q.Field]; ok {
			f.Questions = append(f.Questions, FormField{q, fields.all[i].Spec})
		}
	}
	return f
}
