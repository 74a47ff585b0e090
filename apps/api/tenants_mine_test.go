package api

import "testing"

func TestMyTenantsSayMyRolesAndCountWhatIsThere(t *testing.T) {
	t.Parallel()
	v := found(t)
	agent := v.signedIn(v.staff("Nina", "agent", v.acme, v.lis))
	agent.want(200, "PUT", "/v1/tenants/acme/tickets/1/assignment", map[string]any{"assignee": "me"})
	agent.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{"subject": "Two", "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example"}})
	agent.want(201, "POST", "/v1/tenants/lis/tickets", map[string]any{"subject": "Three", "text": text("x"), "contact": map[string]string{"email": "a@b.example"}})
	v.vera.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{"subject": "Done", "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example"}})
	tag := v.vera.want(200, "GET", "/v1/tenants/acme/tickets/3", nil).header.Get("ETag")
	v.vera.want(200, "PUT", "/v1/tenants/acme/tickets/3/status", map[string]any{"to": "resolved"}, "If-Match", tag)

	open := map[string]float64{}
	for _, one := range agent.want(200, "GET", "/v1/queue/counts", nil).json(t)["tenants"].([]any) {
		open[one.(map[string]any)["slug"].(string)] = one.(map[string]any)["open"].(float64)
	}
	for _, path := range []string{"/v1/session", "/v1/me/tenants"} {
		got := agent.want(200, "GET", path, nil).json(t)
		list, ok := got["tenants"].([]any)
		if !ok {
			list = got["items"].([]any)
		}
		if len(list) != 2 {
			t.Fatalf("%s lists %v", path, list)
		}
		for _, one := range list {
			m := one.(map[string]any)
			slug, counts := m["slug"].(string), m["counts"].(map[string]any)
			want := map[string][2]float64{"acme": {2, 1}, "lis": {1, 0}}[slug]
			if counts["open"] != want[0] || counts["mine"] != want[1] || open[slug] != want[0] {
				t.Errorf("%s of %s counts %v, the queue %v, not %v", path, slug, counts, open[slug], want)
			}
			if roles := m["roles"].([]any); len(roles) != 1 || roles[0] != "agent" || !has(m["abilities"], "ticket.reply") || has(m["abilities"], "member.manage") {
				t.Errorf("%s of %s: roles %v, abilities %v", path, slug, roles, m["abilities"])
			}
		}
	}
}
