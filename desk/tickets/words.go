package tickets

import (
	"slices"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
)

// What people write has limits, counted in characters.
const (
	maxSubject = 300
	maxBody    = 100_000
	maxReason  = 2_000
	maxTags    = 20
	maxTag     = 40
)

// readable reports text that Postgres can keep.
func readable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// text checks one field of prose. min 0 lets it be empty.
func text(pointer, s string, least, most int) []desk.FieldError {
	n := utf8.RuneCountInString(s)
	switch {
	case !readable(s):
		return []desk.FieldError{desk.Field(pointer, desk.NotText)}
	case least > 0 && strings.TrimSpace(s) == "":
		return []desk.FieldError{desk.Field(pointer, desk.Required)}
	case n > most:
		return []desk.FieldError{desk.Field(pointer, desk.MaxLength, "max", most)}
	}
	return nil
}

// oneLine folds line breaks and runs of blanks, as in a mail's folded subject.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// tidyTags gives tags as they are kept: trimmed, lower case, once each, in order.
func tidyTags(tags []string) ([]string, []desk.FieldError) {
	tidy := make([]string, 0, len(tags))
	for _, t := range tags {
		t = strings.ToLower(oneLine(t))
		switch {
		case t == "":
			continue
		case !readable(t):
			return nil, []desk.FieldError{desk.Field("tags", desk.NotText)}
		case utf8.RuneCountInString(t) > maxTag:
			return nil, []desk.FieldError{desk.Field("tags", desk.MaxLength, "max", maxTag)}
		}
		tidy = append(tidy, t)
	}
	slices.Sort(tidy)
	tidy = slices.Compact(tidy)
	if len(tidy) > maxTags {
		return nil, []desk.FieldError{desk.Field("tags", desk.MaxItems, "max", maxTags)}
	}
	return tidy, nil
}
