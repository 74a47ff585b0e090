package jobs

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

func aTimer(kind string, due time.Time) desk.Timer {
	return desk.Timer{Subject: desk.NewTicketID(due).Any(), Kind: kind, DueAt: due, Version: 3}
}

type firing struct {
	tenant desk.TenantID
	timer  desk.Timer
	at     time.Time
}

func fired(to chan<- firing) fire {
	return func(_ context.Context, tx tenants.Tx, t desk.Timer) error {
		to <- firing{tx.Tenant().ID, t, tx.Now()}
		return nil
	}
}

func (w *world) timers() int { return w.count("select count(*) from manydesk.timers") }

func TestATimerFiresWhenItIsDue(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme, vera := w.tenant(), w.tenant()
	calls := make(chan firing, 10)
	w.mux.Timer("clock", fired(calls))
	w.mux.Timer("send", fired(calls))
	w.run(w.line)
	late := aTimer("clock", w.now().Add(2*time.Hour))
	soon := aTimer("send:14", w.now().Add(300*time.Millisecond))
	w.setTimers(acme, late)
	w.setTimers(vera, soon)
	got := receive(t, "the earlier timer, set later", calls)
	if got.tenant != vera.ID || got.timer.Subject != soon.Subject || got.timer.Kind != "send:14" || !got.timer.DueAt.Equal(soon.DueAt) || got.timer.Version != 3 {
		t.Errorf("%+v", got)
	}
	if d := got.at.Sub(soon.DueAt); d < 0 || d > 5*time.Second {
		t.Errorf("fired %s after it was due", d)
	}
	until(t, "the fired one is gone, the other stays", func() bool { return w.timers() == 1 })
}

func TestTimersAreMovedAndTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	calls := make(chan firing, 10)
	w.mux.Timer("clock", fired(calls))
	w.mux.Timer("end", fired(calls))
	hour := w.now().Add(time.Hour)
	a, b, c := aTimer("clock", hour), aTimer("clock", hour), aTimer("clock", hour)
	w.setTimers(acme, a, b, c)
	a.DueAt, b.DueAt, c.DueAt = time.Time{}, w.now().Add(3*time.Hour), w.now().Add(-time.Minute)
	// Of two for the same subject the last counts.
	w.setTimers(acme, a, aTimer("end", w.now().Add(2*time.Hour)), desk.Timer{Subject: c.Subject, Kind: "clock", DueAt: hour}, b, c)
	w.run(w.line)
	if got := receive(t, "the one moved into the past", calls); got.timer.Subject != c.Subject {
		t.Errorf("%+v", got)
	}
	w.skew.Add(int64(2*time.Hour + time.Second))
	w.line.Wake()
	if got := receive(t, "the second", calls); got.timer.Kind != "end" {
		t.Errorf("%+v", got)
	}
	until(t, "one is left", func() bool { return w.timers() == 1 })
	err := w.house.Do(t.Context(), acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		return SetTimers(ctx, tx, desk.Timer{Kind: "clock"})
	})
	if err == nil {
		t.Error("a timer without a subject was accepted")
	}
}

func TestLateTimersFireAtOnceAfterARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	calls := make(chan firing, 1000)
	w.mux.Timer("clock", fired(calls))
	for i := range 450 {
		w.setTimers(acme, aTimer("clock", w.now().Add(-time.Duration(i)*time.Minute)))
	}
	w.run(w.line)
	seen := map[desk.AnyID]bool{}
	for range 450 {
		got := receive(t, "a late timer", calls)
		if seen[got.timer.Subject] {
			t.Error("a timer fired twice")
		}
		seen[got.timer.Subject] = true
	}
	until(t, "none is left", func() bool { return w.timers() == 0 })
}

func TestAFailingTimerStandsInNobodysWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	calls := make(chan firing, 100)
	good := fired(calls)
	var mended atomic.Bool
	w.mux.Timer("clock", good)
	w.mux.Timer("bad", func(ctx context.Context, tx tenants.Tx, timer desk.Timer) error {
		switch {
		case mended.Load():
			return good(ctx, tx, timer)
		case timer.Version == 1:
			panic("oh no")
		}
		// The transaction is broken for everybody in it.
		_, err := tx.Exec(ctx, "select 1/0")
		return err
	})
	past := w.now().Add(-time.Minute)
	bad, worse := aTimer("bad", past), aTimer("bad", past)
	worse.Version = 1
	timers := []desk.Timer{bad, worse, aTimer("unknown", past)}
	for range 30 {
		timers = append(timers, aTimer("clock", past))
	}
	w.setTimers(acme, timers...)
	w.run(w.line)
	heard := map[desk.AnyID]bool{}
	for len(heard) < 30 {
		heard[receive(t, "a good timer", calls).timer.Subject] = true
	}
	until(t, "the bad ones wait", func() bool {
		return w.count("select count(*) from manydesk.timers where retry_at > due_at and tries > 0") == 3
	})
	mended.Store(true)
	w.skew.Add(int64(10 * time.Minute))
	w.line.Wake()
	for range 2 {
		if got := receive(t, "a mended timer", calls); !got.timer.DueAt.Equal(past) {
			t.Errorf("it is told %s, though %s was meant", got.timer.DueAt, past)
		}
	}
	until(t, "the unknown one is left", func() bool { return w.timers() == 1 })
}

func TestATimerSetAnewByItsHandlerStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	calls := make(chan firing, 10)
	good := fired(calls)
	next := w.now().Add(time.Hour)
	w.mux.Timer("repeat", func(ctx context.Context, tx tenants.Tx, timer desk.Timer) error {
		timer.DueAt = next
		if err := SetTimers(ctx, tx, timer); err != nil {
			return err
		}
		return good(ctx, tx, timer)
	})
	w.setTimers(acme, aTimer("repeat", w.now().Add(-time.Second)))
	w.run(w.line)
	receive(t, "a call", calls)
	until(t, "it is set anew", func() bool { return w.count("select count(*) from manydesk.timers where due_at = ?", next) == 1 })
}

func TestAClockThatJumpsBackFiresNothingTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	calls := make(chan firing, 10)
	w.mux.Timer("clock", fired(calls))
	w.run(w.line)
	w.setTimers(acme, aTimer("clock", w.now().Add(-time.Second)))
	receive(t, "the first", calls)
	w.skew.Add(-int64(time.Hour))
	second := aTimer("clock", w.now().Add(-time.Second))
	w.setTimers(acme, second)
	if got := receive(t, "the second", calls); got.timer.Subject != second.Subject {
		t.Error("the first fired twice")
	}
	w.skew.Add(int64(2 * time.Hour))
	w.line.Wake()
	third := aTimer("clock", w.now())
	w.setTimers(acme, third)
	if got := receive(t, "the third", calls); got.timer.Subject != third.Subject {
		t.Error("one fired twice")
	}
}

// A verb holds the subject and then writes its timer, while the handler holds
// the timer and then wants the subject.
func TestATimerAndAVerbDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	timer := aTimer("clock", w.now().Add(-time.Second))
	lockSubject := func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "select pg_advisory_xact_lock(42)")
		return err
	}
	inHandler, answer := make(chan struct{}, 10), make(chan error, 1)
	w.mux.Timer("clock", func(ctx context.Context, tx tenants.Tx, _ desk.Timer) error {
		inHandler <- struct{}{}
		return lockSubject(ctx, tx)
	})
	w.setTimers(acme, timer)
	err := w.house.Do(t.Context(), acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		if err := lockSubject(ctx, tx); err != nil {
			return err
		}
		w.run(w.line)
		receive(t, "the handler waits for the subject", inHandler)
		moved := timer
		moved.DueAt = w.now().Add(time.Hour)
		answer <- SetTimers(ctx, tx, moved)
		return nil
	})
	if err := errors.Join(err, receive(t, "the verb is done", answer)); err != nil {
		t.Error(err)
	}
	until(t, "the handler's unit has ended", func() bool { return w.line.Stats().Fired == 1 })
	if n := w.timers(); n != 1 {
		t.Error("the timer that the verb has moved is gone")
	}
}

func TestASuspendedTenantsTimersWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), func(o *Options) { o.Sweep = time.Hour })
	byHand := w.another(w.house, NewBell(), nil)
	acme := w.tenant()
	calls := make(chan firing, 10)
	w.mux.Timer("clock", fired(calls))
	w.setTimers(acme, aTimer("clock", w.now().Add(-time.Second)))
	if err := w.house.SetState(t.Context(), acme.ID, tenants.Suspended, "unpaid", desk.Automaton("test")); err != nil {
		t.Fatal(err)
	}
	w.run(w.line)
	until(t, "it waits", func() bool { return w.count("select count(*) from manydesk.timers where retry_at is not null") == 1 })
	if err := w.house.SetState(t.Context(), acme.ID, tenants.Active, "", desk.Automaton("test")); err != nil {
		t.Fatal(err)
	}
	if err := byHand.Resume(t.Context(), acme.ID); err != nil {
		t.Fatal(err)
	}
	receive(t, "it fires after the tenant came back", calls)
}
