package api

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestFilterTextIsRead(t *testing.T) {
	t.Parallel()
	me := desk.NewUserID(noon)
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]tickets.Filter{
		"":                        {},
		"status:open,in_progress": {Categories: []settings.Category{settings.Open, settings.InProgress}},
		"status:on_hold":          {Statuses: []string{"on_hold"}},
		"priority<=2":             {Priorities: []int{1, 2}},
		"priority:p1,p4":          {Priorities: []int{1, 4}},
		"assignee:me":             {Assignees: []desk.UserID{me}},
		"assignee:none,me":        {Unassigned: true, Assignees: []desk.UserID{me}},
		`type:incident "не печатает" касса`:  {Types: []string{"incident"}, Words: []string{"не печатает", "касса"}},
		"-tag:vip tag:printer":               {Tags: []string{"printer"}, Not: &tickets.Filter{Tags: []string{"vip"}}},
		"created>=2026-11-01 created<now-2h": {CreatedFrom: day, CreatedTo: noon.Add(-2 * time.Hour)},
		`field.model:"АТОЛ 91" is:waiting`:   {Fields: map[string]string{"model": "АТОЛ 91"}, ClientWaits: true},
		"ACME-1042":                          {Words: []string{"ACME-1042"}},
	} {
		got, err := parseFilter(text, me, noon)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
}

func TestFilterThatIsNotUnderstoodSaysWhere(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"priority:9", "priority<1", "colour:red", `"open`, "created>=yesterday", "assignee:x", "status:", "created>=now+1y", "status:open,on_hold", "subject>5"} {
		_, err := parseFilter(text, desk.UserID{}, noon)
		if !desk.Is(err, desk.BadFilter) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAnyFilterTextIsReadOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z:,<>="\- .0-9я]{0,60}`).Draw(t, "text")
		if _, err := parseFilter(text, desk.UserID{}, noon); err != nil && !desk.Is(err, desk.BadFilter) {
			t.Fatalf("%q: %v", text, err)
		}
	})
}
