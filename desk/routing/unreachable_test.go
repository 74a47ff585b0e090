package routing

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk/conditions"
)

func TestARuleThatNothingComesToIsFound(t *testing.T) {
	t.Parallel()
	leaf := conditions.Leaf
	for name, c := range map[string]struct {
		early, late conditions.Tree
		why         Why
	}{
		"behind always":          {conditions.Tree{}, leaf("type", conditions.In, []string{"incident"}), ByAlways},
		"the same":               {leaf("priority", conditions.AtMost, 2), leaf("priority", conditions.AtMost, 2), BySame},
		"fewer choices":          {leaf("type", conditions.In, []string{"incident", "outage"}), leaf("type", conditions.In, []string{"outage"}), Covered},
		"a part of all":          {leaf("priority", conditions.Is, 1), conditions.AllOf(leaf("contact.vip", conditions.Is, true), leaf("priority", conditions.Is, 1)), Covered},
		"a narrower range":       {leaf("priority", conditions.AtMost, 2), leaf("priority", conditions.Between, []int{1, 2}), Covered},
		"words within words":     {leaf("subject", conditions.Contains, "касс"), leaf("subject", conditions.StartsWith, "Касса"), Covered},
		"all of more tags":       {leaf("tags", conditions.HasAll, []string{"cash"}), leaf("tags", conditions.HasAll, []string{"net", "cash"}), Covered},
		"denied more":            {leaf("type", conditions.NotIn, []string{"incident"}), leaf("type", conditions.NotIn, []string{"incident", "outage"}), Covered},
		"one of the any":         {conditions.AnyOf(leaf("priority", conditions.Is, 1), leaf("priority", conditions.Is, 2)), leaf("priority", conditions.Is, 2), Covered},
		"each of an any":         {leaf("type", conditions.NotEmpty, nil), conditions.AnyOf(leaf("type", conditions.In, []string{"incident"}), leaf("type", conditions.In, []string{"outage"})), Covered},
		"what is empty, negated": {leaf("type", conditions.NotIn, []string{"incident"}), leaf("type", conditions.Empty, nil), Covered},
		"a contradiction":        {leaf("type", conditions.In, []string{"incident"}), conditions.AllOf(leaf("priority", conditions.Is, 1), leaf("priority", conditions.AtLeast, 3)), Never},
	} {
		r := Rules{Rules: []Rule{rule("early", c.early, Then{Group: "a"}), rule("late", c.late, Then{Group: "b"})}}
		dead := r.Unreachable(nil, nil)
		if len(dead) != 1 || dead[0].Key != "late" || dead[0].Why != c.why {
			t.Errorf("%s: %+v, want %s", name, dead, c.why)
		}
		r.Rules[0].Stop = false
		if got := r.Unreachable(nil, nil); c.why != Never && len(got) > 0 {
			t.Errorf("%s: accused behind a rule that goes on: %+v", name, got)
		}
		r.Rules[0].Stop = true
		if got := r.Unreachable(map[string]bool{"early": true}, nil); c.why != Never && len(got) > 0 {
			t.Errorf("%s: accused behind a rule that is skipped: %+v", name, got)
		}
	}
}

// Whatever is accused, no ticket gets there; and a condition that implies another
// never holds without it.
func TestNoRuleIsAccusedThatATicketComesTo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r := someRules(rt, 6)
		for i := range r.Rules {
			if i > 0 && rapid.Bool().Draw(rt, "narrower") {
				before := r.Rules[rapid.IntRange(0, i-1).Draw(rt, "than")]
				r.Rules[i].When = conditions.AllOf(r.Rules[i].When, before.When)
			}
		}
		dead := map[string]bool{}
		for _, d := range r.Unreachable(nil, nil) {
			dead[d.Key] = true
		}
		for range 30 {
			d := decide(t, r, someFacts(rt))
			for i, what := range d.Tried {
				if what == Held && dead[r.Rules[i].Key] {
					rt.Fatalf("%s was accused and held: %+v", r.Rules[i].Key, r.Rules)
				}
			}
		}
	})
}

