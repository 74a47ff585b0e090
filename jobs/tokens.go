package jobs

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"manydesk/desk"
)

// tokens count what each tenant has carried in each lane, so that the one with
// 20,000 jobs makes nobody wait. They are kept in this process: with several
// relays a tenant has as many times the tokens, and nothing is asked over the wire.
type tokens struct {
	every rate.Limit
	burst int
	mu    sync.Mutex
	kept  map[tokenKey]*rate.Limiter
}

type tokenKey struct {
	tenant desk.TenantID
	lane   desk.Lane
}

func newTokens(perMinute int) *tokens {
	return &tokens{every: rate.Limit(float64(perMinute) / 60), burst: max(perMinute/10, 1), kept: map[tokenKey]*rate.Limiter{}}
}

// take is false when the tenant's tokens in this lane are spent.
func (t *tokens) take(tenant desk.TenantID, lane desk.Lane, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	k := tokenKey{tenant, lane}
	l, ok := t.kept[k]
	if !ok {
		// Dropped wholesale when there are many: a new bucket is a full one.
		if len(t.kept) >= 8192 {
			clear(t.kept)
		}
		l = rate.NewLimiter(t.every, t.burst)
		t.kept[k] = l
	}
	return l.AllowN(now, 1)
}
