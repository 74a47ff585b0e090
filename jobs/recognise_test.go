package jobs

import (
	"net"
	"os/exec"
	"testing"
	"time"

	"manydesk/desk"
)

// await hears n different subjects and fails on one heard twice.
func await(t testing.TB, called <-chan *Work, n int) {
	t.Helper()
	heard := map[desk.AnyID]bool{}
	for range n {
		work := receive(t, "a call", called)
		if heard[work.Subject] {
			t.Errorf("job %d had its effect twice", work.ID)
		}
		heard[work.Subject] = true
	}
}

func (w *world) many(n int, name string, lane desk.Lane) []desk.Job {
	jobs := make([]desk.Job, n)
	for i := range jobs {
		jobs[i] = aJob(name, lane)
	}
	return jobs
}

func TestARedisThatForgetsEverythingLosesNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		acme := w.tenant()
		called := make(chan *Work, 1000)
		w.mux.Handle("x", w.done(called))
		w.enqueue(acme, w.many(300, "x", desk.Default)...)
		// All are offered and nobody works yet.
		if err := w.line.recognise(t.Context()); err != nil {
			t.Fatal(err)
		}
		for more := true; more; {
			var rows []row
			var err error
			if rows, more, err = w.line.claimFresh(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if err := w.line.offer(t.Context(), rows); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.count("select count(*) from manydesk.outbox where again_at is not null"); n != 300 {
			t.Fatalf("%d offered", n)
		}
		if err := w.redis.FlushAll(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		w.run(w.line)
		await(t, called, 300)
		until(t, "all rows are closed", func() bool { return w.count("select count(*) from manydesk.outbox") == 0 })
		if s := w.line.Stats(); s.RedisLost < 2 || s.Repeated != 300 {
			t.Errorf("%+v", s)
		}
	})
}

func TestARedisThatForgetsWhileWeWork(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, func(o *Options) { o.Sweep = 100 * time.Millisecond })
		acme := w.tenant()
		called := make(chan *Work, 10_000)
		w.mux.Handle("x", w.done(called))
		w.run(w.line)
		for range 10 {
			w.enqueue(acme, w.many(50, "x", desk.Default)...)
			if err := w.redis.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
		}
		await(t, called, 500)
	})
}

func TestARedisThatIsAwayAndComesBack(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	w := newWorld(t, "redis://"+port, nil)
	acme := w.tenant()
	called := make(chan *Work, 1000)
	w.mux.Handle("x", w.done(called))
	w.run(w.line)
	for round := range 2 {
		w.enqueue(acme, w.many(20, "x", desk.Default)...)
		until(t, "the relay has met trouble and given the rows back", func() bool {
			return w.count("select count(*) from manydesk.outbox") == 20
		})
		stop := redisAt(t, port)
		await(t, called, 20)
		if round == 0 {
			stop()
		}
	}
}

// freePort is an address nobody listens at.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it only found the port
	return l.Addr().String()
}

// redisAt starts a real Redis that keeps nothing; stop kills it.
func redisAt(t testing.TB, address string) (stop func()) {
	t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("redis-server", "--bind", host, "--port", port, "--dir", t.TempDir(), "--save", "", "--appendonly", "no")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var stopped bool
	stop = func() {
		if !stopped {
			stopped = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(stop)
	return stop
}
