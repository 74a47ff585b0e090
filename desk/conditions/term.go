package conditions

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// tree makes the comparison that a term means for a field of its kind.
func (t *term) tree(f *Field) (Tree, bool) {
	if t.op == ":" && len(t.values) == 1 && !t.values[0].quoted {
		switch t.values[0].text {
		case "none":
			if slices.Contains(ops[f.Kind], Empty) {
				return Leaf(f.Key, Empty, nil), true
			}
		case "any":
			if slices.Contains(ops[f.Kind], NotEmpty) {
				return Leaf(f.Key, NotEmpty, nil), true
			}
		}
	}
	switch f.Kind {
	case Text:
		return t.each(f, map[string]Op{":": Contains, "!:": NotContains, "=": Is, "!=": IsNot, "^": StartsWith, "~": Matches}, textValue)
	case Number:
		return t.number(f)
	case Choice, Person, Company, Contact:
		return t.choice(f)
	case Tags:
		return t.listed(f, map[string]Op{":": HasAny, "!:": HasNone, "=": HasAll})
	case Boolean:
		truth, ok := map[string]bool{"yes": true, "true": true, "no": false, "false": false}[t.values[0].text]
		return Leaf(f.Key, Is, truth), ok && t.op == ":" && len(t.values) == 1
	case Time:
		return t.time(f)
	default:
		return t.date(f)
	}
}

func textValue(w word) (any, bool) { return w.text, true }

// each makes a comparison of each value: any of them will do, none may if it is denied.
func (t *term) each(f *Field, by map[string]Op, read func(word) (any, bool)) (Tree, bool) {
	op, ok := by[t.op]
	nodes := make([]Tree, len(t.values))
	for i, w := range t.values {
		value, fine := read(w)
		ok = ok && fine
		nodes[i] = Leaf(f.Key, op, value)
	}
	if _, denied := op.negative(); denied {
		return one(nodes, AllOf), ok
	}
	return one(nodes, AnyOf), ok
}

func (t *term) number(f *Field) (Tree, bool) {
	read := func(w word) (any, bool) { return figure(f, w.text) }
	if first, last, span := strings.Cut(t.values[0].text, ".."); span && t.op == ":" && len(t.values) == 1 {
		from, ok := figure(f, first)
		to, fine := figure(f, last)
		return Leaf(f.Key, Between, []any{from, to}), ok && fine
	}
	return t.each(f, map[string]Op{":": Is, "=": Is, "!:": IsNot, "!=": IsNot, "<": Less, "<=": AtMost, ">": More, ">=": AtLeast}, read)
}

// figure reads a number, or the name of one of the field's: p2.
func figure(f *Field, text string) (float64, bool) {
	for _, o := range f.Choices {
		if strings.EqualFold(o.Name.EN, text) {
			text = o.Key
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && n-n == 0
}

func (t *term) listed(f *Field, by map[string]Op) (Tree, bool) {
	op, ok := by[t.op]
	values := make([]string, len(t.values))
	for i, w := range t.values {
		values[i] = f.meant(w.text)
	}
	return Leaf(f.Key, op, values), ok
}

// meant is the key of a value that may be told by its name: status:"В работе".
func (f *Field) meant(text string) string {
	if f.knows(text) {
		return text
	}
	for _, o := range f.Choices {
		if wanted := fold(text); fold(o.Name.RU) == wanted || fold(o.Name.EN) == wanted {
			return o.Key
		}
	}
	return text
}

// choice also reads "none" among keys: group:none,field.
func (t *term) choice(f *Field) (Tree, bool) {
	by := map[string]Op{":": In, "=": In, "!:": NotIn, "!=": NotIn}
	keys := slices.DeleteFunc(slices.Clone(t.values), func(w word) bool { return w.text == "none" && !w.quoted })
	if len(keys) == len(t.values) || len(keys) == 0 || t.op != ":" {
		return t.listed(f, by)
	}
	some, ok := (&term{op: t.op, values: keys}).listed(f, by)
	return AnyOf(some, Leaf(f.Key, Empty, nil)), ok
}

func (t *term) date(f *Field) (Tree, bool) {
	text := t.values[0].text
	if first, last, span := strings.Cut(text, ".."); span && t.op == ":" && len(t.values) == 1 {
		return Leaf(f.Key, Between, []string{first, last}), true
	}
	shifted := func(days int) func(word) (any, bool) {
		return func(w word) (any, bool) { return shift(w.text, days) }
	}
	switch t.op {
	case "<=":
		return t.each(f, map[string]Op{"<=": Before}, shifted(1))
	case ">=":
		return t.each(f, map[string]Op{">=": After}, shifted(-1))
	default:
		return t.each(f, map[string]Op{":": Is, "=": Is, "<": Before, ">": After}, textValue)
	}
}

// shift gives the date so many days later.
func shift(text string, days int) (string, bool) {
	at, err := time.Parse(time.DateOnly, text)
	return at.AddDate(0, 0, days).Format(time.DateOnly), err == nil
}

func (t *term) time(f *Field) (Tree, bool) {
	text := t.values[0].text
	if t.op == "@" || t.op == "!@" {
		return Leaf(f.Key, map[string]Op{"@": InCalendar, "!@": NotInCalendar}[t.op], text), len(t.values) == 1
	}
	if t.op == ":" && slices.Contains(days, text) {
		return t.listed(f, map[string]Op{":": OnDays})
	}
	if len(t.values) != 1 {
		return Tree{}, false
	}
	if t.op == ":" {
		return span(f, text)
	}
	op, after := Before, t.op == "<="
	if t.op[0] == '>' {
		op, after = After, t.op == ">"
	}
	value, ok := point(text, after)
	return Leaf(f.Key, op, value), ok && strings.ContainsAny(t.op, "<>")
}

// span reads hours of the day, a while from now, a day or several.
func span(f *Field, text string) (Tree, bool) {
	first, last, both := strings.Cut(text, "..")
	if !both {
		last = first
	}
	if _, ok := minutes(first); ok {
		return Leaf(f.Key, AtHours, []string{first, last}), both
	}
	if from, ok := fromNow(first); ok && both {
		to, fine := fromNow(last)
		return Leaf(f.Key, Within, map[string]int{"seconds": from + to}), fine && (from == 0) != (to == 0)
	}
	to, ok := shift(last, 1)
	_, fine := shift(first, 0)
	return AllOf(Leaf(f.Key, After, first), Leaf(f.Key, Before, to)), ok && fine
}

// point reads a moment; with after it is the first one that is later.
func point(text string, after bool) (any, bool) {
	if seconds, ok := fromNow(text); ok {
		return map[string]int{"seconds": seconds}, true
	}
	if next, ok := shift(text, 1); ok {
		if after {
			return next, true
		}
		return text, true
	}
	at, err := time.Parse(time.RFC3339, text)
	if err == nil && after {
		text = at.Truncate(time.Microsecond).Add(time.Microsecond).Format(time.RFC3339Nano)
	}
	return text, err == nil
}

var unitSeconds = map[byte]int{'s': 1, 'm': 60, 'h': 3600, 'd': 86400, 'w': 7 * 86400}

// fromNow reads now, now-2d, now+30m as seconds.
func fromNow(text string) (int, bool) {
	rest, ok := strings.CutPrefix(text, "now")
	if !ok || rest == "" {
		return 0, ok
	}
	unit := unitSeconds[rest[len(rest)-1]]
	n, err := strconv.Atoi(rest[:len(rest)-1])
	if err != nil || unit == 0 || rest[0] != '+' && rest[0] != '-' || n > maxSeconds || n < -maxSeconds {
		return 0, false
	}
	return n * unit, true
}
