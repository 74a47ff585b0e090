package conditions

import (
	"context"
	"strconv"
)

// Trace is why a tree held or did not: enough of its comparisons to see it.
type Trace struct {
	Matched bool   `json:"matched"`
	Leaves  []Seen `json:"leaves,omitempty"`
}

// Seen is one comparison with the value that it met.
type Seen struct {
	// At points to the node in the tree, "/all/0".
	At      string `json:"at"`
	Field   string `json:"field"`
	Op      Op     `json:"op"`
	Want    any    `json:"want,omitempty"`
	Saw     any    `json:"saw,omitempty"`
	Matched bool   `json:"matched"`
}

// Match evaluates a tree and keeps what it saw. Of a group it evaluates every
// comparison that stands in it directly, then its inner groups until one
// decides; so all that decided is in the trace, and a value is asked only when a
// node needs it.
//
// Errors: those of values; a comparison that Check would refuse.
func (t Tree) Match(ctx context.Context, env Env, values Values) (Trace, error) {
	m := &matcher{env: &env, values: Remember(values)}
	matched, err := m.node(ctx, &t, "")
	if err != nil {
		return Trace{}, err
	}
	return Trace{Matched: matched, Leaves: m.leaves}, nil
}

// longestSeen is how much of a text is kept: a trace is stored with its ticket.
const longestSeen = 200

func short(saw any) any {
	text, ok := saw.(string)
	if !ok || len(text) <= longestSeen {
		return saw
	}
	if runes := []rune(text); len(runes) > longestSeen {
		return string(runes[:longestSeen]) + "…"
	}
	return text
}

type matcher struct {
	env    *Env
	values Values
	leaves []Seen
}

func (m *matcher) node(ctx context.Context, t *Tree, at string) (bool, error) {
	switch {
	case t.Field != "":
		held, err := t.leaf(ctx, m.env, m.values)
		if err != nil {
			return false, err
		}
		saw, err := m.values.Value(ctx, t.Field)
		m.leaves = append(m.leaves, Seen{At: at, Field: t.Field, Op: t.Op, Want: t.Value, Saw: short(saw), Matched: held})
		return held, err
	case t.Not != nil:
		held, err := m.node(ctx, t.Not, at+"/not")
		return !held && err == nil, err
	case t.Any != nil:
		return m.group(ctx, t.Any, at+"/any/", true)
	default:
		return m.group(ctx, t.All, at+"/all/", false)
	}
}

// group is decided by the first node that is as decisive.
func (m *matcher) group(ctx context.Context, nodes []Tree, at string, decisive bool) (bool, error) {
	decided := false
	for _, groups := range []bool{false, true} {
		for i := range nodes {
			if (nodes[i].Field == "") != groups || groups && decided {
				continue
			}
			held, err := m.node(ctx, &nodes[i], at+strconv.Itoa(i))
			if err != nil {
				return false, err
			}
			decided = decided || held == decisive
		}
	}
	return decided == decisive, nil
}
