package conditions_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"manydesk/desk/conditions"
)

func said(sentences []conditions.Sentence) string {
	texts := make([]string, len(sentences))
	for i, s := range sentences {
		texts[i] = s.Text
	}
	return strings.Join(texts, " | ")
}

func TestConditionsAreSaidInBothLanguages(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	leaf := func(field, op, value string) string {
		if value == "" {
			return fmt.Sprintf(`{"field":%q,"op":%q}`, field, op)
		}
		return fmt.Sprintf(`{"field":%q,"op":%q,"value":%s}`, field, op, value)
	}
	for _, c := range [][3]string{
		{`{}`, "Всегда", "Always"},
		{leaf("subject", "is", `"Касса"`), "Тема — «Касса»", "Subject is “Касса”"},
		{leaf("subject", "not_contains", `"чек"`), "Тема не содержит «чек»", "Subject does not contain “чек”"},
		{leaf("subject", "starts_with", `"Re"`), "Тема начинается с «Re»", "Subject starts with “Re”"},
		{leaf("description", "matches", `"^a"`), "Описание подходит под выражение «^a»", "Description matches the expression “^a”"},
		{leaf("group", "empty", ""), "Группа не указана", "Group is not given"},
		{leaf("assignee", "empty", ""), "Ответственного нет", "Nobody is assigned"},
		{leaf("assignee", "in", `["me","`+vera+`"]`), "Ответственный — вы или Вера", "Assignee is you or Vera"},
		{leaf("company", "not_in", `["`+yug+`"]`), "Компания — не «Юг»", "Company is not “South”"},
		{leaf("type", "in", `["incident","question"]`), "Тип — «Инцидент» или «Вопрос»", "Type is “Incident” or “Question”"},
		{leaf("type", "not_in", `["incident","question"]`), "Тип — не «Инцидент» и не «Вопрос»", "Type is none of “Incident” and “Question”"},
		{leaf("type", "in", `["gone"]`), "Тип — «gone»", "Type is “gone”"},
		{leaf("priority", "is", `1`), "Приоритет — P1", "Priority is P1"},
		{leaf("priority", "at_most", `2`), "Приоритет P2 или выше", "Priority is P2 or higher"},
		{leaf("priority", "more", `2`), "Приоритет ниже P2", "Priority is lower than P2"},
		{leaf("priority", "between", `[1,3]`), "Приоритет от P1 до P3", "Priority is between P1 and P3"},
		{leaf("line", "at_least", `2`), "Линия не меньше 2", "Line is at least 2"},
		{leaf("tags", "has_any", `["vip"]`), "Есть метка «vip»", "Tagged “vip”"},
		{leaf("tags", "has_all", `["vip","касса"]`), "Есть метки «vip» и «касса»", "Tagged “vip” and “касса”"},
		{leaf("tags", "has_none", `["vip","касса"]`), "Нет меток «vip» и «касса»", "Not tagged “vip” or “касса”"},
		{leaf("tags", "empty", ""), "Меток нет", "There are no tags"},
		{leaf("contact.vip", "is", "true"), "Клиент — VIP", "The client is a VIP"},
		{leaf("fields.model", "contains", `"91"`), "Поле «Модель» содержит «91»", "The field “Model” contains “91”"},
		{leaf("fields.cost", "more", `2.5`), "Поле «Стоимость» больше 2,5", "The field “Cost” is more than 2.5"},
		{leaf("fields.impact", "not_empty", ""), "Поле «Влияние» заполнено", "The field “Impact” is filled in"},
		{leaf("fields.warranty", "is", "false"), "Поле «Гарантия» — нет", "The field “Warranty” is no"},
		{leaf("fields.sold_on", "before", `"2026-11-01"`), "Поле «Дата продажи» раньше 1 нояб. 2026", "The field “Sold on” is before 1 Nov 2026"},
		{leaf("fields.gone", "is", `"x"`), "Поле «fields.gone» — «x»", "The field “fields.gone” is “x”"},
		{leaf("created_at", "before", `"2026-10-31T20:30:00Z"`), "Время создания раньше 31 окт. 2026, 23:30", "Creation time is earlier than 31 Oct 2026, 23:30"},
		{leaf("created_at", "after", `{"seconds":-172800}`), "Время создания не раньше чем 2\u00a0дня назад", "Creation time is no earlier than 2 days ago"},
		{leaf("created_at", "within", `{"seconds":-3600}`), "Время создания — не больше 1\u00a0часа назад", "Creation time is at most 1 hour ago"},
		{leaf("created_at", "within", `{"seconds":1260}`), "Время создания — в течение ближайших 21\u00a0минуты", "Creation time is within the next 21 minutes"},
		{leaf("created_at", "in_calendar", `"office"`), "Время создания — в рабочие часы календаря «Офис»", "Creation time is in working hours of “Office”"},
		{leaf("created_at", "at_hours", `["22:00","08:00"]`), "Время создания — с 22:00 до 08:00", "Creation time is between 22:00 and 08:00"},
		{leaf("created_at", "on_days", `["sun","mon"]`), "Время создания — пн, вс", "Creation time is on Mon, Sun"},
		{
			`{"all":[` + leaf("priority", "is", "1") + `,{"any":[` + leaf("type", "in", `["incident"]`) + `,{"all":[` + leaf("channel", "in", `["api"]`) + `,` + leaf("tags", "empty", "") + `]}]}]}`,
			"Приоритет — P1 | Тип — «Инцидент» или (канал — «API» и меток нет)", "Priority is P1 | Type is “Incident” or (channel is “API” and there are no tags)",
		},
		{`{"not":` + leaf("type", "in", `["incident"]`) + `}`, "Тип — не «Инцидент»", "Type is not “Incident”"},
		{`{"not":` + leaf("contact.vip", "is", `true`) + `}`, "Клиент — не VIP", "The client is not a VIP"},
		{`{"not":` + leaf("subject", "starts_with", `"Re"`) + `}`, "Неверно, что тема начинается с «Re»", "It is not so that subject starts with “Re”"},
		{
			`{"not":{"any":[` + leaf("group", "empty", "") + `,` + leaf("line", "is", "2") + `]}}`,
			"Неверно, что (группа не указана или линия — 2)", "It is not so that (group is not given or line is 2)",
		},
	} {
		tree := read(t, c[0])
		if got := said(tree.Explain(v, "ru")); got != c[1] {
			t.Errorf("\n got %s\nwant %s", got, c[1])
		}
		if got := said(tree.Explain(v, "en")); got != c[2] {
			t.Errorf("\n got %s\nwant %s", got, c[2])
		}
	}
}

