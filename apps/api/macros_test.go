package api

import (
	"strconv"
	"strings"
	"testing"
)

// wand is a macro that changes what everybody may change.
func wand(more spec) spec {
	made := spec{
		"name": spec{"ru": "Выезд", "en": "Visit"}, "hint": spec{"ru": "Когда нужен инженер", "en": "When an engineer is needed"},
		"actions": []any{
			spec{"kind": "tag", "add": []string{"visit"}},
			spec{"kind": "set", "field": "priority", "value": 2},
			spec{"kind": "create_task", "text": spec{"ru": "Позвонить", "en": "Call"}, "until_hours": 4},
			spec{"kind": "reply", "text": spec{"ru": "{client}, едем", "en": "{client}, on our way"}},
		},
	}
	for key, value := range more {
		made[key] = value
	}
	return made
}

// enchanted publishes a macro.
func (v *village) enchanted(key string, made spec) {
	v.t.Helper()
	v.vera.want(201, "POST", acmeAt+"/macros", spec{"key": key, "spec": made})
	v.vera.want(201, "POST", acmeAt+"/macros/"+key+"/publications", spec{"draft": 1})
}

func (v *village) ticketAt() string {
	return acmeAt + "/tickets/" + strconv.FormatInt(v.ticket.Number, 10)
}

func TestAMacroIsCheckedWholly(t *testing.T) {
	t.Parallel()
	v := found(t)
	for _, c := range []struct {
		spec spec
		want string
	}{
		{wand(spec{"actions": []any{}}), "/body/spec/actions required"},
		{wand(spec{"name": spec{}}), "/body/spec/name required"},
		{wand(spec{"when": spec{"field": "weather", "op": "is", "value": "x"}}), "/body/spec/when/field unknown_field"},
		{wand(spec{"actions": []any{spec{"kind": "tell", "assignee": true}, spec{"kind": "webhook", "url": "https://a.example"}}}), "/body/spec/actions/0/kind one_of; /body/spec/actions/1/kind one_of"},
		{wand(spec{"actions": []any{spec{"kind": "create_task"}, spec{"kind": "create_task", "text": spec{"ru": "x"}, "group": "nothing"}}}), "/body/spec/actions/0/text required; /body/spec/actions/1/group unknown_id"},
		{wand(spec{"actions": []any{spec{"kind": "create_task", "text": spec{"ru": "x"}, "person": "usr_x"}}}), "/body/spec/actions/0/person unknown_id"},
		{wand(spec{"actions": []any{spec{"kind": "status", "to": "nowhere"}}}), "/body/spec/actions/0/to unknown_id"},
	} {
		if res := v.vera.do("POST", acmeAt+"/macros", spec{"key": "wand", "spec": c.spec}); res.status != 422 || pointers(t, res) != c.want {
			t.Errorf("want %s, got %d %s", c.want, res.status, res.body)
		}
	}
}

func TestAMacroIsOfferedAndAppliedOnce(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.enchanted("visit", wand(nil))
	v.enchanted("rare", wand(spec{"when": spec{"field": "priority", "op": "is", "value": 4}}))
	at := v.ticketAt()
	items := v.vera.want(200, "GET", at+"/macros", nil).json(t)["items"].([]any)
	if len(items) != 1 {
		t.Fatalf("offered %v", items)
	}
	m := items[0].(map[string]any)
	if m["name"] != "Visit" || m["hint"] != "When an engineer is needed" || m["replies"] != true || m["version"] != 1.0 {
		t.Errorf("offered %v", m)
	}
	if does := strings.Join(texts(m["does"]), "; "); does != "tags: +visit; Priority: P2; task: “Call”, due in 4 h; reply to the client: “ivan, on our way”" {
		t.Errorf("it does %q", does)
	}
	body := spec{"macro": "visit", "version": 1}
	first := v.vera.want(200, "POST", at+"/application", body, "Idempotency-Key", "once").json(t)
	ticket := first["ticket"].(map[string]any)
	if ticket["priority"] != 2.0 || first["reply"] == nil || first["macro"].(map[string]any)["name"] != "Visit" || len(first["did"].([]any)) != 4 {
		t.Errorf("applied %v", first)
	}
	again := v.vera.want(200, "POST", at+"/application", body, "Idempotency-Key", "once")
	if again.header.Get("Idempotency-Replayed") != "true" {
		t.Error("it was done twice")
	}
	applied := 0
	for _, item := range v.vera.want(200, "GET", at+"/timeline", nil).json(t)["items"].([]any) {
		if e, ok := item.(map[string]any)["event"].(map[string]any); ok && e["type"] == "macro.applied" {
			if applied++; e["rule"] != "Visit" {
				t.Errorf("the line is %v", e)
			}
		}
	}
	if applied != 1 {
		t.Errorf("%d lines tell of it", applied)
	}
	for _, key := range []string{"rare", "nothing"} {
		if res := v.vera.do("POST", at+"/application", spec{"macro": key}); pointers(t, res) != "/body/macro unknown_id" {
			t.Errorf("%s: %s", key, res.body)
		}
	}
	if res := v.vera.do("POST", at+"/application", spec{"macro": "visit", "version": 9}); res.code() != "changed_meanwhile" {
		t.Errorf("another version: %s", res.body)
	}
}

