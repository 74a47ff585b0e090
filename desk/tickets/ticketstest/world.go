package ticketstest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// World is one tenant with its people.
type World struct {
	T       testing.TB
	House   *tenants.House
	Tenant  tenants.Tenant
	Log     *events.Log
	Guard   *access.Guard
	Tickets *tickets.Tickets
	// Vera is an agent, Oleg a dispatcher, Nina an observer.
	Vera, Oleg, Nina desk.Actor
	// Ivan sees his own requests, Petra those of her company, Lotos; Sasha is of Lotos too.
	Ivan, Petra, Sasha desk.Actor
	Lotos              desk.CompanyID
	// Trips counts round trips to Postgres.
	Trips *Wire
	at    *atomic.Int64
}

// New sets the world up. It begins on a Monday.
func New(t testing.TB) *World {
	t.Helper()
	w := &World{T: t, at: &atomic.Int64{}}
	w.at.Store(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).UnixMicro())
	wire, dsn := Listen(t, stage.DSN(t))
	w.Trips = wire
	w.House = stage.Open(t, dsn, stage.Options{Clock: w.Now})
	w.Log, w.Guard = events.New(), access.New(w.House)
	w.Tickets = tickets.New(w.Log, w.Guard, Files{})
	w.Tenant = w.NewTenant()
	w.people()
	if wire.trips.Load() == 0 {
		t.Fatal("the way to Postgres does not pass by the wire")
	}
	return w
}

// NewTenant makes one more tenant with the defaults and nobody in it.
func (w *World) NewTenant() tenants.Tenant {
	w.T.Helper()
	return stage.Tenant(w.T, w.House, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return settings.Fill(ctx, tx, settings.Defaults("ru")...)
	})
}

// Now is the world's clock; every look moves it by a millisecond, so that no two
// acts are of one instant.
func (w *World) Now() time.Time {
	return time.UnixMicro(w.at.Add(1000)).UTC()
}

// Pass lets time go by.
func (w *World) Pass(d time.Duration) { w.at.Add(d.Microseconds()) }

// In takes the world's tickets into another tenant.
func (w *World) In(tenant tenants.Tenant) *World {
	other := *w
	other.Tenant = tenant
	return &other
}

func (w *World) people() {
	w.T.Helper()
	w.Vera, w.Oleg, w.Nina = Staff("Вера"), Staff("Олег"), Staff("Нина")
	w.Hire(w.Vera, access.Agent)
	w.Hire(w.Oleg, access.Dispatcher)
	w.Hire(w.Nina, access.Observer)
	w.Lotos = desk.NewCompanyID(w.Now())
	w.Ivan, w.Petra, w.Sasha = Client("Иван"), Client("Петра"), Client("Саша")
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		if _, err := tx.Exec(ctx, "insert into ?tenant.companies (id, name) values ($1, 'Лотос')", w.Lotos); err != nil {
			return err
		}
		for _, c := range []struct {
			who     desk.Actor
			company any
			sees    string
			mail    string
		}{{w.Ivan, nil, "own", "ivan@example.com"}, {w.Petra, w.Lotos, "company", "petra@lotos.example"}, {w.Sasha, w.Lotos, "own", "sasha@lotos.example"}} {
			if _, err := tx.Exec(ctx, "insert into ?tenant.contacts (id, company_id, name, sees, language) values ($1, $2, $3, $4, 'ru')", c.who.ID, c.company, c.who.Name, c.sees); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "insert into ?tenant.identifiers (object_id, kind, value, object_kind, shown, main) values ($1, 'email', $2, 'contact', $2, true)", c.who.ID, c.mail); err != nil {
				return err
			}
		}
		return nil
	})
}

// Staff makes somebody who works somewhere.
func Staff(name string) desk.Actor {
	return desk.Actor{Kind: desk.StaffActor, ID: desk.NewUserID(time.Now()).Any(), Name: name, Language: "ru"}
}

// Client makes somebody whose requests these are.
func Client(name string) desk.Actor {
	return desk.Actor{Kind: desk.ContactActor, ID: desk.NewContactID(time.Now()).Any(), Name: name, Language: "ru"}
}

// Hire puts somebody on the staff of the world's tenant.
func (w *World) Hire(who desk.Actor, roles ...string) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "insert into ?tenant.staff (user_id, email, name, roles) values ($1, $2, $3, $4)", who.ID, who.ID.UUID()+"@desk.example", who.Name, roles)
		if err != nil {
			return err
		}
		return tx.AccessChanged(ctx)
	})
	tenant, err := w.House.ByID(context.Background(), w.Tenant.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Tenant = tenant
}

// Do runs a unit of work in the world's tenant.
func (w *World) Do(who desk.Actor, fn func(ctx context.Context, tx tenants.Tx) error) error {
	return w.House.Do(context.Background(), w.Tenant, who, fn)
}

// Must is Do for what cannot go wrong.
func (w *World) Must(who desk.Actor, fn func(ctx context.Context, tx tenants.Tx) error) {
	w.T.Helper()
	if err := w.Do(who, fn); err != nil {
		w.T.Fatalf("%s: %v", who.Name, err)
	}
}

// Read gives a reader.
func (w *World) Read(who desk.Actor) tenants.ReadTx { return w.House.Reader(w.Tenant, who) }

// Open has somebody open a ticket.
func (w *World) Open(who desk.Actor, in tickets.Open) *tickets.Ticket {
	w.T.Helper()
	var made *tickets.Ticket
	w.Must(who, func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = w.Tickets.Open(ctx, tx, in)
		return err
	})
	return made
}

// Request is a client's ticket as most of them are.
func (w *World) Request(who desk.Actor) *tickets.Ticket {
	w.T.Helper()
	return w.Open(who, tickets.Open{Subject: "Не печатает касса", Text: "С утра печатает пустые чеки.", Type: "question"})
}

// Files stands in for desk/files: it accepts everything.
type Files struct{}

// Attach does nothing.
func (Files) Attach(context.Context, tenants.Tx, []desk.FileID, desk.AnyID, int, bool) error {
	return nil
}

// Detach finds nothing.
func (Files) Detach(context.Context, tenants.Tx, desk.AnyID, int) ([]desk.FileID, error) {
	return nil, nil
}
