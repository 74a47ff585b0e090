package config

import (
	"fmt"
	"strings"
)

// Mistake is one wrong thing in one place, a sentence that names the setting.
type Mistake struct{ words }

// In is the sentence in Russian for "ru" and in English for anything else.
func (m Mistake) In(language string) string { return m.in(language) }

// Mistakes are all that is wrong, told at once.
type Mistakes []Mistake

// Error is every sentence in English, one a line.
func (m Mistakes) Error() string { return strings.Join(m.In("en"), "\n") }

// In is every sentence in a language.
func (m Mistakes) In(language string) []string {
	lines := make([]string, len(m))
	for i, one := range m {
		lines[i] = one.In(language)
	}
	return lines
}

func mistake(ru, en string, args ...any) Mistake {
	return Mistake{words{fmt.Sprintf(ru, args...), fmt.Sprintf(en, args...)}}
}

// wrong says what is wrong with a value that was given in a place ("MANYDESK_LISTEN",
// "--listen", "listen (manydesk.conf:3)").
func (s setting) wrong(place, value string, c *complaint) Mistake {
	if s.secret {
		return Mistake{words{fmt.Sprintf("%s: %s.", place, c.ru), fmt.Sprintf("%s: %s.", place, c.en)}}
	}
	return Mistake{words{
		fmt.Sprintf("%s: «%s» не подходит, %s.", place, value, c.ru),
		fmt.Sprintf("%s: %q will not do, %s.", place, value, c.en),
	}}
}

func unknown(place, given, near string) Mistake {
	if near == "" {
		return mistake("%s: такой настройки нет.", "%s: there is no such setting.", place)
	}
	return Mistake{words{
		fmt.Sprintf("%s: такой настройки нет, возможно, имелась в виду %s.", place, near),
		fmt.Sprintf("%s: there is no such setting, perhaps %s was meant.", place, near),
	}}
}

// nearest is the one of names that is at most two letters away, or empty.
func nearest(given string, names []string) string {
	best, at := "", 3
	for _, n := range names {
		if d := distance(given, n); d < at {
			best, at = n, d
		}
	}
	return best
}

// distance counts letters added, lost and changed (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
