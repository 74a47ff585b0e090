package conditions_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWhatMeansNothingIsMarkedAtItsNode(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	leaf := func(field, op, value string) string {
		return fmt.Sprintf(`{"field":%q,"op":%q,"value":%s}`, field, op, value)
	}
	for text, want := range map[string][]string{
		`{}`:                                 nil,
		`{"any":[]}`:                         {"/when/any:min_items"},
		`{"all":[{}]}`:                       {"/when/all/0:required"},
		leaf("colour", "is", `"red"`):        {"/when/field:unknown_field"},
		leaf("priority", "contains", `"1"`):  {"/when/op:one_of"},
		leaf("priority", "is", `"1"`):        {"/when/value:number"},
		leaf("priority", "is", `7`):          {"/when/value:one_of"},
		leaf("priority", "between", `[3,1]`): {"/when/value/1:not_after"},
		leaf("priority", "between", `[3]`):   {"/when/value:array"},
		leaf("subject", "is", `"  "`):        {"/when/value:required"},
		leaf("subject", "is", `null`):        {"/when/value:required"},
		leaf("subject", "is", `"\u0000"`):    {"/when/value:not_text"},
		leaf("subject", "contains", `"`+strings.Repeat("я", 501)+`"`):                                 {"/when/value:max_length"},
		leaf("subject", "matches", `"(?=a)"`):                                                         {"/when/value:pattern"},
		leaf("subject", "matches", `"(a{999}){999}"`):                                                 {"/when/value:pattern"},
		leaf("subject", "empty", `""`):                                                                {"/when/value:unknown_field"},
		leaf("type", "in", `["incident","fire"]`):                                                     {"/when/value/1:one_of"},
		leaf("type", "in", `"incident"`):                                                              {"/when/value:array"},
		leaf("type", "in", `[]`):                                                                      {"/when/value:min_items"},
		leaf("assignee", "in", `["me","`+vera+`"]`):                                                   nil,
		leaf("assignee", "in", `["`+yug+`"]`):                                                         {"/when/value/0:unknown_id"},
		leaf("tags", "has_any", `["что угодно"]`):                                                     nil,
		leaf("contact.vip", "is", `"yes"`):                                                            {"/when/value:boolean"},
		leaf("created_at", "before", `"yesterday"`):                                                   {"/when/value:date_time"},
		leaf("created_at", "before", `"2026-02-30"`):                                                  {"/when/value:date_time"},
		leaf("created_at", "before", `"2026-02-03"`):                                                  nil,
		leaf("created_at", "within", `{"seconds":0}`):                                                 {"/when/value/seconds:integer"},
		leaf("created_at", "in_calendar", `"home"`):                                                   {"/when/value:one_of"},
		leaf("created_at", "at_hours", `["22:00"]`):                                                   {"/when/value:array"},
		leaf("created_at", "at_hours", `["24:00","8:00"]`):                                            {"/when/value/0:time"},
		leaf("created_at", "at_hours", `["08:00","08:00"]`):                                           {"/when/value/1:not_after"},
		leaf("created_at", "on_days", `["monday"]`):                                                   {"/when/value:one_of"},
		leaf("fields.sold_on", "is", `"2026-02-30"`):                                                  {"/when/value:date"},
		leaf("fields.sold_on", "between", `["2026-02-02","2026-02-01"]`):                              {"/when/value/1:not_after"},
		`{"not":{"all":[` + leaf("a", "is", "1") + `,` + leaf("type", "in", `["x"]`) + `]}}`:          {"/when/not/all/0/field:unknown_field", "/when/not/all/1/value/0:one_of"},
		`{"all":[` + strings.TrimSuffix(strings.Repeat(leaf("line", "is", "1")+",", 200), ",") + `]}`: {"/when:max_items"},
		strings.Repeat(`{"not":`, 7) + leaf("line", "is", "1") + strings.Repeat(`}`, 7):               nil,
		strings.Repeat(`{"not":`, 8) + leaf("line", "is", "1") + strings.Repeat(`}`, 8):               {"/when" + strings.Repeat("/not", 8) + ":too_deep"},
	} {
		var got []string
		for _, w := range v.Check(read(t, text), "/when") {
			got = append(got, w.Pointer+":"+string(w.Code))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%.90s: %v, want %v", text, got, want)
		}
	}
}

func TestAListRefusesWhatOnlyGoCanAsk(t *testing.T) {
	t.Parallel()
	v := vocabulary(t).Stored()
	for text, want := range map[string]string{
		`{"field":"description","op":"empty"}`:              "/field:unknown_field",
		`{"field":"subject","op":"matches","value":"\\bx"}`: "/value:pattern",
		`{"field":"subject","op":"matches","value":"x+"}`:   "",
	} {
		got := ""
		for _, w := range v.Check(read(t, text), "") {
			got = w.Pointer + ":" + string(w.Code)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
