package conditions

import (
	"encoding/json"
	"slices"
)

// Tree is a condition: exactly one of a group (All, Any), a negation (Not) or a
// comparison (Field, Op, Value). The zero Tree always holds and is {} in JSON.
// A Tree is read, not written into, once it is in use: many may evaluate it at once.
type Tree struct {
	// All holds when each of its nodes does.
	All []Tree `json:"all,omitempty"`
	// Any holds when one of its nodes does.
	Any []Tree `json:"any,omitempty"`
	// Not holds when its node does not.
	Not *Tree `json:"not,omitempty"`
	// Field is a key of the Vocabulary.
	Field string `json:"field,omitempty"`
	Op    Op     `json:"op,omitempty"`
	// Value is what JSON gives: string, float64, bool, []any or map[string]any;
	// nothing for Empty and NotEmpty.
	Value any `json:"value,omitempty"`

	// ready is the comparison prepared when it was read.
	ready *test
}

// The most that a condition has.
const (
	MaxDepth = 8
	MaxNodes = 200

	maxText    = 500
	maxChoices = 100
	maxSeconds = 10 * 366 * 24 * 3600
)

// Leaf makes a comparison; its value is in the forms of JSON or Go's own ints and strings.
func Leaf(field string, op Op, value any) Tree {
	t := Tree{Field: field, Op: op, Value: plain(value)}
	t.ready, _ = prepare(&t)
	return t
}

// Among asks for one of the keys of a choice, of people, companies or contacts,
// however many: one comparison has no more than a hundred.
func Among(field string, keys []string) Tree {
	var parts []Tree
	for some := range slices.Chunk(keys, maxChoices) {
		parts = append(parts, Leaf(field, In, some))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return AnyOf(parts...)
}

// AllOf and AnyOf make groups, Not a negation.
func AllOf(nodes ...Tree) Tree { return Tree{All: append([]Tree{}, nodes...)} }

// AnyOf holds when one of the nodes does.
func AnyOf(nodes ...Tree) Tree { return Tree{Any: append([]Tree{}, nodes...)} }

// Not holds when the node does not.
func Not(node Tree) Tree { return Tree{Not: &node} }

// Always reports whether it is the zero Tree.
func (t *Tree) Always() bool {
	return t.All == nil && t.Any == nil && t.Not == nil && t.Field == "" && t.Op == "" && t.Value == nil
}

// IsZero lets encoding/json leave the zero Tree out.
func (t Tree) IsZero() bool { return t.Always() }

// nodes counts the tree's nodes.
func (t *Tree) nodes() int {
	n := 1
	for i := range t.All {
		n += t.All[i].nodes()
	}
	for i := range t.Any {
		n += t.Any[i].nodes()
	}
	if t.Not != nil {
		n += t.Not.nodes()
	}
	return n
}

// Fields calls yield with every field that a comparison names, as often as it is named.
func (t *Tree) Fields(yield func(key string)) {
	if t.Field != "" {
		yield(t.Field)
	}
	for i := range t.All {
		t.All[i].Fields(yield)
	}
	for i := range t.Any {
		t.Any[i].Fields(yield)
	}
	if t.Not != nil {
		t.Not.Fields(yield)
	}
}

// MarshalJSON writes the one form that the node has.
func (t Tree) MarshalJSON() ([]byte, error) {
	switch {
	case t.All != nil:
		return json.Marshal(struct {
			All []Tree `json:"all"`
		}{t.All})
	case t.Any != nil:
		return json.Marshal(struct {
			Any []Tree `json:"any"`
		}{t.Any})
	case t.Not != nil:
		return json.Marshal(struct {
			Not *Tree `json:"not"`
		}{t.Not})
	case t.Always():
		return []byte("{}"), nil
	default:
		return json.Marshal(struct {
			Field string `json:"field"`
			Op    Op     `json:"op"`
			Value any    `json:"value,omitempty"`
		}{t.Field, t.Op, t.Value})
	}
}

// plain turns Go's values into the forms of JSON.
func plain(value any) any {
	switch v := value.(type) {
	case int:
		return float64(v)
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out
	case []int:
		out := make([]any, len(v))
		for i, n := range v {
			out[i] = float64(n)
		}
		return out
	case map[string]int:
		out := make(map[string]any, len(v))
		for k, n := range v {
			out[k] = float64(n)
		}
		return out
	}
	return value
}