func TestATraceIsSaidWithWhatWasSeen(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	c := read(t, `{"all":[{"field":"priority","op":"at_most","value":2},{"field":"type","op":"in","value":["incident"]},
		{"field":"assignee","op":"not_empty"},{"field":"created_at","op":"in_calendar","value":"office"},
		{"any":[{"field":"tags","op":"has_any","value":["vip"]},{"field":"contact.vip","op":"is","value":true}]}]}`)
	values := bag{"priority": 3, "type": "question", "tags": []string{"касса"}, "created_at": saturday.Add(time.Minute)}
	trace, err := c.Match(t.Context(), env(t), values)
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string][]string{
		"ru": {
			"Приоритет P2 или выше, а здесь P3", "Тип — «Инцидент», а здесь «Вопрос»", "Ответственный есть, а здесь никого",
			"Время создания — в рабочие часы календаря «Офис», здесь сб, 31 окт. 2026, 23:31", "Есть метка «vip» или клиент — VIP",
		},
		"en": {
			"Priority is P2 or higher, but here P3", "Type is “Incident”, but here “Question”", "Somebody is assigned, but here nobody",
			"Creation time is in working hours of “Office”, here Sat, 31 Oct 2026, 23:31", "Tagged “vip” or the client is a VIP",
		},
	} {
		stored, err := json.Marshal(trace)
		if err != nil {
			t.Fatal(err)
		}
		var again conditions.Trace
		if err := json.Unmarshal(stored, &again); err != nil {
			t.Fatal(err)
		}
		if got, now := again.Explain(c, v, language), trace.Explain(c, v, language); !slices.Equal(got, now) {
			t.Errorf("a stored trace says %v, not %v", got, now)
		}
		for i, s := range trace.Explain(c, v, language) {
			if got := s.With(language); got != want[i] || s.Matched != (i == 3) || s.Seen != (i < 4) {
				t.Errorf("got %s (matched %v, seen %v), want %s", got, s.Matched, s.Seen, want[i])
			}
		}
	}
	values["priority"], values["type"], values["assignee"] = 1, "incident", vera
	if trace, err = c.Match(t.Context(), env(t), values); err != nil {
		t.Fatal(err)
	}
	last := trace.Explain(c, v, "ru")[4]
	if got := last.With("ru"); got != "Есть метка «vip» или клиент — VIP, а здесь метки: «касса»; клиент VIP: нет" || last.Matched {
		t.Error(got)
	}
}
