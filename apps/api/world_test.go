package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/redis/go-redis/v9"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/files"
	"manydesk/desk/flows/automate"
	"manydesk/desk/flows/joining"
	"manydesk/desk/flows/queue"
	"manydesk/desk/flows/rating"
	"manydesk/desk/flows/reports"
	"manydesk/desk/flows/team"
	"manydesk/desk/flows/triage"
	"manydesk/desk/lookup"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// cheap is a password's cost in tests.
var cheap = people.Cost{Memory: 64, Passes: 1, Lanes: 1}

const password = "correct horse battery"

// world is an installation with an edge that listens on loopback.
type world struct {
	t     testing.TB
	app   *App
	addr  string
	house *tenants.House
}

// shellHTML is what a build's page looks like.
const shellHTML = `<!doctype html><html lang="ru" data-theme="light"><head><title>Manydesk</title>` +
	`<script type="application/json" id="boot">{}</script></head><body></body></html>`

var testBuild = fstest.MapFS{
	"index.html":            {Data: []byte(shellHTML)},
	"favicon.svg":           {Data: []byte("<svg/>")},
	"assets/app-1a2b.js":    {Data: []byte("console.log(1)")},
	"assets/app-1a2b.js.br": {Data: []byte("brotli")},
	"assets/app-1a2b.js.gz": {Data: []byte("gzip")},
}

