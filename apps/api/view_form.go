package api

import (
	"context"
	"maps"
	"slices"

	"manydesk/desk/settings"
	"manydesk/tenants"
)

// TypeDef is a ticket type with its form.
type TypeDef struct {
	Key    string     `json:"key"`
	Name   string     `json:"name"`
	Public bool       `json:"public"`
	Fields []FieldDef `json:"fields"`
}

// FieldDef is one question of a form.
type FieldDef struct {
	Key      string  `json:"key"`
	Name     string  `json:"name"`
	Kind     string  `json:"kind" enum:"text,longtext,number,choice,date,boolean"`
	Required bool    `json:"required"`
	Choices  []Named `json:"choices,omitempty"`
	Hint     string  `json:"hint,omitempty"`
	// Conditional questions are asked, and required, only where their condition holds.
	Conditional bool `json:"conditional,omitempty" doc:"Asked, and required, only of some tickets: ask the form whether it is"`
}

// FieldValue is an answer.
type FieldValue struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Workflow is the tenant's statuses and the ways between them.
type Workflow struct {
	Statuses    []StatusDef         `json:"statuses"`
	Transitions map[string][]string `json:"transitions"`
}

// StatusDef is a status with what entering it asks.
type StatusDef struct {
	Status
	CommentRequired bool `json:"comment_required"`
}

func typeDef(f settings.Form, language string, client bool) TypeDef {
	d := TypeDef{Key: f.Key, Name: f.Type.Name.In(language), Public: f.Type.Public}
	for _, q := range f.Questions {
		if client && q.Internal {
			continue
		}
		d.Fields = append(d.Fields, fieldDef(q, language))
	}
	return d
}

func fieldDef(q settings.FormField, language string) FieldDef {
	d := FieldDef{
		Key: q.Field, Name: q.Spec.Name.In(language), Kind: string(q.Spec.Kind), Required: q.Required, Hint: q.Spec.Hint.In(language), Conditional: q.Conditional(),
	}
	for _, o := range q.Spec.Choices {
		d.Choices = append(d.Choices, Named{o.Key, o.Name.In(language)})
	}
	return d
}

// typeDefs are the tenant's forms; a client gets the public ones without internal questions.
func typeDefs(ctx context.Context, tx tenants.ReadTx, language string, client bool) ([]TypeDef, error) {
	forms, err := settings.Forms(ctx, tx)
	if err != nil {
		return nil, err
	}
	var defs []TypeDef
	for _, f := range forms {
		if f.Type.Public || !client {
			defs = append(defs, typeDef(f, language, client))
		}
	}
	return defs, nil
}

// fieldValues are a ticket's answers in the form's order, then those that no
// form asks for any more.
func fieldValues(f settings.Form, values map[string]any, language string, client bool) []FieldValue {
	var out []FieldValue
	left := maps.Clone(values)
	for _, q := range f.Questions {
		v, ok := values[q.Field]
		delete(left, q.Field)
		if !ok || client && q.Internal {
			continue
		}
		if client {
			v = inWords(q.Spec, v, language)
		}
		out = append(out, FieldValue{q.Field, q.Spec.Name.In(language), v})
	}
	if client {
		return out
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		out = append(out, FieldValue{key, key, left[key]})
	}
	return out
}

// inWords is what was chosen as its reader calls it. A choice that is no longer
// offered stays as it was given.
func inWords(f settings.Field, v any, language string) any {
	for _, o := range f.Choices {
		if o.Key == v {
			return o.Name.In(language)
		}
	}
	return v
}

func workflowView(w *settings.Workflow, language string) Workflow {
	v := Workflow{Transitions: map[string][]string{}}
	for _, s := range w.Statuses {
		v.Statuses = append(v.Statuses, StatusDef{statusOf(w, s.Key, language), s.CommentRequired})
		ways := []string{}
		for _, t := range w.Transitions[s.Key] {
			ways = append(ways, t.To)
		}
		v.Transitions[s.Key] = ways
	}
	return v
}
