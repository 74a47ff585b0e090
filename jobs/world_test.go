package jobs

import (
	"context"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

// world is a house with tenants, a Redis and one line; nobody works in it yet.
type world struct {
	t     testing.TB
	house *tenants.House
	owner string
	url   string
	redis *redis.Client
	bell  *Bell
	mux   *Mux
	line  *Line
	// clock is what the house says the time is: the machine's, moved by skew.
	skew atomic.Int64
}

func (w *world) now() time.Time { return desk.System().Add(time.Duration(w.skew.Load())) }

// newWorld is in a database of its own. options may be nil.
func newWorld(t testing.TB, url string, options func(o *Options)) *world {
	t.Helper()
	w := &world{t: t, owner: stage.DSN(t), url: url, bell: NewBell(), mux: NewMux()}
	w.house = stage.Open(t, w.owner, stage.Options{Clock: w.now, Wake: w.bell.Ring})
	address, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	w.redis = redis.NewClient(address)
	t.Cleanup(func() { _ = w.redis.Close() })
	w.line = w.another(w.house, w.bell, options)
	return w
}

// another is one more process's line on the same database and Redis.
func (w *world) another(house *tenants.House, bell *Bell, options func(o *Options)) *Line {
	w.t.Helper()
	address, err := redis.ParseURL(w.url)
	if err != nil {
		w.t.Fatal(err)
	}
	level := slog.LevelError + 4
	if os.Getenv("JOBS_LOG") != "" {
		level = slog.LevelDebug
	}
	o := Options{Redis: address, Bell: bell, Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})), Grace: 5 * time.Second}
	if options != nil {
		options(&o)
	}
	l, err := Open(house, w.mux, o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = l.Close() })
	return l
}

func (w *world) tenant() tenants.Tenant {
	w.t.Helper()
	return stage.Tenant(w.t, w.house, nil)
}

// run works until the test ends, or until stop is called.
func (w *world) run(l *Line) (stop func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx) }()
	var ended atomic.Bool
	stop = func() {
		if ended.Swap(true) {
			return
		}
		cancel()
		select {
		case err := <-done:
			if err != nil {
				w.t.Errorf("run: %v", err)
			}
		case <-time.After(30 * time.Second):
			w.t.Error("the line did not stop")
		}
	}
	w.t.Cleanup(stop)
	return stop
}

func (w *world) enqueue(tenant tenants.Tenant, jobs ...desk.Job) {
	w.t.Helper()
	err := w.house.Do(context.Background(), tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		return Enqueue(ctx, tx, jobs...)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) setTimers(tenant tenants.Tenant, timers ...desk.Timer) {
	w.t.Helper()
	err := w.house.Do(context.Background(), tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		return SetTimers(ctx, tx, timers...)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// done is the handler that says it was called and closes the row.
func (w *world) done(called chan<- *Work) func(ctx context.Context, work *Work) error {
	return func(ctx context.Context, work *Work) error {
		err := w.house.Do(ctx, work.Tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
			return work.Done(ctx, tx)
		})
		if err == nil {
			called <- work
		}
		return err
	}
}

// count asks the database as its owner; the answer is one number.
func (w *world) count(sql string, args ...any) int {
	w.t.Helper()
	var n int
	err := w.house.SharedReader(desk.Automaton("test")).NewRaw(sql, args...).Scan(context.Background(), &n)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// until waits for something that has no signal of its own.
func until(t testing.TB, what string, is func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func receive[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(30 * time.Second):
		t.Fatalf("waited in vain: %s", what)
		panic("unreachable")
	}
}

// onBoth runs a test on the Redis in the process and on a real one; a run on
// real parts is made on that one alone.
func onBoth(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	if !cluster.Outside() {
		t.Run("miniredis", func(t *testing.T) {
			t.Parallel()
			test(t, cluster.Mini(t))
		})
	}
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		url, ok := cluster.Redis(t)
		if !ok {
			t.Fatal("redis-server is not installed")
		}
		test(t, url)
	})
}

func aJob(name string, lane desk.Lane) desk.Job {
	return desk.Job{Name: name, Lane: lane, Subject: desk.NewTicketID(desk.System()).Any(), Seq: 1, Data: []byte(`{"n": 1}`)}
}

func TestMain(m *testing.M) {
	if os.Getenv(childDatabase) != "" {
		child()
		return
	}
	goleak.VerifyTestMain(m, cluster.Lasting()...)
}

func anyRedis(t testing.TB) string { return cluster.AnyRedis(t) }