func TestARefusedMacroNamesTheActionThatCannotBeDone(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.enchanted("visit", wand(nil))
	v.enchanted("pause", wand(spec{"actions": []any{spec{"kind": "tag", "add": []string{"x"}}, spec{"kind": "status", "to": "pending"}}}))
	at := v.ticketAt()
	res := v.vera.do("POST", at+"/application", spec{"macro": "pause"})
	p := res.json(t)
	if res.status != 409 || res.code() != "macro_stopped" || p["action"] != 1.0 || p["because"] != "until_required" || !strings.Contains(p["detail"].(string), "Action 2, status: ") {
		t.Errorf("got %d %s", res.status, res.body)
	}
	watcher := v.signedIn(v.staff("Nina", "observer", v.acme))
	if n := len(watcher.want(200, "GET", at+"/macros", nil).json(t)["items"].([]any)); n != 2 {
		t.Errorf("an observer is offered %d", n)
	}
	if res := watcher.do("POST", at+"/application", spec{"macro": "visit"}); res.code() != "macro_stopped" || res.json(t)["because"] != "denied" {
		t.Errorf("by an observer: %d %s", res.status, res.body)
	}
	if tags := v.vera.want(200, "GET", at, nil).json(t)["tags"].([]any); len(tags) != 0 {
		t.Errorf("something was done: %v", tags)
	}
}

func TestAMacroThatATriggerAppliesStays(t *testing.T) {
	t.Parallel()
	v := found(t)
	uses := bell(spec{"actions": []any{spec{"kind": "apply_macro", "macro": "visit"}}})
	if res := v.vera.do("POST", acmeAt+"/triggers", spec{"key": "bell", "spec": uses}); pointers(t, res) != "/body/spec/actions/0/macro unknown_id" {
		t.Errorf("a macro that is not there: %s", res.body)
	}
	v.vera.want(201, "POST", acmeAt+"/macros", spec{"key": "visit", "spec": wand(nil)})
	v.vera.want(201, "POST", acmeAt+"/triggers", spec{"key": "bell", "spec": uses})
	if res := v.vera.do("POST", acmeAt+"/triggers/bell/publications", spec{"draft": 1}); pointers(t, res) != "/body/spec/actions/0/macro unknown_id" {
		t.Errorf("a macro that is only drafted: %s", res.body)
	}
	v.vera.want(201, "POST", acmeAt+"/macros/visit/publications", spec{"draft": 1})
	v.vera.want(201, "POST", acmeAt+"/triggers/bell/publications", spec{"draft": 1})
	used := v.vera.want(200, "GET", acmeAt+"/macros/visit", nil).json(t)["used_by"].([]any)
	if len(used) != 1 || used[0].(map[string]any)["key"] != "bell" {
		t.Errorf("used by %v", used)
	}
	if res := v.vera.do("DELETE", acmeAt+"/macros/visit", nil, "If-Match", `"v1"`); res.code() != "in_use" || !strings.Contains(string(res.body), "Office") {
		t.Errorf("taken away: %d %s", res.status, res.body)
	}
	v.vera.want(204, "DELETE", acmeAt+"/triggers/bell", nil, "If-Match", `"v1"`)
	v.vera.want(204, "DELETE", acmeAt+"/macros/visit", nil, "If-Match", `"v1"`)
}
