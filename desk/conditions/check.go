package conditions

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
)

// Check names everything in a tree that means nothing: unknown fields,
// comparisons that a kind lacks, values of a wrong type, unknown choices, empty
// groups, expressions that are not RE2, trees that are too deep or too large.
// Pointers begin with at: at+"/all/0/value".
func (v Vocabulary) Check(t Tree, at string) []desk.FieldError {
	if t.Always() {
		return nil
	}
	c := &checker{v: v}
	if t.nodes() > MaxNodes {
		c.refuse(at, desk.MaxItems, "max", MaxNodes)
		return c.wrong
	}
	c.node(&t, at, 1)
	return c.wrong
}

type checker struct {
	v     Vocabulary
	wrong []desk.FieldError
}

func (c *checker) refuse(at string, code desk.FieldCode, params ...any) {
	c.wrong = append(c.wrong, field(at, code, params...))
}

func (c *checker) node(t *Tree, at string, depth int) {
	forms := 0
	for _, has := range []bool{t.All != nil, t.Any != nil, t.Not != nil, t.Field != "" || t.Op != "" || t.Value != nil} {
		if has {
			forms++
		}
	}
	switch {
	case depth > MaxDepth:
		c.refuse(at, desk.TooDeep)
	case forms == 0:
		c.refuse(at, desk.Required)
	case forms > 1:
		c.refuse(at, desk.OneOf, "of", "all, any, not, field")
	case t.All != nil:
		c.group(t.All, at+"/all", depth)
	case t.Any != nil:
		c.group(t.Any, at+"/any", depth)
	case t.Not != nil:
		c.node(t.Not, at+"/not", depth+1)
	default:
		c.leaf(t, at)
	}
}

func (c *checker) group(nodes []Tree, at string, depth int) {
	if len(nodes) == 0 {
		c.refuse(at, desk.MinItems, "min", 1)
	}
	for i := range nodes {
		c.node(&nodes[i], fmt.Sprintf("%s/%d", at, i), depth+1)
	}
}

func (c *checker) leaf(t *Tree, at string) {
	f, known := c.v.Field(t.Field)
	switch {
	case t.Field == "":
		c.refuse(at+"/field", desk.Required)
	case !known:
		c.refuse(at+"/field", desk.UnknownField)
	case t.Op == "":
		c.refuse(at+"/op", desk.Required)
	case !slices.Contains(ops[f.Kind], t.Op):
		names := make([]string, 0, len(ops[f.Kind]))
		for _, op := range ops[f.Kind] {
			names = append(names, string(op))
		}
		c.refuse(at+"/op", desk.OneOf, "of", strings.Join(names, ", "))
	default:
		c.value(&f, t, at+"/value")
	}
}

func (c *checker) value(f *Field, t *Tree, at string) {
	op, _ := t.Op.negative()
	if op == NotEmpty {
		if t.Value != nil {
			c.refuse(at, desk.UnknownField)
		}
		return
	}
	if t.Value == nil {
		c.refuse(at, desk.Required)
		return
	}
	switch f.Kind {
	case Text:
		c.text(t.Value, at, op == Matches)
	case Number:
		c.number(f, op, t.Value, at)
	case Choice, Person, Company, Contact, Tags:
		c.list(f, t.Value, at)
	case Boolean:
		if _, ok := t.Value.(bool); !ok {
			c.refuse(at, desk.Boolean)
		}
	case Time:
		c.time(op, t.Value, at)
	case Date:
		c.date(op, t.Value, at)
	}
}

// text is a text of a sensible length that can be stored.
func (c *checker) text(value any, at string, pattern bool) (string, bool) {
	s, ok := value.(string)
	switch {
	case !ok:
		c.refuse(at, desk.String)
	case strings.TrimSpace(s) == "":
		c.refuse(at, desk.Required)
	case utf8.RuneCountInString(s) > maxText:
		c.refuse(at, desk.MaxLength, "max", maxText)
	case strings.ContainsRune(s, 0) || !utf8.ValidString(s):
		c.refuse(at, desk.NotText)
	case pattern:
		_, err := regexp.Compile(s)
		if _, readable := expression(s); err != nil || c.v.stored && !readable {
			c.refuse(at, desk.Pattern, "pattern", "RE2")
		}
	default:
		return s, true
	}
	return "", false
}

func (c *checker) number(f *Field, op Op, value any, at string) {
	if op == Between {
		pair, ok := value.([]any)
		if !ok || len(pair) != 2 {
			c.refuse(at, desk.Array)
			return
		}
		from, ok := pair[0].(float64)
		if !ok {
			c.refuse(at+"/0", desk.Number)
			return
		}
		if to, fine := pair[1].(float64); !fine {
			c.refuse(at+"/1", desk.Number)
		} else if to < from {
			c.refuse(at+"/1", desk.NotAfter)
		}
		return
	}
	n, ok := value.(float64)
	if !ok {
		c.refuse(at, desk.Number)
		return
	}
	if len(f.Choices) > 0 {
		if _, known := option(f.Choices, decimal(n)); !known {
			c.refuse(at, desk.OneOf, "of", keysOf(f.Choices))
		}
	}
}

func (c *checker) list(f *Field, value any, at string) {
	items, ok := value.([]any)
	switch {
	case !ok:
		c.refuse(at, desk.Array)
	case len(items) == 0:
		c.refuse(at, desk.MinItems, "min", 1)
	case len(items) > maxChoices:
		c.refuse(at, desk.MaxItems, "max", maxChoices)
	default:
		for i, item := range items {
			at := fmt.Sprintf("%s/%d", at, i)
			if key, fine := c.text(item, at, false); fine && !f.knows(key) {
				if f.Kind == Choice {
					c.refuse(at, desk.OneOf, "of", keysOf(f.Choices))
				} else {
					c.refuse(at, desk.UnknownID)
				}
			}
		}
	}
}

// knows reports whether a key can be a value of the field.
func (f *Field) knows(key string) bool {
	if _, listed := option(f.Choices, key); listed || f.Kind == Tags {
		return true
	}
	switch f.Kind {
	case Person:
		return key == Me || uuidOf(Person, key) != ""
	case Company, Contact:
		return uuidOf(f.Kind, key) != ""
	default:
		return f.Choices == nil
	}
}

// uuidOf gives the id that Postgres knows for one in its public form; else nothing.
func uuidOf(k Kind, key string) string {
	var id interface {
		UnmarshalText(text []byte) error
		String() string
		UUID() string
	} = new(desk.CompanyID)
	switch k {
	case Person:
		id = new(desk.UserID)
	case Contact:
		id = new(desk.ContactID)
	default:
	}
	if err := id.UnmarshalText([]byte(key)); err != nil || id.String() != key {
		return ""
	}
	return id.UUID()
}

func keysOf(options []Option) string {
	keys := make([]string, 0, len(options))
	for _, o := range options {
		keys = append(keys, o.Key)
	}
	if len(keys) > 20 {
		keys = append(keys[:20], "…")
	}
	return strings.Join(keys, ", ")
}