// placedFacts are facts with dates, times and choices besides the usual.
func placedFacts(t *rapid.T) facts {
	f := someFacts(t)
	if rapid.Bool().Draw(t, "sold") {
		f["fields.sold"] = rapid.SampledFrom([]string{"2026-01-01", "2026-01-02", "2026-02-01", "2026-02-02", "long ago"}).Draw(t, "day")
	}
	if rapid.Bool().Draw(t, "costs") {
		f["fields.cost"] = rapid.SampledFrom([]float64{-1, 0, 0.5, 1, 2, 1e17}).Draw(t, "cost")
	}
	f["created_at"] = time.Date(2026, 11, 23, rapid.IntRange(7, 11).Draw(t, "hour"), 0, 0, 0, time.UTC)
	f["channel"] = rapid.SampledFrom([]string{"mail", "portal"}).Draw(t, "channel")
	return f
}

func placedTree(t *rapid.T) conditions.Tree {
	op := func(ops ...conditions.Op) conditions.Op { return rapid.SampledFrom(ops).Draw(t, "op") }
	var leaf conditions.Tree
	switch rapid.IntRange(0, 5).Draw(t, "of") {
	case 0:
		leaf = conditions.Leaf("fields.sold", op(conditions.Is, conditions.Before, conditions.After), rapid.SampledFrom([]string{"2026-01-01", "2026-01-02", "2026-02-01"}).Draw(t, "date"))
	case 1:
		leaf = conditions.Leaf("created_at", op(conditions.Before, conditions.After), fmt.Sprintf("2026-11-23T%02d:00:00Z", rapid.IntRange(8, 10).Draw(t, "bound")))
	case 2:
		leaf = conditions.Leaf("fields.cost", op(conditions.Is, conditions.IsNot, conditions.Less, conditions.AtMost, conditions.More, conditions.AtLeast), rapid.SampledFrom([]float64{0, 1, 1e17}).Draw(t, "n"))
	case 3:
		leaf = conditions.Leaf("channel", op(conditions.In, conditions.NotIn), []string{rapid.SampledFrom([]string{"mail", "portal"}).Draw(t, "by")})
	case 4:
		leaf = conditions.Leaf(rapid.SampledFrom([]string{"fields.sold", "fields.cost", "type"}).Draw(t, "key"), op(conditions.Empty, conditions.NotEmpty), nil)
	default:
		return someTree(t, 1)
	}
	if rapid.IntRange(0, 3).Draw(t, "with more") == 0 {
		return conditions.AllOf(leaf, someTree(t, 1))
	}
	return leaf
}

// What several rules cover together no ticket gets past; with everything that is
// there to be told apart, nothing that is reached is accused.
func TestWhatSeveralRulesCoverNoTicketGetsPast(t *testing.T) {
	t.Parallel()
	finite := map[string][]string{"channel": {"mail", "portal"}}
	rapid.Check(t, func(rt *rapid.T) {
		r := Rules{Rules: make([]Rule, rapid.IntRange(2, 8).Draw(rt, "rules")), Default: Then{Group: "first"}}
		for i := range r.Rules {
			r.Rules[i] = rule(fmt.Sprintf("r%d", i), placedTree(rt), Then{Group: "a"})
		}
		dead := map[string]Dead{}
		for _, d := range r.Unreachable(nil, finite) {
			dead[d.Key] = d
			if d.Why == Together && len(d.All) < 2 {
				rt.Fatalf("%s is covered by %v together", d.Key, d.All)
			}
		}
		for range 40 {
			d := decide(t, r, placedFacts(rt))
			if accused, is := dead[d.Rule]; is {
				rt.Fatalf("%+v decided: %+v", accused, r.Rules)
			}
		}
	})
}

