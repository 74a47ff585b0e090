package jobs

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// hasty makes a line that tries again after milliseconds and gives up soon.
func (w *world) hasty(tries int) {
	w.line.lanes = maps.Clone(w.line.lanes)
	for name, l := range w.line.lanes {
		l.pause, l.tries = 10*time.Millisecond, tries
		w.line.lanes[name] = l
	}
}

func TestAFailedJobIsTriedAgain(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		w.hasty(12)
		acme := w.tenant()
		called := make(chan *Work, 1)
		done := w.done(called)
		w.mux.Handle("shaky", func(ctx context.Context, work *Work) error {
			if work.Tries < 3 {
				return errors.New("not\x00 yet")
			}
			return done(ctx, work)
		})
		w.run(w.line)
		w.enqueue(acme, aJob("shaky", desk.Default))
		if got := receive(t, "the third try", called); got.Tries != 3 {
			t.Errorf("try %d", got.Tries)
		}
		if s := w.line.Stats(); s.Failed != 2 || s.Offered != 1 || s.Repeated != 2 {
			t.Errorf("%+v", s)
		}
	})
}

func TestAJobThatNeverWorksIsKeptAndSeen(t *testing.T) {
	t.Parallel()
	parked := make(chan Parked, 1)
	w := newWorld(t, anyRedis(t), func(o *Options) { o.Parked = func(p Parked) { parked <- p } })
	w.hasty(3)
	acme := w.tenant()
	called := make(chan *Work, 1)
	done := w.done(called)
	var mended atomic.Bool
	w.mux.Handle("broken", func(ctx context.Context, work *Work) error {
		if !mended.Load() {
			return errors.New("the bridge is down")
		}
		return done(ctx, work)
	})
	w.run(w.line)
	job := aJob("broken", desk.Default)
	w.enqueue(acme, job)
	p := receive(t, "the hook", parked)
	if p.Tries != 3 || p.Name != "broken" || p.Tenant != acme.ID || p.Error != "the bridge is down" {
		t.Errorf("%+v", p)
	}
	all, err := w.line.Parked(t.Context(), 0, 10)
	if err != nil || len(all) != 1 || all[0].ID != p.ID || all[0].Error != p.Error || all[0].Tries != 3 {
		t.Fatalf("%+v %v", all, err)
	}
	if b, err := w.line.Backlog(t.Context()); err != nil || b.Parked != 1 || b.Open+b.Offered != 0 {
		t.Errorf("%+v %v", b, err)
	}
	mended.Store(true)
	if n, err := w.line.Retry(t.Context(), p.ID); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if got := receive(t, "the new try", called); got.Subject != job.Subject || got.Tries != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAHopelessJobIsParkedAtOnce(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]func(ctx context.Context, w *Work) error{
		"never":                      func(context.Context, *Work) error { return Never(errors.New("no such address")) },
		"nil and the row still open": func(context.Context, *Work) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parked := make(chan Parked, 1)
			w := newWorld(t, anyRedis(t), func(o *Options) { o.Parked = func(p Parked) { parked <- p } })
			w.mux.Handle("hopeless", h)
			w.run(w.line)
			w.enqueue(w.tenant(), aJob("hopeless", desk.Default))
			if p := receive(t, "the hook", parked); p.Tries != 1 || !strings.HasPrefix(p.Error, "hopeless: ") {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestTheLineClosesTheRowsOfQuickHandlers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	called := make(chan *Work, 1)
	w.mux.Quick("index", func(_ context.Context, work *Work) error { called <- work; return nil })
	w.run(w.line)
	w.enqueue(w.tenant(), aJob("index", desk.Bulk))
	receive(t, "a call", called)
	until(t, "the row is closed", func() bool { return w.count("select count(*) from manydesk.outbox") == 0 })
}

func TestAHandlerMayNameTheNextTry(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.hasty(1)
	called := make(chan *Work, 1)
	done := w.done(called)
	w.mux.Handle("mail", func(ctx context.Context, work *Work) error {
		if work.Tries < 3 {
			return Later(5*time.Minute, errors.New("greylisted"))
		}
		return done(ctx, work)
	})
	w.run(w.line)
	w.enqueue(w.tenant(), aJob("mail", desk.MailLane))
	for try := 1; try < 3; try++ {
		until(t, "the pause is written down", func() bool {
			return w.count("select count(*) from manydesk.outbox where tries = ? and error like '%greylisted' and again_at > ?", try, w.now().Add(4*time.Minute)) == 1
		})
		w.skew.Add(int64(5 * time.Minute))
		w.line.Wake()
	}
	if got := receive(t, "the third try", called); got.Tries != 3 {
		t.Errorf("try %d", got.Tries)
	}
}

func TestAPanicIsAFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.hasty(12)
	called := make(chan *Work, 1)
	done := w.done(called)
	w.mux.Handle("shaky", func(ctx context.Context, work *Work) error {
		if work.Tries == 1 {
			panic("oh no")
		}
		return done(ctx, work)
	})
	w.run(w.line)
	w.enqueue(w.tenant(), aJob("shaky", desk.Default))
	receive(t, "the second try", called)
}

func TestAJobNobodyKnowsWaitsForTheDeploy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.run(w.line)
	w.enqueue(w.tenant(), aJob("of.tomorrow", desk.Default))
	until(t, "the row says why", func() bool {
		return w.count("select count(*) from manydesk.outbox where error like 'no handler%' and again_at is not null") == 1
	})
}

