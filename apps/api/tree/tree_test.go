package tree_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"manydesk/apps/api/tree"
)

func built() *tree.Tree[string] {
	t := &tree.Tree[string]{}
	for _, r := range []string{
		"GET /v1/tenants/{tenant}/tickets", "POST /v1/tenants/{tenant}/tickets",
		"GET /v1/tenants/{tenant}/tickets/{number}", "PUT /v1/tenants/{tenant}/tickets/{number}/status",
		"GET /v1/tenants/{tenant}/brand/draft", "GET /v1/tenants/{slug}/brand/{version}", "GET /v1/me",
	} {
		method, path := r[:4], ""
		for i := range r {
			if r[i] == ' ' {
				method, path = r[:i], r[i+1:]
				break
			}
		}
		t.Add(method, path, r)
	}
	return t
}

func TestTheTreeFindsWhatWasAdded(t *testing.T) {
	t.Parallel()
	routes := built()
	for _, c := range []struct {
		method, path, want string
		params             []tree.Param
		allow              []string
	}{
		{method: "GET", path: "/v1/me", want: "GET /v1/me"},
		{method: "HEAD", path: "/v1/me", want: "GET /v1/me"},
		{method: "GET", path: "/v1/tenants/acme/tickets/12", want: "GET /v1/tenants/{tenant}/tickets/{number}", params: []tree.Param{{Name: "tenant", Value: "acme"}, {Name: "number", Value: "12"}}},
		{method: "GET", path: "/v1/tenants/acme/brand/draft", want: "GET /v1/tenants/{tenant}/brand/draft", params: []tree.Param{{Name: "tenant", Value: "acme"}}},
		{method: "GET", path: "/v1/tenants/acme/brand/7", want: "GET /v1/tenants/{slug}/brand/{version}", params: []tree.Param{{Name: "slug", Value: "acme"}, {Name: "version", Value: "7"}}},
		{method: "GET", path: "/v1/tenants/%D0%9F%2F/tickets", want: "GET /v1/tenants/{tenant}/tickets", params: []tree.Param{{Name: "tenant", Value: "П/"}}},
		{method: "DELETE", path: "/v1/tenants/acme/tickets", allow: []string{"GET", "POST"}},
		{method: "GET", path: "/v1/tenants/acme/tickets/"},
		{method: "GET", path: "/V1/me"},
		{method: "GET", path: "/v1//tickets"},
		{method: "GET", path: "/v1/tenants/%zz/tickets"},
		{method: "GET", path: ""},
		{method: "GET", path: "*"},
	} {
		m := routes.Find(c.method, c.path)
		if m.Found != (c.want != "") || m.Value != c.want || !slices.Equal(m.Params, c.params) || !slices.Equal(m.Allow, c.allow) {
			t.Errorf("%s %s found %+v", c.method, c.path, m)
		}
	}
}

func TestAnyParameterComesOutAsItWentIn(t *testing.T) {
	t.Parallel()
	routes := built()
	rapid.Check(t, func(t *rapid.T) {
		slug, number := rapid.StringN(1, 20, 60).Draw(t, "slug"), rapid.StringN(1, 20, 60).Draw(t, "number")
		m := routes.Find("GET", fmt.Sprintf("/v1/tenants/%s/tickets/%s", url.PathEscape(slug), url.PathEscape(number)))
		if !m.Found || m.Params[0].Value != slug || m.Params[1].Value != number {
			t.Fatalf("%q %q came out as %+v", slug, number, m)
		}
	})
}

func TestARouteIsRegisteredOnce(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("the second registration was accepted")
		}
	}()
	built().Add("GET", "/v1/me", "again")
}

func BenchmarkFind(b *testing.B) {
	t := &tree.Tree[int]{}
	for i := range 400 {
		t.Add("GET", fmt.Sprintf("/v1/tenants/{tenant}/things%d/{thing}/parts", i), i)
	}
	for b.Loop() {
		t.Find("GET", "/v1/tenants/acme/things399/12/parts")
	}
}
