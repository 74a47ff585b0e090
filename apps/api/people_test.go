package api

import (
	"context"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

func TestSigningInSetsOneStrictCookie(t *testing.T) {
	t.Parallel()
	w := open(t)
	u := w.staff("Vera", "owner", w.tenant("acme"))
	c := w.anonymous("localhost")
	res := c.want(201, "POST", "/v1/session", map[string]string{"email": u.Email, "password": password})
	cookie := res.header.Get("Set-Cookie")
	for _, part := range []string{"manydesk=", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("%q is not in %q", part, cookie)
		}
	}
	if strings.Contains(cookie, "Domain") {
		t.Errorf("the cookie reaches siblings: %s", cookie)
	}
	if res := c.do("POST", "/v1/session", map[string]string{"email": u.Email, "password": "wrong password"}); res.status != 401 || res.code() != "sign_in_failed" {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := c.do("POST", "/v1/session", map[string]string{"email": "nobody@example.com", "password": "wrong password"}); res.status != 401 || res.code() != "sign_in_failed" {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestASignedInPersonWorksAndSignsOut(t *testing.T) {
	t.Parallel()
	w := open(t)
	u := w.staff("Vera", "owner", w.tenant("acme"))
	c := w.signedIn(u)
	s := c.want(200, "GET", "/v1/session", nil)
	if s.header.Get("Content-Language") != "en" || s.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("%v", s.header)
	}
	me := c.want(200, "GET", "/v1/me", nil)
	tag := me.header.Get("ETag")
	if !strings.HasPrefix(tag, `"v1-`) {
		t.Errorf("ETag %q", tag)
	}
	c.want(304, "GET", "/v1/me", nil, "If-None-Match", tag)
	if res := c.do("PATCH", "/v1/me", `{"name":"Vera P."}`); res.code() != "version_required" || res.status != 428 {
		t.Errorf("%d %s", res.status, res.body)
	}
	c.want(200, "PATCH", "/v1/me", `{"name":"Vera P.","prefs":{"theme":"dark"}}`, "If-Match", `"v1"`)
	if res := c.do("PATCH", "/v1/me", `{"name":"V"}`, "If-Match", `"v1"`); res.code() != "changed_meanwhile" || res.status != 412 {
		t.Errorf("%d %s", res.status, res.body)
	}
	if page := c.do("GET", "/q", nil); !strings.Contains(string(page.body), `data-theme="dark"`) || !strings.Contains(string(page.body), `"email":"vera@example.com"`) {
		t.Errorf("%s", page.body)
	}
	c.want(204, "DELETE", "/v1/session", nil)
	c.want(401, "GET", "/v1/session", nil)
}

func TestAKeyIsNoCookieAndACookieNoKey(t *testing.T) {
	t.Parallel()
	w := open(t)
	u := w.staff("Vera", "owner", w.tenant("acme"))
	key := w.withKey(u, nil)
	res := key.want(200, "GET", "/v1/tenants/acme/tickets", nil)
	if res.header.Get("RateLimit-Policy") == "" || res.header.Get("RateLimit") == "" {
		t.Errorf("no rate headers: %v", res.header)
	}
	browser := w.signedIn(u)
	_, token, _ := strings.Cut(browser.cookie, "=")
	swapped := w.anonymous("localhost")
	swapped.key = token
	swapped.want(401, "GET", "/v1/me", nil)
	swapped.key, swapped.cookie = "", "manydesk="+key.key
	swapped.want(401, "GET", "/v1/me", nil)
	wrong := w.anonymous("localhost")
	wrong.key = key.key[:len(key.key)-1] + "x"
	wrong.want(401, "GET", "/v1/openapi.json", nil)
}

func TestAKeysScopesNarrowItsOwner(t *testing.T) {
	t.Parallel()
	w := open(t)
	u := w.staff("Vera", "owner", w.tenant("acme"))
	key := w.withKey(u, []string{"ticket.read"})
	key.want(200, "GET", "/v1/tenants/acme/tickets", nil)
	if res := key.do("POST", "/v1/tenants/acme/tickets", map[string]any{}); res.status != 403 || res.code() != "scope_missing" {
		t.Errorf("%d %s", res.status, res.body)
	}
	key.want(403, "GET", "/v1/tenants/acme/audit", nil)
	if res := key.do("POST", "/v1/me/api-keys", map[string]any{"name": "more"}); res.status != 401 {
		t.Errorf("a key made a key: %d %s", res.status, res.body)
	}
}

func TestAKeyIsMadeByWhoeverGaveThePasswordJustNow(t *testing.T) {
	t.Parallel()
	w := open(t)
	u := w.staff("Vera", "owner", w.tenant("acme"))
	c := w.signedIn(u)
	forever := `{"name":"Reports","scopes":null,"tenants":null,"expires_at":null}`
	if key := c.want(201, "POST", "/v1/me/api-keys", forever).json(t); key["expires_at"] != nil || key["key"] == "" {
		t.Errorf("%v", key)
	}
	// The password was given an hour ago.
	err := w.house.Shared(t.Context(), desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.credentials set data = jsonb_set(data, '{login_at}', to_jsonb($2::text)) where user_id = $1 and kind = 'session'",
			u.ID, tx.Now().Add(-time.Hour).Format(time.RFC3339))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.app.People.Forget()
	for _, path := range []string{"/v1/me/api-keys", "/v1/me/totp"} {
		if res := c.do("POST", path, forever); res.status != 401 || res.code() != string(desk.Reauthenticate) {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
	c.want(204, "POST", "/v1/session/reauthentication", map[string]string{"password": password})
	c.want(201, "POST", "/v1/me/api-keys", forever)
	c.want(200, "POST", "/v1/me/totp", nil)
}

func TestSignInIsLimitedByAddress(t *testing.T) {
	t.Parallel()
	w := open(t, func(a *App) { a.config.Quotas = 1 })
	c := w.anonymous("localhost")
	limited := false
	for range 30 {
		res := c.do("POST", "/v1/password-resets", map[string]string{"email": "x@example.com"})
		if res.status == 429 {
			limited = res.header.Get("Retry-After") != "" && res.code() == string(desk.RateLimited)
			break
		}
	}
	if !limited {
		t.Error("thirty tries in a row were all allowed")
	}
}

func TestTheFirstVisitMakesOwnerAndTenant(t *testing.T) {
	t.Parallel()
	w := open(t)
	c := w.anonymous("localhost")
	if page := c.want(200, "GET", "/", nil); !strings.Contains(string(page.body), `"needs_setup":true`) {
		t.Errorf("%s", page.body)
	}
	body := map[string]any{
		"owner":  map[string]any{"name": "Vera", "email": "vera@example.com", "password": password, "language": "ru"},
		"tenant": map[string]any{"name": "ACME", "slug": "acme", "time_zone": "Europe/Moscow", "languages": []string{"ru"}},
	}
	s := c.want(201, "POST", "/v1/setup", body).json(t)
	if all := s["tenants"].([]any); len(all) != 1 {
		t.Errorf("%v", s)
	}
	c.want(404, "POST", "/v1/setup", body)
	w.anonymous("acme.localhost").want(200, "GET", "/v1/portal/acme/site", nil)
}

func TestSomebodyIsInvitedAndComes(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.tenant("lis")
	owner := w.signedIn(w.staff("Vera", "owner", w.tenant("acme")))
	res := owner.want(201, "POST", "/v1/tenants/acme/invitations", map[string]any{"email": "oleg@example.com", "roles": []string{"agent"}}, "Idempotency-Key", "invite-oleg")
	again := owner.want(201, "POST", "/v1/tenants/acme/invitations", map[string]any{"email": "oleg@example.com", "roles": []string{"agent"}}, "Idempotency-Key", "invite-oleg")
	if again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("the second was executed: %s", again.body)
	}
	list := owner.want(200, "GET", "/v1/tenants/acme/invitations", nil).json(t)["items"].([]any)
	if len(list) != 1 || list[0].(map[string]any)["id"] != res.json(t)["id"] {
		t.Errorf("%v", list)
	}
	members := owner.want(200, "GET", "/v1/tenants/acme/members", nil).json(t)["items"].([]any)
	if len(members) != 1 || members[0].(map[string]any)["roles"].([]any)[0].(map[string]any)["name"] != "Owner" {
		t.Errorf("%v", members)
	}
	roles := owner.want(200, "GET", "/v1/tenants/acme/roles", nil).json(t)["items"].([]any)
	if len(roles) < 6 {
		t.Errorf("%v", roles)
	}
	made := owner.want(201, "POST", "/v1/tenants/acme/roles", map[string]any{
		"key": "printers", "name": map[string]string{"ru": "Принтеры", "en": "Printers"},
		"permissions": []map[string]any{{"permission": "ticket.read", "types": []string{"incident"}}, {"permission": "ticket.reply", "types": "*"}},
	})
	owner.want(200, "PATCH", "/v1/tenants/acme/roles/printers", map[string]any{"name": map[string]string{"ru": "Печать", "en": "Print"}}, "If-Match", made.header.Get("ETag"))
	owner.want(204, "DELETE", "/v1/tenants/acme/roles/printers", nil)
}
