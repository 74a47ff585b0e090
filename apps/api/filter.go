package api

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
)

// term is one condition of a filter's text: name, operator, values.
type term struct {
	name   string
	op     string
	values []string
	not    bool
	text   string
}

const longestFilter = 2000

// parseFilter reads the text form of a filter:
//
//	status:open,in_progress priority<=2 assignee:me -tag:vip created>=2026-11-01 "does not print"
//
// Errors: BadFilter with where it stopped being understood.
func parseFilter(text string, me desk.UserID, now time.Time) (tickets.Filter, error) {
	var f tickets.Filter
	if len(text) > longestFilter || strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		return f, desk.Refuse(desk.BadFilter, "where", "…")
	}
	terms, err := splitFilter(text)
	if err != nil {
		return f, err
	}
	for _, t := range terms {
		into := &f
		if t.not {
			if f.Not == nil {
				f.Not = &tickets.Filter{}
			}
			into = f.Not
		}
		if err := t.apply(into, me, now); err != nil {
			return f, err
		}
	}
	return f, nil
}

// splitFilter cuts a text into terms; quotes hold words together.
func splitFilter(text string) ([]term, error) {
	var terms []term
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimLeft(rest, " \t") {
		var t term
		start := rest
		if strings.HasPrefix(rest, "-") && len(rest) > 1 {
			t.not, rest = true, rest[1:]
		}
		n := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && r != '.' && !(r >= 'a' && r <= 'z') })
		if n > 0 {
			for _, op := range []string{">=", "<=", ":", ">", "<"} {
				if strings.HasPrefix(rest[n:], op) {
					t.name, t.op, rest = rest[:n], op, rest[n+len(op):]
					break
				}
			}
		}
		for {
			value, after, ok := takeValue(rest)
			if !ok {
				return nil, desk.Refuse(desk.BadFilter, "where", cut(start, 40))
			}
			t.values, rest = append(t.values, value), after
			if t.name == "" || !strings.HasPrefix(rest, ",") {
				break
			}
			rest = rest[1:]
		}
		t.text = start[:len(start)-len(rest)]
		terms = append(terms, t)
	}
	return terms, nil
}

// takeValue reads one word or one quoted text.
func takeValue(s string) (value, rest string, ok bool) {
	if strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s[1:], '"')
		if end < 0 {
			return "", "", false
		}
		return s[1 : 1+end], s[end+2:], true
	}
	n := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '"' })
	if n < 0 {
		n = len(s)
	}
	return s[:n], s[n:], n > 0
}

func (t term) bad() error { return desk.Refuse(desk.BadFilter, "where", cut(t.text, 40)) }

func (t term) apply(f *tickets.Filter, me desk.UserID, now time.Time) error {
	if t.name == "" {
		f.Words = append(f.Words, t.values...)
		return nil
	}
	if t.op != ":" {
		return t.compare(f, now)
	}
	switch t.name {
	case "status":
		return t.statuses(f)
	case "type":
		f.Types = append(f.Types, t.values...)
	case "group":
		f.Groups = append(f.Groups, t.values...)
	case "tag":
		f.Tags = append(f.Tags, t.values...)
	case "priority":
		for _, v := range t.values {
			n, ok := priority(v)
			if !ok {
				return t.bad()
			}
			f.Priorities = append(f.Priorities, n)
		}
	case "assignee":
		return t.assignees(f, me)
	case "contact":
		for _, v := range t.values {
			id, err := contactID(v)
			if err != nil {
				return t.bad()
			}
			f.Contacts = append(f.Contacts, id)
		}
	case "is":
		return t.is(f)
	default:
		if key, ok := strings.CutPrefix(t.name, "field."); ok && key != "" && len(t.values) == 1 {
			if f.Fields == nil {
				f.Fields = map[string]string{}
			}
			f.Fields[key] = t.values[0]
			return nil
		}
		return t.bad()
	}
	return nil
}

// statuses are the tenant's keys; the names of categories stand for all of theirs.
func (t term) statuses(f *tickets.Filter) error {
	for _, v := range t.values {
		var c settings.Category
		if c.UnmarshalText([]byte(v)) == nil {
			f.Categories = append(f.Categories, c)
			continue
		}
		f.Statuses = append(f.Statuses, v)
	}
	if len(f.Categories) > 0 && len(f.Statuses) > 0 {
		return t.bad()
	}
	return nil
}

func (t term) assignees(f *tickets.Filter, me desk.UserID) error {
	for _, v := range t.values {
		switch v {
		case "me":
			f.Assignees = append(f.Assignees, me)
		case "none":
			f.Unassigned = true
		default:
			id, err := userID(v)
			if err != nil {
				return t.bad()
			}
			f.Assignees = append(f.Assignees, id)
		}
	}
	return nil
}

func (t term) is(f *tickets.Filter) error {
	for _, v := range t.values {
		switch v {
		case "open":
			f.Listed = true
		case "waiting":
			f.ClientWaits = true
		case "rated":
			f.Rated = true
		default:
			return t.bad()
		}
	}
	return nil
}

func priority(s string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(s, "p"))
	return n, err == nil && n >= 1 && n <= 4
}

// compare reads >, <, >= and <= of priorities and moments.
func (t term) compare(f *tickets.Filter, now time.Time) error {
	if len(t.values) != 1 {
		return t.bad()
	}
	if t.name == "priority" {
		limit, ok := priority(t.values[0])
		if !ok {
			return t.bad()
		}
		for n := 1; n <= 4; n++ {
			if t.op == "<=" && n <= limit || t.op == ">=" && n >= limit || t.op == "<" && n < limit || t.op == ">" && n > limit {
				f.Priorities = append(f.Priorities, n)
			}
		}
		if len(f.Priorities) == 0 {
			return t.bad()
		}
		return nil
	}
	from, to := &f.CreatedFrom, &f.CreatedTo
	switch t.name {
	case "created":
	case "resolved":
		from, to = &f.ResolvedFrom, &f.ResolvedTo
	case "closed":
		from, to = &f.ClosedFrom, &f.ClosedTo
	default:
		return t.bad()
	}
	at, day, ok := moment(t.values[0], now)
	if !ok {
		return t.bad()
	}
	switch t.op {
	case ">=":
		*from = at
	case ">":
		*from = at.Add(day).Add(time.Microsecond)
	case "<":
		*to = at
	case "<=":
		*to = at.Add(day).Add(time.Microsecond)
	}
	return nil
}

// moment reads a date, an instant or now-2d, now+3h. day is what a whole date lasts.
func moment(s string, now time.Time) (at time.Time, day time.Duration, ok bool) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, 24*time.Hour - time.Microsecond, true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), 0, true
	}
	rest, relative := strings.CutPrefix(s, "now")
	if !relative {
		return time.Time{}, 0, false
	}
	if rest == "" {
		return now, 0, true
	}
	unit := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[rest[len(rest)-1]]
	n, err := strconv.Atoi(rest[:len(rest)-1])
	if err != nil || unit == 0 || n > 10_000 || n < -10_000 || rest[0] != '+' && rest[0] != '-' {
		return time.Time{}, 0, false
	}
	return now.Add(time.Duration(n) * unit), 0, true
}
