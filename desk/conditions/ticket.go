package conditions

import "strings"

// Known is what a tenant adds to the vocabulary of its tickets.
type Known struct {
	Types, Statuses, Groups, Levels, Languages, Calendars []Option
	// Person and Company find names for explanations; nil shows ids.
	Person, Company func(id string) (Name, bool)
	// Fields are the tenant's own, made by Custom.
	Fields []Field
}

// Tickets is the vocabulary of tickets. Its Values come from a ticket and, for
// contact.vip, from its company; description is the first message, in Go only.
func Tickets(k Known) Vocabulary {
	fields := []Field{
		{Key: "subject", Kind: Text, Name: Name{"Тема", "Subject"}, SQL: "t.subject", Words: true, saying: saying{gender: 'f'}},
		{Key: "description", Kind: Text, Name: Name{"Описание", "Description"}, saying: saying{gender: 'n'}},
		{Key: "type", Kind: Choice, Name: Name{"Тип", "Type"}, Choices: k.Types, SQL: "t.type", saying: saying{gender: 'm'}},
		{Key: "priority", Kind: Number, Name: Name{"Приоритет", "Priority"}, Choices: priorities, SQL: "t.priority", Whole: true, saying: saying{gender: 'm', rank: true}},
		{Key: "tags", Kind: Tags, Name: Name{"Метки", "Tags"}, SQL: "t.tags", Alias: "tag", saying: saying{empty: Name{"Меток нет", "There are no tags"}, filled: Name{"Метки есть", "There are tags"}}},
		{Key: "company", Kind: Company, Name: Name{"Компания", "Company"}, Called: k.Company, SQL: "t.company_id", saying: saying{gender: 'f'}},
		{
			Key: "contact.vip", Kind: Boolean, Name: Name{"Клиент VIP", "VIP client"},
			SQL:    "(select x.vip from ?tenant.companies x where x.id = t.company_id)",
			saying: saying{yes: Name{"Клиент — VIP", "The client is a VIP"}, no: Name{"Клиент — не VIP", "The client is not a VIP"}},
		},
		{
			Key: "level", Kind: Choice, Name: Name{"Уровень обслуживания", "Service level"}, Choices: k.Levels, saying: saying{gender: 'm'},
			SQL: "coalesce(nullif(t.level, ''), (select x.level from ?tenant.companies x where x.id = t.company_id))",
		},
		{Key: "channel", Kind: Choice, Name: Name{"Канал", "Channel"}, Choices: channels, SQL: "t.channel", saying: saying{gender: 'm'}},
		{Key: "status", Kind: Choice, Name: Name{"Статус", "Status"}, Choices: k.Statuses, SQL: "t.status", saying: saying{gender: 'm'}},
		{
			Key: "assignee", Kind: Person, Name: Name{"Ответственный", "Assignee"}, Called: k.Person, SQL: "t.assignee_id",
			saying: saying{gender: 'm', empty: Name{"Ответственного нет", "Nobody is assigned"}, filled: Name{"Ответственный есть", "Somebody is assigned"}},
		},
		{Key: "group", Kind: Choice, Name: Name{"Группа", "Group"}, Choices: k.Groups, SQL: "t.group_key", saying: saying{gender: 'f'}},
		{Key: "line", Kind: Number, Name: Name{"Линия", "Line"}, SQL: "t.line", Whole: true, saying: saying{gender: 'f'}},
		{Key: "language", Kind: Choice, Name: Name{"Язык", "Language"}, Choices: k.Languages, SQL: "t.language", saying: saying{gender: 'm'}},
		{Key: "created_at", Kind: Time, Name: Name{"Время создания", "Creation time"}, SQL: "t.created_at", Alias: "created", saying: saying{gender: 'n'}},
	}
	return NewVocabulary(k.Calendars, append(fields, k.Fields...)...)
}

var priorities = []Option{{"1", Name{"P1", "P1"}}, {"2", Name{"P2", "P2"}}, {"3", Name{"P3", "P3"}}, {"4", Name{"P4", "P4"}}}

var channels = []Option{
	{"mail", Name{"Почта", "E-mail"}},
	{"portal", Name{"Портал", "Portal"}},
	{"phone", Name{"Телефон", "Phone"}},
	{"api", Name{"API", "API"}},
	{"form", Name{"Форма на сайте", "Web form"}},
}

// Custom is a tenant's own field of tickets, "fields." and its key; the key is of
// a-z, 0-9 and _, as settings keep them, else the field has no SQL. A value of
// another kind than the field's, left from before it changed, counts as empty.
func Custom(key string, kind Kind, name Name, choices []Option) Field {
	f := Field{Key: "fields." + key, Alias: "field." + key, Kind: kind, Name: name, Choices: choices, saying: saying{own: true}}
	if key == "" || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return f
	}
	is := func(json, sql string) string {
		return "(case when jsonb_typeof(t.fields -> '" + key + "') = '" + json + "' then " + sql + " end)"
	}
	text := "(t.fields ->> '" + key + "')"
	if kind == Choice || kind == Date || kind == Boolean {
		f.Held = key
	}
	switch kind {
	case Text, Choice, Date:
		f.SQL = is("string", text)
	case Number:
		f.SQL = is("number", text+"::float8")
	case Boolean:
		f.SQL = is("boolean", text+"::boolean")
	default:
	}
	return f
}
