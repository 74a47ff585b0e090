package team

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/lookup"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// start is a Monday, nine o'clock in Moscow.
var start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

var office = rota.Week{"mon": {{"09:00", "18:00"}}, "tue": {{"09:00", "18:00"}}}

// asked writes down whose tickets were to go on, and why.
type asked struct {
	mu  sync.Mutex
	all []string
}

func (a *asked) Release(_ context.Context, _ tenants.Tx, _ desk.UserID, cause string) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, cause)
	return 1, nil
}

// world is Acme with Boris, whose time is set by hand.
type world struct {
	*Team
	t     testing.TB
	mu    sync.Mutex
	time  time.Time
	acme  tenants.Tenant
	boris people.User
	asked *asked
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, time: start, asked: &asked{}}
	house := stage.House(t, stage.Options{Clock: w.now})
	guard, log := access.New(house), events.New()
	events.After(log, staff.FactJoined, JobMember, desk.Default)
	events.After(log, staff.FactChanged, JobMember, desk.Default)
	events.After(log, staff.FactLeft, JobMember, desk.Default)
	events.After(log, customers.FactVendorEnded, JobVendor, desk.Default)
	ids, err := lookup.Open(t.Context(), house)
	if err != nil {
		t.Fatal(err)
	}
	w.Team = New(Rooms{
		House: house, People: people.New(house, people.Options{Hash: people.Cost{Memory: 8, Passes: 1, Lanes: 1}}), Staff: staff.New(log, guard),
		Customers: customers.New(log, guard, ids), Tickets: tickets.New(log, guard, nil), Rota: rota.New(house), Log: log, Releaser: w.asked,
	})
	w.acme = stage.Tenant(t, house, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return settings.Fill(ctx, tx, settings.Defaults("ru")...)
	})
	w.boris = w.hire("Boris")
	w.work()
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) until(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = at
}

func (w *world) hire(name string) people.User {
	w.t.Helper()
	u, err := w.people.NewUser(w.t.Context(), people.NewUser{Name: name, Email: name + "@acme.example", Password: "три весёлых гуся"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.must(w.house.Both(w.t.Context(), w.tenant(), desk.Automaton("setup"), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := w.people.Join(ctx, shared, u.ID, w.acme.ID, desk.EngagementID{}); err != nil {
			return err
		}
		_, err := w.staff.Join(ctx, tx, staff.Joining{ID: u.ID, Email: u.Email, Name: u.Name, Roles: []string{access.Agent}, Groups: []string{"second"}, Why: "test"})
		return err
	}))
	return u
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tenant() tenants.Tenant {
	w.t.Helper()
	now, err := w.house.ByID(w.t.Context(), w.acme.ID)
	w.must(err)
	return now
}

func (w *world) do(fn func(ctx context.Context, tx tenants.Tx) error) {
	w.t.Helper()
	w.must(w.house.Do(w.t.Context(), w.tenant(), desk.Automaton("setup"), fn))
}

// work does the jobs of this room that wait.
func (w *world) work() {
	w.t.Helper()
	handlers := map[string]func(context.Context, *jobs.Work) error{rota.Moved: w.Moved, JobMember: w.Member, JobVendor: w.Vendor}
	var rows []struct {
		ID        int64
		Name      string
		SubjectID desk.AnyID
		Seq       int
	}
	w.must(w.house.SharedReader(me).Query(w.t.Context(), &rows, "select id, name, subject_id, coalesce(seq, 0) as seq from manydesk.outbox where tenant_id = $1 order by id", int32(w.acme.ID)))
	for _, r := range rows {
		if handle := handlers[r.Name]; handle != nil {
			w.must(handle(w.t.Context(), &jobs.Work{ID: r.ID, Tenant: w.tenant(), Name: r.Name, Subject: r.SubjectID, Seq: r.Seq}))
		}
	}
}

// timer is when Boris is looked at next; ring does that.
func (w *world) timer() (at time.Time) {
	w.t.Helper()
	var rows []struct{ DueAt time.Time }
	w.must(w.house.SharedReader(me).Query(w.t.Context(), &rows, "select due_at from manydesk.timers where kind = $1 and subject_id = $2", Timer, w.boris.ID))
	if len(rows) > 0 {
		at = rows[0].DueAt
	}
	return at.UTC()
}

func (w *world) ring() {
	w.t.Helper()
	at := w.timer()
	w.until(at)
	w.must(w.house.Do(w.t.Context(), w.tenant(), me, func(ctx context.Context, tx tenants.Tx) error {
		return w.Due(ctx, tx, desk.Timer{Subject: w.boris.ID.Any(), Kind: Timer, DueAt: at})
	}))
}

func (w *world) shared(fn func(ctx context.Context, tx tenants.SharedTx) error) {
	w.t.Helper()
	w.must(w.house.Shared(w.t.Context(), me, fn))
	w.work()
}

func (w *world) ticket(to desk.UserID, group string, vendor desk.CompanyID) desk.TicketID {
	w.t.Helper()
	var made *tickets.Ticket
	w.do(func(ctx context.Context, tx tenants.Tx) (err error) {
		if made, err = w.tickets.Open(ctx, tx, tickets.Open{Subject: "Not printing", Text: "x", Channel: tickets.Phone}); err != nil {
			return err
		}
		_, err = w.tickets.Tend(ctx, tx, tickets.ID(made.ID), access.TicketAssign, func(_ context.Context, c *tickets.Change) error {
			c.Ticket.GroupKey, c.Ticket.VendorID = group, vendor
			c.Give(to, "Boris", "", tickets.Detail{})
			return nil
		})
		return err
	})
	return made.ID
}

func (w *world) read(id desk.TicketID) *tickets.Ticket {
	w.t.Helper()
	t, err := w.tickets.Get(w.t.Context(), w.house.Reader(w.tenant(), desk.Automaton("setup")), tickets.ID(id))
	w.must(err)
	return t
}

func TestATimerStandsWhereSomebodyComesOrGoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if at := w.timer(); !at.IsZero() {
		t.Errorf("who has no hours is looked at %s", at)
	}
	w.shared(func(ctx context.Context, tx tenants.SharedTx) error {
		return w.rota.SetWeek(ctx, tx, rota.Plan{User: w.boris.ID, Week: office})
	})
	evening := start.Add(9 * time.Hour)
	if at := w.timer(); !at.Equal(evening) {
		t.Fatalf("looked at %s", at)
	}
	w.ring()
	if !slices.Equal(w.asked.all, []string{"shift_ended"}) || !w.timer().Equal(start.Add(24*time.Hour)) {
		t.Errorf("in the evening %v, next %s", w.asked.all, w.timer())
	}
	w.ring() // in the morning he comes
	if len(w.asked.all) != 1 || !w.timer().Equal(evening.Add(24*time.Hour)) {
		t.Errorf("in the morning %v, next %s", w.asked.all, w.timer())
	}
}

func TestAnAbsenceGivesOnWhenItBegins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.shared(func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := w.rota.Away(ctx, tx, rota.Shift{User: w.boris.ID, StartsAt: start.Add(time.Hour), EndsAt: start.Add(2 * time.Hour)})
		return err
	})
	if len(w.asked.all) != 0 {
		t.Errorf("before it begins: %v", w.asked.all)
	}
	w.ring()
	w.ring()
	if !slices.Equal(w.asked.all, []string{"absent"}) || !w.timer().IsZero() {
		t.Errorf("%v, next %s", w.asked.all, w.timer())
	}
	w.shared(func(ctx context.Context, tx tenants.SharedTx) error {
		return w.rota.Available(ctx, tx, w.boris.ID, start.Add(5*time.Hour))
	})
	if !slices.Equal(w.asked.all, []string{"absent", "absent"}) {
		t.Errorf("at once: %v", w.asked.all)
	}
}

