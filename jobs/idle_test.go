package jobs

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
)

// tap is a wire to Postgres that counts what the application says on it.
type tap struct{ messages atomic.Int64 }

// through returns the database's address by way of the tap.
func (p *tap) through(t testing.TB, dsn string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	via, network, server := stage.Reroute(t, dsn, l.Addr().String())
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { p.join(client, network, server) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	return via
}

func (p *tap) join(client net.Conn, network, server string) {
	defer client.Close() //nolint:errcheck // a test's wire
	back, err := net.Dial(network, server)
	if err != nil {
		return
	}
	defer back.Close() //nolint:errcheck // a test's wire
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(client, back); _ = client.Close() })
	both.Go(func() {
		b := make([]byte, 64<<10)
		for {
			n, err := client.Read(b)
			if n > 0 {
				p.messages.Add(1)
				if _, err := back.Write(b[:n]); err != nil {
					break
				}
			}
			if err != nil {
				break
			}
		}
		_ = back.Close()
	})
	both.Wait()
}

func TestAnIdleHouseAsksTheDatabaseNothingButTheSweep(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sweep time.Duration
		least int64
		most  int64
	}{
		"between sweeps": {sweep: time.Hour, most: 0},
		// Each sweep is one look into the outbox and one at the timers.
		"sweeping": {sweep: 500 * time.Millisecond, least: 4, most: 2 * 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, anyRedis(t), nil)
			wire := &tap{}
			bell := NewBell()
			house := stage.Open(t, wire.through(t, w.owner), stage.Options{Wake: bell.Ring})
			line := w.another(house, bell, func(o *Options) { o.Sweep = c.sweep })
			called := make(chan *Work, 1)
			w.house = house
			w.mux.Handle("x", w.done(called))
			acme := w.tenant()
			w.setTimers(acme, desk.Timer{Subject: desk.NewTicketID(w.now()).Any(), Kind: "clock", DueAt: w.now().Add(2 * time.Hour)})
			w.run(line)
			w.enqueue(acme, aJob("x", desk.Default))
			receive(t, "a call", called)
			if wire.messages.Load() == 0 {
				t.Fatal("the wire to Postgres does not pass here")
			}
			said := func() int64 {
				before := wire.messages.Load()
				<-time.After(2 * time.Second)
				return wire.messages.Load() - before
			}
			// The patience of the job that was just done brings one more look, half a minute later.
			line.mu.Lock()
			line.next = w.now().Add(time.Hour)
			line.mu.Unlock()
			said()
			if n := said(); n < c.least || n > c.most {
				t.Errorf("%d messages to Postgres in two idle seconds, want %d to %d", n, c.least, c.most)
			} else {
				t.Logf("%d messages to Postgres in two idle seconds", n)
			}
		})
	}
}
