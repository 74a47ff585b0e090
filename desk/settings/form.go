package settings

import (
	"context"
	"fmt"
	"slices"

	"manydesk/desk"
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
	Default  any  `json:"default,omitempty"`
}

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

// Validate checks names, kind and choices.
func (f Field) Validate() error {
	wrong := named("name", f.Name)
	if !slices.Contains(fieldKinds, f.Kind) {
		wrong = append(wrong, desk.Field("kind", desk.OneOf, "of", "text, longtext, number, choice, date, boolean"))
	}
	if f.Kind == Choice && len(f.Choices) == 0 {
		wrong = append(wrong, desk.Field("choices", desk.Required))
	}
	seen := map[string]bool{}
	for i, o := range f.Choices {
		at := fmt.Sprintf("choices/%d", i)
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

// Validate checks the name and that no field is asked for twice.
func (t TicketType) Validate() error {
	wrong := named("name", t.Name)
	seen := map[string]bool{}
	for i, q := range t.Fields {
		if seen[q.Field] || q.Field == "" {
			wrong = append(wrong, desk.Field(fmt.Sprintf("fields/%d/field", i), desk.Unique))
		}
		seen[q.Field] = true
	}
	return desk.Invalid(wrong...)
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

func form(t Published[TicketType], fields *liveRows[Field]) Form {
	f := Form{Key: t.Key, Version: t.Version, Type: t.Spec}
	for _, q := range t.Spec.Fields {
		if i, ok := fields.at[q.Field]; ok {
			f.Questions = append(f.Questions, FormField{q, fields.all[i].Spec})
		}
	}
	return f
}
