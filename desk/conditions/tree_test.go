package conditions_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

func TestATreeIsReadAndWrittenTheSame(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{}`,
		`{"field":"subject","op":"empty"}`,
		`{"field":"priority","op":"at_most","value":2}`,
		`{"all":[]}`,
		`{"all":[{"field":"tags","op":"has_any","value":["vip","касса"]},{"any":[{"field":"a","op":"is","value":false}]},{"not":{"field":"created_at","op":"within","value":{"seconds":-7200}}}]}`,
	} {
		back, err := json.Marshal(read(t, text))
		if err != nil || string(back) != text {
			t.Errorf("%s became %s, %v", text, back, err)
		}
	}
}

func TestAnAbsentConditionIsLeftOut(t *testing.T) {
	t.Parallel()
	var rule struct {
		When tree `json:"when,omitzero"`
	}
	if err := json.Unmarshal([]byte(`{"when":null}`), &rule); err != nil || !rule.When.Always() {
		t.Fatalf("null is %v, %v", rule.When, err)
	}
	if b, _ := json.Marshal(rule); string(b) != "{}" {
		t.Fatalf("the zero tree is written as %s", b)
	}
}

func TestWhatIsNotANodeIsRefusedWhereItStands(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[]`:                           "/when:object",
		`{"all":{}}`:                   "/when/all:array",
		`{"all":[1]}`:                  "/when/all/0:object",
		`{"all":[],"any":[]}`:          "/when:one_of",
		`{"any":[],"op":"is"}`:         "/when:one_of",
		`{"op":"is"}`:                  "/when/field:required",
		`{"field":"a"}`:                "/when/op:required",
		`{"field":1,"op":"is"}`:        "/when/field:string",
		`{"field":"a","or":[]}`:        "/when/or:unknown_field",
		`{"not":{"field":"a","b/":1}}`: "/when/not/?:unknown_field",
		`{`:                            "/when:unreadable",
		strings.Repeat(`{"not":`, 70) + `{}` + strings.Repeat(`}`, 70): "/when" + strings.Repeat("/not", 64) + ":too_deep",
	} {
		_, wrong := conditions.Read([]byte(text), "/when")
		if len(wrong) == 0 || wrong[0].Pointer+":"+string(wrong[0].Code) != want {
			t.Errorf("%.60s: %v, want %s", text, wrong, want)
		}
	}
	var refusal *desk.Error
	if err := json.Unmarshal([]byte(`{"x":1}`), new(tree)); !errors.As(err, &refusal) || refusal.Code != desk.ConditionInvalid {
		t.Errorf("unmarshalling says %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `{"all":[{"field":"priority","op":"at_most","value":2}]}`, `{"field":"subject","op":"matches","value":"(a+)+$"}`,
		`{"not":{"field":"created_at","op":"at_hours","value":["22:00","08:00"]}}`, `{"field":"created_at","op":"before","value":"2026-11-01"}`,
	} {
		f.Add(seed)
	}
	v, world := vocabulary(f), env(f)
	values := bag{"subject": "Касса не печатает", "priority": 2, "tags": []string{"vip"}, "created_at": saturday, "fields.cost": 2.5, "fields.sold_on": "2026-01-02"}
	f.Fuzz(func(t *testing.T, text string) {
		read, wrong := conditions.Read([]byte(text), "")
		if len(wrong) > 0 {
			return
		}
		wrong = v.Check(read, "")
		held, err := read.Holds(t.Context(), world, values)
		if err != nil && len(wrong) == 0 {
			t.Fatalf("%s passes the check and is not evaluated: %v", text, err)
		}
		for _, language := range []string{"ru", "en"} {
			read.Explain(v, language)
		}
		trace, err := read.Match(t.Context(), world, values)
		if err == nil && trace.Matched != held {
			t.Fatalf("%s holds: %v, matches: %v", text, held, trace.Matched)
		}
		b, err := json.Marshal(read)
		if err != nil {
			t.Fatal(err)
		}
		if _, wrong = conditions.Read(b, ""); len(wrong) > 0 {
			t.Fatalf("%s was written as %s", text, b)
		}
	})
}
