package api

import (
	"fmt"
	"strings"
	"testing"
)

// mending is a process of two stages, the first with a task that it requires.
func mending() spec {
	return spec{"name": names("Repair"), "stages": []any{
		spec{"key": "look", "name": names("Look"), "group": "first", "hours": 4, "tasks": []any{spec{"title": names("Photo"), "required": true}}},
		spec{"key": "mend", "name": names("Mend"), "when": spec{"field": "priority", "op": "at_most", "value": 4}},
	}}
}

func (v *village) publishProcess(key string, made spec) {
	v.t.Helper()
	v.vera.want(201, "POST", acmeAt+"/processes", spec{"key": key, "spec": made})
	v.vera.want(201, "POST", acmeAt+"/processes/"+key+"/publications", spec{"draft": 1})
}

func TestADayOfATicketWithTasks(t *testing.T) {
	t.Parallel()
	v := found(t)
	at := fmt.Sprintf("%s/tickets/%d", acmeAt, v.ticket.Number)
	if page := v.vera.want(200, "GET", at, nil).json(t); page["process"] != nil || page["tasks"].(map[string]any)["total"] != 0.0 {
		t.Errorf("a ticket without work says %v %v", page["process"], page["tasks"])
	}
	task := v.vera.want(201, "POST", at+"/tasks", spec{"title": "Call the bank", "assignee": "me", "due_at": "2026-12-01T09:00:00Z"}).json(t)
	one := at + "/tasks/" + task["id"].(string)
	if task["state"] != "open" || task["assignee"].(map[string]any)["name"] != "Vera" || task["due_at"] == nil || task["version"] != 1.0 {
		t.Errorf("the task is %v", task)
	}
	v.vera.want(428, "PATCH", one, spec{"title": "x"})
	v.vera.want(412, "PATCH", one, spec{"title": "x"}, "If-Match", `"v7"`)
	if res := v.vera.do("PATCH", one, spec{"title": " ", "group": "nowhere"}, "If-Match", `"v1"`); res.status != 422 || pointers(t, res) != "/body/title required; /body/group unknown_id" {
		t.Errorf("got %d %s", res.status, res.body)
	}
	changed := v.vera.want(200, "PATCH", one, spec{"assignee": nil, "group": "first", "due_at": nil}, "If-Match", `"v1"`).json(t)
	if changed["assignee"] != nil || changed["due_at"] != nil || changed["group"].(map[string]any)["key"] != "first" || changed["version"] != 2.0 {
		t.Errorf("changed it is %v", changed)
	}
	for range 2 { // to say it again is no change
		if done := v.vera.want(200, "PUT", one+"/completion", nil).json(t); done["state"] != "done" || done["version"] != 3.0 || done["done_by"] == nil {
			t.Errorf("done it is %v", done)
		}
	}
	v.vera.want(200, "DELETE", one+"/completion", nil)
	if page := v.vera.want(200, "GET", at, nil).json(t); fmt.Sprint(page["tasks"]) != "map[open:1 total:1]" {
		t.Errorf("the ticket says %v", page["tasks"])
	}
	v.vera.want(204, "DELETE", one, nil, "If-Match", `"v4"`)
	if list := v.vera.want(200, "GET", at+"/tasks", nil).json(t)["items"].([]any); len(list) != 0 {
		t.Errorf("left are %v", list)
	}
	timeline := string(v.vera.want(200, "GET", at+"/timeline?limit=50", nil).body)
	for _, fact := range []string{"task.added", "task.changed", "task.done", "task.reopened", "task.removed"} {
		if !strings.Contains(timeline, fact) {
			t.Errorf("the timeline does not say %s", fact)
		}
	}
	if strings.Contains(string(v.contact.want(200, "GET", fmt.Sprintf("/v1/portal/acme/requests/%d", v.ticket.Number), nil).body), "bank") {
		t.Error("the client reads of a task")
	}
}

