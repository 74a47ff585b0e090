package jobs

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

// The test's own program, started with these set, is a worker to be killed.
const (
	childDatabase = "JOBS_TEST_CHILD_DATABASE"
	childRedis    = "JOBS_TEST_CHILD_REDIS"
)

// child works until it is killed. Without a Redis it has one of its own, which
// dies with it.
func child() {
	url := os.Getenv(childRedis)
	if url == "" {
		m := miniredis.NewMiniRedis()
		if err := m.Start(); err != nil {
			log.Fatal(err)
		}
		url = "redis://" + m.Addr()
	}
	address, err := redis.ParseURL(url)
	if err != nil {
		log.Fatal(err)
	}
	bell := NewBell()
	house, err := tenants.Open(tenants.Options{DSN: os.Getenv(childDatabase), Backends: 4, Wake: bell.Ring})
	if err != nil {
		log.Fatal(err)
	}
	mux := NewMux()
	mux.Handle("x", func(ctx context.Context, w *Work) error {
		return house.Do(ctx, w.Tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
			if err := w.Done(ctx, tx); err != nil {
				return err
			}
			return effect(ctx, tx, w.Subject, "job")
		})
	})
	mux.Timer("clock", func(ctx context.Context, tx tenants.Tx, t desk.Timer) error {
		return effect(ctx, tx, t.Subject, "timer")
	})
	line, err := Open(house, mux, Options{Redis: address, Bell: bell, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		log.Fatal(err)
	}
	// A row is looked at again each second, so that the test need not wait for the usual patience.
	line.lanes = maps.Clone(line.lanes)
	for name, l := range line.lanes {
		l.patience = time.Second
		line.lanes[name] = l
	}
	fmt.Println("ready")
	if err := line.Run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

// effect leaves a row each time, so that two of them would show.
func effect(ctx context.Context, tx tenants.Tx, subject desk.AnyID, kind string) error {
	_, err := tx.Exec(ctx, `insert into ?tenant.facts (subject_id, seq, at, subject_kind, actor_kind, type, data)
		select $1::uuid, 1 + (select count(*) from ?tenant.facts where subject_id = $1::uuid), $2, $3, 'system', 'test', '{}'`, subject.UUID(), tx.Now(), kind)
	return err
}

func TestAWorkerKilledAtRandomLosesAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	killed(t, anyRedis(t), "")
}

// The Redis believes for half a minute that the killed one still works: this
// waits for it beside the other tests.
func TestAWorkerKilledBesideARedisThatLivesOnLosesAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	url, ok := cluster.Redis(t)
	if !ok {
		t.Fatal("redis-server is not installed")
	}
	killed(t, url, url)
}

func killed(t *testing.T, ours, theirs string) {
	const jobs, timers, kills = 300, 100, 8
	w := newWorld(t, ours, nil)
	acme, vera := w.tenant(), w.tenant()
	dsn := stage.AsApplication(t, w.owner)
	var enqueued sync.WaitGroup
	enqueued.Go(func() {
		for i := range jobs / 2 {
			w.enqueue(acme, aJob("x", desk.Default))
			w.enqueue(vera, aJob("x", []desk.Lane{desk.Critical, desk.Bulk, desk.MailLane}[i%3]))
			if i < timers {
				w.setTimers(acme, aTimer("clock", w.now().Add(rand.N(3*time.Second))))
			}
			if theirs != "" {
				w.line.send(context.Background(), wakeOpen)
			}
		}
	})
	for range kills {
		kill := worker(t, dsn, theirs)
		<-time.After(rand.N(400 * time.Millisecond))
		kill()
	}
	enqueued.Wait()
	defer worker(t, dsn, theirs)()
	left := func() (n int) { return w.count("select count(*) from manydesk.outbox") + w.timers() }
	deadline := time.Now().Add(3 * time.Minute)
	for n := left(); n > 0; n = left() {
		if time.Now().After(deadline) {
			t.Fatalf("%d are left open", n)
		}
		<-time.After(100 * time.Millisecond)
	}
	for kind, want := range map[string]int{"job": jobs, "timer": timers} {
		var effects, subjects int
		for _, tenant := range []tenants.Tenant{acme, vera} {
			var n struct{ Effects, Subjects int }
			err := w.house.Reader(tenant, desk.Automaton("test")).NewRaw(
				"select count(*) as effects, count(distinct subject_id) as subjects from ?tenant.facts where subject_kind = ?", kind).Scan(t.Context(), &n)
			if err != nil {
				t.Fatal(err)
			}
			effects, subjects = effects+n.Effects, subjects+n.Subjects
		}
		if effects != want || subjects != want {
			t.Errorf("%d %ss had %d effects on %d subjects", want, kind, effects, subjects)
		}
	}
}

// worker starts a child and returns what kills it.
func worker(t testing.TB, dsn, url string) (kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDatabase+"="+dsn, childRedis+"="+url)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Error("the worker did not start")
	}
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}
