package conditions_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

func TestFiltersAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	leaf := func(field, op, value string) string {
		if value == "" {
			return `{"field":"` + field + `","op":"` + op + `"}`
		}
		return `{"field":"` + field + `","op":"` + op + `","value":` + value + `}`
	}
	for text, want := range map[string]string{
		"":                              `{}`,
		"status:open,in_progress":       leaf("status", "in", `["open","in_progress"]`),
		`status:"В работе"`:             leaf("status", "in", `["in_progress"]`),
		"priority<=p2":                  leaf("priority", "at_most", "2"),
		"priority:1,P2":                 `{"any":[` + leaf("priority", "is", "1") + `,` + leaf("priority", "is", "2") + `]}`,
		"-tag:vip":                      `{"not":` + leaf("tags", "has_any", `["vip"]`) + `}`,
		"tag=vip,касса":                 leaf("tags", "has_all", `["vip","касса"]`),
		"assignee:me":                   leaf("assignee", "in", `["me"]`),
		"assignee:none":                 leaf("assignee", "empty", ""),
		"assignee:none,me":              `{"any":[` + leaf("assignee", "in", `["me"]`) + `,` + leaf("assignee", "empty", "") + `]}`,
		`field.model="none"`:            leaf("fields.model", "is", `"none"`),
		"created>=2026-11-01":           leaf("created_at", "after", `"2026-11-01"`),
		"created<=2026-11-01":           leaf("created_at", "before", `"2026-11-02"`),
		"created>2026-11-01T09:00:00Z":  leaf("created_at", "after", `"2026-11-01T09:00:00.000001Z"`),
		"created:2026-11-01":            `{"all":[` + leaf("created_at", "after", `"2026-11-01"`) + `,` + leaf("created_at", "before", `"2026-11-02"`) + `]}`,
		"created<now-2h":                leaf("created_at", "before", `{"seconds":-7200}`),
		"created:now-2d..now":           leaf("created_at", "within", `{"seconds":-172800}`),
		"created@office":                leaf("created_at", "in_calendar", `"office"`),
		"created:22:00..08:00":          leaf("created_at", "at_hours", `["22:00","08:00"]`),
		"created:mon,fri":               leaf("created_at", "on_days", `["mon","fri"]`),
		"field.sold_on>=2026-03-01":     leaf("fields.sold_on", "after", `"2026-02-28"`),
		"fields.cost:1..2.5":            leaf("fields.cost", "between", `[1,2.5]`),
		"contact.vip:yes":               leaf("contact.vip", "is", "true"),
		`"не печатает" чек`:             `{"all":[` + leaf("subject", "contains", `"не печатает"`) + `,` + leaf("subject", "contains", `"чек"`) + `]}`,
		`line:2 (group:none | "a\"b") `: `{"all":[` + leaf("line", "is", "2") + `,{"any":[` + leaf("group", "empty", "") + `,` + leaf("subject", "contains", `"a\"b"`) + `]}]}`,
		"a b | c":                       `{"any":[{"all":[` + leaf("subject", "contains", `"a"`) + `,` + leaf("subject", "contains", `"b"`) + `]},` + leaf("subject", "contains", `"c"`) + `]}`,
		"-(-a)":                         `{"not":{"not":` + leaf("subject", "contains", `"a"`) + `}}`,
	} {
		got, err := conditions.Parse(v, text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if b, _ := json.Marshal(got); string(b) != want {
			t.Errorf("%s\n got %s\nwant %s", text, b, want)
		}
	}
}