func TestARuleThatSeveralCoverIsFound(t *testing.T) {
	t.Parallel()
	leaf := conditions.Leaf
	vip, words := leaf("contact.vip", conditions.Is, true), leaf("subject", conditions.Matches, "(?i)till")
	for name, c := range map[string]struct {
		early []conditions.Tree
		late  conditions.Tree
	}{
		"every priority": {[]conditions.Tree{leaf("priority", conditions.AtMost, 2), leaf("priority", conditions.Is, 3), leaf("priority", conditions.Is, 4)}, leaf("subject", conditions.Contains, "till")},
		"yes and no":     {[]conditions.Tree{vip, leaf("contact.vip", conditions.Is, false)}, leaf("type", conditions.In, []string{"incident"})},
		"each choice":    {[]conditions.Tree{leaf("type", conditions.In, []string{"incident"}), leaf("type", conditions.In, []string{"request"})}, leaf("type", conditions.In, []string{"incident", "request"})},
		"what there is":  {[]conditions.Tree{leaf("channel", conditions.In, []string{"mail"}), leaf("channel", conditions.In, []string{"portal"})}, leaf("priority", conditions.Is, 1)},
		"two ranges":     {[]conditions.Tree{leaf("fields.cost", conditions.Less, 100), leaf("fields.cost", conditions.AtLeast, 100)}, leaf("fields.cost", conditions.Between, []int{50, 200})},
		"two seasons":    {[]conditions.Tree{leaf("fields.sold", conditions.Before, "2026-06-02"), leaf("fields.sold", conditions.After, "2026-06-01")}, leaf("fields.sold", conditions.Between, []string{"2026-01-01", "2026-12-31"})},
		"two times":      {[]conditions.Tree{leaf("created_at", conditions.Before, "2026-11-23T00:00:00Z"), leaf("created_at", conditions.After, "2026-11-23T00:00:00Z")}, leaf("created_at", conditions.NotEmpty, nil)},
		"an expression":  {[]conditions.Tree{conditions.AllOf(words, vip), conditions.AllOf(words, conditions.Not(vip))}, conditions.AllOf(leaf("priority", conditions.Is, 1), words)},
		"a text or not":  {[]conditions.Tree{leaf("subject", conditions.Contains, "Till"), leaf("subject", conditions.NotContains, "till")}, leaf("priority", conditions.Is, 1)},
	} {
		r := Rules{}
		other := rule("beside", leaf("line", conditions.Is, 3), Then{Group: "b"})
		r.Rules = append(r.Rules, other)
		for i, when := range c.early {
			r.Rules = append(r.Rules, rule(fmt.Sprintf("e%d", i), when, Then{Group: "a"}))
		}
		r.Rules = append(r.Rules, rule("late", c.late, Then{Group: "b"}))
		dead := r.Unreachable(nil, map[string][]string{"channel": {"mail", "portal"}})
		if len(dead) != 1 || dead[0].Key != "late" || dead[0].Why != Together || len(dead[0].All) != len(c.early) {
			t.Errorf("%s: %+v", name, dead)
		}
		for gap := range c.early {
			r.Rules[gap+1].Off = true
			if dead := r.Unreachable(nil, nil); len(dead) > 0 {
				t.Errorf("%s without the part %d: %+v", name, gap, dead)
			}
			r.Rules[gap+1].Off = false
		}
	}
}

func TestASetThatNobodyWouldWriteIsSearchedInBoundedTime(t *testing.T) {
	t.Parallel()
	deep := conditions.Leaf("priority", conditions.Is, 1)
	for i := range 7 {
		a, b := conditions.AnyOf(deep, conditions.Leaf("line", conditions.Is, i)), conditions.AllOf(deep, conditions.Leaf("subject", conditions.Contains, "x"))
		deep = conditions.Not(conditions.AllOf(a, conditions.Not(b)))
	}
	var r Rules
	for range MaxRules {
		r.Rules = append(r.Rules, rule("x", deep, Then{Group: "a"}))
	}
	r.Unreachable(nil, nil)
}
