package api

import (
	"strings"
	"testing"
)

func TestViewsAreKeptSharedAndForgotten(t *testing.T) {
	t.Parallel()
	v := found(t)
	const at = "/v1/me/views"
	zoya := v.signedIn(v.staff("Zoya", "agent", v.acme))
	urgent := map[string]any{"field": "priority", "op": "at_most", "value": 2}
	made := v.vera.want(201, "POST", at, map[string]any{"name": "Night", "scope": "acme", "view": "all", "filter": "assignee:me", "where": urgent, "shared": true})
	view := made.json(t)
	id := view["id"].(string)
	if view["mine"] != true || view["scope"] != "acme" || made.header.Get("Location") != at+"/"+id || made.header.Get("ETag") == "" {
		t.Fatalf("kept %v, %v", view, made.header)
	}
	lists := func(c *client) []any { return c.want(200, "GET", at, nil).json(t)["items"].([]any) }
	if got := lists(zoya); len(got) != 1 || got[0].(map[string]any)["mine"] != false || len(got[0].(map[string]any)["abilities"].([]any)) != 0 {
		t.Errorf("Zoya has %v", got)
	}
	if got := lists(v.signedIn(v.staff("Egor", "agent", v.lis))); len(got) != 0 {
		t.Errorf("somebody of another tenant has %v", got)
	}
	// What it keeps is what the queue takes.
	where := `{"field":"priority","op":"at_most","value":2}`
	zoya.want(200, "GET", "/v1/queue?scope=acme&view=all&filter=assignee:me&where="+where, nil)

	body := map[string]any{"name": "Mine", "view": "mine"}
	for name, c := range map[string]struct {
		who    *client
		method string
		path   string
		body   any
		status int
		code   string
	}{
		"not hers to share":    {zoya, "POST", at, map[string]any{"name": "x", "scope": "acme", "shared": true}, 403, "denied"},
		"shared with nobody":   {v.vera, "POST", at, map[string]any{"name": "x", "shared": true}, 422, "validation_failed"},
		"a tenant not hers":    {zoya, "POST", at, map[string]any{"name": "x", "scope": "lis"}, 422, "validation_failed"},
		"a filter not read":    {zoya, "POST", at, map[string]any{"name": "x", "filter": "wish:1"}, 400, "bad_filter"},
		"a condition of none":  {zoya, "POST", at, map[string]any{"name": "x", "where": map[string]any{"field": "wish", "op": "is", "value": 1}}, 422, "validation_failed"},
		"a condition not read": {zoya, "POST", at, map[string]any{"name": "x", "where": []int{1}}, 422, "validation_failed"},
		"no name":              {zoya, "POST", at, map[string]any{"name": strings.Repeat(" ", 3)}, 422, "validation_failed"},
		"not hers to change":   {zoya, "PUT", at + "/" + id, body, 403, "denied"},
		"none":                 {zoya, "PUT", at + "/vew_01", body, 404, "not_found"},
	} {
		got := c.who.want(c.status, c.method, c.path, c.body, "If-Match", `"v1"`)
		if got.code() != c.code {
			t.Errorf("%s: %s", name, got.code())
		}
	}
	v.vera.want(428, "PUT", at+"/"+id, body)
	if got := v.vera.want(200, "PUT", at+"/"+id, body, "If-Match", `"v1"`); !strings.HasPrefix(got.header.Get("ETag"), `"v2`) {
		t.Errorf("the changed one is %s", got.header.Get("ETag"))
	}
	v.vera.want(412, "DELETE", at+"/"+id, nil, "If-Match", `"v1"`)
	v.vera.want(204, "DELETE", at+"/"+id, nil, "If-Match", `"v2"`)
	if got := lists(v.vera); len(got) != 0 {
		t.Errorf("left over: %v", got)
	}
}

func TestTheFieldsOfTheQueueAreOneTenantsOrAllTenants(t *testing.T) {
	t.Parallel()
	v := found(t)
	fields := func(scope string) map[string]map[string]any {
		got := map[string]map[string]any{}
		for _, one := range v.vera.want(200, "GET", "/v1/queue/condition-fields?scope="+scope, nil).json(t)["items"].([]any) {
			got[one.(map[string]any)["key"].(string)] = one.(map[string]any)
		}
		return got
	}
	all, acme := fields("all"), fields("acme")
	for _, key := range []string{"type", "group", "assignee", "company"} {
		if all[key] != nil || acme[key] == nil {
			t.Errorf("%s: over all %v, in one %v", key, all[key], acme[key])
		}
	}
	for key, f := range acme {
		if f["name"] == "" || len(f["ops"].([]any)) == 0 {
			t.Errorf("%s is called %q and asked by %v", key, f["name"], f["ops"])
		}
	}
	if n := len(acme["type"]["choices"].([]any)); n == 0 {
		t.Error("the tenant's types are not offered")
	}
	if n := len(all["status"]["choices"].([]any)); n == 0 {
		t.Error("the usual statuses are not offered")
	}
	v.signedIn(v.staff("Egor", "agent", v.lis)).want(404, "GET", "/v1/queue/condition-fields?scope=acme", nil)
}
