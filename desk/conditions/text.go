package conditions

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Text writes the tree as the text that Parse reads back as the same tree (a
// group of one comes back as its node).
//
// Errors: a tree that Check would refuse.
func (t Tree) Text(v Vocabulary) (string, error) {
	if t.Always() {
		return "", nil
	}
	if wrong := v.Check(t, ""); len(wrong) > 0 {
		return "", fmt.Errorf("write a condition: %s %s", wrong[0].Pointer, wrong[0].Code)
	}
	w := &writer{v: v}
	w.either(unwrap(&t))
	return w.b.String(), nil
}

type writer struct {
	v Vocabulary
	b strings.Builder
}

// unwrap takes the node out of groups of one.
func unwrap(t *Tree) *Tree {
	for len(t.All) == 1 || len(t.Any) == 1 {
		if len(t.All) == 1 {
			t = &t.All[0]
		} else {
			t = &t.Any[0]
		}
	}
	return t
}

func (w *writer) either(t *Tree) {
	if t.Any == nil {
		w.row(t)
		return
	}
	for i := range t.Any {
		if i > 0 {
			w.b.WriteString(" | ")
		}
		node := unwrap(&t.Any[i])
		if node.Any != nil {
			w.item(node)
		} else {
			w.row(node)
		}
	}
}

func (w *writer) row(t *Tree) {
	if t.All == nil {
		w.item(t)
		return
	}
	for i := range t.All {
		if i > 0 {
			w.b.WriteByte(' ')
		}
		w.item(unwrap(&t.All[i]))
	}
}

func (w *writer) item(t *Tree) {
	switch {
	case t.Field != "":
		w.leaf(t)
	case t.Not != nil:
		w.b.WriteByte('-')
		if node := unwrap(t.Not); node.Field != "" {
			w.leaf(node)
		} else {
			w.b.WriteByte('(')
			w.either(node)
			w.b.WriteByte(')')
		}
	default:
		w.b.WriteByte('(')
		w.either(t)
		w.b.WriteByte(')')
	}
}

func (w *writer) leaf(t *Tree) {
	f, _ := w.v.Field(t.Field)
	name := f.Alias
	if name == "" {
		name = f.Key
	}
	op, _ := t.Op.negative()
	p := &test{op: op}
	p.take(t.Value)
	switch {
	case op == NotEmpty:
		w.b.WriteString(name + map[Op]string{Empty: ":none", NotEmpty: ":any"}[t.Op])
	case f.Words && t.Op == Contains:
		w.b.WriteString(bare(p.plain))
	case f.Kind == Time:
		w.b.WriteString(name + moments(t.Op, p, t.Value))
	case f.Kind == Date && op == Between:
		w.b.WriteString(name + ":" + p.plain + ".." + p.last)
	case f.Kind == Date && op == After:
		w.b.WriteString(name + ">" + p.plain)
	case f.Kind == Number && op == Between:
		w.b.WriteString(name + ":" + named(&f, p.number) + ".." + named(&f, p.upTo))
	case f.Kind == Number:
		w.b.WriteString(name + signOf[t.Op] + named(&f, p.number))
	case f.Kind == Boolean:
		w.b.WriteString(name + map[bool]string{true: ":yes", false: ":no"}[p.truth])
	case f.Kind == Text && op == Is:
		w.b.WriteString(name + map[Op]string{Is: "=", IsNot: "!="}[t.Op] + value(p.plain))
	case p.list != nil:
		values, _ := texts(t.Value)
		for i, v := range values {
			values[i] = value(v)
		}
		w.b.WriteString(name + signOf[t.Op] + strings.Join(values, ","))
	default:
		w.b.WriteString(name + signOf[t.Op] + value(p.plain))
	}
}

var signOf = map[Op]string{
	Is: ":", IsNot: "!:", Contains: ":", NotContains: "!:", StartsWith: "^", Matches: "~",
	Less: "<", AtMost: "<=", More: ">", AtLeast: ">=", Before: "<", After: ">=",
	In: ":", NotIn: "!:", HasAny: ":", HasNone: "!:", HasAll: "=", InCalendar: "@", NotInCalendar: "!@",
}

func moments(op Op, p *test, wanted any) string {
	switch op {
	case Within:
		if p.offset < 0 {
			return ":" + toNow(p.offset) + "..now"
		}
		return ":now.." + toNow(p.offset)
	case AtHours:
		return ":" + clock(p.span.From) + ".." + clock(p.span.To)
	case OnDays:
		names, _ := texts(wanted)
		return ":" + strings.Join(names, ",")
	case Before, After:
		if p.relative {
			return signOf[op] + toNow(p.offset)
		}
		text, _ := wanted.(string)
		return signOf[op] + text
	default:
		return signOf[op] + value(p.plain)
	}
}

func toNow(d time.Duration) string {
	if d == 0 {
		return "now"
	}
	n, unit := units(d)
	sign := "+"
	if d < 0 {
		sign = "-"
	}
	return "now" + sign + strconv.Itoa(n) + string(unit)
}

func named(f *Field, n float64) string {
	if name, ok := option(f.Choices, decimal(n)); ok && value(name.EN) == name.EN {
		return strings.ToLower(name.EN)
	}
	return decimal(n)
}

// value quotes what would be read as something else.
func value(text string) string {
	if text == "" || text == "none" || text == "any" || strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"\,|()`, r)
	}) {
		return quote(text)
	}
	return text
}

// bare quotes all but plain words.
func bare(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return quote(text)
	}
	return text
}

func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
