package api

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/automate"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// saying puts actions into words for whoever reads, by the names that things have now.
type saying struct {
	language string
	words    conditions.Vocabulary
	people   map[desk.UserID]string
	// own are the words of the ticket of which it is said.
	own *strings.Replacer
}

func sayingOf(ctx context.Context, tx tenants.ReadTx, t *tickets.Ticket, actions []triggers.Action) (s saying, err error) {
	s.language = tx.Actor().Language
	if s.own, err = automate.Own(ctx, tx, t); err != nil {
		return s, err
	}
	if s.words, err = vocabulary(ctx, tx); err != nil {
		return s, err
	}
	var named []desk.UserID
	for _, a := range actions {
		if !a.Person.IsZero() {
			named = append(named, a.Person)
		}
	}
	if len(named) > 0 {
		s.people, err = staff.Names(ctx, tx, named...)
	}
	return s, err
}

// deedWords are how each kind of action is called.
var deedWords = map[triggers.Kind][2]string{
	triggers.Tag:        {"метки", "tags"},
	triggers.Assign:     {"назначить", "assign"},
	triggers.Route:      {"распределить по правилам", "route by the rules"},
	triggers.Status:     {"статус", "status"},
	triggers.Note:       {"внутренняя заметка", "internal note"},
	triggers.Reply:      {"ответ клиенту", "reply to the client"},
	triggers.CreateTask: {"задача", "task"},
}

func (s saying) actions(all []triggers.Action) []string {
	said := make([]string, len(all))
	for i, a := range all {
		said[i] = s.action(a)
	}
	return said
}

// action is one in words: «статус: Решена».
func (s saying) action(a triggers.Action) string {
	what := say(s.language, deedWords[a.Kind])
	detail := ""
	switch a.Kind {
	case triggers.Set:
		what, detail = s.field(a.Field), s.value(a.Field, a.Value)
	case triggers.Tag:
		detail = strings.Join(append(prefixed("+", a.Add), prefixed("−", a.Remove)...), ", ")
	case triggers.Assign:
		detail = s.who(a)
	case triggers.Status:
		detail = s.value("status", a.To) + s.hours(a, [2]string{" на %d ч", " for %d h"})
	case triggers.Note, triggers.Reply:
		detail = s.quoted(a.Text)
	case triggers.CreateTask:
		detail = strings.Join(filled(s.quoted(a.Text), s.who(a), s.hours(a, [2]string{"срок %d ч", "due in %d h"})), ", ")
	case triggers.Route, triggers.Tell, triggers.Webhook, triggers.ApplyMacro:
	}
	if detail == "" {
		return what
	}
	return what + ": " + detail
}

func (s saying) field(key string) string {
	if f, known := s.words.Field(key); known {
		return f.Name.In(s.language)
	}
	return key
}

func (s saying) value(field string, value any) string {
	f, _ := s.words.Field(field)
	switch v := value.(type) {
	case nil:
		return say(s.language, [2]string{"пусто", "empty"})
	case bool:
		if v {
			return say(s.language, [2]string{"да", "yes"})
		}
		return say(s.language, [2]string{"нет", "no"})
	}
	text := fmt.Sprint(value)
	for _, o := range f.Choices {
		if o.Key == text {
			return o.Name.In(s.language)
		}
	}
	return text
}

func (s saying) who(a triggers.Action) string {
	group := ""
	if a.Group != "" {
		group = s.value("group", a.Group)
	}
	return strings.Join(filled(group, s.people[a.Person]), ", ")
}

func (s saying) hours(a triggers.Action, both [2]string) string {
	if a.UntilHours == 0 {
		return ""
	}
	return fmt.Sprintf(say(s.language, both), a.UntilHours)
}

// longestQuote is how much of a text stands in a sentence.
const longestQuote = 80

func (s saying) quoted(text settings.Words) string {
	t := strings.Join(strings.Fields(s.own.Replace(text.In(s.language))), " ")
	if utf8.RuneCountInString(t) > longestQuote {
		t = string([]rune(t)[:longestQuote-1]) + "…"
	}
	return fmt.Sprintf(say(s.language, [2]string{"«%s»", "“%s”"}), t)
}

func prefixed(mark string, all []string) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = mark + one
	}
	return out
}

// filled are those that are not empty.
func filled(all ...string) (out []string) {
	for _, one := range all {
		if one != "" {
			out = append(out, one)
		}
	}
	return out
}
