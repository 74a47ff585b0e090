package sla

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
)

// The most that is read of a file.
const (
	mostICal   = 1 << 20
	mostLine   = 16 << 10
	mostEvents = 5000
	mostDepth  = 8
)

// property is one content line: NAME;PARAM=value:value. at is the number of its first line.
type property struct {
	name, value string
	params      map[string]string
	at          int
}

// badLine refuses a file for what stands in one of its lines.
func badLine(at int, why desk.FieldCode) error {
	return desk.Invalid(desk.Field("/body", desk.BadLine, "line", at, "why", string(why)))
}

// properties unfolds and splits the lines of a file.
//
// Errors: TooLarge, ValidationFailed with the number of the line.
func properties(text []byte) ([]property, error) {
	if len(text) > mostICal {
		return nil, desk.Refuse(desk.TooLarge, "limit", "1 MB")
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	var all []property
	var open []byte
	begun := 0
	end := func() error {
		if len(open) == 0 {
			return nil
		}
		p, ok := splitLine(string(open))
		if !ok {
			return badLine(begun, desk.Unreadable)
		}
		p.at, open = begun, nil
		all = append(all, p)
		return nil
	}
	for n, line := range bytes.Split(text, []byte("\n")) {
		line = bytes.TrimSuffix(line, []byte("\r"))
		if folded := len(line) > 0 && (line[0] == ' ' || line[0] == '\t'); folded && len(open) > 0 {
			open = append(open, line[1:]...)
		} else {
			if err := end(); err != nil {
				return nil, err
			}
			open, begun = append([]byte(nil), line...), n+1
		}
		if len(open) > mostLine {
			return nil, badLine(n+1, desk.MaxLength)
		}
	}
	if err := end(); err != nil {
		return nil, err
	}
	return all, nil
}

// splitLine parts a line at the first colon outside quotes.
func splitLine(line string) (p property, ok bool) {
	if !utf8.ValidString(line) || strings.ContainsRune(line, 0) {
		return p, false
	}
	quoted, from := false, 0
	var parts []string
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';' || c == ':':
			parts = append(parts, line[from:i])
			from = i + 1
			if c == ':' {
				p.value = line[from:]
				return p.with(parts)
			}
		}
	}
	return p, false
}

func (p property) with(parts []string) (property, bool) {
	p.name = strings.ToUpper(parts[0])
	if p.name == "" || strings.ContainsAny(p.name, " \t") {
		return p, false
	}
	for _, part := range parts[1:] {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return p, false
		}
		if p.params == nil {
			p.params = map[string]string{}
		}
		p.params[strings.ToUpper(name)] = strings.Trim(value, `"`)
	}
	return p, true
}

// component is a VEVENT with its own properties, those of its parts left out.
type component struct {
	at         int
	properties []property
}

// events gives the events of the calendars in a file.
//
// Errors: ValidationFailed with the number of the line: what is no calendar, or
// one whose parts do not close.
func events(text []byte) ([]component, error) {
	all, err := properties(text)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 || all[0].name != "BEGIN" || !strings.EqualFold(all[0].value, "VCALENDAR") {
		return nil, badLine(1, desk.Unreadable)
	}
	var found []component
	var inside []string
	for _, p := range all {
		what := strings.ToUpper(strings.TrimSpace(p.value))
		switch {
		case p.name == "BEGIN" && len(inside) == mostDepth:
			return nil, badLine(p.at, desk.TooDeep)
		case p.name == "BEGIN":
			if (len(inside) == 0) != (what == "VCALENDAR") {
				return nil, badLine(p.at, desk.Unreadable)
			}
			inside = append(inside, what)
			if what == "VEVENT" && len(inside) == 2 {
				found = append(found, component{at: p.at})
			}
			if len(found) > mostEvents {
				return nil, badLine(p.at, desk.MaxItems)
			}
		case len(inside) == 0:
			return nil, badLine(p.at, desk.Unreadable)
		case p.name == "END":
			if inside[len(inside)-1] != what {
				return nil, badLine(p.at, desk.Unreadable)
			}
			inside = inside[:len(inside)-1]
		case len(inside) == 2 && inside[1] == "VEVENT":
			e := &found[len(found)-1]
			e.properties = append(e.properties, p)
		}
	}
	if len(inside) > 0 {
		return nil, badLine(all[len(all)-1].at, desk.Unreadable)
	}
	return found, nil
}
