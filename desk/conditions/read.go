package conditions

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"manydesk/desk"
)

// deepest ends the reading of a tree that nobody would write; Check refuses much
// less deep ones with the node at fault.
const deepest = 64

// UnmarshalJSON reads a tree. It refuses what is not of a node's one form, with
// pointers relative to the tree; Check refuses what means nothing.
func (t *Tree) UnmarshalJSON(raw []byte) error {
	read, wrong := Read(raw, "")
	if len(wrong) > 0 {
		return &desk.Error{Code: desk.ConditionInvalid, Fields: wrong}
	}
	*t = read
	return nil
}

// Read reads a tree from JSON; wrong names every node that is not of one form,
// with pointers that begin with at. null and an absent text are the zero Tree.
func Read(raw []byte, at string) (t Tree, wrong []desk.FieldError) {
	if len(raw) == 0 {
		return Tree{}, nil
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return Tree{}, []desk.FieldError{{Pointer: at, Code: desk.Unreadable}}
	}
	if v == nil {
		return Tree{}, nil
	}
	r := &reader{}
	t = r.node(v, at, 1)
	if len(r.wrong) > 0 {
		return Tree{}, r.wrong
	}
	return t, nil
}

type reader struct {
	wrong []desk.FieldError
	nodes int
}

func (r *reader) refuse(at string, code desk.FieldCode, params ...any) {
	// The first hundred explain enough; a hostile body has many more.
	if len(r.wrong) < 100 {
		r.wrong = append(r.wrong, field(at, code, params...))
	}
}

func (r *reader) node(v any, at string, depth int) (t Tree) {
	r.nodes++
	if depth > deepest {
		r.refuse(at, desk.TooDeep)
		return t
	}
	members, ok := v.(map[string]any)
	if !ok {
		r.refuse(at, desk.Object)
		return t
	}
	forms := 0
	for _, name := range sorted(members) {
		v := members[name]
		at := at + "/" + name
		switch name {
		case "all":
			forms++
			t.All = r.list(v, at, depth)
		case "any":
			forms++
			t.Any = r.list(v, at, depth)
		case "not":
			forms++
			node := r.node(v, at, depth+1)
			t.Not = &node
		case "field":
			forms++
			t.Field = r.word(v, at)
		case "op":
			t.Op = Op(r.word(v, at))
		case "value":
			t.Value = v
		default:
			r.refuse(pointed(at, name), desk.UnknownField)
		}
	}
	switch {
	case forms > 1, t.Field == "" && forms == 1 && (t.Op != "" || t.Value != nil):
		r.refuse(at, desk.OneOf, "of", "all, any, not, field")
	case forms == 0 && (t.Op != "" || t.Value != nil):
		r.refuse(at+"/field", desk.Required)
	case t.Field != "" && t.Op == "" && len(r.wrong) == 0:
		r.refuse(at+"/op", desk.Required)
	case t.Field != "":
		t.ready, _ = prepare(&t)
	}
	return t
}

func (r *reader) list(v any, at string, depth int) []Tree {
	items, ok := v.([]any)
	if !ok {
		r.refuse(at, desk.Array)
		return []Tree{}
	}
	if r.nodes+len(items) > 50*MaxNodes {
		r.refuse(at, desk.MaxItems, "max", MaxNodes)
		return []Tree{}
	}
	nodes := make([]Tree, len(items))
	for i, item := range items {
		nodes[i] = r.node(item, fmt.Sprintf("%s/%d", at, i), depth+1)
	}
	return nodes
}

func (r *reader) word(v any, at string) string {
	s, ok := v.(string)
	switch {
	case !ok:
		r.refuse(at, desk.String)
	case s == "":
		r.refuse(at, desk.Required)
	}
	return s
}

// field marks a node; unlike desk.Field it leaves the pointer as it is.
func field(at string, code desk.FieldCode, params ...any) desk.FieldError {
	f := desk.Field("/", code, params...)
	f.Pointer = at
	return f
}

// pointed ends in an unknown member's name unless that is not fit to be shown.
func pointed(at, name string) string {
	if len(name) <= 40 && !slices.ContainsFunc([]rune(name), func(r rune) bool { return r < ' ' || r == '/' || r == '~' }) {
		return at
	}
	return at[:len(at)-len(name)] + "?"
}

func sorted(members map[string]any) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// whole reads a whole number of JSON.
func whole(v any) (int, bool) {
	f, ok := v.(float64)
	if !ok || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int(f), true
}
