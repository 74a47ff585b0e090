package tickets

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"manydesk/desk/conditions"
)

// Condition narrows a list by a tree: Words are conditions.Lists of the tenant's
// vocabulary, which has checked it.
type Condition struct {
	Tree  conditions.Tree
	Words conditions.Vocabulary
	Env   conditions.Env
}

// filterWords are what a Filter asks about, the same for every tenant.
var filterWords = conditions.Lists(conditions.Tickets(conditions.Known{}))

// condition says the filter in the one language of conditions.
func (f *Filter) condition() Condition {
	c := Condition{Words: filterWords}
	if nodes := f.nodes(); len(nodes) > 0 {
		c.Tree = conditions.AllOf(nodes...)
	}
	// A filter's values of the tenant's own fields are meant to the letter.
	own := maps.Clone(f.Fields)
	if f.Not != nil {
		for key := range f.Not.Fields {
			own = with(own, key)
		}
	}
	for key := range own {
		c.Words = c.Words.With(conditions.Custom(key, conditions.Choice, conditions.Name{}, nil))
	}
	return c
}

func with(own map[string]string, key string) map[string]string {
	if own == nil {
		own = map[string]string{}
	}
	own[key] = ""
	return own
}

// nodes are the filter's conditions, all of which must hold.
func (f *Filter) nodes() (nodes []conditions.Tree) {
	add := func(node conditions.Tree) { nodes = append(nodes, node) }
	choice := func(field string, values []string) {
		if len(values) > 0 {
			add(conditions.Among(field, values))
		}
	}
	choice("status", f.Statuses)
	choice("category", texts(f.Categories))
	if len(f.Priorities) > 0 {
		var some []conditions.Tree
		for _, n := range f.Priorities {
			some = append(some, conditions.Leaf("priority", conditions.Is, n))
		}
		add(conditions.AnyOf(some...))
	}
	choice("type", f.Types)
	choice("group", f.Groups)
	choice("contact", texts(f.Contacts))
	choice("company", texts(f.Companies))
	nobodys := conditions.Leaf("assignee", conditions.Empty, nil)
	switch {
	case f.Unassigned && len(f.Assignees) > 0:
		add(conditions.AnyOf(nobodys, conditions.Among("assignee", texts(f.Assignees))))
	case f.Unassigned:
		add(nobodys)
	default:
		choice("assignee", texts(f.Assignees))
	}
	for _, tag := range f.Tags {
		add(conditions.Leaf("tags", conditions.HasAll, []string{tag}))
	}
	if len(f.Fields) > 0 {
		add(own(f.Fields))
	}
	for _, word := range f.Words {
		add(sought(word))
	}
	nodes = append(nodes, between("created_at", f.CreatedFrom, f.CreatedTo)...)
	nodes = append(nodes, between("resolved_at", f.ResolvedFrom, f.ResolvedTo)...)
	nodes = append(nodes, between("closed_at", f.ClosedFrom, f.ClosedTo)...)
	if f.ClientWaits {
		add(conditions.Leaf("waiting_since", conditions.NotEmpty, nil))
	}
	if f.Listed {
		add(conditions.Tree{Field: "category", Op: conditions.In, Value: standing})
	}
	if f.Rated {
		add(conditions.Leaf("rating", conditions.NotEmpty, nil))
	}
	if f.Not != nil {
		for _, node := range f.Not.nodes() {
			add(conditions.Not(node))
		}
	}
	return nodes
}

func texts[S interface{ String() string }](values []S) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.String()
	}
	return out
}

// own asks for values of the tenant's fields. A key that can be none holds nowhere.
func own(fields map[string]string) conditions.Tree {
	var nodes []conditions.Tree
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if conditions.Custom(key, conditions.Choice, conditions.Name{}, nil).SQL == "" {
			return conditions.AnyOf()
		}
		nodes = append(nodes, conditions.Leaf("fields."+key, conditions.In, []string{fields[key]}))
	}
	return conditions.AllOf(nodes...)
}

// sought looks for a word in the subject, whatever its case and whether ё or е, or
// for the number that it is.
func sought(word string) conditions.Tree {
	if word == "" {
		return conditions.AllOf()
	}
	said := conditions.Leaf("subject", conditions.Contains, word)
	digits := word[strings.LastIndexByte(word, '-')+1:]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return said
	}
	return conditions.AnyOf(conditions.Leaf("number", conditions.Is, float64(n)), said)
}

// instant writes a moment within the years that conditions know.
func instant(t time.Time) string {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	if t.Before(first) {
		t = first
	} else if t.After(last) {
		t = last
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func between(field string, from, to time.Time) (nodes []conditions.Tree) {
	if !from.IsZero() {
		nodes = append(nodes, conditions.Leaf(field, conditions.After, instant(from)))
	}
	if !to.IsZero() {
		nodes = append(nodes, conditions.Leaf(field, conditions.Before, instant(to)))
	}
	return nodes
}
