package conditions

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
)

// ErrGoOnly is a condition that only Go evaluates: on a field without SQL
// (description), or an expression that Postgres does not read as RE2 does.
var ErrGoOnly = errors.New("this condition is evaluated in Go only")

// SQL compiles a tree to a condition over the alias t of ?tenant.tickets, for
// "where" or "filter (where …)": what holds in Go is true in Postgres, all else
// is false or null. arg keeps an argument and gives its mark ("?" or "$7"); it is
// called once for each mark, in their order.
//
// Errors: ErrGoOnly with the field; a tree that Check would refuse.
func (t Tree) SQL(v Vocabulary, env Env, arg func(any) string) (string, error) {
	c := &compiler{v: v, env: &env, arg: arg}
	return c.node(&t)
}

type compiler struct {
	v   Vocabulary
	env *Env
	arg func(any) string
}

// node never lets null through a negation, so that there are two truth values.
func (c *compiler) node(t *Tree) (string, error) {
	switch {
	case t.Field != "":
		return c.leaf(t)
	case t.Not != nil:
		text, err := c.node(t.Not)
		return "(" + text + ") is not true", err
	case t.Any != nil:
		return c.group(t.Any, " or ", "false")
	default:
		return c.group(t.All, " and ", "true")
	}
}

func (c *compiler) group(nodes []Tree, join, none string) (string, error) {
	if len(nodes) == 0 {
		return none, nil
	}
	parts := make([]string, len(nodes))
	for i := range nodes {
		text, err := c.node(&nodes[i])
		if err != nil {
			return "", err
		}
		parts[i] = text
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return "(" + strings.Join(parts, join) + ")", nil
}

func (c *compiler) leaf(t *Tree) (string, error) {
	f, ok := c.v.Field(t.Field)
	if !ok {
		return "", fmt.Errorf("%s: no such field", t.Field)
	}
	if f.SQL == "" {
		return "", fmt.Errorf("%s: %w", t.Field, ErrGoOnly)
	}
	p, err := t.prepared()
	if err != nil {
		return "", err
	}
	text, err := c.positive(&f, p)
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", t.Field, t.Op, err)
	}
	if p.denied {
		return "(" + text + ") is not true", nil
	}
	return text, nil
}

func (c *compiler) positive(f *Field, p *test) (string, error) {
	x := f.SQL
	if p.op == NotEmpty {
		switch {
		case f.Codes != nil:
			return x + " is not null", nil
		case f.Kind == Text, f.Kind == Choice, f.Kind == Date:
			return x + " <> ''", nil
		case f.Kind == Tags:
			return "cardinality(" + x + ") > 0", nil
		default:
			return x + " is not null", nil
		}
	}
	switch f.Kind {
	case Text:
		return c.text(x, p)
	case Number:
		if f.Whole {
			return c.whole(x, p)
		}
		return c.number(x, p)
	case Choice:
		return c.choice(f, p), nil
	case Person, Company, Contact:
		return c.oneOf(x, "uuid", c.ids(f.Kind, p.list)), nil
	case Tags:
		return c.tags(x, p), nil
	case Boolean:
		if f.Held != "" {
			x = c.held(f, true)
		}
		if p.truth {
			return x + " is true", nil
		}
		return x + " is not true", nil
	case Time:
		return c.time(x, p)
	default:
		if p.op == Is && p.typed == Text && f.Held != "" {
			return c.held(f, p.plain), nil
		}
		return c.date(x, p)
	}
}

// held asks for a value of the tenant's own field.
func (c *compiler) held(f *Field, value any) string {
	object, err := json.Marshal(map[string]any{f.Held: value})
	if err != nil {
		return "false"
	}
	return "(t.fields @> " + c.arg(string(object)) + "::jsonb)"
}

// choice asks for one of the keys, by what the database keeps for them.
func (c *compiler) choice(f *Field, p *test) string {
	if f.Held != "" {
		parts := make([]string, 0, len(p.list))
		for _, key := range p.list {
			if key != "" {
				parts = append(parts, c.held(f, key))
			}
		}
		return or(parts)
	}
	if f.Codes == nil {
		return c.oneOf(f.SQL, "text", p.list)
	}
	marks := make([]string, 0, len(p.list))
	for _, key := range p.list {
		if code, known := f.Codes[key]; known {
			marks = append(marks, c.arg(code)+"::bigint")
		}
	}
	if len(marks) == 0 {
		return "false"
	}
	return f.SQL + " in (" + strings.Join(marks, ", ") + ")"
}

