package main

import (
	"errors"
	"strings"

	"manydesk/apps/api/words"
	"manydesk/desk"
)

func joined(args []string) string { return strings.Join(args, " ") }

func countSpaces(s string) int { return strings.Count(s, " ") }

// sentence is an error for the person at the keyboard: the catalogue's words for
// a refusal, the bare text for what is our fault.
func sentence(err error, language string) string {
	var refusal *desk.Error
	if !errors.As(err, &refusal) {
		return err.Error()
	}
	first := words.Detail(language, refusal.Code, refusal.Params)
	if first == "" {
		first, _ = words.Title(language, refusal.Code)
	}
	lines := []string{first}
	for _, f := range refusal.Fields {
		text, _ := words.Field(language, f.Code, f.Params)
		lines = append(lines, "  "+strings.TrimPrefix(f.Pointer, "/body/")+": "+text)
	}
	if err.Error() != refusal.Error() || refusal.Cause != nil {
		lines = append(lines, "  ("+err.Error()+")")
	}
	return strings.Join(lines, "\n")
}

// list reads "ru,en".
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
