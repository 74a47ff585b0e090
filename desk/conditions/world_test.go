package conditions_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"manydesk/desk/conditions"
)

type (
	tree = conditions.Tree
	bag  map[string]any
)

func (b bag) Value(_ context.Context, key string) (any, error) {
	v := b[key]
	if err, ok := v.(error); ok {
		return nil, err
	}
	return v, nil
}

var errAsked = errors.New("nobody should ask")

// saturday is 2026-10-31, 23:30 in Moscow.
var saturday = time.Date(2026, 10, 31, 20, 30, 0, 0, time.UTC)

func moscow(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

const (
	vera = "usr_01jd0000000000000000000001"
	yug  = "cmp_01jd0000000000000000000002"
)

func name(ru, en string) conditions.Name { return conditions.Name{RU: ru, EN: en} }

// office is Monday to Friday from 9 to 18 with a holiday on 4 November 2026 and
// a working Saturday on 31 October.
func office(t testing.TB) conditions.Hours {
	t.Helper()
	h := conditions.Hours{Name: name("Офис", "Office"), Zone: moscow(t), Holidays: map[int]struct{}{date("2026-11-04"): {}}}
	for day := 1; day <= 5; day++ {
		h.Weekly[day] = []conditions.Interval{{From: 540, To: 1080}}
	}
	h.Extra = map[int][]conditions.Interval{date("2026-10-31"): {{From: 600, To: 720}, {From: 1400, To: 1440}}}
	return h
}

func date(text string) int {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return int(t.Unix() / 86400)
}

func env(t testing.TB) conditions.Env {
	t.Helper()
	hours := office(t)
	return conditions.Env{Now: saturday, Zone: moscow(t), Me: vera, Calendar: func(key string) (conditions.Hours, bool) {
		return hours, key == "office"
	}}
}

func vocabulary(t testing.TB) conditions.Vocabulary {
	t.Helper()
	options := func(pairs ...string) (all []conditions.Option) {
		for i := 0; i < len(pairs); i += 3 {
			all = append(all, conditions.Option{Key: pairs[i], Name: name(pairs[i+1], pairs[i+2])})
		}
		return all
	}
	return conditions.Tickets(conditions.Known{
		Types:     options("incident", "Инцидент", "Incident", "question", "Вопрос", "Question"),
		Statuses:  options("open", "Открыта", "Open", "in_progress", "В работе", "In progress"),
		Groups:    options("field", "Выезд", "Field"),
		Levels:    options("gold", "Золото", "Gold"),
		Languages: options("ru", "Русский", "Russian", "en", "Английский", "English"),
		Calendars: options("office", "Офис", "Office"),
		Person: func(id string) (conditions.Name, bool) {
			return name("Вера", "Vera"), id == vera
		},
		Company: func(id string) (conditions.Name, bool) { return name("Юг", "South"), id == yug },
		Fields: []conditions.Field{
			conditions.Custom("model", conditions.Text, name("Модель", "Model"), nil),
			conditions.Custom("cost", conditions.Number, name("Стоимость", "Cost"), nil),
			conditions.Custom("impact", conditions.Choice, name("Влияние", "Impact"), options("one", "Один", "One person", "all", "Все", "Everybody")),
			conditions.Custom("sold_on", conditions.Date, name("Дата продажи", "Sold on"), nil),
			conditions.Custom("warranty", conditions.Boolean, name("Гарантия", "Warranty"), nil),
		},
	}).In(moscow(t))
}

func read(t testing.TB, text string) tree {
	t.Helper()
	var c tree
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}
