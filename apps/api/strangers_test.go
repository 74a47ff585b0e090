package api

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/flows/joining"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// village is a world with two tenants and everybody who must not meet.
type village struct {
	*world
	acme, lis                tenants.Tenant
	ticket                   *tickets.Ticket
	owner                    people.User
	contact, other, stranger *client
	agentOfLis, ended        *client
	vera                     *client
	founder, lisOwner        people.User
	ivan                     *customers.Contact
}

func found(t *testing.T) *village {
	t.Helper()
	w := open(t)
	founder, err := w.app.People.FirstOwner(t.Context(), people.NewUser{Name: "Ada", Email: "ada@example.com", Password: password, Language: "en"}, "", people.From{})
	if err != nil {
		t.Fatal(err)
	}
	v := &village{world: w, founder: founder, acme: w.tenant("acme"), lis: w.tenant("lis")}
	v.owner = w.staff("Vera", "owner", v.acme)
	v.vera = w.signedIn(v.owner)
	v.lisOwner = w.staff("Oleg", "owner", v.lis)
	v.agentOfLis = w.signedIn(v.lisOwner)
	v.stranger = w.anonymous("localhost")

	ivan := w.contact(v.acme, "ivan@petrov.example", "Petrov")
	anna := w.contact(v.acme, "anna@sidorov.example", "Sidorov")
	v.ivan = ivan
	v.contact, v.other = w.clientIn(v.acme, ivan), w.clientIn(v.acme, anna)
	v.ticket = w.ticket(v.acme, v.owner, ivan, "The printer is silent")
	v.ended = w.formerProvider(v.acme, v.owner)
	return v
}

