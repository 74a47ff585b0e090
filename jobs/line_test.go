package jobs

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

func TestAJobIsDoneAfterItsCommit(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		acme := w.tenant()
		called := make(chan *Work, 10)
		for _, lane := range []desk.Lane{desk.Critical, desk.Default, desk.Bulk, desk.MailLane} {
			w.mux.Handle("test."+string(lane), w.done(called))
		}
		w.run(w.line)
		for _, lane := range []desk.Lane{desk.Critical, desk.Default, desk.Bulk, desk.MailLane} {
			job := aJob("test."+string(lane), lane)
			began := time.Now()
			w.enqueue(acme, job)
			got := receive(t, "the handler's call", called)
			t.Logf("%s: %s after the commit began", lane, time.Since(began).Round(10*time.Microsecond))
			if got.Name != job.Name || got.Subject != job.Subject || got.Seq != 1 || string(got.Data) != `{"n": 1}` || got.Tenant.ID != acme.ID || got.Tries != 1 {
				t.Errorf("got %+v for %+v", got, job)
			}
		}
		if n := w.count("select count(*) from manydesk.outbox"); n != 0 {
			t.Errorf("%d rows are left open", n)
		}
	})
}

func TestAJobOfAUnitThatFailedIsNeverDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	called := make(chan *Work, 10)
	w.mux.Handle("first", w.done(called))
	w.mux.Handle("second", w.done(called))
	w.run(w.line)
	sorry := errors.New("sorry")
	err := w.house.Do(context.Background(), acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		if err := Enqueue(ctx, tx, aJob("first", desk.Default)); err != nil {
			return err
		}
		return sorry
	})
	if !errors.Is(err, sorry) {
		t.Fatal(err)
	}
	w.enqueue(acme, aJob("second", desk.Default))
	if got := receive(t, "a call", called); got.Name != "second" {
		t.Errorf("%s was done", got.Name)
	}
}

func TestWorkOfTheInstallationHasNoTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	called := make(chan *Work, 1)
	w.mux.Handle("housekeeping", func(ctx context.Context, work *Work) error {
		err := w.house.Shared(ctx, desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error { return work.DoneShared(ctx, tx) })
		called <- work
		return err
	})
	w.run(w.line)
	err := w.house.Shared(context.Background(), desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error {
		return EnqueueShared(ctx, tx, 0, desk.Job{Name: "housekeeping"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := receive(t, "a call", called); got.Tenant.ID != 0 {
		t.Errorf("tenant %d", got.Tenant.ID)
	}
	until(t, "the row is closed", func() bool { return w.count("select count(*) from manydesk.outbox") == 0 })
}

func TestAStopFinishesWhatWasAccepted(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		acme := w.tenant()
		began, goOn := make(chan struct{}), make(chan struct{})
		w.mux.Handle("slow", func(ctx context.Context, work *Work) error {
			close(began)
			<-goOn
			return w.house.Do(ctx, work.Tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error { return work.Done(ctx, tx) })
		})
		stop := w.run(w.line)
		w.enqueue(acme, aJob("slow", desk.Default))
		receive(t, "the handler has begun", began)
		stopped := make(chan struct{})
		go func() { stop(); close(stopped) }()
		until(t, "the line takes nothing new", func() bool { w.line.gate.mu.Lock(); defer w.line.gate.mu.Unlock(); return w.line.gate.closed })
		close(goOn)
		receive(t, "the line has stopped", stopped)
		if n := w.count("select count(*) from manydesk.outbox"); n != 0 {
			t.Error("what was accepted was not finished")
		}
	})
}

func TestALaneOrNameThatThereIsNotIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	for _, job := range []desk.Job{{Name: "x", Lane: "slow"}, {Lane: desk.Bulk}} {
		err := w.house.Do(context.Background(), acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error { return Enqueue(ctx, tx, job) })
		if err == nil {
			t.Errorf("%+v was accepted", job)
		}
	}
}

func TestAWireMistakePanics(t *testing.T) {
	t.Parallel()
	h := func(context.Context, *Work) error { return nil }
	f := func(context.Context, tenants.Tx, desk.Timer) error { return nil }
	for name, wire := range map[string]func(m *Mux){
		"twice":       func(m *Mux) { m.Handle("a", h); m.Quick("a", h) },
		"live":        func(m *Mux) { m.Handle("live.a", h) },
		"timer twice": func(m *Mux) { m.Timer("a", f); m.Timer("a", f) },
		"timer colon": func(m *Mux) { m.Timer("a:b", f) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("nobody noticed")
				}
			}()
			wire(NewMux())
		})
	}
	m := NewMux()
	m.Handle("a", h)
	if got := fmt.Sprint(m.Missing([]string{"a", "b", "live.c"})); got != "[b]" {
		t.Errorf("missing %s", got)
	}
}
