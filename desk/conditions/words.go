package conditions

import (
	"strings"
	"time"
)

// words are what a language builds its sentences of.
type words struct {
	language                    string
	open, close, point          string
	always, never, and, or, not string
	alsoHere, butHere           string
	field, is, yes, no, me      string
	nothing, nobody, noTags     string
	on                          string
	empty, filled               map[byte]string
	texts, calendar             map[Op]string
	days                        [7]string
	months                      [12]string
	measured                    func(op Op, rank bool, n [2]string) string
	oneOf                       func(denied bool, values []string) string
	tagged                      func(op Op, values []string) string
	moment                      func(op Op, when string) string
	ago, within                 func(d time.Duration) string
	hours                       func(from, to string) string
	dated                       func(op Op, day, last string) string
}

func wordsOf(language string) *words {
	if language == "en" {
		return &english
	}
	return &russian
}

// units of a duration, the largest that divides it.
func units(d time.Duration) (n int, unit byte) {
	if d < 0 {
		d = -d
	}
	for _, u := range []struct {
		of   time.Duration
		name byte
	}{{7 * 24 * time.Hour, 'w'}, {24 * time.Hour, 'd'}, {time.Hour, 'h'}, {time.Minute, 'm'}} {
		if d >= u.of && d%u.of == 0 {
			return int(d / u.of), u.name
		}
	}
	return int(d / time.Second), 's'
}

// series joins "a, b" and the last with a word: "a, b или c".
func series(values []string, last string) string {
	if len(values) < 2 {
		return strings.Join(values, "")
	}
	n := len(values) - 1
	return strings.Join(values[:n], ", ") + last + values[n]
}
