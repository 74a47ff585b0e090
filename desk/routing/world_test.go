package routing

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
)

// facts are the values of a ticket.
type facts map[string]any

func (f facts) Value(_ context.Context, key string) (any, error) { return f[key], nil }

func ask(f facts) Ask {
	return Ask{Env: conditions.Env{Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}, Values: f}
}

func words(name string) settings.Words { return settings.Words{RU: name, EN: name} }

func rule(key string, when conditions.Tree, then Then) Rule {
	return Rule{Key: key, Name: words(key), When: when, Then: then, Stop: true}
}

// user is the nth of a world's people.
func user(n int) (id desk.UserID) {
	id[6], id[14], id[15] = 0x70, byte(n>>8), byte(n)
	return id
}

var (
	someSubjects = []string{"", "Касса не печатает", "касса", "Чек", "VPN"}
	someTypes    = []string{"incident", "request", "outage"}
	someTags     = []string{"vip", "cash", "net"}
)

func someFacts(t *rapid.T) facts {
	f := facts{
		"subject": rapid.SampledFrom(someSubjects).Draw(t, "subject"), "priority": float64(rapid.IntRange(1, 4).Draw(t, "priority")),
		"tags": rapid.SliceOfNDistinct(rapid.SampledFrom(someTags), 0, 3, rapid.ID[string]).Draw(t, "tags"), "contact.vip": rapid.Bool().Draw(t, "vip"),
	}
	if rapid.Bool().Draw(t, "typed") {
		f["type"] = rapid.SampledFrom(someTypes).Draw(t, "type")
	}
	if rapid.Bool().Draw(t, "lined") {
		f["line"] = float64(rapid.IntRange(1, 3).Draw(t, "line"))
	}
	return f
}

func someTree(t *rapid.T, deep int) conditions.Tree {
	if n := rapid.IntRange(0, 9).Draw(t, "form"); deep > 0 && n < 4 {
		nodes := make([]conditions.Tree, rapid.IntRange(1, 3).Draw(t, "nodes"))
		for i := range nodes {
			nodes[i] = someTree(t, deep-1)
		}
		switch n {
		case 0:
			return conditions.Not(nodes[0])
		case 1:
			return conditions.AnyOf(nodes...)
		}
		return conditions.AllOf(nodes...)
	}
	pick := func(from []string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, len(from), rapid.ID[string]).Draw(t, "list")
	}
	op := func(ops ...conditions.Op) conditions.Op { return rapid.SampledFrom(ops).Draw(t, "op") }
	number := func() float64 { return float64(rapid.IntRange(0, 4).Draw(t, "number")) }
	switch rapid.IntRange(0, 6).Draw(t, "field") {
	case 0:
		return conditions.Leaf("type", op(conditions.In, conditions.NotIn), pick(someTypes))
	case 1:
		return conditions.Leaf("tags", op(conditions.HasAny, conditions.HasAll, conditions.HasNone), pick(someTags))
	case 2:
		return conditions.Leaf("subject", op(conditions.Is, conditions.IsNot, conditions.Contains, conditions.NotContains, conditions.StartsWith), rapid.SampledFrom([]string{"касса", "КАССА НЕ", "ка", "чек", "n"}).Draw(t, "text"))
	case 3:
		return conditions.Leaf("contact.vip", conditions.Is, rapid.Bool().Draw(t, "truth"))
	case 4:
		return conditions.Leaf(rapid.SampledFrom([]string{"type", "tags", "subject", "line"}).Draw(t, "key"), op(conditions.Empty, conditions.NotEmpty), nil)
	case 5:
		return conditions.Leaf("line", conditions.Between, []any{number(), number()})
	default:
		return conditions.Leaf(rapid.SampledFrom([]string{"priority", "line"}).Draw(t, "key"), op(conditions.Is, conditions.IsNot, conditions.Less, conditions.AtMost, conditions.More, conditions.AtLeast), number())
	}
}

func someRules(t *rapid.T, most int) Rules {
	r := Rules{Rules: make([]Rule, rapid.IntRange(0, most).Draw(t, "rules")), Default: Then{Group: "first"}}
	for i := range r.Rules {
		r.Rules[i] = rule(fmt.Sprintf("r%d", i), someTree(t, 2), Then{Group: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "group"), Priority: rapid.IntRange(0, 4).Draw(t, "to"), Tags: []string{fmt.Sprintf("t%d", i)}})
		r.Rules[i].Stop = rapid.IntRange(0, 3).Draw(t, "stops") > 0
		r.Rules[i].Off = rapid.IntRange(0, 9).Draw(t, "off") == 0
	}
	return r
}

func decide(t testing.TB, r Rules, f facts) Decision {
	t.Helper()
	d, err := r.Decide(t.Context(), ask(f))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