// contact makes a client of a company.
func (w *world) contact(t tenants.Tenant, email, company string) *customers.Contact {
	w.t.Helper()
	var made *customers.Contact
	err := w.house.Do(w.t.Context(), t, desk.Automaton("intake"), func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = w.app.Customers.FindOrCreate(ctx, tx, email, "", "en")
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `with c as (insert into ?tenant.companies (id, name) values ($1, $2) returning id)
			update ?tenant.contacts set company_id = (select id from c), sees = 'company' where id = $3`, desk.NewCompanyID(tx.Now()), company, made.ID)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

// clientIn is a client's browser on the portal of their tenant.
func (w *world) clientIn(t tenants.Tenant, c *customers.Contact) *client {
	w.t.Helper()
	hash, err := w.app.People.HashPassword(w.t.Context(), password)
	if err != nil {
		w.t.Fatal(err)
	}
	err = w.house.Do(w.t.Context(), t, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		return people.StorePortalPassword(ctx, tx, c.ID, hash)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	b := w.anonymous(t.Slug + ".localhost")
	res := b.want(201, "POST", "/v1/portal/"+t.Slug+"/session", map[string]string{"email": c.Emails[0], "password": password})
	b.cookie, _, _ = strings.Cut(res.header.Get("Set-Cookie"), ";")
	return b
}

// actor is a person as they act in a tenant.
func (w *world) actor(u people.User, t tenants.Tenant) desk.Actor {
	w.t.Helper()
	a, err := w.app.People.ActorIn(w.t.Context(), people.Session{User: u}, t)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) ticket(t tenants.Tenant, u people.User, c *customers.Contact, subject string) *tickets.Ticket {
	w.t.Helper()
	var made *tickets.Ticket
	err := w.house.Do(w.t.Context(), t, w.actor(u, t), func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = w.app.Tickets.Open(ctx, tx, tickets.Open{Subject: subject, Text: "It does not print.", Contact: c.ID, Channel: tickets.Phone})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

// formerProvider is somebody whose provider worked for the tenant until a moment ago.
func (w *world) formerProvider(t tenants.Tenant, owner people.User) *client {
	w.t.Helper()
	c, engagement := w.provider(t, owner, "desk-pro", "Igor", "agent")
	if _, err := w.app.Joining.End(w.t.Context(), t, w.actor(owner, t), people.TenantSide, engagement, 0); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// provider is somebody whose provider works for the tenant.
func (w *world) provider(t tenants.Tenant, owner people.User, slug, name, role string) (*client, desk.EngagementID) {
	w.t.Helper()
	ctx := w.t.Context()
	p, err := w.app.People.NewProvider(ctx, slug, "Desk Pro")
	if err != nil {
		w.t.Fatal(err)
	}
	u := w.staff(name, "")
	err = w.house.Shared(ctx, desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error {
		return w.app.People.SetProviderMember(ctx, tx, p.ID, u.ID, []string{"admin"}, true)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	speaks, err := w.app.People.ActorFor(ctx, people.Session{User: u}, p.ID, true)
	if err != nil {
		w.t.Fatal(err)
	}
	ref := people.ProviderRef{ID: p.ID, Slug: p.Slug, Name: p.Name}
	e, err := w.app.Joining.Offer(ctx, t, speaks, people.ProviderSide, joining.Offer{Provider: ref, Roles: []string{role}})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err = w.app.Joining.Answer(ctx, t, w.actor(owner, t), people.TenantSide, e.ID, 0, true); err != nil {
		w.t.Fatal(err)
	}
	if _, err = w.app.Joining.Assign(ctx, t, speaks, e.ID, []desk.UserID{u.ID}); err != nil {
		w.t.Fatal(err)
	}
	c := w.signedIn(u)
	c.want(200, "GET", "/v1/tenants/"+t.Slug+"/tickets", nil)
	return c, e.ID
}

// sound are bodies for routes that a client of the tenant reaches, so that what
// is refused is the thing and not the body.
var sound = map[string]any{
	"addToRequest": map[string]any{"text": "hello"}, "rateRequest": map[string]any{"score": 5},
}

// ask calls a route on real things of acme.
func (v *village) ask(c *client, r *Route, at *things) response {
	var body any
	if r.unsafeMethod() {
		if body = sound[r.ID]; body == nil {
			body = map[string]any{}
		}
	}
	return c.do(r.Method, at.fill(r), body, "If-Match", `"v1"`, "Upload-Offset", "0")
}

// unknown are those who have no business with a route at all.
func (v *village) unknown(r *Route) map[string]*client {
	all := map[string]*client{"a stranger": v.stranger}
	switch {
	case r.For == forContacts:
		all["a stranger on the portal"] = v.anonymous("acme.localhost")
		all["an agent of the tenant, at its portal"] = v.vera.at("acme.localhost")
		all["an agent of another tenant"] = v.agentOfLis
		// A form is every client's of the tenant; what else a path names is somebody's.
		if len(thing.FindAllString(r.Pattern, 2)) > 1 && !strings.HasSuffix(r.Pattern, "/forms/{type}") {
			all["a contact of another company"] = v.other
		}
	case r.InTenant:
		all["an agent of another tenant"] = v.agentOfLis
		all["a contact"] = v.contact
		all["a contact at the console"] = v.contact.at("localhost")
		all["a former provider's person"] = v.ended
	case r.OfProvider:
		all["somebody of no provider"] = v.agentOfLis
		all["a contact"] = v.contact.at("localhost")
	default:
		all["a contact"] = v.contact.at("localhost")
	}
	return all
}

func TestStrangersGetNothingFromAnyRoute(t *testing.T) {
	t.Parallel()
	v := found(t)
	at := v.things()
	program, idle := v.withKey(v.lisOwner, nil), v.signedIn(v.staff("Nil", "nobody", v.acme))
	for _, r := range v.app.Routes().All() {
		if r.For == forEveryone {
			continue
		}
		who := v.unknown(r)
		if r.InTenant {
			who["a program of another tenant"] = program
		}
		if r.InTenant && r.For == forStaff && len(r.Needs) > 0 {
			who["a member without any right"] = idle
		}
		for name, c := range who {
			res := v.ask(c, r, at)
			if res.status != 401 && res.status != 403 && res.status != 404 {
				t.Errorf("%s %s: %s got %d %.300s", r.Method, r.Pattern, name, res.status, res.body)
			}
			if res.status == 403 && strings.Contains(name, "another tenant") {
				t.Errorf("%s %s: another tenant's existence was told: %s", r.Method, r.Pattern, res.body)
			}
		}
	}
}

// open to all are the routes that nobody needs to be signed in for. One more is a decision.
var openToAll = []string{
	"POST /v1/session", "POST /v1/session/second-factor", "POST /v1/password-resets", "GET /v1/password-resets/{token}", "PUT /v1/password-resets/{token}",
	"POST /v1/setup", "GET /v1/invitations/{token}", "POST /v1/invitations/{token}/acceptance", "GET /v1/openapi.json", "GET /v1/portal/openapi.json",
	"GET /v1/portal/{tenant}/site", "POST /v1/portal/{tenant}/session/codes", "POST /v1/portal/{tenant}/session",
	"GET /v1/portal/{tenant}/ratings/{token}", "POST /v1/portal/{tenant}/ratings/{token}",
}

func TestFewRoutesAreOpenToAll(t *testing.T) {
	t.Parallel()
	for _, r := range open(t).app.Routes().All() {
		if route := r.Method + " " + r.Pattern; (r.For == forEveryone) != slices.Contains(openToAll, route) {
			t.Errorf("%s is open to all: %v", route, r.For == forEveryone)
		}
	}
}

// alreadySo are the refusals that tell the rightful caller about the thing, not about the right.
var alreadySo = map[desk.Code]bool{desk.InUse: true, desk.EngagementEnded: true}

// Without this the other walk would be content with paths that lead nowhere.
func TestEachRouteLetsInWhomItIsFor(t *testing.T) {
	t.Parallel()
	v := found(t)
	at, founder := v.things(), v.signedIn(v.founder)
	for _, r := range v.app.Routes().All() {
		if r.For == forEveryone || strings.HasSuffix(r.Pattern, "/stream") { // those who are let in stay in: see the tests of streams
			continue
		}
		who := v.vera
		switch {
		case r.ID == "signOut" && r.For == forContacts:
			who = v.clientIn(v.acme, v.ivan)
		case r.ID == "signOut":
			who = v.signedIn(v.owner)
		case r.For == forContacts:
			who = v.contact
		case r.OfProvider:
			who = v.ended
		case r.Owner || r.ID == "makeTenant" || r.ID == "listTenants":
			who = founder
		}
		res := v.ask(who, r, at)
		if (res.status == 401 || res.status == 403 || res.status == 404) && !alreadySo[desk.Code(res.code())] {
			t.Errorf("%s %s: whom it is for got %d %.300s", r.Method, at.fill(r), res.status, res.body)
		}
	}
}

// at is the same credential taken to another host.
func (c *client) at(host string) *client {
	moved := *c
	moved.host = host
	return &moved
}

func (r *Route) unsafeMethod() bool { return r.Method != "GET" && r.Method != "HEAD" }

func TestClientsSeeOnlyTheirOwn(t *testing.T) {
	t.Parallel()
	v := found(t)
	number := strconv.FormatInt(v.ticket.Number, 10)
	v.contact.want(200, "GET", "/v1/portal/acme/requests/"+number, nil)
	v.other.want(404, "GET", "/v1/portal/acme/requests/"+number, nil)
	page := v.other.want(200, "GET", "/v1/portal/acme/company-requests", nil).json(t)
	if items := page["items"].([]any); len(items) != 0 {
		t.Errorf("a contact of another company lists %v", items)
	}
	if res := v.contact.do("GET", "/v1/portal/lis/site", nil); res.status != 404 {
		t.Errorf("another portal's site by the wrong host: %d", res.status)
	}
}
