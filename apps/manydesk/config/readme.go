package config

import "strings"

// The marks between which the table stands in README.md and README.ru.md.
const (
	tableBegins = "<!-- config:begin -->\n"
	tableEnds   = "<!-- config:end -->"
)

// Readme puts the table of settings between its marks. False when the document
// has no marks.
func Readme(document, language string) (string, bool) {
	before, rest, ok := strings.Cut(document, tableBegins)
	if !ok {
		return document, false
	}
	_, after, ok := strings.Cut(rest, tableEnds)
	if !ok {
		return document, false
	}
	return before + tableBegins + "\n" + Markdown(language) + "\n" + tableEnds + after, true
}
