package jobs

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// tokens count what each tenant has carried in each lane, so that the one with
// 20,000 jobs makes nobody wait. They are kept in this process: with several
// relays a tenant has as many times the tokens, and nothing is asked over the wire.
type tokens struct {
	every rate.Limit
	burst int
	mu    sync.Mutex
	kept  map[tenantLane]*rate.Limiter
	// noisy lanes found their tokens spent at that time.
	noisy map[tenantLane]time.Time
}

// noisyFor is how long a lane counts as noisy after its tokens were spent.
const noisyFor = 10 * time.Second

func newTokens(perMinute int) *tokens {
	return &tokens{
		every: rate.Limit(float64(perMinute) / 60), burst: max(perMinute/10, 1),
		kept: map[tenantLane]*rate.Limiter{}, noisy: map[tenantLane]time.Time{},
	}
}

// take is false when the tenant's tokens in this lane are spent.
func (t *tokens) take(k tenantLane, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.kept[k]
	if !ok {
		// Dropped wholesale when there are many: a new bucket is a full one.
		if len(t.kept) >= 8192 {
			clear(t.kept)
		}
		l = rate.NewLimiter(t.every, t.burst)
		t.kept[k] = l
	}
	if l.AllowN(now, 1) {
		return true
	}
	t.noisy[k] = now
	return false
}

// loud lists the lanes that are noisy now.
func (t *tokens) loud(now time.Time) []tenantLane {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []tenantLane
	for k, at := range t.noisy {
		if now.Sub(at) > noisyFor {
			delete(t.noisy, k)
			continue
		}
		all = append(all, k)
	}
	return all
}