func TestAProcessGoesThroughItsStages(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.publishProcess("repair", mending())
	at := fmt.Sprintf("%s/tickets/%d", acmeAt, v.ticket.Number)
	offered := v.vera.want(200, "GET", at+"/stages", nil).json(t)
	if offered["process"] != nil || offered["offered"].([]any)[0].(map[string]any)["name"] != "Repair" {
		t.Errorf("offered is %v", offered)
	}
	v.vera.want(422, "PUT", at+"/process", spec{"key": "nothing"})
	v.vera.want(200, "PUT", at+"/process", spec{"key": "repair"})
	if res := v.vera.do("PUT", at+"/process", spec{"key": "repair"}); res.status != 409 || !strings.Contains(string(res.body), "process_runs") {
		t.Errorf("a second one: %d %s", res.status, res.body)
	}
	page := v.vera.want(200, "GET", at, nil).json(t)
	if work := page["process"].(map[string]any); work["stage_name"] != "Look" || work["place"] != 1.0 || work["of"] != 2.0 || page["group"].(map[string]any)["key"] != "first" {
		t.Errorf("the ticket says %v", work)
	}
	if res := v.vera.do("PUT", at+"/stages/look/completion", nil); res.status != 409 || !strings.Contains(string(res.body), "“Photo”") {
		t.Errorf("with a required task open: %d %s", res.status, res.body)
	}
	v.vera.want(409, "PUT", at+"/stages/mend/completion", nil)
	photo := v.vera.want(200, "GET", at+"/tasks", nil).json(t)["items"].([]any)[0].(map[string]any)
	if photo["required"] != true || photo["stage"] != "look" || strings.Contains(fmt.Sprint(photo["abilities"]), "remove") {
		t.Errorf("the stage's task is %v", photo)
	}
	v.vera.want(409, "DELETE", at+"/tasks/"+photo["id"].(string), nil, "If-Match", `"v1"`)
	v.vera.want(200, "PUT", at+"/tasks/"+photo["id"].(string)+"/completion", nil)
	stages := v.vera.want(200, "PUT", at+"/stages/look/completion", nil).json(t)["stages"].([]any)
	if first, second := stages[0].(map[string]any), stages[1].(map[string]any); first["state"] != "done" || second["state"] != "open" {
		t.Errorf("the stages are %v", stages)
	}
	v.vera.want(409, "DELETE", at+"/tasks/"+photo["id"].(string)+"/completion", nil)
	if done := v.vera.want(200, "PUT", at+"/stages/mend/completion", nil).json(t)["process"].(map[string]any); done["done"] != true {
		t.Errorf("at the end it is %v", done)
	}
}

func TestAProcessIsCheckedWhollyAndStaysWhileRulesNameIt(t *testing.T) {
	t.Parallel()
	v := found(t)
	wrong := spec{"name": names("Repair"), "types": []string{"nothing"}, "stages": []any{
		spec{"key": "look", "name": names("Look"), "group": "nowhere", "person": "usr_06evw2y5z3k7a1b2c3d4e5f6g7", "when": spec{"field": "weather", "op": "is", "value": "x"}, "tasks": []any{spec{"title": names("Photo"), "group": "nowhere"}}},
	}}
	res := v.vera.do("POST", acmeAt+"/processes", spec{"key": "repair", "spec": wrong})
	for _, at := range []string{"types/0 unknown_id", "stages/0/when/field unknown_field", "stages/0/group unknown_id", "stages/0/person unknown_id", "stages/0/tasks/0/group unknown_id"} {
		if !strings.Contains(pointers(t, res), "/body/spec/"+at) {
			t.Errorf("%s is not among %s", at, pointers(t, res))
		}
	}
	rule := map[string]any{"key": "work", "name": names("Work"), "stop": true, "then": map[string]any{"process": "repair"}}
	v.vera.want(422, "PATCH", routingAt+"/draft", map[string]any{"spec": cashRules(rule)})
	v.publishProcess("repair", mending())
	v.publishRules(cashRules(rule))
	number, _ := v.opened("A scanner is silent")
	why := v.vera.want(200, "GET", acmeAt+"/tickets/"+number+"/routing-why", nil).json(t)
	if to := why["to"].(map[string]any)["process"].(map[string]any); to["name"] != "Repair" {
		t.Errorf("why here says %v", to)
	}
	if page := v.vera.want(200, "GET", acmeAt+"/tickets/"+number, nil).json(t); page["process"].(map[string]any)["key"] != "repair" {
		t.Errorf("in it is %v", page["process"])
	}
	used := v.vera.want(200, "GET", acmeAt+"/processes/repair", nil).json(t)["used_by"].([]any)
	if len(used) != 1 || used[0].(map[string]any)["kind"] != "routing" {
		t.Errorf("it is used by %v", used)
	}
	if res := v.vera.do("DELETE", acmeAt+"/processes/repair", nil, "If-Match", `"v1"`); res.status != 409 || !strings.Contains(string(res.body), "“Work”") {
		t.Errorf("removed: %d %s", res.status, res.body)
	}
}
