package api

import (
	"context"

	"manydesk/desk/conditions"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// ConditionField is something that conditions can ask about.
type ConditionField struct {
	Key     string            `json:"key"`
	Kind    ConditionKind     `json:"kind"`
	Name    string            `json:"name"`
	Choices []ConditionChoice `json:"choices" doc:"The values there are; none for a field whose values are free"`
	Ops     []string          `json:"ops" doc:"The comparisons that the kind has, in the order in which they are offered"`
}

// ConditionKind is what a field holds.
type ConditionKind string

// ConditionChoice is one value of a field.
type ConditionChoice struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// ConditionFields are all fields of the tenant's tickets, and the calendars that
// comparisons of a time may name.
type ConditionFields struct {
	Items     []ConditionField  `json:"items"`
	Calendars []ConditionChoice `json:"calendars"`
}

func (a *App) conditionRoutes(r *Routes) {
	view(r, "GET /v1/tenants/{tenant}/condition-fields", Op{ID: "listConditionFields", Tag: "Service levels", Summary: "What conditions can ask about tickets", Needs: readsSettings},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*ConditionFields, error) {
			calendars, err := sla.Calendars.All(ctx, tx)
			if err != nil {
				return nil, err
			}
			var options []conditions.Option
			for _, c := range calendars {
				options = append(options, conditions.Option{Key: c.Key, Name: conditions.Name(c.Spec.Name)})
			}
			words, err := tickets.Vocabulary(ctx, tx, options)
			if err != nil {
				return nil, err
			}
			language := tx.Actor().Language
			v := &ConditionFields{Calendars: choicesView(words.Calendars(), language)}
			for _, f := range words.Fields() {
				field := ConditionField{Key: f.Key, Kind: ConditionKind(f.Kind), Name: f.Name.In(language), Choices: choicesView(f.Choices, language)}
				for _, op := range f.Kind.Ops() {
					field.Ops = append(field.Ops, string(op))
				}
				v.Items = append(v.Items, field)
			}
			return v, nil
		})
}

func choicesView(options []conditions.Option, language string) []ConditionChoice {
	list := make([]ConditionChoice, len(options))
	for i, o := range options {
		list[i] = ConditionChoice{o.Key, o.Name.In(language)}
	}
	return list
}
