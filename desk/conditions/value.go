package conditions

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// longest is how much of a text is told.
const longest = 60

func (s *speaker) quoted(text string) string {
	if utf8.RuneCountInString(text) > longest {
		text = string([]rune(text)[:longest]) + "…"
	}
	return s.words.open + text + s.words.close
}

// all says the values of a list.
func (s *speaker) all(f *Field, keys []string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = s.key(f, key)
	}
	return out
}

// key says one value of a choice, a person, a company, a tag.
func (s *speaker) key(f *Field, key string) string {
	if f.Kind == Person && key == Me {
		return s.words.me
	}
	name, ok := option(f.Choices, key)
	if !ok && f.Called != nil {
		name, ok = f.Called(key)
	}
	if !ok {
		name = Name{key, key}
	}
	if f.Kind == Person {
		return name.In(s.words.language)
	}
	return s.quoted(name.In(s.words.language))
}

func (s *speaker) figure(f *Field, n float64) string {
	if name, ok := option(f.Choices, decimal(n)); ok {
		return name.In(s.words.language)
	}
	return strings.Replace(decimal(n), ".", s.words.point, 1)
}

// decimal writes a number as the text of a filter and the keys of choices do.
func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// seen says a value that a comparison met.
func (s *speaker) seen(f *Field, value any) string {
	value = restored(f.Kind, value)
	if f.Kind == Boolean {
		if truth, _ := value.(bool); truth {
			return s.words.yes
		}
		return s.words.no
	}
	if empty(value) {
		switch f.Kind {
		case Person:
			return s.words.nobody
		case Tags:
			return s.words.noTags
		default:
			return s.words.nothing
		}
	}
	switch v := value.(type) {
	case string:
		switch f.Kind {
		case Choice, Person, Company, Contact:
			return s.key(f, v)
		case Date:
			return s.date(v)
		default:
			return s.quoted(v)
		}
	case []string:
		return strings.Join(s.all(f, v), ", ")
	case time.Time:
		return s.instant(v, true)
	default:
		if n, ok := number(value); ok {
			return s.figure(f, n)
		}
		return s.words.nothing
	}
}

// restored gives a value of a trace that was stored as JSON its own type again.
func restored(k Kind, value any) any {
	switch v := value.(type) {
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil && k == Time {
			return at
		}
	case []any:
		if list, ok := texts(v); ok {
			return list
		}
	}
	return value
}
