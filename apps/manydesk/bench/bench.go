package bench

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/flows/joining"
	"manydesk/desk/flows/queue"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Rooms are the doors that are measured without the wire.
type Rooms struct {
	House     *tenants.House
	Guard     *access.Guard
	People    *people.People
	Joining   *joining.Joining
	Customers *customers.Customers
	Tickets   *tickets.Tickets
	Queue     *queue.Queue
}

// Options say what to measure and on what. The database must be empty but for
// its shared schema: it is filled.
type Options struct {
	Scale Scale
	// Open makes the rooms with so many connections of each pool.
	Open func(ctx context.Context, backends int) (Rooms, func() error, error)
	// DSN is the application's login, OwnerDSN makes schemas and tables.
	DSN, OwnerDSN string
	// Secret is what the database is sealed with.
	Secret []byte
	// Program is the binary; empty leaves out what needs a process of its own.
	Program string
	// Folder is for the processes' data; it goes with the caller.
	Folder string
	// PostgresPrograms is where pgbench may lie beside the server's programs.
	PostgresPrograms string
	// IntakeJob is the name of the job that reads a letter.
	IntakeJob string
	// Only names the one measurement to make; empty makes all.
	Only string
	// Console and Portal are the built apps.
	Console, Portal fs.FS
	Progress        io.Writer
}

// Scale is how much of everything.
type Scale struct {
	// Span is one measurement, Rounds how often what has a yardstick is repeated.
	Span   time.Duration
	Rounds int
	// Few and Many are the sizes of the tenant whose "mine" must not grow slower.
	Few, Many int
	// Queues tenants hold Each open tickets.
	Queues, Each int
	// Viewed tickets have twenty comments each.
	Viewed int
	// Timers stand, Firing of them fall due while they are watched.
	Timers, Firing int
	// Mailing is how long letters come in at most, Letters how many.
	Mailing time.Duration
	Letters int64
	// Tenants stand in the installation at the end; Idle is how long it is watched.
	// Making bounds how long they are made: on a slow machine there are fewer.
	Tenants int
	Making  time.Duration
	Idle    time.Duration
	// Demo measures the first start with the demo's data too.
	Demo bool
}

// Full is the run that is written down, some ten minutes on two cores.
func Full() Scale {
	return Scale{
		Span: 3 * time.Second, Rounds: 3, Few: 20_000, Many: 200_000, Queues: 50, Each: 4_000, Viewed: 100, Timers: 100_000, Firing: 2_000, Mailing: 8 * time.Second, Letters: 2_000,
		Tenants: 2_000, Making: 400 * time.Second, Idle: 30 * time.Second, Demo: true,
	}
}

// Quick is a look at everything in two minutes.
func Quick() Scale {
	return Scale{
		Span: time.Second, Rounds: 1, Few: 2_000, Many: 20_000, Queues: 10, Each: 400, Viewed: 20, Timers: 10_000, Firing: 500, Mailing: 3 * time.Second, Letters: 300,
		Tenants: 60, Making: 20 * time.Second, Idle: 5 * time.Second,
	}
}

// bench is a run.
type bench struct {
	Options
	Rooms
	owner *tenants.House
	// vera owns the tenants that are measured; home is hers.
	vera  people.User
	home  tenants.Tenant
	floor []float64
	// desks are the tenants of the queue and of the letters.
	desks []tenants.Tenant
	// made is how many tenants there are.
	made int
}

// piece is a measurement that gives one row or a few.
type piece struct {
	what   string
	within time.Duration
	run    func(ctx context.Context, b *bench) ([]Row, error)
}

// pieces are in their order: what is measured first fills the database for what
// comes after.
func pieces() []piece {
	return []piece{
		{"scripts and styles", 10 * time.Second, sizes},
		{"start", 2 * time.Minute, starts},
		{"create a ticket", 90 * time.Second, create},
		{"a ticket with 20 comments", time.Minute, view},
		{"right check", 20 * time.Second, rights},
		{"deadline arithmetic", 20 * time.Second, arithmetic},
		{"routing rules", 20 * time.Second, decisions},
		{"my open tickets", 2 * time.Minute, mine},
		{"the queue", 2 * time.Minute, overTenants},
		{"over the wire", 2 * time.Minute, wire},
		{"timers", 2 * time.Minute, timers},
		{"many tenants", 10 * time.Minute, manyTenants},
	}
}

// Run measures everything and says how it went. A measurement that fails is a row
// that says why; the error is only of what all of them need.
func Run(ctx context.Context, o Options) ([]Row, error) {
	b := &bench{Options: o}
	var shut func() error
	var err error
	if b.Rooms, shut, err = o.Open(ctx, 8); err != nil {
		return nil, err
	}
	defer shut() //nolint:errcheck // nothing is lost with it
	if b.owner, err = tenants.Open(tenants.Options{DSN: o.OwnerDSN, Backends: 2, Secret: o.Secret}); err != nil {
		return nil, fmt.Errorf("open the database as its owner: %w", err)
	}
	defer b.owner.Close() //nolint:errcheck // nothing is lost with it
	if err := b.furnish(ctx); err != nil {
		return nil, fmt.Errorf("make the first tenant: %w", err)
	}
	var all []Row
	for _, p := range pieces() {
		if o.Only != "" && o.Only != p.what {
			continue
		}
		fmt.Fprintf(o.Progress, "%s …\n", p.what)
		began := desk.System()
		limit, cancel := context.WithTimeoutCause(ctx, p.within, fmt.Errorf("it took longer than %s", p.within))
		rows, err := p.run(limit, b)
		if cause := context.Cause(limit); err != nil && cause != nil {
			err = fmt.Errorf("%w (%w)", cause, err)
		}
		cancel()
		if err != nil {
			rows = append(rows, missing(p.what, err))
		}
		for _, r := range rows {
			fmt.Fprintf(o.Progress, "  %s: %s  %s  %s\n", r.What, r.Figure, r.Ratio, r.Met)
		}
		fmt.Fprintf(o.Progress, "  (%.0f s)\n", desk.System().Sub(began).Seconds())
		all = append(all, rows...)
	}
	return all, nil
}

var operator = desk.Automaton("bench")

// furnish makes the person whose work is measured, and her first tenant.
func (b *bench) furnish(ctx context.Context) (err error) {
	b.vera, err = b.People.NewUser(ctx, people.NewUser{Name: "Вера", Email: "vera@desk.example", Password: "shest-soroki-na-rele", Language: "ru", TimeZone: "Europe/Moscow"})
	if err != nil {
		return err
	}
	b.home, err = b.found(ctx, "home")
	return err
}

// found makes a tenant of Vera's.
func (b *bench) found(ctx context.Context, slug string) (tenants.Tenant, error) {
	b.made++
	return b.House.Create(ctx, tenants.New{Slug: slug, Name: slug, Code: "BNC"}, operator, b.Joining.Fill(b.vera))
}

// forget throws away the jobs that measurements left behind, before a program
// starts that would do them while something else is measured.
func (b *bench) forget(ctx context.Context) error {
	return b.owner.Shared(ctx, operator, func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "delete from manydesk.outbox")
		return err
	})
}

// PostgresVersion is that of the server that was measured.
func PostgresVersion(ctx context.Context, h *tenants.House) string {
	var version string
	if err := h.SharedReader(operator).QueryRow(ctx, "select pg_catalog.split_part(pg_catalog.version(), ' ', 2)", nil, &version); err != nil {
		return "of an unknown version"
	}
	return version
}
