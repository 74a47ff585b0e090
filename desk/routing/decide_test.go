package routing

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

func TestTheFirstRuleThatHoldsDecides(t *testing.T) {
	t.Parallel()
	r := Rules{
		Rules: []Rule{
			rule("vip", conditions.AllOf(conditions.Leaf("contact.vip", conditions.Is, true), conditions.Leaf("priority", conditions.AtMost, 2)), Then{Group: "second", Line: 2}),
			rule("cash", conditions.Leaf("subject", conditions.Contains, "касса"), Then{Group: "cash", Strategy: LeastLoaded}),
			rule("more", conditions.Tree{}, Then{Group: "never"}),
		},
		Default: Then{Group: "first"},
	}
	d := decide(t, r, facts{"subject": "Касса не печатает", "priority": 3.0, "contact.vip": true})
	if d.Rule != "cash" || d.Place != 1 || d.Then.Group != "cash" || d.Then.Strategy != LeastLoaded || !slices.Equal(d.Tried, Tried{"a1", Held}) {
		t.Errorf("%+v", d)
	}
	if len(d.Seen) != 3 || d.Seen["subject"] != "Касса не печатает" {
		t.Errorf("seen %v", d.Seen)
	}
}

func TestARuleThatGoesOnIsAddedTo(t *testing.T) {
	t.Parallel()
	mark := rule("mark", conditions.Tree{}, Then{Priority: 2, Tags: []string{"a"}})
	mark.Stop = false
	off := rule("off", conditions.Tree{}, Then{Group: "off"})
	off.Off = true
	r := Rules{
		Rules:   []Rule{mark, off, rule("place", conditions.Tree{}, Then{Group: "cash", Priority: 4, Tags: []string{"b", "a"}, Strategy: RoundRobin})},
		Default: Then{Group: "first", Strategy: LeastLoaded, Tags: []string{"c"}},
	}
	d := decide(t, r, facts{})
	if d.Rule != "mark" || d.Then.Priority != 2 || d.Then.Group != "cash" || d.Then.Strategy != RoundRobin || !slices.Equal(d.Then.Tags, []string{"a", "b"}) {
		t.Errorf("%+v", d)
	}
	if !slices.Equal(d.Tried, Tried{Held, WasOff, Held}) {
		t.Errorf("tried %v", d.Tried)
	}
	r.Rules = r.Rules[:1]
	if d = decide(t, r, facts{}); d.Then.Group != "first" || d.Then.Strategy != LeastLoaded || d.Rule != "mark" || !slices.Equal(d.Then.Tags, []string{"a"}) {
		t.Errorf("without a group of its own: %+v", d)
	}
	r.Rules = nil
	if d = decide(t, r, facts{}); d.Rule != "" || d.Place != -1 || d.Then.Group != "first" || !slices.Equal(d.Then.Tags, []string{"c"}) {
		t.Errorf("by default: %+v", d)
	}
}

func TestARuleWhosePlaceIsGoneIsSkipped(t *testing.T) {
	t.Parallel()
	r := Rules{Rules: []Rule{rule("gone", conditions.Tree{}, Then{Group: "old"}), rule("next", conditions.Tree{}, Then{Group: "new"})}, Default: Then{Group: "first"}}
	a := ask(facts{})
	a.Gone = func(_ context.Context, then *Then) (bool, error) { return then.Group == "old", nil }
	d, err := r.Decide(t.Context(), a)
	if err != nil || d.Rule != "next" || !slices.Equal(d.Tried, Tried{Skipped, Held}) {
		t.Errorf("%+v, %v", d, err)
	}
}

// What is told of a rule is what conditions say of it themselves.
func TestTheTraceAgreesWithTheConditions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r, f := someRules(rt, 8), someFacts(rt)
		d := decide(t, r, f)
		for i, what := range d.Tried {
			held, err := r.Rules[i].When.Holds(t.Context(), ask(f).Env, f)
			if err != nil {
				rt.Fatal(err)
			}
			if !r.Rules[i].Off && held != (what == Held) || r.Rules[i].Off != (what == WasOff) {
				rt.Fatalf("rule %d is %q, but holds: %v", i, what, held)
			}
		}
		if last := len(d.Tried) - 1; last+1 < len(r.Rules) && (d.Tried[last] != Held || !r.Rules[last].Stop) {
			rt.Fatalf("it stopped at %d of %d: %v", last, len(r.Rules), d.Tried)
		}
		if d.Then.Group == "" {
			rt.Fatal("no group")
		}
	})
}

