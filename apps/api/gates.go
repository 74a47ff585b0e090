package api

import (
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/tenants"
)

// dispatch finds the route of an API request and leads the request through the
// gates to its verb.
func (c *call) dispatch() {
	found := c.app.tree.Find(c.method, c.path)
	if !found.Found || !c.here(found.Value) {
		if len(found.Allow) > 0 {
			c.set("Allow", strings.Join(found.Allow, ", "))
			c.refuse(desk.Refuse(desk.MethodNotAllowed))
			return
		}
		c.refuse(desk.Missing())
		return
	}
	c.route, c.params = found.Value, found.Params
	if err := c.admit(); err != nil {
		c.refuse(err)
		return
	}
	if err := c.read(); err != nil {
		c.refuse(err)
		return
	}
	c.route.serve(c)
}

// here reports whether a route belongs to the site: portals have the portal's,
// the console everything else, the files host none.
func (c *call) here(r *Route) bool {
	portalRoute := strings.HasPrefix(r.Pattern, "/v1/portal/")
	switch c.site.kind {
	case portal:
		return portalRoute
	case console:
		return !portalRoute || r.Pattern == "/v1/portal/openapi.json"
	default:
		return false
	}
}

// admit decides whether the request may reach its verb at all: who, from where,
// how often, in which tenant, with what right. The verb asks for the real right again.
func (c *call) admit() error {
	if err := c.recognise(); err != nil {
		return err
	}
	if err := sameOrigin(c.method, c.header("Sec-Fetch-Site"), c.header("Origin"), string(c.fc.Request().Header.Host()), c.who.cookie); err != nil && !c.who.bearer {
		return err
	}
	if err := c.throttle(); err != nil {
		return err
	}
	if c.route.Kind != kindPublic && !c.who.known() {
		return c.signIn()
	}
	if err := c.enter(); err != nil {
		return err
	}
	return c.mayAny()
}

// signIn asks to sign in. In an empty installation there is nobody to sign in
// yet, which the console's first question is told.
func (c *call) signIn() error {
	e := desk.Refuse(desk.SignInRequired)
	if c.route.Pattern != "/v1/session" {
		return e
	}
	needs, err := c.app.People.NeedsSetup(c.ctx)
	if err != nil {
		return err
	}
	if needs {
		_ = e.With("needs_setup", true)
	}
	return e
}

// enter finds the tenant of the path and whether the caller belongs there; what
// they do not belong to does not exist.
func (c *call) enter() error {
	if c.route.OfProvider {
		return c.enterProvider()
	}
	if !c.route.InTenant {
		return nil
	}
	slug := c.param("tenant")
	if !slugs.MatchString(slug) || c.site.kind == portal && slug != c.site.slug {
		return desk.Missing()
	}
	t, err := c.app.house.BySlug(c.ctx, slug)
	if err != nil {
		return err
	}
	if t.State == tenants.Creating || t.State == tenants.Erasing {
		return desk.Missing()
	}
	c.tenant = t
	if c.route.Owner {
		return c.owns()
	}
	if c.route.Kind != kindPublic {
		if err := c.belongs(); err != nil {
			return err
		}
	}
	if !c.who.chosen {
		c.language = t.Language(c.language)
	}
	if c.unsafe() && !c.route.Frozen {
		switch t.State {
		case tenants.ReadOnly:
			return desk.Refuse(desk.TenantReadOnly, "customer", t.Name)
		case tenants.Suspended, tenants.Moving:
			return desk.Refuse(desk.TenantSuspended, "customer", t.Name)
		case tenants.Creating, tenants.Active, tenants.Erasing:
			// Only an active tenant is found here: the other two have no address yet, or none any more.
		}
	}
	return nil
}

// owns lets in the owner of the installation alone, and never an API key: to
// everybody else the route does not exist.
func (c *call) owns() error {
	if !c.who.session.User.Owner || c.who.bearer {
		return desk.Missing()
	}
	return nil
}

// mayAny is the cheap early no: the right for any object at all.
func (c *call) mayAny() error {
	if len(c.route.Needs) == 0 {
		return nil
	}
	for _, p := range c.route.Needs {
		ok, err := c.app.Guard.Any(c.ctx, c.tenant, c.who.actor, p)
		if err != nil || ok {
			return err
		}
	}
	tx := c.app.house.Reader(c.tenant, c.who.actor)
	return c.app.Guard.Check(c.ctx, tx, c.route.Needs[0], anyObject)
}

// read takes the query and, for routes with one, the body.
func (c *call) read() error {
	q, err := url.ParseQuery(c.url.RawQuery)
	if err != nil {
		return desk.Invalid(desk.FieldError{Pointer: "/query", Code: desk.Unreadable})
	}
	for name, values := range q {
		for _, v := range values {
			if !isText(v) || !isText(name) {
				return desk.Invalid(desk.FieldError{Pointer: "/query", Code: desk.NotText})
			}
		}
	}
	for _, p := range c.params {
		if !isText(p.Value) {
			return desk.Missing()
		}
	}
	c.query = q
	if err := c.ifMatch(); err != nil {
		return err
	}
	c.reader, err = openBody(c.fc.Context(), c.route.Limit, c.patience())
	c.fc.Context().SetUserValue(bodyKey, c.reader)
	if err != nil || c.route.Kind == kindCarry {
		return err
	}
	if c.body, err = c.reader.all(); err != nil || len(c.body) == 0 {
		return err
	}
	if t, _, _ := strings.Cut(c.header("Content-Type"), ";"); t != "application/json" {
		return desk.Refuse(desk.UnsupportedType, "type", "application/json")
	}
	return readable(c.body)
}

// patience is how long a body may take: files as long as the route, JSON 10 s.
func (c *call) patience() time.Duration {
	if c.route.Kind == kindCarry {
		return c.route.Within
	}
	return 10 * time.Second
}

// ifMatch reads the version that a conditional route wants.
func (c *call) ifMatch() error {
	if !c.route.Versioned {
		return nil
	}
	given := c.header("If-Match")
	if given == "" && c.route.Loose {
		return nil
	}
	if given == "" {
		return desk.Refuse(desk.VersionRequired)
	}
	var err error
	if c.version, err = parseVersion(given); err != nil {
		return desk.Invalid(desk.FieldError{Pointer: "/header/If-Match", Code: desk.Pattern, Params: map[string]any{"pattern": `"v7"`}})
	}
	return nil
}

var errVersion = errors.New("not a version")

// parseVersion reads "v7" of the documents, and the tag of an answer: "v7-1f0c…".
func parseVersion(header string) (int, error) {
	s := strings.TrimPrefix(strings.TrimSpace(header), "W/")
	s, _, _ = strings.Cut(strings.TrimPrefix(strings.Trim(s, `"`), "v"), "-")
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<31-1 {
		return 0, errVersion
	}
	return n, nil
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func stack() string { return fmt.Sprintf("%.4000s", debug.Stack()) }
