package jobs

import (
	"context"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"pgregory.net/rapid"

	"manydesk/desk"
)

// listen hears in the background until the test or stop ends it.
func (w *world) listen(l *Line, from string) (heard <-chan Hint, stop func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c, done := make(chan Hint, 10_000), make(chan struct{})
	go func() {
		defer close(done)
		l.Listen(ctx, from, func(h Hint) { c <- h })
	}()
	stop = func() { cancel(); receive(w.t, "the listener has left", done) }
	w.t.Cleanup(stop)
	return c, stop
}

// settled waits until a listener of the line has its place.
func settled(t testing.TB, l *Line) {
	t.Helper()
	until(t, "the listener has its place", func() bool {
		l.hints.mu.Lock()
		defer l.hints.mu.Unlock()
		for e := range l.hints.ears {
			select {
			case <-e.placed:
			default:
				return false
			}
		}
		return len(l.hints.ears) > 0
	})
}

func hint(n int) Hint {
	return Hint{Name: "ticket.changed", Tenant: 7, Data: json.RawMessage(`{"version":` + strconv.Itoa(n) + `}`)}
}

func (w *world) publish(l *Line, from, to int) {
	w.t.Helper()
	for n := from; n <= to; n++ {
		if err := l.Publish(context.Background(), hint(n)); err != nil {
			w.t.Fatal(err)
		}
	}
}

func expect(t testing.TB, heard <-chan Hint, from, to int) (last string) {
	t.Helper()
	for n := from; n <= to; n++ {
		h := receive(t, "hint "+strconv.Itoa(n), heard)
		if want := hint(n); h.Name != want.Name || h.Tenant != want.Tenant || string(h.Data) != string(want.Data) || (last != "" && !earlier(last, h.ID)) {
			t.Fatalf("%+v after %s, want %d", h, last, n)
		}
		last = h.ID
	}
	return last
}

func TestHintsReachTheListenersOfAllProcesses(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		other := w.another(w.house, NewBell(), nil)
		a, _ := w.listen(w.line, "")
		b, _ := w.listen(w.line, "")
		c, _ := w.listen(other, "")
		settled(t, w.line)
		settled(t, other)
		w.publish(w.line, 1, 30)
		for _, heard := range []<-chan Hint{a, b, c} {
			expect(t, heard, 1, 30)
		}
	})
}

func TestAListenerGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		other := w.another(w.house, NewBell(), nil)
		heard, stop := w.listen(w.line, "")
		settled(t, w.line)
		w.publish(w.line, 1, 3)
		last := expect(t, heard, 1, 3)
		stop()
		w.publish(w.line, 4, 1500)
		// On another node, while more is coming.
		again, _ := w.listen(other, last)
		w.publish(w.line, 1501, 1600)
		expect(t, again, 4, 1600)
	})
}

func TestAListenerThatHeardNothingYetGoesOnFromThePlaceItWasTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	place, err := w.line.Place(t.Context())
	if err != nil || place != beginning {
		t.Fatal(place, err)
	}
	w.publish(w.line, 1, 2)
	heard, stop := w.listen(w.line, place)
	expect(t, heard, 1, 2)
	stop()
	if place, err = w.line.Place(t.Context()); err != nil {
		t.Fatal(err)
	}
	heard, _ = w.listen(w.line, place)
	settled(t, w.line)
	w.publish(w.line, 3, 3)
	expect(t, heard, 3, 3)
}

func TestAListenerFromTooLongAgoIsReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.publish(w.line, 1, 5)
	first, err := w.redis.XRangeN(t.Context(), w.line.key("live"), "-", "+", 1).Result()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.redis.XTrimMaxLen(t.Context(), w.line.key("live"), 2).Err(); err != nil {
		t.Fatal(err)
	}
	place, err := w.line.Place(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{first[0].ID, "nonsense", "99999999999999-0", "1-1"} {
		heard, stop := w.listen(w.line, from)
		if h := receive(t, "the reset", heard); h.Name != Reset || h.ID != place {
			t.Errorf("from %s: %+v", from, h)
		}
		stop()
	}
}

