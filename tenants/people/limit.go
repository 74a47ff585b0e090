package people

import (
	"context"
	"sync"
	"time"

	"manydesk/desk"
)

// The limits of what can be guessed. An account's limit is wider than what a
// person mistypes and narrower than what a guesser needs; an address's limit
// leaves room for an office behind one address.
var (
	signInsByAccount = Rule{"sign-in-account", 10, 15 * time.Minute}
	signInsByAddress = Rule{"sign-in-address", 60, 15 * time.Minute}
	lettersByAccount = Rule{"letter-account", 3, 10 * time.Minute}
	lettersByAddress = Rule{"letter-address", 20, 10 * time.Minute}
	tokensByAddress  = Rule{"token-address", 60, 10 * time.Minute}
)

// allow takes one try of each key, or refuses with how long to wait.
func (p *People) allow(ctx context.Context, from From, byAddress Rule, byAccount Rule, account string) error {
	if from.IP.IsValid() {
		if ok, retry := p.limits.Take(ctx, byAddress, network(from)); !ok {
			return tooOften(retry)
		}
	}
	if account == "" {
		return nil
	}
	if ok, retry := p.limits.Take(ctx, byAccount, account); !ok {
		return tooOften(retry)
	}
	return nil
}

// network is an address, or the /64 that one household has of IPv6.
func network(from From) string {
	ip := from.IP.Unmap()
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.String()
}

func tooOften(retry time.Duration) error {
	return desk.Refuse(desk.RateLimited, "n", int(retry/time.Second)+1)
}

// Memory counts tries in this process, by GCRA (ITU-T I.371): one instant a key.
type Memory struct {
	clock desk.Clock
	mu    sync.Mutex
	next  map[string]time.Time
}

// NewMemory makes a limiter for one node.
func NewMemory(clock desk.Clock) *Memory {
	return &Memory{clock: clock, next: map[string]time.Time{}}
}

// Take is Limiter.
func (m *Memory) Take(_ context.Context, rule Rule, key string) (bool, time.Duration) {
	now, step := m.clock(), rule.Window/time.Duration(rule.Quota)
	key = rule.Name + ":" + key
	m.mu.Lock()
	defer m.mu.Unlock()
	arrival := m.next[key]
	if arrival.Before(now) {
		arrival = now
	}
	next := arrival.Add(step)
	if ahead := next.Sub(now) - rule.Window; ahead > 0 {
		return false, ahead
	}
	if len(m.next) >= most {
		for k, t := range m.next {
			if t.Before(now) {
				delete(m.next, k)
			}
		}
	}
	m.next[key] = next
	return true, 0
}
