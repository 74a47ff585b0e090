package jobs

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"manydesk/desk"
)

// asked counts the questions that pass the gate.
type asked struct {
	gate *gate
	n    atomic.Int64
}

func (a *asked) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (a *asked) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (a *asked) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if _, is := a.gate.question(cmd); is {
			a.n.Add(1)
		}
		return next(ctx, cmd)
	}
}

func TestIdleWorkersDoNotAskRedis(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		count := &asked{gate: w.line.gate}
		// Added after the gate, so it counts what the gate let through.
		w.line.redis.AddHook(count)
		called := make(chan *Work, 1)
		w.mux.Handle("x", w.done(called))
		acme := w.tenant()
		w.run(w.line)
		w.enqueue(acme, aJob("x", desk.Default))
		receive(t, "a call", called)
		rest := func() int64 {
			before := count.n.Load()
			<-time.After(time.Second)
			return count.n.Load() - before
		}
		until(t, "the workers rest: no more than the questions of one round in a second", func() bool { return rest() <= 5 })
		if count.n.Load() == 0 {
			t.Error("the gate does not recognise Asynq's question: its script has changed")
		}
	})
}

func TestAGateWaitsForItsPeersAndForOpening(t *testing.T) {
	t.Parallel()
	g := newGate([][]string{{"a", "b"}, {"c"}})
	r, ok := g.ask("a")
	if !ok {
		t.Fatal("a queue never asked may be asked")
	}
	g.wasEmpty("a", r)
	if _, ok := g.ask("a"); ok {
		t.Error("a is empty, b is unknown: a is not asked again, and nobody waits")
	}
	r, _ = g.ask("b")
	g.open()
	g.wasEmpty("b", r)
	if _, ok := g.ask("b"); !ok {
		t.Error("something was put in after b was found empty")
	}
	r, _ = g.ask("a")
	g.wasEmpty("a", r)
	g.wasEmpty("b", r)
	passed := make(chan bool)
	go func() { _, ok := g.ask("a"); passed <- ok }()
	select {
	case <-passed:
		t.Fatal("both are empty, and yet it was asked")
	case <-time.After(20 * time.Millisecond):
	}
	g.open()
	if !receive(t, "the gate opens", passed) {
		t.Error("no question after the opening")
	}
	g.wasEmpty("a", r+1)
	g.wasEmpty("b", r+1)
	go func() { _, ok := g.ask("a"); passed <- ok }()
	g.close()
	if receive(t, "the gate is closed", passed) {
		t.Error("a closed gate lets nobody ask")
	}
}