func TestASuspendedTenantsJobsWait(t *testing.T) {
	t.Parallel()
	// Whoever resumes carries nothing, and the one who carries does not look by itself.
	w := newWorld(t, anyRedis(t), func(o *Options) { o.Sweep = time.Hour })
	byHand := w.another(w.house, NewBell(), nil)
	w.hasty(1)
	acme := w.tenant()
	called := make(chan *Work, 1)
	w.mux.Handle("notify", w.done(called))
	w.enqueue(acme, aJob("notify", desk.Default))
	set := func(s tenants.State) {
		t.Helper()
		if err := w.house.SetState(t.Context(), acme.ID, s, "unpaid", desk.Automaton("test")); err != nil {
			t.Fatal(err)
		}
	}
	set(tenants.Suspended)
	w.run(w.line)
	until(t, "the row waits", func() bool {
		return w.count("select count(*) from manydesk.outbox where error like 'tenant_suspended%' and again_at is not null") == 1
	})
	set(tenants.Active)
	if err := byHand.Resume(t.Context(), acme.ID); err != nil {
		t.Fatal(err)
	}
	receive(t, "the call after the tenant came back", called)
}

func TestOnlyOneOfTwoCallsHasAnEffect(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	w.enqueue(acme, aJob("pay", desk.Default))
	rows, _, err := w.line.claimFresh(t.Context(), nil)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	calls := make(chan error, 2)
	for range 2 {
		go func() {
			work, err := w.line.read(context.Background(), payload(rows[0]))
			if err == nil {
				err = w.house.Do(context.Background(), acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
					if err := work.Done(ctx, tx); err != nil {
						return err
					}
					return Enqueue(ctx, tx, aJob("effect", desk.Default))
				})
			}
			calls <- err
		}()
	}
	var good int
	for range 2 {
		if err := receive(t, "a call", calls); err == nil {
			good++
		} else if !errors.Is(err, ErrDone) && !errors.Is(err, sql.ErrNoRows) {
			t.Error(err)
		}
	}
	if n := w.count("select count(*) from manydesk.outbox where name = 'effect'"); good != 1 || n != 1 {
		t.Errorf("%d calls were good and had %d effects", good, n)
	}
}

func TestARowIsNotClosedInAnotherTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme, vera := w.tenant(), w.tenant()
	w.enqueue(acme, aJob("x", desk.Default))
	rows, _, err := w.line.claimFresh(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	work, err := w.line.read(t.Context(), payload(rows[0]))
	if err != nil {
		t.Fatal(err)
	}
	err = w.house.Do(t.Context(), vera, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error { return work.Done(ctx, tx) })
	if err == nil || errors.Is(err, ErrDone) {
		t.Errorf("it was: %v", err)
	}
}

func TestPausesGrowAndSpread(t *testing.T) {
	t.Parallel()
	l := lanesByName[desk.Default]
	for tries, want := range map[int]time.Duration{1: 2 * time.Second, 2: 4 * time.Second, 5: 32 * time.Second, 12: 30 * time.Minute, 30_000: 30 * time.Minute} {
		if low, high := l.pauseAfter(tries, 0), l.pauseAfter(tries, 1); low != want*3/4 || high != want*5/4 {
			t.Errorf("after %d tries: %s to %s, want around %s", tries, low, high, want)
		}
	}
}