func TestWhoLeavesGivesOnAndAnEmptiedGroupIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.do(func(ctx context.Context, tx tenants.Tx) error {
		return w.staff.Leave(ctx, tx, "engagement", w.boris.ID)
	})
	w.work()
	if !slices.Equal(w.asked.all, []string{"engagement_ended"}) {
		t.Errorf("%v", w.asked.all)
	}
	facts, err := events.History(t.Context(), w.house.Reader(w.tenant(), me), events.Query{Subjects: []desk.AnyID{w.boris.ID.Any()}, Limit: 10})
	w.must(err)
	if !slices.ContainsFunc(facts, func(f desk.Fact) bool { return f.Type == FactEmptied }) {
		t.Errorf("that nobody is left in the group is not said: %+v", facts)
	}
}

func TestTicketsOfAnEmptiedGroupGoBackToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in, out := w.ticket(w.boris.ID, "second", desk.CompanyID{}), w.ticket(w.boris.ID, "first", desk.CompanyID{})
	w.do(func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.staff.Change(ctx, tx, staff.Change{ID: w.boris.ID, Groups: []string{"first"}, Version: 1})
		return err
	})
	w.work()
	if now := w.read(in); !now.AssigneeID.IsZero() || now.GroupKey != "second" {
		t.Errorf("%+v", now)
	}
	if now := w.read(out); now.AssigneeID != w.boris.ID {
		t.Errorf("%+v", now)
	}
	if len(w.asked.all) != 0 {
		t.Errorf("he still works here: %v", w.asked.all)
	}
}

func TestWhatAVendorHadGoesBackWhenItEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var v customers.Vendor
	w.do(func(ctx context.Context, tx tenants.Tx) (err error) {
		if v, err = w.customers.AddVendor(ctx, tx, "Coolair"); err != nil {
			return err
		}
		_, err = w.staff.Change(ctx, tx, staff.Change{ID: w.boris.ID, Vendor: &v.ID, Version: 1})
		return err
	})
	w.work()
	given, free := w.ticket(w.boris.ID, "first", v.ID), w.ticket(desk.UserID{}, "first", v.ID)
	ended := true
	got, err := w.ChangeVendor(t.Context(), w.tenant(), desk.Automaton("setup"), v.ID, customers.VendorChange{Ended: &ended})
	w.must(err)
	if got.EndedAt.IsZero() || got.Engineers != 0 {
		t.Errorf("%+v", got)
	}
	w.work()
	for _, id := range []desk.TicketID{given, free} {
		if now := w.read(id); !now.AssigneeID.IsZero() || !now.VendorID.IsZero() || now.GroupKey != "first" {
			t.Errorf("%+v", now)
		}
	}
	if !slices.Equal(w.asked.all, []string{"removed"}) {
		t.Errorf("%v", w.asked.all)
	}
}