func TestAListenerIsToldThatRedisForgot(t *testing.T) {
	t.Parallel()
	address := freePort(t)
	stop := redisAt(t, address)
	w := newWorld(t, "redis://"+address, nil)
	until(t, "Redis answers", func() bool { return w.line.Ready(t.Context()) == nil })
	heard, _ := w.listen(w.line, "")
	settled(t, w.line)
	w.publish(w.line, 1, 1)
	last := expect(t, heard, 1, 1)
	stop()
	if h := receive(t, "the reset when Redis went", heard); h.Name != Reset {
		t.Errorf("%+v", h)
	}
	redisAt(t, address)
	if h := receive(t, "the reset when Redis came back", heard); h.Name != Reset || h.ID == "" {
		t.Errorf("%+v", h)
	}
	w.publish(w.line, 2, 2)
	expect(t, heard, 2, 2)
	late, _ := w.listen(w.line, last)
	if h := receive(t, "the reset of one who comes with an old place", late); h.Name != Reset {
		t.Errorf("%+v", h)
	}
}

func TestASlowListenerIsResetAndHoldsUpNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	goOn, slow := make(chan struct{}), make(chan Hint, 10_000)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.line.Listen(ctx, "", func(h Hint) { <-goOn; slow <- h })
	}()
	quick, _ := w.listen(w.line, "")
	settled(t, w.line)
	many := make([]Hint, 2*waitingHints)
	for i := range many {
		many[i] = hint(i + 1)
	}
	if err := w.line.publish(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	// One who keeps up may be behind for a moment too, but hears the end.
	for last := ""; last != string(many[len(many)-1].Data); {
		h := receive(t, "the quick one hears to the end", quick)
		if last = string(h.Data); h.Name == Reset {
			break
		}
	}
	close(goOn)
	for receive(t, "the slow one is told", slow).Name != Reset {
	}
	cancel()
	receive(t, "the slow one has left", done)
}

func TestALiveJobBecomesAHint(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		acme := w.tenant()
		heard, _ := w.listen(w.line, "")
		settled(t, w.line)
		w.run(w.line)
		subject := desk.NewTicketID(w.now()).Any()
		w.enqueue(acme, desk.Job{Name: "live.ticket.changed", Subject: subject, Seq: 8, Data: []byte(`{"ref": "ACME-1"}`)}, desk.Job{Name: "live.queue.moved"})
		a, b := receive(t, "the first", heard), receive(t, "the second", heard)
		if a.Name != "ticket.changed" || a.Tenant != acme.ID || a.Subject != subject || a.Seq != 8 || string(a.Data) != `{"ref": "ACME-1"}` {
			t.Errorf("%+v", a)
		}
		if b.Name != "queue.moved" || b.Data != nil || b.Seq != 0 || !b.Subject.IsZero() {
			t.Errorf("%+v", b)
		}
		until(t, "the rows are closed", func() bool { return w.count("select count(*) from manydesk.outbox") == 0 })
		if s := w.line.Stats(); s.Hints != 2 || s.Offered != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestTheStreamIsBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	many := make([]Hint, 5000)
	for i := range many {
		many[i] = hint(i)
	}
	for range 5 {
		if err := w.line.publish(t.Context(), many); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.redis.XLen(t.Context(), w.line.key("live")).Val(); n > backlog+backlog/10 || n < backlog {
		t.Errorf("%d hints are kept", n)
	}
}

func TestHintsSurviveTheWire(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := Hint{
			Name: rapid.StringMatching(`[a-z.]{1,20}`).Draw(t, "name"), Tenant: desk.TenantID(rapid.Int32Min(0).Draw(t, "tenant")),
			Seq: rapid.IntRange(0, 1<<30).Draw(t, "seq"),
		}
		if rapid.Bool().Draw(t, "subject") {
			h.Subject = desk.NewTicketID(time.UnixMilli(1)).Any()
		}
		if rapid.Bool().Draw(t, "data") {
			h.Data = json.RawMessage(`{"by":` + strconv.Quote(rapid.StringMatching(`[а-я ]*`).Draw(t, "by")) + `}`)
		}
		values, list := map[string]any{}, written(h)
		for i := 0; i < len(list); i += 2 {
			switch v := list[i+1].(type) {
			case int64:
				values[list[i].(string)] = strconv.FormatInt(v, 10)
			case int:
				values[list[i].(string)] = strconv.Itoa(v)
			default:
				values[list[i].(string)] = v
			}
		}
		got := reading(redis.XMessage{ID: "1-1", Values: values})
		got.ID = ""
		if got.Name != h.Name || got.Tenant != h.Tenant || got.Seq != h.Seq || got.Subject != h.Subject || string(got.Data) != string(h.Data) {
			t.Fatalf("%+v came back as %+v", h, got)
		}
	})
}
