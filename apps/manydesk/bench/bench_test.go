package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manydesk/desk/customers"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/flows/joining"
	"manydesk/desk/flows/queue"
	"manydesk/desk/lookup"
	"manydesk/desk/sla"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

func rooms(ctx context.Context, house *tenants.House) (Rooms, error) {
	guard, log := access.New(house), events.New()
	everybody, crew := people.New(house, people.Options{}), staff.New(log, guard)
	identifiers, err := lookup.Open(ctx, house)
	if err != nil {
		return Rooms{}, err
	}
	opened := tickets.New(log, guard, ticketstest.Files{})
	nothing := func(context.Context, tenants.SharedTx, tenants.Tx) error { return nil }
	return Rooms{
		House: house, Guard: guard, People: everybody, Joining: joining.New(house, everybody, crew, guard, log, nothing),
		Customers: customers.New(log, guard, identifiers), Tickets: opened, Queue: queue.New(house, guard, opened, sla.NewShelf(house)),
	}, nil
}

// Every measurement that needs no process of its own gives rows; how fast they
// are is not a test's business.
func TestEachMeasurementGivesItsRows(t *testing.T) {
	t.Parallel()
	dsn := stage.DSN(t)
	o := Options{
		Scale: Scale{Span: 20 * time.Millisecond, Rounds: 1, Few: 200, Many: 400, Queues: 2, Each: 100, Viewed: 2, Timers: 100, Firing: 50, Mailing: time.Millisecond, Letters: 20, Tenants: 8, Making: time.Minute, Idle: time.Millisecond},
		DSN:   stage.AsApplication(t, dsn), OwnerDSN: dsn, Secret: stage.Secret, Folder: t.TempDir(), Progress: io.Discard,
		Console: fstest.MapFS{
			"index.html":   {Data: []byte(`<script type="module" src="/assets/a.js"></script><link href="/assets/a.css">`)},
			"assets/a.js":  {Data: []byte(`import"./b.js";import("./later.js")`)},
			"assets/b.js":  {Data: []byte(strings.Repeat("x", 5000))},
			"assets/a.css": {Data: []byte("a{}")},
		},
		Open: func(ctx context.Context, backends int) (Rooms, func() error, error) {
			house, err := tenants.Open(tenants.Options{DSN: stage.AsApplication(t, dsn), OwnerDSN: dsn, Backends: min(backends, 4), Secret: stage.Secret})
			if err != nil {
				return Rooms{}, nil, err
			}
			r, err := rooms(ctx, house)
			return r, house.Close, err
		},
	}
	rows, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]Row{}
	for _, r := range rows {
		said[r.What] = r
	}
	for _, what := range []string{
		"console, the queue's page: JavaScript loaded, gzip", "create a ticket through the verb", "a ticket with 20 comments", "right check", "my open tickets, 50 rows, 8 at once, of 200",
		"my open tickets, ten times", "the queue over 2 tenants", "mine over the same tenants", "tenants made up to 8", "a new tenant at 8", "upgraded by one added column",
	} {
		found := false
		for name, r := range said {
			found = found || strings.Contains(name, what) && r.Figure != "" && (r.Met != Unknown || r.Target != "")
		}
		if !found {
			t.Errorf("there is no row of %q in %s", what, rowsOf(rows))
		}
	}
	for _, what := range []string{"portal, the home page", "start", "over the wire", "idle with 8 tenants"} {
		if r := said[what]; r.Met != Unknown {
			t.Errorf("%q should say that it was not measured: %+v", what, r)
		}
	}
	var page bytes.Buffer
	if err := (Report{Machine: ThisMachine(), Rows: rows}).Write(&page); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(page.String(), "\n| "); n != len(rows)+1 {
		t.Errorf("the page has %d lines of a table for %d rows", n, len(rows))
	}
}

func rowsOf(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "\n  %s: %s (%s)", r.What, r.Figure, r.Met)
	}
	return b.String()
}

func TestOnlyWhatIsImportedAtOnceIsLoaded(t *testing.T) {
	t.Parallel()
	app := fstest.MapFS{
		"index.html":       {Data: []byte(`<script src="/assets/a.js"></script><link rel="modulepreload" href="/assets/b.js">`)},
		"assets/a.js":      {Data: []byte(`import{x}from"./b.js";const y=()=>import("./later.js")`)},
		"assets/b.js":      {Data: []byte("export const x=1")},
		"assets/later.js":  {Data: bytes.Repeat([]byte("0123456789abcdef"), 10000)},
		"assets/later.css": {Data: []byte("a{}")},
	}
	scripts, styles, err := loaded(app)
	if err != nil || scripts <= 0 || scripts > 0.3 || styles != 0 {
		t.Errorf("scripts %.2f KB, styles %.2f KB, %v", scripts, styles, err)
	}
}
