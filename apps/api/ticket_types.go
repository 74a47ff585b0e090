package api

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// TicketTypeSpec is a type of tickets with the questions of its form.
type TicketTypeSpec struct {
	Name   Words          `json:"name"`
	Hint   Words          `json:"hint,omitzero" doc:"When to choose it"`
	Public bool           `json:"public" doc:"Offered to clients; the others are the staff's own"`
	Fields []QuestionSpec `json:"fields,omitempty" doc:"The questions, in their order"`
}

// QuestionSpec puts a field into a form.
type QuestionSpec struct {
	Field    string    `json:"field" maxLength:"40"`
	Required bool      `json:"required,omitempty" doc:"Where it is asked it must be answered"`
	Internal bool      `json:"internal,omitempty" doc:"Clients neither see nor answer it"`
	Default  any       `json:"default,omitempty" doc:"What a new ticket begins with where it is asked"`
	When     Condition `json:"when,omitzero" doc:"Asked where it holds. Of fields it knows type, priority, status, channel, company, tags, language and the form's own"`
}

// FieldSpec is a field of the tenant's own.
type FieldSpec struct {
	Name    Words         `json:"name"`
	Kind    string        `json:"kind" enum:"text,longtext,number,choice,date,boolean"`
	Choices []FieldChoice `json:"choices,omitempty" doc:"Of a choice alone"`
	Hint    Words         `json:"hint,omitzero"`
}

// FieldChoice is one answer of a choice.
type FieldChoice struct {
	Key  string `json:"key" maxLength:"40"`
	Name Words  `json:"name"`
}

func (b TicketTypeSpec) wrong() error {
	var wrong []desk.FieldError
	for i, q := range b.Fields {
		_, bad := conditions.Read(q.When.raw, fmt.Sprintf("/body/spec/fields/%d/when", i))
		wrong = append(wrong, bad...)
	}
	return invalid(wrong)
}

func (a *App) ticketTypeRoutes(r *Routes) {
	settingRoutes(a, r, &noun[settings.TicketType, TicketTypeSpec]{
		kind: settings.Types, coll: "ticket-types", tag: "Tickets", one: "TicketType", many: "TicketTypes", called: "ticket types",
		name: func(t settings.TicketType) settings.Words { return t.Name }, check: checkTicketType, uses: typeUses,
	})
	settingRoutes(a, r, &noun[settings.Field, FieldSpec]{
		kind: settings.Fields, coll: "fields", tag: "Tickets", one: "Field", many: "Fields", called: "fields of tickets",
		name: func(f settings.Field) settings.Words { return f.Name },
		check: func(context.Context, tenants.ReadTx, FieldSpec, settings.Field, bool) ([]desk.FieldError, error) {
			return nil, nil
		},
		uses: fieldUses, bears: fieldBears,
	})
}

func checkTicketType(ctx context.Context, tx tenants.ReadTx, _ TicketTypeSpec, t settings.TicketType, live bool) ([]desk.FieldError, error) {
	all, err := settings.Fields.Settings(ctx, tx)
	if err != nil {
		return nil, err
	}
	fields := map[string]settings.Field{}
	for _, f := range all {
		switch {
		case !live:
			fields[f.Key] = f.Latest()
		case f.Live != nil:
			fields[f.Key] = f.Live.Spec
		}
	}
	return tickets.CheckForm(ctx, tx, t, fields)
}

// fieldBears names what live forms say of a field that would mean nothing any more
// with what is to be published.
func fieldBears(ctx context.Context, tx tenants.ReadTx, key string, f settings.Field) ([]desk.FieldError, error) {
	all, err := settings.Fields.Settings(ctx, tx)
	if err != nil {
		return nil, err
	}
	was, is := map[string]settings.Field{}, map[string]settings.Field{}
	for _, one := range all {
		if one.Live != nil {
			was[one.Key] = one.Live.Spec
		}
	}
	old, known := was[key]
	if !known {
		return nil, nil
	}
	maps.Copy(is, was)
	is[key] = f
	types, err := settings.Types.Settings(ctx, tx)
	if err != nil {
		return nil, err
	}
	var broken []SettingUse
	for _, t := range types {
		if t.Live == nil {
			continue
		}
		before, err := tickets.CheckForm(ctx, tx, t.Live.Spec, was)
		if err != nil {
			return nil, err
		}
		after, err := tickets.CheckForm(ctx, tx, t.Live.Spec, is)
		if err != nil {
			return nil, err
		}
		if len(after) > len(before) {
			broken = append(broken, SettingUse{settings.Types.Name, t.Key, Words(t.Live.Spec.Name)})
		}
	}
	if len(broken) == 0 {
		return nil, nil
	}
	at := "spec/choices"
	if old.Kind != f.Kind {
		at = "spec/kind"
	}
	return []desk.FieldError{desk.Field(at, desk.NamedBy, "where", useNames(tx.Actor().Language, broken))}, nil
}

// typeUses tells by what each type is named: settings, roles, open tickets.
func typeUses(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
	uses, err := mentions(ctx, tx, "type")
	if err != nil {
		return nil, err
	}
	roles, err := settings.Roles.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, r := range roles {
		named := map[string]bool{}
		for _, g := range r.Spec.Grants {
			for _, key := range g.Types {
				if !named[key] {
					named[key] = true
					uses[key] = append(uses[key], SettingUse{settings.Roles.Name, r.Key, Words(r.Spec.Name)})
				}
			}
		}
	}
	var open []struct{ Type string }
	err = tx.Query(ctx, &open, "select distinct type from manydesk.ticket_index where tenant_id = $1 order by type", int32(tx.Tenant().ID))
	if err != nil {
		return nil, fmt.Errorf("find types of open tickets: %w", err)
	}
	for _, t := range open {
		uses[t.Type] = append(uses[t.Type], SettingUse{"tickets", t.Type, Words{"открытые заявки", "open tickets"}})
	}
	return uses, nil
}

// fieldUses tells by what each field is named, live or in a draft: questions of
// forms, conditions anywhere, what is set by itself.
func fieldUses(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
	return mentioned(ctx, tx, []string{"role", "field", "brand"}, func(spec any, by SettingUse, found func(string, SettingUse)) {
		walkFields(spec, by, found)
	})
}

// walkFields goes through a spec. A question of a form has the field's bare key.
func walkFields(spec any, by SettingUse, found func(key string, by SettingUse)) {
	switch v := spec.(type) {
	case []any:
		for _, each := range v {
			walkFields(each, by, found)
		}
	case map[string]any:
		by = by.within(v)
		if field, ok := v["field"].(string); ok {
			if own, ok := strings.CutPrefix(field, "fields."); ok {
				found(own, by)
			} else if by.Kind == settings.Types.Name && v["op"] == nil {
				found(field, by)
			}
		}
		for _, at := range slices.Sorted(maps.Keys(v)) {
			walkFields(v[at], by, found)
		}
	}
}