func TestWhatIsWrongIsNamedAtItsPlace(t *testing.T) {
	t.Parallel()
	gone := desk.NewCompanyID(ask(nil).Env.Now)
	r := Rules{Rules: []Rule{
		{Key: "Bad", Name: words(""), Then: Then{Line: 4, Priority: -1, Strategy: "luck", Tags: []string{""}, Skills: []Need{{"x", 4}, {"x", 0}}}},
		rule("empty", conditions.Tree{}, Then{}),
		rule("empty", conditions.Leaf("colour", conditions.Is, "red"), Then{Group: "none", Person: user(1), Vendor: gone, Notify: []string{"boss"}, Skills: []Need{{"net", 1}}, Strategy: BestSkill}),
	}}
	pointers := map[string]bool{}
	keep := func(fields []desk.FieldError) {
		for _, f := range fields {
			pointers[f.Pointer] = true
		}
	}
	var e *desk.Error
	if err := r.Validate(); !asError(err, &e) {
		t.Fatalf("%v", err)
	}
	keep(e.Fields)
	book := &Book{Words: conditions.Tickets(conditions.Known{})}
	keep(book.Check(r))
	for _, want := range []string{
		"rules/0/key", "rules/0/name/ru", "rules/0/name/en", "rules/0/then/line", "rules/0/then/priority", "rules/0/then/strategy", "rules/0/then/tags/0",
		"rules/0/then/skills/0/level", "rules/0/then/skills/1/key", "rules/0/then/skills/1/level", "rules/1/then", "rules/2/key", "default/group",
		"rules/2/when/field", "rules/2/then/group", "rules/2/then/person", "rules/2/then/vendor", "rules/2/then/notify/0", "rules/2/then/skills/0/key",
	} {
		if !pointers["/body/spec/"+want] {
			t.Errorf("nothing is said at %s; said at %v", want, pointers)
		}
	}
	problems := book.Problems(r)
	for _, code := range []string{GroupGone, PersonGone, VendorGone, SkillGone, RoleGone, ConditionGone} {
		if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Code == code && p.Rule == "empty" }) {
			t.Errorf("no problem %s in %v", code, problems)
		}
	}
	// A group in which nobody is left is told of where somebody is to be chosen from it.
	chosen := Then{Group: "first", Strategy: LeastLoaded}
	emptied := Rules{Rules: []Rule{rule("chosen", conditions.Tree{}, chosen), rule("queued", conditions.Tree{}, Then{Group: "first"})}, Default: Then{Group: "first", Strategy: Manual}}
	for members, want := range map[int]int{0: 1, 2: 0} {
		counted := &Book{Words: book.Words, Groups: map[string]bool{"first": true}, Members: map[string]int{"first": members}}
		if got := counted.Problems(emptied); len(got) != want || want == 1 && got[0] != (Problem{"chosen", GroupEmpty, "first"}) {
			t.Errorf("with %d people: %v", members, got)
		}
	}
	if many := (Rules{Rules: make([]Rule, MaxRules+1)}).Validate(); many == nil {
		t.Error("any number of rules passes")
	}
}

func asError(err error, e **desk.Error) bool {
	found, ok := err.(*desk.Error) //nolint:errorlint // Validate gives it as it is
	*e = found
	return ok
}

// BenchmarkTwoHundredRules is one decision with its trace where the last rule holds.
func BenchmarkTwoHundredRules(b *testing.B) {
	r, f := Production(MaxRules)
	for b.Loop() {
		d, err := r.Decide(b.Context(), ask(f))
		if err != nil || d.Place != MaxRules-1 {
			b.Fatal(d.Place, err)
		}
		if _, err := (Trace{Version: 1, Rule: d.Rule, Tried: d.Tried, Seen: d.Seen, Strategy: d.Then.Strategy}).Encode(); err != nil {
			b.Fatal(err)
		}
	}
}

// Production is a set as large tenants have: types, companies, words and tags.
func Production(n int) (Rules, facts) {
	r := Rules{Default: Then{Group: "first"}}
	for i := range n - 1 {
		r.Rules = append(r.Rules, rule(fmt.Sprintf("r%d", i), conditions.AllOf(
			conditions.Leaf("type", conditions.In, []string{"incident", "request"}),
			conditions.Leaf("subject", conditions.Contains, fmt.Sprintf("товар %d", i)),
			conditions.Leaf("tags", conditions.HasAny, []string{fmt.Sprintf("t%d", i)}),
		), Then{Group: fmt.Sprintf("g%d", i%20)}))
	}
	r.Rules = append(r.Rules, rule("last", conditions.Leaf("priority", conditions.AtMost, 2), Then{Group: "second", Strategy: LeastLoaded}))
	return r, facts{"type": "incident", "subject": "Касса № 14 на Садовой не печатает чек с самого утра", "tags": []string{"vip"}, "priority": 2.0}
}