func or(parts []string) string {
	if len(parts) == 0 {
		return "false"
	}
	return "(" + strings.Join(parts, " or ") + ")"
}

func (c *compiler) text(x string, p *test) (string, error) {
	switch p.op {
	case Is:
		if p.typed != Text {
			return "", errValue
		}
		return "manydesk.fold(" + x + ") = " + c.arg(p.text) + "::text", nil
	case Contains:
		return "strpos(manydesk.fold(" + x + "), " + c.arg(p.text) + "::text) > 0", nil
	case StartsWith:
		return "starts_with(manydesk.fold(" + x + "), " + c.arg(p.text) + "::text)", nil
	default:
		pattern, ok := expression(p.plain)
		if !ok {
			return "", ErrGoOnly
		}
		return "(" + x + " <> '' and " + x + " ~ " + c.arg(pattern) + "::text)", nil
	}
}

func (c *compiler) number(x string, p *test) (string, error) {
	sign, ok := map[Op]string{Is: " = ", Less: " < ", AtMost: " <= ", More: " > ", AtLeast: " >= "}[p.op]
	switch {
	case p.op == Between && p.typed == Number:
		return x + " between " + c.arg(p.number) + "::float8 and " + c.arg(p.upTo) + "::float8", nil
	case !ok, p.op == Is && p.typed != Number:
		return "", errValue
	default:
		return x + sign + c.arg(p.number) + "::float8", nil
	}
}

// whole compares a column of whole numbers: what lies between two of them moves
// to the one that says the same.
func (c *compiler) whole(x string, p *test) (string, error) {
	mark := func(n float64) string {
		return c.arg(int64(min(max(n, -1<<62), 1<<62))) + "::bigint"
	}
	switch {
	case p.op == Between && p.typed == Number:
		return x + " between " + mark(math.Ceil(p.number)) + " and " + mark(math.Floor(p.upTo)), nil
	case p.op == Is && p.typed == Number && p.number != math.Trunc(p.number):
		return "false", nil
	case p.op == Is && p.typed == Number:
		return x + " = " + mark(p.number), nil
	case p.op == Less:
		return x + " < " + mark(math.Ceil(p.number)), nil
	case p.op == AtMost:
		return x + " <= " + mark(math.Floor(p.number)), nil
	case p.op == More:
		return x + " > " + mark(math.Floor(p.number)), nil
	case p.op == AtLeast:
		return x + " >= " + mark(math.Ceil(p.number)), nil
	default:
		return "", errValue
	}
}

func (c *compiler) oneOf(x, typ string, values []string) string {
	marks := make([]string, 0, len(values))
	for _, v := range values {
		if v != "" {
			marks = append(marks, c.arg(v)+"::"+typ)
		}
	}
	if len(marks) == 0 {
		return "false"
	}
	return x + " in (" + strings.Join(marks, ", ") + ")"
}

func (c *compiler) ids(k Kind, keys []string) []string {
	ids := make([]string, len(keys))
	for i, key := range keys {
		if key == Me {
			key = c.env.Me
		}
		ids[i] = uuidOf(k, key)
	}
	return ids
}

func (c *compiler) tags(x string, p *test) string {
	marks := make([]string, len(p.list))
	for i, tag := range p.list {
		marks[i] = c.arg(tag)
	}
	sign := " && "
	if p.op == HasAll {
		sign = " @> "
	}
	return x + sign + "array[" + strings.Join(marks, ", ") + "]::text[]"
}

// dates in fields are texts: only what has the form of one is compared.
const formOfDate = " ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'"

func (c *compiler) date(x string, p *test) (string, error) {
	day := func(text string) string { return "(" + c.arg(text) + `::text collate "C")` }
	switch {
	case p.op == Is && p.typed == Text:
		return x + " = " + c.arg(p.plain) + "::text", nil
	case p.op == Before && p.dated:
		return "(" + x + " < " + day(p.plain) + " and " + x + formOfDate + ")", nil
	case p.op == After && p.dated:
		return "(" + x + " > " + day(p.plain) + " and " + x + formOfDate + ")", nil
	case p.op == Between && p.typed == Date:
		return "(" + x + " between " + day(p.plain) + " and " + day(p.last) + " and " + x + formOfDate + ")", nil
	default:
		return "", errValue
	}
}
