package tickets

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// Vocabulary is what conditions can ask about the tickets of a tenant: its types,
// statuses, groups, levels and own fields, as published now. The calendars, which
// are another room's, are given. People and companies are called by name in
// explanations; a name is read when it is first wanted, by this handle.
func Vocabulary(ctx context.Context, tx tenants.ReadTx, calendars []conditions.Option) (conditions.Vocabulary, error) {
	known := conditions.Known{
		Calendars: append([]conditions.Option{}, calendars...),
		Person:    namesOf(ctx, tx, "select name from ?tenant.staff where user_id = $1", personKey),
		Company:   namesOf(ctx, tx, "select name from ?tenant.companies where id = $1", companyKey),
		Languages: []conditions.Option{{Key: "ru", Name: conditions.Name{RU: "Русский", EN: "Russian"}}, {Key: "en", Name: conditions.Name{RU: "Английский", EN: "English"}}},
	}
	workflow, err := settings.Workflows.Live(ctx, tx, settings.Main)
	if desk.Is(err, desk.NotFound) {
		workflow.Spec = settings.DefaultWorkflow()
	} else if err != nil {
		return conditions.Vocabulary{}, err
	}
	for _, s := range workflow.Spec.Statuses {
		known.Statuses = append(known.Statuses, choice(s.Key, s.Name))
	}
	if known.Types, err = choices(ctx, tx, settings.Types, func(t settings.TicketType) settings.Words { return t.Name }); err != nil {
		return conditions.Vocabulary{}, err
	}
	if known.Groups, err = choices(ctx, tx, settings.Groups, func(g settings.Group) settings.Words { return g.Name }); err != nil {
		return conditions.Vocabulary{}, err
	}
	if known.Levels, err = choices(ctx, tx, settings.Levels, func(l settings.Level) settings.Words { return l.Name }); err != nil {
		return conditions.Vocabulary{}, err
	}
	fields, err := settings.Fields.All(ctx, tx)
	if err != nil {
		return conditions.Vocabulary{}, err
	}
	for _, f := range fields {
		known.Fields = append(known.Fields, custom(f.Key, f.Spec))
	}
	zone, err := time.LoadLocation(tx.Tenant().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return conditions.Tickets(known).In(zone), nil
}

// formWords are what is known of a ticket while its form is filled in, beside the
// answers to the form itself.
var formWords = []string{"type", "priority", "status", "channel", "company", "tags", "language"}

// FormWords is what the conditions of a form may ask about: what is known of a
// ticket while the form is filled in, and the form's own questions, whose fields
// are given.
func FormWords(ctx context.Context, tx tenants.ReadTx, form settings.TicketType, fields map[string]settings.Field) (conditions.Vocabulary, error) {
	all, err := Vocabulary(ctx, tx, nil)
	if err != nil {
		return all, err
	}
	var known []conditions.Field
	for _, key := range formWords {
		if f, ok := all.Field(key); ok {
			known = append(known, f)
		}
	}
	for _, q := range form.Fields {
		if f, ok := fields[q.Field]; ok {
			known = append(known, custom(q.Field, f))
		}
	}
	zone, err := time.LoadLocation(tx.Tenant().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return conditions.NewVocabulary([]conditions.Option{}, known...).In(zone), nil
}

func custom(key string, f settings.Field) conditions.Field {
	var options []conditions.Option
	for _, o := range f.Choices {
		options = append(options, choice(o.Key, o.Name))
	}
	return conditions.Custom(key, kindOf(f.Kind), conditions.Name(f.Name), options)
}

// CheckForm names what a form says that means nothing beside the fields there are:
// questions without a field, defaults that are no answers, conditions that ask
// about what is not known. Pointers begin with "/body/spec".
func CheckForm(ctx context.Context, tx tenants.ReadTx, form settings.TicketType, fields map[string]settings.Field) ([]desk.FieldError, error) {
	words, err := FormWords(ctx, tx, form, fields)
	if err != nil {
		return nil, err
	}
	var wrong []desk.FieldError
	for i, q := range form.Fields {
		at := fmt.Sprintf("/body/spec/fields/%d", i)
		f, known := fields[q.Field]
		if !known && q.Field != "" {
			wrong = append(wrong, desk.Field(at+"/field", desk.UnknownID))
		}
		if bad := check(q.Field, f, q.Default); known && q.Default != nil && bad != nil {
			bad.Pointer = at + "/default"
			wrong = append(wrong, *bad)
		}
		wrong = append(wrong, words.Check(q.When, at+"/when")...)
	}
	return wrong, nil
}

func choice(key string, name settings.Words) conditions.Option {
	return conditions.Option{Key: key, Name: conditions.Name(name)}
}

// choices are the published keys of a kind; never nil, so that a key is checked even where there are none.
func choices[T any](ctx context.Context, tx tenants.ReadTx, kind settings.Kind[T], name func(T) settings.Words) ([]conditions.Option, error) {
	all, err := kind.All(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("choices of %s: %w", kind.Name, err)
	}
	options := make([]conditions.Option, len(all))
	for i, p := range all {
		options[i] = choice(p.Key, name(p.Spec))
	}
	return options, nil
}

func kindOf(k settings.FieldKind) conditions.Kind {
	switch k {
	case settings.Number:
		return conditions.Number
	case settings.Choice:
		return conditions.Choice
	case settings.Date:
		return conditions.Date
	case settings.Boolean:
		return conditions.Boolean
	case settings.Text, settings.LongText:
		return conditions.Text
	}
	return conditions.Text
}

// namesOf finds names by public ids, each once.
func namesOf(ctx context.Context, tx tenants.ReadTx, sql string, id func(key string) (string, bool)) func(string) (conditions.Name, bool) {
	names := map[string]string{}
	return func(key string) (conditions.Name, bool) {
		name, asked := names[key]
		if !asked {
			if uuid, ok := id(key); ok {
				// A name that cannot be read is no reason to explain nothing: the id is shown.
				_ = tx.QueryRow(ctx, sql, []any{uuid}, &name)
			}
			names[key] = name
		}
		return conditions.Name{RU: name, EN: name}, name != ""
	}
}

func personKey(key string) (string, bool) {
	var id desk.UserID
	err := id.UnmarshalText([]byte(key))
	return id.UUID(), err == nil
}

func companyKey(key string) (string, bool) {
	var id desk.CompanyID
	err := id.UnmarshalText([]byte(key))
	return id.UUID(), err == nil
}
