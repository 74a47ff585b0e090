package api

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// odd draws a JSON value that nobody would send on purpose.
func odd(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		switch n := rapid.IntRange(0, 7).Draw(t, "kind"); {
		case n == 0:
			return nil
		case n == 1:
			return rapid.Bool().Draw(t, "bool")
		case n == 2:
			return rapid.Float64Range(-1e12, 1e12).Draw(t, "number")
		case n == 3:
			return rapid.StringN(0, 30, 90).Draw(t, "text")
		case n == 4:
			return rapid.SampledFrom([]string{"", "me", "now", "2026-11-25", "*", "p1", "a@b.example", "usr_0", strings.Repeat("x", 5000)}).Draw(t, "word")
		case n == 5 && depth > 0:
			return rapid.SliceOfN(odd(depth-1), 0, 4).Draw(t, "list")
		case depth > 0:
			return rapid.MapOfN(rapid.SampledFrom(members), odd(depth-1), 0, 5).Draw(t, "object")
		}
		return 7
	})
}

var members = []string{
	"text", "body", "format", "subject", "contact", "id", "email", "phone", "name", "type", "priority", "fields", "tags", "uploads", "seen", "status", "to", "until",
	"comment", "assignee", "roles", "types", "groups", "active", "key", "permissions", "permission", "brand", "portal_name", "texts", "greeting", "ru", "en", "provider",
	"starts_at", "ends_at", "score", "reasons", "scope", "slugs", "prefs", "language", "time_zone", "watches", "state", "size", "Text", "nonsense",
}

func TestOddBodiesAreRefusedInWordsAndNeverFail(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	var routes []*Route
	at := v.things()
	for _, r := range v.app.Routes().All() {
		// What would sign the tester out, or take their rights away, is left to the other tests.
		out := r.ID == "signOut" || r.ID == "endSession" || r.ID == "changePassword" || strings.HasPrefix(r.ID, "suspend") || r.ID == "changeMember"
		if r.unsafeMethod() && r.Kind != kindCarry && !out {
			routes = append(routes, r)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(routes).Draw(rt, "route")
		body := rapid.MapOfN(rapid.SampledFrom(members), odd(2), 0, 6).Draw(rt, "body")
		raw, err := json.Marshal(body)
		if err != nil {
			rt.Fatal(err)
		}
		c := vera
		if strings.HasPrefix(r.Pattern, "/v1/portal/") {
			c = v.contact
		}
		res := c.do(r.Method, at.fill(r), raw, "If-Match", `"v1"`)
		if res.status >= 500 || strings.Contains(string(res.body), `"code":"unreadable"`) {
			rt.Fatalf("%s %s with %s: %d %s", r.Method, r.Pattern, raw, res.status, res.body)
		}
		for _, f := range fieldsIn(res) {
			if f.Detail == "" {
				rt.Fatalf("%s %s: %s has no words", r.Method, r.Pattern, f.Code)
			}
		}
	})
}

func fieldsIn(r response) []ProblemField {
	var p Problem
	if json.Unmarshal(r.body, &p) != nil {
		return nil
	}
	return p.Errors
}

func TestOddQueriesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	for _, query := range []string{"limit=x", "limit=0", "limit=999", "cursor=x", "filter=priority:9", "sort=colour", "nonsense=1", "limit=1&limit=2", "q=%00", "q=%ff", "%zz"} {
		for _, path := range []string{"/v1/tenants/acme/tickets", "/v1/queue", "/v1/tenants/acme/contacts", "/v1/tenants/acme/audit", "/v1/tenants/acme/messages", "/v1/tenants/acme/summary?from=x&"} {
			if !strings.Contains(path, "?") {
				path += "?"
			}
			res := vera.do("GET", path+query, nil)
			if res.status >= 500 || strings.Contains(string(res.body), `"code":"unreadable"`) && query != "%zz" {
				t.Errorf("%s%s: %d %s", path, query, res.status, res.body)
			}
		}
	}
}
