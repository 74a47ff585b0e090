package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"manydesk/desk"
	"manydesk/tenants"
)

// Options say how a line runs.
type Options struct {
	// Redis is how to reach it (redis.ParseURL); a Redis that is not there yet is waited for.
	Redis *redis.Options
	// Bell is the one the house rings; nil for a line that is only woken by Wake.
	Bell *Bell
	// Cell names the stream and the channels in Redis; 0 means 1.
	Cell int16
	// Workers bounds the calls at once for urgent work, and again for mail; a
	// quarter as many do bulk work. 0 means 8.
	Workers int
	// Tokens are the jobs a tenant may have carried in its own lane each minute
	// before it is demoted to bulk; a tenth of them may come at once. 0 means 600.
	Tokens int
	// Retention is how long Redis remembers the id of a finished task; 0 means
	// 24 h. A Redis that lives in this process wants less.
	Retention time.Duration
	// Sweep is how often the line looks without being rung; 0 means 30 s.
	Sweep time.Duration
	// Grace bounds the wait for running handlers at a stop; 0 means 25 s.
	Grace time.Duration
	// Parked is told of each row that was given up; nil for none. It must not block.
	Parked func(Parked)
	Logger *slog.Logger
}

// Line carries jobs, fires timers and passes live hints. A process that serves
// HTTP only runs Carry, one that works runs Run.
type Line struct {
	house  *tenants.House
	mux    *Mux
	o      Options
	log    *slog.Logger
	bell   *Bell
	redis  *redis.Client
	asynq  atomic.Pointer[asynq.Client]
	asks   *asynq.Inspector
	gate   *gate
	lanes  map[desk.Lane]lane
	tokens *tokens
	stats  counters
	hints  *hints
	name   string
	work   chan struct{}
	// next is when the relay must look at offered rows again; guarded by mu.
	mu   sync.Mutex
	next time.Time
	// turn is the lane after which the next claim begins; the relay's own.
	turn tenantLane
}

// Open makes a line; it connects to nothing yet.
func Open(house *tenants.House, mux *Mux, o Options) (*Line, error) {
	if o.Redis == nil {
		return nil, errors.New("jobs need the address of a Redis")
	}
	if o.Bell == nil {
		o.Bell = NewBell()
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Cell = orElse(o.Cell, 1)
	o.Workers = orElse(o.Workers, 8)
	o.Tokens = orElse(o.Tokens, 600)
	o.Retention = orElse(o.Retention, 24*time.Hour)
	o.Sweep = orElse(o.Sweep, 30*time.Second)
	o.Grace = orElse(o.Grace, 25*time.Second)
	var queues [][]string
	for _, p := range poolsOf(o.Workers) {
		var names []string
		for q := range p.queues {
			names = append(names, q)
		}
		queues = append(queues, names)
	}
	l := &Line{
		house: house, mux: mux, o: o, log: o.Logger.With("room", "jobs"), bell: o.Bell, redis: redis.NewClient(o.Redis),
		gate: newGate(queues), lanes: lanesByName, tokens: newTokens(o.Tokens), name: rand.Text(), work: make(chan struct{}, 1),
		turn: beforeAll,
	}
	quietly()
	l.redis.AddHook(l.gate)
	l.asynq.Store(asynq.NewClientFromRedisClient(l.redis))
	l.asks = asynq.NewInspectorFromRedisClient(l.redis)
	l.hints = newHints(o.Redis, l.redis, l.key("live"), l.log)
	return l, nil
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Close gives the connections to Redis back; Run, Carry and Listen must have ended.
func (l *Line) Close() error { return l.redis.Close() }

// Wake makes every process look for work now; units that go through the house do it by themselves.
func (l *Line) Wake() { l.bell.Ring() }

// Run works until ctx ends: relay, timers, workers and all that Carry does. Then
// it takes nothing new, lets the running handlers finish (Options.Grace) and
// returns. What did not finish stays open in the outbox.
func (l *Line) Run(ctx context.Context) error {
	// Handlers outlive ctx by the grace, so that what was accepted is finished.
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	servers, err := l.serve(calls)
	if err != nil {
		return err
	}
	var all errgroup.Group
	all.Go(func() error { l.carry(ctx); return nil })
	all.Go(func() error { l.relay(ctx); return nil })
	all.Go(func() error { l.watch(ctx); return nil })
	err = all.Wait()
	l.gate.close()
	var stops sync.WaitGroup
	for _, s := range servers {
		stops.Go(s.Shutdown)
	}
	stops.Wait()
	return err
}

// Carry passes wake-ups to other processes until ctx ends; it takes no work.
func (l *Line) Carry(ctx context.Context) error {
	l.carry(ctx)
	return nil
}

// Ready answers whether Redis can be reached.
func (l *Line) Ready(ctx context.Context) error {
	if err := l.redis.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ping Redis: %w", err)
	}
	return nil
}

func (l *Line) key(what string) string { return fmt.Sprintf("manydesk:c%d:%s", l.o.Cell, what) }

// serve starts one Asynq server a pool.
func (l *Line) serve(calls context.Context) ([]*asynq.Server, error) {
	var servers []*asynq.Server
	for _, p := range poolsOf(l.o.Workers) {
		s := asynq.NewServerFromRedisClient(l.redis, asynq.Config{
			Concurrency: p.workers,
			Queues:      p.queues,
			BaseContext: func() context.Context { return calls },
			// The gate holds the question back while there is nothing to ask for,
			// so this is not a poll of Redis but the pause after an empty answer.
			TaskCheckInterval: 2 * time.Millisecond,
			// Nothing of ours is scheduled or retried by Asynq: Postgres knows when.
			DelayedTaskCheckInterval: 5 * time.Minute,
			JanitorInterval:          time.Minute,
			ShutdownTimeout:          l.o.Grace,
			Logger:                   asynqLog{l.log},
			LogLevel:                 asynq.WarnLevel,
		})
		if err := s.Start(asynq.HandlerFunc(l.handle)); err != nil {
			return nil, fmt.Errorf("start the workers: %w", err)
		}
		servers = append(servers, s)
	}
	return servers, nil
}

// quietly gives what the Redis client wants to say to our log: it has one logger
// for the whole process, and each of its complaints comes to us as an error too.
var quietly = sync.OnceFunc(func() { redis.SetLogger(redisLog{}) })

type redisLog struct{}

func (redisLog) Printf(ctx context.Context, format string, v ...any) {
	slog.Default().DebugContext(ctx, fmt.Sprintf(format, v...), "room", "jobs")
}
