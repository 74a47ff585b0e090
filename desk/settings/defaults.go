package settings

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Default is a setting that a new tenant begins with.
type Default struct {
	Kind, Key string
	Position  int
	Spec      any
}

// Defaults are the settings of a new tenant: types and their fields, the
// workflow, roles, groups, a level, the portal, sender and brand. Names are in
// both languages; language is that of the brief, which is written in one.
func Defaults(language string) []Default {
	all := []Default{
		{Workflows.Name, Main, 0, DefaultWorkflow()},
		{Portals.Name, Main, 0, Portal{SignInCode: true, SignInPassword: true}},
		{Senders.Name, Main, 0, Sender{}},
		{Brands.Name, Main, 0, Brand{Texts: BrandTexts{Greeting: Words{RU: "Здравствуйте! Чем помочь?", EN: "Hello! How can we help?"}}}},
		{Briefs.Name, Main, 0, defaultBrief(language)},
		{Levels.Name, "standard", 0, Level{Words{RU: "Стандартный", EN: "Standard"}}},
		{Groups.Name, "first", 0, Group{Name: Words{RU: "Первая линия", EN: "First line"}}},
		{Groups.Name, "second", 1, Group{Name: Words{RU: "Вторая линия", EN: "Second line"}}},
		{Fields.Name, "impact", 0, Field{Name: Words{RU: "Кого касается", EN: "Who is affected"}, Kind: Choice, Choices: []Option{
			{"one", Words{RU: "Одного человека", EN: "One person"}},
			{"some", Words{RU: "Нескольких человек", EN: "Several people"}},
			{"all", Words{RU: "Всю компанию", EN: "The whole company"}},
		}}},
		{Fields.Name, "since", 1, Field{Name: Words{RU: "С какого дня", EN: "Since which day"}, Kind: Date}},
		{Fields.Name, "needed_by", 2, Field{Name: Words{RU: "К какому дню нужно", EN: "Needed by"}, Kind: Date}},
		{Fields.Name, "cause", 3, Field{Name: Words{RU: "Причина", EN: "Cause"}, Kind: LongText}},
	}
	for i, t := range defaultTypes() {
		all = append(all, Default{Types.Name, t.key, i, t.spec})
	}
	for i, r := range access.Builtin() {
		all = append(all, Default{Roles.Name, r.Key, i, r.Role})
	}
	return all
}

type keyedType struct {
	key  string
	spec TicketType
}

func defaultTypes() []keyedType {
	return []keyedType{
		{"incident", TicketType{
			Name: Words{RU: "Неисправность", EN: "Incident"}, Public: true,
			Hint:   Words{RU: "Что-то сломалось или работает не так", EN: "Something is broken or does not work as it should"},
			Fields: []Question{{Field: "impact"}, {Field: "since"}, {Field: "cause", Internal: true}},
		}},
		{"request", TicketType{
			Name: Words{RU: "Запрос на обслуживание", EN: "Service request"}, Public: true,
			Hint:   Words{RU: "Нужно что-то сделать, настроить или выдать", EN: "Something is to be done, set up or handed out"},
			Fields: []Question{{Field: "needed_by"}},
		}},
		{"question", TicketType{
			Name: Words{RU: "Вопрос", EN: "Question"}, Public: true,
			Hint: Words{RU: "Как это работает или где найти", EN: "How something works or where to find it"},
		}},
		{"problem", TicketType{
			Name:   Words{RU: "Проблема", EN: "Problem"},
			Hint:   Words{RU: "Общая причина нескольких неисправностей", EN: "The common cause of several incidents"},
			Fields: []Question{{Field: "cause", Internal: true}},
		}},
		{"task", TicketType{
			Name: Words{RU: "Внутренняя задача", EN: "Internal task"},
			Hint: Words{RU: "Работа, о которой клиент не просил", EN: "Work that no client asked for"},
		}},
	}
}

// DefaultWorkflow is the workflow of a tenant that has published none.
func DefaultWorkflow() Workflow {
	to := func(keys ...string) []Transition {
		ways := make([]Transition, len(keys))
		for i, key := range keys {
			ways[i] = Transition{To: key}
		}
		return ways
	}
	return Workflow{
		Statuses: []Status{
			{Key: "open", Name: Words{RU: "Открыта", EN: "Open"}, Category: Open},
			{Key: "in_progress", Name: Words{RU: "В работе", EN: "In progress"}, Category: InProgress},
			{Key: "pending", Name: Words{RU: "Требует уточнения", EN: "Pending"}, Category: Pending},
			{Key: "resolved", Name: Words{RU: "Решена", EN: "Resolved"}, Category: Resolved},
			{Key: "closed", Name: Words{RU: "Закрыта", EN: "Closed"}, Category: Closed},
		},
		Transitions: map[string][]Transition{
			"open":        to("in_progress", "pending", "resolved"),
			"in_progress": to("pending", "resolved"),
			"pending":     to("open", "in_progress", "resolved"),
			"resolved":    to("closed", "open"),
		},
		CloseAfterDays: 7,
	}
}

func defaultBrief(language string) Brief {
	if language == "en" {
		return Brief{
			Greeting: "Hello, this is technical support. How can I help?",
			Tone:     "Calm and to the point, without jargon.",
			Do:       []string{"Say by when you will answer.", "Sum up what was done before you resolve the ticket."},
			Dont:     []string{"Do not promise what the contract does not cover.", "Do not ask for passwords."},
		}
	}
	return Brief{
		Greeting: "Здравствуйте, техническая поддержка. Чем могу помочь?",
		Tone:     "Спокойно и по делу, без профессиональных слов.",
		Do:       []string{"Называйте срок, к которому ответите.", "Перед тем как решить заявку, опишите, что сделано."},
		Dont:     []string{"Не обещайте того, чего нет в договоре.", "Не спрашивайте пароли."},
	}
}

// Fill publishes settings in a tenant that has none of them, in one statement.
//
// Errors: ValidationFailed by a spec; AlreadyExists when a key is there already.
func Fill(ctx context.Context, tx tenants.Tx, defaults ...Default) error {
	n := len(defaults)
	kinds, names, positions, specs := make([]string, n), make([]string, n), make([]int32, n), make([]string, n)
	for i, d := range defaults {
		if v, ok := d.Spec.(interface{ Validate() error }); ok {
			if err := v.Validate(); err != nil {
				return fmt.Errorf("default %s %q: %w", d.Kind, d.Key, err)
			}
		}
		spec, err := json.Marshal(d.Spec)
		if err != nil {
			return fmt.Errorf("encode default %s %q: %w", d.Kind, d.Key, err)
		}
		kinds[i], names[i], positions[i], specs[i] = d.Kind, d.Key, int32(d.Position), string(spec)
	}
	_, err := tx.Exec(ctx, `insert into ?tenant.config (kind, key, version, state, position, spec, author_id, created_at, published_at)
		select kind, key, 1, 'published', position, spec::jsonb, $5, $6, $6
		from unnest($1::text[], $2::text[], $3::integer[], $4::text[]) d(kind, key, position, spec)`,
		kinds, names, positions, specs, author(tx), tx.Now())
	if err != nil {
		return fmt.Errorf("publish the defaults: %w", err)
	}
	if err := tx.ConfigChanged(ctx); err != nil {
		return err
	}
	return tx.AccessChanged(ctx)
}