// A list has fields of its own: they join the vocabulary, and the texts that
// people already type mean what they meant.
func TestAListAsksMoreThanARule(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	fields := []conditions.Field{
		{Key: "words", Kind: conditions.Text, Name: name("Слова", "Words"), SQL: "(t.subject || ' ' || t.number)", Words: true},
		{Key: "waiting", Kind: conditions.Boolean, Name: name("Клиент ждёт", "The client waits"), SQL: "(t.waiting_since is not null)"},
		{Key: "resolved_at", Kind: conditions.Time, Name: name("Время решения", "Resolution time"), SQL: "t.resolved_at", Alias: "resolved"},
	}
	v = conditions.NewVocabulary(v.Calendars(), append(fields, v.Fields()...)...)
	for text, want := range map[string]string{
		"status:open,in_progress resolved>=2026-11-01": "status:open,in_progress resolved>=2026-11-01",
		`type:incident "не печатает" касса is:waiting`: `type:incident "не печатает" касса waiting:yes`,
		"-tag:vip assignee:none,me":                    "-tag:vip (assignee:me | assignee:none)",
		"AC-1042 is:waiting,contact.vip":               `"AC-1042" (waiting:yes | contact.vip:yes)`,
	} {
		c, err := conditions.Parse(v, text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := c.Text(v); err != nil || got != want {
			t.Errorf("%s is written as %s, %v", text, got, err)
		}
	}
	if _, err := conditions.Parse(v, "is:subject"); !desk.Is(err, desk.BadFilter) {
		t.Errorf("is:subject: %v", err)
	}
}

func TestAFilterThatMeansNothingIsRefusedWithItsPlace(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	for text, where := range map[string]string{
		"colour:red":              "colour:red",
		"a priority<=urgent b":    "priority<=urgent",
		"status:gone":             "status:gone",
		"(a":                      "(a",
		"a)":                      ")",
		`"a`:                      `"a`,
		"|":                       "|",
		"a |":                     "",
		"--a":                     "--a",
		"tag<vip":                 "tag<vip",
		"created:soon":            "created:soon",
		"assignee:":               "assignee:",
		`tag:"a"b`:                `tag:"a"b`,
		strings.Repeat("(", 100):  strings.Repeat("(", 40) + "…",
		strings.Repeat("a", 2001): "…",
		strings.Repeat("a ", 201): strings.Repeat("a ", 20) + "…",
	} {
		_, err := conditions.Parse(v, text)
		refusal, ok := err.(*desk.Error) //nolint:errorlint // it is given as it is
		if !ok || refusal.Code != desk.BadFilter || refusal.Params["where"] != where {
			t.Errorf("%.40s: %v", text, err)
		}
	}
}

// unwrapped is the tree without groups of one.
func unwrapped(c tree) tree {
	nodes := c.All
	if c.Any != nil {
		nodes = c.Any
	}
	if len(nodes) == 1 {
		return unwrapped(nodes[0])
	}
	out := make([]tree, len(nodes))
	for i := range nodes {
		out[i] = unwrapped(nodes[i])
	}
	switch {
	case c.All != nil:
		return conditions.AllOf(out...)
	case c.Any != nil:
		return conditions.AnyOf(out...)
	case c.Not != nil:
		return conditions.Not(unwrapped(*c.Not))
	default:
		return c
	}
}

func TestAnyConditionIsWrittenAndReadBack(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	rapid.Check(t, func(rt *rapid.T) {
		c := someTree(rt, v.Fields(), 4)
		text, err := c.Text(v)
		if err != nil {
			rt.Fatal(err)
		}
		if len(text) > conditions.MaxText {
			return
		}
		back, err := conditions.Parse(v, text)
		if err != nil {
			rt.Fatalf("%s: %v", text, err)
		}
		want, _ := json.Marshal(unwrapped(c))
		if got, _ := json.Marshal(back); string(got) != string(want) {
			rt.Fatalf("%s\n got %s\nwant %s", text, got, want)
		}
		if again, err := back.Text(v); err != nil || again != text {
			rt.Fatalf("%s is written again as %s, %v", text, again, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`status:open -tag:vip (a | "b\"")`, "created:now-2h..now", "created@office priority:1..2", "field.cost!=2 assignee:none,me"} {
		f.Add(seed)
	}
	v := vocabulary(f)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := conditions.Parse(v, text)
		if err != nil {
			if !desk.Is(err, desk.BadFilter) {
				t.Fatal(err)
			}
			return
		}
		again, err := c.Text(v)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(again) > conditions.MaxText {
			return
		}
		back, err := conditions.Parse(v, again)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", text, again, err)
		}
		a, _ := json.Marshal(c)
		if b, _ := json.Marshal(back); string(a) != string(b) {
			t.Fatalf("%q was written as %q\n%s\n%s", text, again, a, b)
		}
	})
}
