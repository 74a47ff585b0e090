package routing

import (
	"encoding/json"
	"slices"
	"strings"

	"manydesk/desk/conditions"
)

// cover looks for a ticket that a rule gets and no earlier one ends the search
// for. Each field that is compared with choices, numbers or dates falls into as
// many cases as its comparisons tell apart; equal texts, expressions and hours
// are one case that holds or not. Cases that cannot meet in a ticket may still be
// looked at together: then a dead rule is not found, and none is accused wrongly.
type cover struct {
	p *prover
	// finite are the keys of choices that every ticket has one of.
	finite map[string][]string
	fields []*cases
	at     map[string]*cases
	leaves map[*conditions.Tree]*leaf
	left   int
}

// cases are what a field, or one comparison, falls into; now is the one that is
// looked at, -1 while none is.
type cases struct {
	n, now int
	points []any
}

// leaf is a comparison with the cases in which it holds.
type leaf struct {
	of    *cases
	holds []bool
}

// mostCases bounds one field, mostTried the search for one rule.
const (
	mostCases = 200
	mostTried = 150_000
)

func newCover(p *prover, finite map[string][]string, rules []Rule) *cover {
	c := &cover{p: p, finite: finite, at: map[string]*cases{}, leaves: map[*conditions.Tree]*leaf{}}
	told := map[string][]*conditions.Tree{}
	var order []string
	for i := range rules {
		each(&rules[i].When, func(l *conditions.Tree) {
			if told[l.Field] == nil {
				order = append(order, l.Field)
			}
			told[l.Field] = append(told[l.Field], l)
		})
	}
	for _, field := range order {
		c.field(field, told[field])
	}
	return c
}

func each(t *conditions.Tree, yield func(*conditions.Tree)) {
	if t.Field != "" {
		yield(t)
	}
	for i := range t.All {
		each(&t.All[i], yield)
	}
	for i := range t.Any {
		each(&t.Any[i], yield)
	}
	if t.Not != nil {
		each(t.Not, yield)
	}
}

// field tells the cases of all comparisons of one field.
func (c *cover) field(field string, all []*conditions.Tree) {
	axis := axisOf(field, all)
	points := axis.points(all, c.finite[field])
	if len(points) > mostCases {
		axis, points = axis.blind(), nil
	}
	var of *cases
	if len(points) > 0 {
		of = &cases{n: len(points), now: -1, points: points}
		c.fields = append(c.fields, of)
	}
	for _, t := range all {
		if of == nil || !axis.knows(t) {
			c.opaque(t)
			continue
		}
		l := &leaf{of: of, holds: make([]bool, len(points))}
		for i, point := range points {
			l.holds[i] = axis.holds(t, point)
		}
		c.leaves[t] = l
	}
}

// opaque is a comparison that is only equal to itself and to its denial.
func (c *cover) opaque(t *conditions.Tree) {
	same := *t
	positive, is := affirmed[t.Op]
	switch {
	case is:
		same.Op = positive
	case t.Op == conditions.Empty:
		same.Op, is = conditions.NotEmpty, true
	case t.Op == conditions.NotInCalendar:
		same.Op, is = conditions.InCalendar, true
	}
	if text, ok := same.Value.(string); ok && same.Op != conditions.Matches && same.Op != conditions.InCalendar {
		same.Value = fold(text)
	}
	key, err := json.Marshal(same)
	if err != nil {
		key = []byte(t.Field)
	}
	of := c.at[string(key)]
	if of == nil {
		of = &cases{n: 2, now: -1}
		c.at[string(key)] = of
		c.fields = append(c.fields, of)
	}
	c.leaves[t] = &leaf{of: of, holds: []bool{!is, is}}
}

// unreached reports that no case is left in which late holds and no early does.
func (c *cover) unreached(late *conditions.Tree, early []*conditions.Tree) bool {
	c.left = mostTried
	for _, f := range c.fields {
		f.now = -1
	}
	return !c.finds(late, early)
}

// finds tries to find such a case; true also when it is too long a search.
func (c *cover) finds(late *conditions.Tree, early []*conditions.Tree) bool {
	open, truth := c.asks(late)
	if c.left < 0 || c.p.left < 0 {
		return true
	}
	if truth == no {
		return false
	}
	for _, t := range early {
		next, truth := c.asks(t)
		if truth == yes {
			return false
		}
		if truth == unknown && open == nil {
			open = next
		}
	}
	if open == nil {
		return true
	}
	for i := range open.n {
		open.now = i
		if c.finds(late, early) {
			open.now = -1
			return true
		}
	}
	open.now = -1
	return false
}

type truth int8

const (
	no truth = iota
	yes
	unknown
)

// asks tells what a tree is in the cases that are looked at, and which field
// would tell more.
func (c *cover) asks(t *conditions.Tree) (open *cases, is truth) {
	c.left--
	c.p.left--
	switch {
	case t.Field != "":
		l := c.leaves[t]
		if l.of.now < 0 {
			return l.of, unknown
		}
		if l.holds[l.of.now] {
			return nil, yes
		}
		return nil, no
	case t.Not != nil:
		open, is = c.asks(t.Not)
		return open, [...]truth{yes, no, unknown}[is]
	case t.Any != nil:
		return c.group(t.Any, yes)
	default:
		return c.group(t.All, no)
	}
}

// group is decided by one node that is what ends it, else by all of them.
func (c *cover) group(nodes []conditions.Tree, ends truth) (open *cases, is truth) {
	is = yes - ends
	for i := range nodes {
		next, one := c.asks(&nodes[i])
		switch {
		case one == ends:
			return nil, ends
		case one == unknown && open == nil:
			open, is = next, unknown
		}
	}
	return open, is
}

// together finds the earlier rules that leave nothing to a late one, as few of
// them as it takes. nil when there are none.
func (c *cover) together(late *conditions.Tree, early []*Rule) []string {
	whens := func(rules []*Rule) []*conditions.Tree {
		trees := make([]*conditions.Tree, len(rules))
		for i, r := range rules {
			trees[i] = &r.When
		}
		return trees
	}
	if !c.unreached(late, whens(early)) {
		return nil
	}
	for i := len(early) - 1; i >= 0; i-- {
		if fewer := slices.Delete(slices.Clone(early), i, i+1); c.unreached(late, whens(fewer)) {
			early = fewer
		}
	}
	keys := make([]string, len(early))
	for i, r := range early {
		keys[i] = r.Key
	}
	return keys
}

func isOwn(field string) bool { return strings.HasPrefix(field, "fields.") }
