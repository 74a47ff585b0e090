package triage_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/events"
	"manydesk/desk/flows/triage"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

// world is a tenant that has agreed on its clocks: from nine to one and from two
// to six in Moscow, eight hours for a normal ticket, four around the clock for a
// critical one.
type world struct {
	*ticketstest.World
	triage *triage.Triage
	shelf  *sla.Shelf
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{World: ticketstest.New(t)}
	w.shelf = sla.NewShelf(w.House)
	w.triage = triage.New(w.House, w.Guard, w.Tickets, w.shelf)
	events.Inside(w.Log, w.triage.Opened)
	events.Inside(w.Log, w.triage.Changed)
	day := []sla.Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}
	office := sla.CalendarSpec{Name: settings.Words{RU: "5×8", EN: "5×8"}, Spec: sla.Spec{TimeZone: "Europe/Moscow", Weekly: map[string][]sla.Hours{"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}}}
	round := sla.CalendarSpec{Name: settings.Words{RU: "24×7", EN: "24×7"}, Spec: sla.Spec{TimeZone: "Europe/Moscow", Always: true}}
	put(w, sla.Calendars, settings.Draft[sla.CalendarSpec]{Key: "office", Spec: office})
	put(w, sla.Calendars, settings.Draft[sla.CalendarSpec]{Key: "round", Spec: round})
	put(w, sla.Policies, settings.Draft[sla.Policy]{Key: "standard", Spec: standard()})
	return w
}

func standard() sla.Policy {
	return sla.Policy{
		Name: settings.Words{RU: "Стандарт", EN: "Standard"}, PauseIn: []string{"pending"},
		Targets: map[string]sla.Target{
			"1": {FirstResponse: 15, NextResponse: 60, Resolution: 240, Calendar: "round"},
			"2": {FirstResponse: 30, NextResponse: 240, Resolution: 480, Calendar: "office"},
			"3": {FirstResponse: 120, NextResponse: 240, Resolution: 480, Calendar: "office"},
		},
	}
}

func put[T any](w *world, k settings.Kind[T], d settings.Draft[T]) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := k.Put(ctx, tx, d)
		return err
	})
	w.refresh()
}

func (w *world) refresh() {
	w.T.Helper()
	w.House.Forget(w.Tenant.ID)
	tenant, err := w.House.ByID(w.T.Context(), w.Tenant.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Tenant = tenant
}

// at sets the world's clock on, in Moscow, on a day of November 2026.
func (w *world) at(day, hour, minute int) {
	w.T.Helper()
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		w.T.Fatal(err)
	}
	w.Pass(time.Date(2026, 11, day, hour, minute, 0, 0, moscow).Sub(w.Now()) - time.Millisecond)
}

func (w *world) read(n int64) *tickets.Ticket {
	w.T.Helper()
	found, err := w.Tickets.Get(w.T.Context(), w.Read(w.Vera), tickets.Number(n))
	if err != nil {
		w.T.Fatal(err)
	}
	return found
}

func (w *world) state(n int64) sla.State {
	w.T.Helper()
	var s sla.State
	if err := json.Unmarshal(w.read(n).Clock, &s); err != nil {
		w.T.Fatal(err)
	}
	return s
}

func (w *world) status(n int64, to string, until time.Time) {
	w.T.Helper()
	w.Must(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.Number(n), Move: tickets.Move{To: to, Until: until, Comment: "Так"}})
		return err
	})
}

func (w *world) reply(n int64) {
	w.T.Helper()
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(n), Text: "Смотрим", Anyway: true})
		return err
	})
}

func (w *world) says(n int64) {
	w.T.Helper()
	w.Must(w.Ivan, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.ClientReply(ctx, tx, tickets.ClientReply{Ticket: tickets.Number(n), Text: "И ещё"})
		return err
	})
}

func (w *world) priority(n int64, p int) {
	w.T.Helper()
	w.Must(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetPriority(ctx, tx, tickets.SetPriority{Ticket: tickets.Number(n), Priority: p})
		return err
	})
}

// timer is the moment of the ticket's clock timer; zero for none.
func (w *world) timer(id desk.TicketID) time.Time {
	w.T.Helper()
	var rows []struct{ DueAt time.Time }
	err := w.House.SharedReader(w.Vera).Query(w.T.Context(), &rows, "select due_at from manydesk.timers where subject_id = $1 and kind = 'clock'", id)
	if err != nil {
		w.T.Fatal(err)
	}
	if len(rows) == 0 {
		return time.Time{}
	}
	return rows[0].DueAt
}

func (w *world) fire(id desk.TicketID) {
	w.T.Helper()
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		return w.triage.Fire(ctx, tx, desk.Timer{Subject: id.Any(), Kind: tickets.TimerClock})
	})
}

// refolded folds all facts of the ticket again and compares with what it keeps.
func (w *world) refolded(n int64) {
	w.T.Helper()
	kept := w.read(n)
	var rows []struct{ Data json.RawMessage }
	err := w.Read(w.Vera).Query(w.T.Context(), &rows, "select data from ?tenant.facts where subject_id = $1 order by seq", kept.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	var s sla.State
	var all []sla.Event
	for _, row := range rows {
		var d tickets.Detail
		if err := json.Unmarshal(row.Data, &d); err != nil {
			w.T.Fatal(err)
		}
		var events []sla.Event
		if len(d.Clock) > 0 {
			if err := json.Unmarshal(d.Clock, &events); err != nil {
				w.T.Fatal(err)
			}
		}
		all = append(all, events...)
	}
	ids := []int{}
	for _, e := range all {
		if e.Terms != nil {
			ids = append(ids, e.Terms.Calendar)
			if e.Terms.Base != nil {
				ids = append(ids, e.Terms.Base.Calendar)
			}
		}
	}
	book, err := w.shelf.Book(w.T.Context(), w.Vera, ids...)
	if err != nil {
		w.T.Fatal(err)
	}
	s = sla.Fold(s, book, all...)
	got, err := json.Marshal(s)
	if err != nil {
		w.T.Fatal(err)
	}
	var a, b any
	if json.Unmarshal(got, &a) != nil || json.Unmarshal(kept.Clock, &b) != nil {
		w.T.Fatal("a clock that is no JSON")
	}
	if x, y := text(a), text(b); x != y {
		w.T.Errorf("the facts fold to\n%s\nbut the ticket keeps\n%s", x, y)
	}
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func moscow(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour-3, minute, 0, 0, time.UTC)
}

func near(t *testing.T, what string, got, want time.Time) {
	t.Helper()
	if got.IsZero() != want.IsZero() || got.Sub(want).Abs() > 2*time.Second {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

var always = conditions.Tree{}
