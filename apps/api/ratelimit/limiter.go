package ratelimit

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"manydesk/desk"
)

// Limiter counts in Redis, so that all nodes share one quota, and in memory
// while Redis does not answer: a limit is then per node, which is better than
// none and better than refusing everybody.
type Limiter struct {
	redis redis.Scripter
	clock desk.Clock
	mu    sync.Mutex
	own   map[string]time.Time
	// away is until when Redis is not asked again.
	away time.Time
}

// New makes a limiter; client may be nil for one that only counts in memory.
func New(client redis.Scripter, clock desk.Clock) *Limiter {
	return &Limiter{redis: client, clock: clock, own: map[string]time.Time{}}
}

const (
	patience = 50 * time.Millisecond
	rest     = 2 * time.Second
	// most keys are kept in memory; a flood of new ones drops the spent ones first.
	most = 50_000
)

// script keeps the arrival time in microseconds; the client's clock is used, so
// that a test can set it, and nodes' clocks differ by less than a step.
var script = redis.NewScript(`
local arrival = tonumber(redis.call('get', KEYS[1]) or '0')
local now, step, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if arrival < now then arrival = now end
local next = arrival + step
if next - now > window then return {0, arrival} end
redis.call('set', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1)
return {1, next}`)

// Take counts one act of key under a rule.
func (l *Limiter) Take(ctx context.Context, rule Rule, key string) Verdict {
	now := l.clock()
	key = "rate:" + rule.Name + ":" + key
	if l.redis != nil && l.awake(now) {
		if v, err := l.shared(ctx, rule, key, now); err == nil {
			return v
		}
		l.mu.Lock()
		l.away = now.Add(rest)
		l.mu.Unlock()
	}
	return l.alone(rule, key, now)
}

// TakeHere counts in this node alone, without asking Redis: for quotas so wide
// that they only stop floods, where a question to another process at each
// request would cost more than it saves.
func (l *Limiter) TakeHere(rule Rule, key string) Verdict {
	return l.alone(rule, "rate:"+rule.Name+":"+key, l.clock())
}

func (l *Limiter) awake(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !now.Before(l.away)
}

func (l *Limiter) shared(ctx context.Context, rule Rule, key string, now time.Time) (Verdict, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	step := rule.Window / time.Duration(rule.Quota)
	got, err := script.Run(ctx, l.redis, []string{key}, now.UnixMicro(), step.Microseconds(), rule.Window.Microseconds()).Int64Slice()
	if err != nil {
		return Verdict{}, err
	}
	arrival := time.UnixMicro(got[1]).UTC()
	if got[0] == 0 {
		_, v := rule.decide(arrival, now)
		v.Allowed = false
		v.Retry = max(v.Retry, time.Millisecond)
		return v, nil
	}
	left := rule.Window - arrival.Sub(now)
	return Verdict{Allowed: true, Remaining: int(left / step), Reset: arrival.Sub(now)}, nil
}

func (l *Limiter) alone(rule Rule, key string, now time.Time) Verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.own) >= most {
		for k, at := range l.own {
			if at.Before(now) {
				delete(l.own, k)
			}
		}
		if len(l.own) >= most {
			clear(l.own)
		}
	}
	next, v := rule.decide(l.own[key], now)
	l.own[key] = next
	return v
}
