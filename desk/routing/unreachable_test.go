package routing

import (
	"testing"

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
		dead := r.Unreachable(nil)
		if len(dead) != 1 || dead[0].Key != "late" || dead[0].Why != c.why {
			t.Errorf("%s: %+v, want %s", name, dead, c.why)
		}
		r.Rules[0].Stop = false
		if got := r.Unreachable(nil); c.why != Never && len(got) > 0 {
			t.Errorf("%s: accused behind a rule that goes on: %+v", name, got)
		}
		r.Rules[0].Stop = true
		if got := r.Unreachable(map[string]bool{"early": true}); c.why != Never && len(got) > 0 {
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
		for _, d := range r.Unreachable(nil) {
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
	r.Unreachable(nil)
}
