package jobs

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// gate holds back Asynq's question "is there a task?" while the answer is known
// to be no. Asynq asks by polling: seldom means a second of delay for each task,
// often means a busy Redis in an idle house. The gate sits in the Redis client,
// knows which queues were empty when last asked, and lets the question through
// when something was put in (open), at the latest after askAgain.
type gate struct {
	mu      sync.Mutex
	round   uint64
	empty   map[string]uint64
	peers   map[string][]string
	changed chan struct{}
	closed  bool
}

// askAgain bounds how long a task may lie there that nobody announced: another
// process put it in and its message was lost.
const askAgain = 5 * time.Second

// never asked.
const unknown = ^uint64(0)

func newGate(pools [][]string) *gate {
	g := &gate{empty: map[string]uint64{}, peers: map[string][]string{}, changed: make(chan struct{})}
	for _, queues := range pools {
		for _, q := range queues {
			g.empty[q] = unknown
			g.peers[q] = queues
		}
	}
	return g
}

// open says that a queue may have something.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.next()
}

// close lets every question through and answers it with no: the workers stop.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	g.next()
}

func (g *gate) next() {
	g.round++
	close(g.changed)
	g.changed = make(chan struct{})
}

// ask waits until it makes sense to ask for a task of the queue. false means
// "no task" without asking: this queue is known to be empty while another one
// of the same workers is not.
func (g *gate) ask(queue string) (round uint64, ok bool) {
	for {
		g.mu.Lock()
		round, changed := g.round, g.changed
		switch {
		case g.closed:
			g.mu.Unlock()
			return round, false
		case g.empty[queue] != round:
			g.mu.Unlock()
			return round, true
		case !g.allEmpty(queue, round):
			g.mu.Unlock()
			return round, false
		}
		g.mu.Unlock()
		late := time.NewTimer(askAgain)
		select {
		case <-changed:
			late.Stop()
		case <-late.C:
			g.forget(queue)
		}
	}
}

func (g *gate) allEmpty(queue string, round uint64) bool {
	for _, q := range g.peers[queue] {
		if g.empty[q] != round {
			return false
		}
	}
	return true
}

func (g *gate) forget(queue string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, q := range g.peers[queue] {
		g.empty[q] = unknown
	}
}

func (g *gate) wasEmpty(queue string, round uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.empty[queue] = round
}

// DialHook is part of redis.Hook and changes nothing.
func (g *gate) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessPipelineHook is part of redis.Hook and changes nothing.
func (g *gate) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

// ProcessHook is part of redis.Hook: all commands pass but Asynq's question for a task.
func (g *gate) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		queue, is := g.question(cmd)
		if !is {
			return next(ctx, cmd)
		}
		round, ok := g.ask(queue)
		if !ok {
			cmd.SetErr(redis.Nil)
			return redis.Nil
		}
		err := next(ctx, cmd)
		if errors.Is(err, redis.Nil) {
			g.wasEmpty(queue, round)
		}
		return err
	}
}

// question recognises the script that takes a task, by its keys: pending,
// paused, active and lease of one queue of ours.
func (g *gate) question(cmd redis.Cmder) (queue string, is bool) {
	if name := cmd.Name(); name != "evalsha" && name != "eval" {
		return "", false
	}
	args := cmd.Args()
	if len(args) < 7 || args[2] != 4 {
		return "", false
	}
	pending, ok := args[3].(string)
	if !ok || args[4] != strings.TrimSuffix(pending, "pending")+"paused" {
		return "", false
	}
	queue = strings.TrimSuffix(strings.TrimPrefix(pending, "asynq:{"), "}:pending")
	_, is = g.peers[queue]
	return queue, is
}
