package conditions_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"manydesk/desk/conditions"
)

func TestComparisons(t *testing.T) {
	t.Parallel()
	world := env(t)
	type op = conditions.Op
	for _, c := range []struct {
		value any
		op    op
		want  string
		holds bool
	}{
		{"Касса НЕ печатает, щётка", "contains", `"Щетка"`, true},
		{"Касса", "starts_with", `"кас"`, true},
		{"Касса", "is", `"КАССА"`, true},
		{"Касса", "is_not", `"касса"`, false},
		{nil, "is", `"касса"`, false},
		{nil, "is_not", `"касса"`, true},
		{nil, "not_contains", `"касса"`, true},
		{"", "empty", `null`, true},
		{[]string{}, "not_empty", `null`, false},
		{"INC-7", "matches", `"^INC-\\d+$"`, true},
		{2, "at_most", `2`, true},
		{2, "less", `2`, false},
		{2.5, "between", `[2,3]`, true},
		{nil, "more", `-1`, false},
		{"2", "is", `2`, false},
		{"open", "in", `["closed","open"]`, true},
		{nil, "not_in", `["open"]`, true},
		{vera, "in", `["me"]`, true},
		{yug, "in", `["me"]`, false},
		{[]string{"vip"}, "has_any", `["VIP","x"]`, true},
		{[]string{"vip"}, "has_all", `["vip","x"]`, false},
		{[]string{"vip"}, "has_none", `["x"]`, true},
		{nil, "has_none", `["x"]`, true},
		{true, "is", `true`, true},
		{nil, "is", `false`, true},
		{saturday, "before", `"2026-10-31T20:30:00Z"`, false},
		{saturday, "after", `"2026-10-31T20:30:00Z"`, true},
		{saturday, "before", `"2026-11-01"`, true},
		{saturday.Add(30 * time.Minute), "before", `"2026-11-01"`, false}, // midnight of Moscow
		{saturday.Add(-time.Hour), "before", `{"seconds":-3000}`, true},
		{saturday.Add(-time.Hour), "within", `{"seconds":-3600}`, true},
		{saturday.Add(-time.Hour), "within", `{"seconds":-3599}`, false},
		{saturday.Add(time.Hour), "within", `{"seconds":3600}`, true},
		{saturday, "in_calendar", `"office"`, true},                       // an extra Saturday
		{saturday.AddDate(0, 0, 4), "in_calendar", `"office"`, false},     // a holiday
		{saturday.Add(-50 * time.Hour), "in_calendar", `"office"`, false}, // Thursday, 21:30
		{saturday.Add(-56 * time.Hour), "in_calendar", `"office"`, true},  // Thursday, 15:30
		{saturday, "not_in_calendar", `"nowhere"`, true},
		{saturday, "at_hours", `["22:00","08:00"]`, true},
		{saturday, "at_hours", `["08:00","23:30"]`, false},
		{saturday, "on_days", `["sat"]`, true},
		{saturday.Add(time.Hour), "on_days", `["sat"]`, false},
		{time.Time{}, "on_days", `["mon","tue","wed","thu","fri","sat","sun"]`, false},
		{"2026-10-31", "before", `"2026-11-01"`, true},
		{"2026-11-01", "after", `"2026-11-01"`, false},
		{"2026-11-01", "between", `["2026-11-01","2026-11-02"]`, true},
		{"soon", "after", `"2026-11-01"`, false},
	} {
		value := ""
		if c.want != "null" {
			value = `,"value":` + c.want
		}
		leaf := read(t, `{"field":"x","op":"`+string(c.op)+`"`+value+`}`)
		held, err := leaf.Holds(t.Context(), world, bag{"x": c.value})
		if err != nil || held != c.holds {
			t.Errorf("%v %s %s: %v, %v", c.value, c.op, c.want, held, err)
		}
	}
}

func TestATraceHoldsAllThatDecided(t *testing.T) {
	t.Parallel()
	c := read(t, `{"all":[
		{"any":[{"field":"description","op":"contains","value":"x"}]},
		{"field":"priority","op":"at_most","value":2},
		{"field":"type","op":"in","value":["incident"]},
		{"not":{"field":"tags","op":"has_any","value":["test"]}}]}`)
	values := bag{"priority": 3, "type": "incident", "description": errAsked, "tags": errAsked}
	trace, err := c.Match(t.Context(), env(t), values)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(trace)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"matched":false,"leaves":[` +
		`{"at":"/all/1","field":"priority","op":"at_most","want":2,"saw":3,"matched":false},` +
		`{"at":"/all/2","field":"type","op":"in","want":["incident"],"saw":"incident","matched":true}]}`
	if string(got) != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
}

func TestATraceKeepsTheBeginningOfALongText(t *testing.T) {
	t.Parallel()
	trace, err := conditions.Leaf("x", conditions.Contains, "я").Match(t.Context(), env(t), bag{"x": strings.Repeat("я", 5000)})
	if saw, _ := trace.Leaves[0].Saw.(string); err != nil || !trace.Matched || len([]rune(saw)) != 201 {
		t.Fatalf("%v, %v", trace, err)
	}
}

func TestAValueThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	c := conditions.Not(conditions.Leaf("x", conditions.Empty, nil))
	if held, err := c.Holds(t.Context(), env(t), bag{"x": errAsked}); held || !errors.Is(err, errAsked) {
		t.Fatalf("%v, %v", held, err)
	}
	if _, err := c.Match(t.Context(), env(t), bag{"x": errAsked}); !errors.Is(err, errAsked) {
		t.Fatal(err)
	}
	if _, err := (tree{Field: "x", Op: "resembles"}).Holds(t.Context(), env(t), bag{}); err == nil {
		t.Fatal("a comparison that is none was evaluated")
	}
}

func TestTheZeroTreeAlwaysHolds(t *testing.T) {
	t.Parallel()
	if held, err := (tree{}).Holds(t.Context(), conditions.Env{}, nil); !held || err != nil {
		t.Fatal(held, err)
	}
}

// The figure to hold: 200 rules on one ticket within 200 µs.
func BenchmarkTwoHundredRulesOnOneTicket(b *testing.B) {
	rules := make([]tree, 200)
	for i := range rules {
		rules[i] = read(b, `{"all":[
			{"field":"priority","op":"at_most","value":3},
			{"field":"subject","op":"contains","value":"не печатает"},
			{"any":[{"field":"type","op":"in","value":["question","request"]},{"field":"tags","op":"has_any","value":["a","b","касса"]}]},
			{"not":{"field":"created_at","op":"in_calendar","value":"office"}},
			{"field":"fields.model","op":"is","value":"атол-91"}]}`)
	}
	world := env(b)
	values := bag{"subject": "Касса на втором этаже не печатает чек после обновления", "priority": 2, "type": "incident", "tags": []string{"касса"}, "created_at": saturday.Add(-50 * time.Hour), "fields.model": "АТОЛ-90"}
	b.ReportAllocs()
	for b.Loop() {
		seen := conditions.Remember(values)
		for i := range rules {
			if held, err := rules[i].Holds(b.Context(), world, seen); held || err != nil {
				b.Fatal(held, err)
			}
		}
	}
}
