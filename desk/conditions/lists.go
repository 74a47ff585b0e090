package conditions

import "slices"

// Lists is the stored part of a vocabulary of tickets with what only lists ask
// about: the number, the contact, how far a ticket has come and when.
func Lists(v Vocabulary) Vocabulary {
	return v.Stored().With(listed...)
}

// With is the vocabulary with more fields; one with the key of another takes its place.
func (v Vocabulary) With(fields ...Field) Vocabulary {
	all := slices.DeleteFunc(slices.Clone(v.fields), func(old Field) bool {
		return slices.ContainsFunc(fields, func(f Field) bool { return f.Key == old.Key })
	})
	out := NewVocabulary(v.calendars, append(all, fields...)...).In(v.zone)
	out.stored = v.stored
	return out
}

var listed = []Field{
	{Key: "number", Kind: Number, Name: Name{"Номер", "Number"}, SQL: "t.number", Whole: true, saying: saying{gender: 'm'}},
	{
		Key: "category", Kind: Choice, Name: Name{"Состояние", "State"}, SQL: "t.category", saying: saying{gender: 'n'},
		Codes:   map[string]int{"open": 1, "in_progress": 2, "pending": 3, "resolved": 4, "closed": 5},
		Choices: []Option{{"open", Name{"Открыто", "Open"}}, {"in_progress", Name{"В работе", "In progress"}}, {"pending", Name{"Ждёт", "Pending"}}, {"resolved", Name{"Решено", "Resolved"}}, {"closed", Name{"Закрыто", "Closed"}}},
	},
	{Key: "contact", Kind: Contact, Name: Name{"Контакт", "Contact"}, SQL: "t.contact_id", saying: saying{gender: 'm'}},
	{Key: "vendor", Kind: Company, Name: Name{"Подрядчик", "Vendor"}, SQL: "t.vendor_id", saying: saying{gender: 'm'}},
	{Key: "rating", Kind: Number, Name: Name{"Оценка", "Rating"}, SQL: "t.rating", Whole: true, saying: saying{gender: 'f'}},
	{Key: "waiting_since", Kind: Time, Name: Name{"Клиент ждёт с", "The client waits since"}, SQL: "t.waiting_since", saying: saying{gender: 'n'}},
	{Key: "updated_at", Kind: Time, Name: Name{"Время изменения", "Time of change"}, SQL: "t.updated_at", Alias: "updated", saying: saying{gender: 'n'}},
	{Key: "due_at", Kind: Time, Name: Name{"Срок", "Due time"}, SQL: "t.due_at", Alias: "due", saying: saying{gender: 'm'}},
	{Key: "resolved_at", Kind: Time, Name: Name{"Время решения", "Time of resolution"}, SQL: "t.resolved_at", Alias: "resolved", saying: saying{gender: 'n'}},
	{Key: "closed_at", Kind: Time, Name: Name{"Время закрытия", "Time of closing"}, SQL: "t.closed_at", Alias: "closed", saying: saying{gender: 'n'}},
}