// open builds the edge; more may add routes before it listens.
func open(t testing.TB, more ...func(*App)) *world {
	t.Helper()
	house := stage.House(t)
	guard := access.New(house)
	log := events.New()
	kept, err := files.Open(t.Context(), house, store(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := lookup.Open(t.Context(), house)
	if err != nil {
		t.Fatal(err)
	}
	humans := people.New(house, people.Options{Hash: cheap})
	crew := staff.New(log, guard)
	desks := tickets.New(log, guard, kept)
	shelf := sla.NewShelf(house)
	clocks := triage.New(house, guard, desks, shelf)
	events.Inside(log, clocks.Opened)
	events.Inside(log, clocks.Changed)
	d := Deps{
		Context: t.Context(), House: house, Guard: guard, People: humans, Tickets: desks, Files: kept, Staff: crew,
		Customers: customers.New(log, guard, ids), Joining: joining.New(house, humans, crew, guard, log, nil),
		Queue: queue.New(house, guard, desks, shelf), Triage: clocks, Reports: reports.New(guard), Ratings: rating.New(house, desks), Editor: settings.NewEditor(log, guard), Console: testBuild, Portal: testBuild,
	}
	d.Processes = processes.New(desks, guard, clocks)
	d.Automate = automate.New(house, desks, clocks, clocks, d.Processes)
	d.Rota = rota.New(house)
	d.Team = team.New(team.Rooms{House: house, People: humans, Staff: crew, Customers: d.Customers, Tickets: desks, Rota: d.Rota, Log: log, Releaser: stays{}})
	d.Redis, d.Line = live(t, house)
	return serve(t, d, more...)
}

// store keeps files where S3_URL says, or in a folder of the test's own.
func store(t testing.TB) files.Store {
	t.Helper()
	if outside := os.Getenv("S3_URL"); outside != "" {
		bucket, err := files.NewBucket(t.Context(), outside)
		if err != nil {
			t.Fatal(err)
		}
		return bucket
	}
	folder, err := files.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// live is a Redis of the test's own, and the line over it.
func live(t testing.TB, house *tenants.House) (redis.UniversalClient, *jobs.Line) {
	t.Helper()
	o, err := redis.ParseURL(cluster.AnyRedis(t))
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(o)
	line, err := jobs.Open(house, jobs.NewMux(), jobs.Options{Redis: o})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = line.Close()
		_ = client.Close()
	})
	return client, line
}

// serve is one node: an edge that listens on loopback.
func serve(t testing.TB, d Deps, more ...func(*App)) *world {
	t.Helper()
	a, err := New(d, Config{Public: "http://localhost", Base: "localhost", Drain: time.Millisecond, Quotas: 1000, Build: "test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range more {
		f(a)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Listen(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-done; err != nil {
			t.Errorf("listen: %v", err)
		}
	})
	return &world{t: t, app: a, addr: l.Addr().String(), house: d.House}
}

// tenant makes a tenant with its defaults.
func (w *world) tenant(slug string) tenants.Tenant {
	w.t.Helper()
	tenant, err := w.house.Create(w.t.Context(), tenants.New{Slug: slug, Name: strings.ToUpper(slug)}, desk.Automaton("test"), func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return settings.Fill(ctx, tx, settings.Defaults("ru")...)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return tenant
}

// staff makes a person with a role in tenants.
func (w *world) staff(name, role string, in ...tenants.Tenant) people.User {
	w.t.Helper()
	u, err := w.app.People.NewUser(w.t.Context(), people.NewUser{Name: name, Email: strings.ToLower(name) + "@example.com", Password: password, Language: "en"})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, t := range in {
		err := w.house.Both(w.t.Context(), t, desk.Automaton("test"), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
			if _, err := tx.Exec(ctx, "insert into ?tenant.staff (user_id, email, name, roles) values ($1, $2, $3, $4)", u.ID, u.Email, u.Name, []string{role}); err != nil {
				return err
			}
			return w.app.People.Join(ctx, shared, u.ID, t.ID, desk.EngagementID{})
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return u
}

// client is a browser or a program with one credential.
type client struct {
	w      *world
	host   string
	cookie string
	key    string
	h      map[string]string
}

func (w *world) anonymous(host string) *client {
	return &client{w: w, host: host, h: map[string]string{}}
}

// signedIn is a person's browser.
func (w *world) signedIn(u people.User) *client {
	w.t.Helper()
	c := w.anonymous("localhost")
	res := c.do("POST", "/v1/session", map[string]string{"email": u.Email, "password": password})
	if res.status != 201 {
		w.t.Fatalf("sign in: %d %s", res.status, res.body)
	}
	c.cookie, _, _ = strings.Cut(res.header.Get("Set-Cookie"), ";")
	return c
}

// withKey is a program with a key of u's.
func (w *world) withKey(u people.User, scopes []string) *client {
	w.t.Helper()
	_, secret, err := w.app.People.MakeKey(w.t.Context(), people.Session{User: u, Kind: people.Cookie, AuthenticatedAt: w.app.house.Clock()()}, people.NewKey{Name: "test", Scopes: scopes}, people.From{})
	if err != nil {
		w.t.Fatal(err)
	}
	c := w.anonymous("localhost")
	c.key = secret
	return c
}

type response struct {
	status int
	header http.Header
	body   []byte
}

func (r response) json(t testing.TB) map[string]any {
	t.Helper()
	m := map[string]any{}
	if err := json.Unmarshal(r.body, &m); err != nil {
		t.Fatalf("%s: %v", r.body, err)
	}
	return m
}

func (r response) code() string {
	var p struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal(r.body, &p)
	return p.Code
}

var transport = &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 32}

// do sends one request as a browser of the site would.
func (c *client) do(method, path string, body any, headers ...string) response {
	c.w.t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		reader = bytes.NewReader(b)
	case string:
		reader = strings.NewReader(b)
	default:
		raw, err := json.Marshal(body)
		if err != nil {
			c.w.t.Fatal(err)
		}
		reader = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(c.w.t.Context(), method, "http://"+c.w.addr+path, reader)
	if err != nil {
		c.w.t.Fatal(err)
	}
	req.Host = c.host
	if reader != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	for name, value := range c.h {
		req.Header.Set(name, value)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		c.w.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.w.t.Fatalf("%s %s: read: %v", method, path, err)
	}
	return response{res.StatusCode, res.Header, raw}
}

// want fails unless the answer has this status.
func (c *client) want(status int, method, path string, body any, headers ...string) response {
	c.w.t.Helper()
	res := c.do(method, path, body, headers...)
	if res.status != status {
		c.w.t.Fatalf("%s %s: %d, not %d: %s", method, path, res.status, status, res.body)
	}
	return res
}
