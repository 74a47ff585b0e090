package people

import (
	"sync"
	"time"

	"manydesk/desk"
)

// recent remembers answers for a second, which bounds how long ended access may
// live in a process that got no message.
type recent[K comparable, V any] struct {
	clock desk.Clock
	mu    sync.Mutex
	at    map[K]answer[V]
}

type answer[V any] struct {
	value V
	at    time.Time
}

const (
	freshFor = time.Second
	most     = 20_000
)

func newRecent[K comparable, V any](clock desk.Clock) *recent[K, V] {
	return &recent[K, V]{clock: clock, at: map[K]answer[V]{}}
}

func (r *recent[K, V]) get(key K) (value V, ok bool) {
	now := r.clock()
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.at[key]
	if !ok || now.Sub(a.at) >= freshFor || now.Before(a.at) {
		return value, false
	}
	return a.value, true
}

// put keeps an answer with the moment it was asked for, not the one it came.
func (r *recent[K, V]) put(key K, value V, asked time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.at) >= most {
		clear(r.at)
	}
	r.at[key] = answer[V]{value, asked}
}

func (r *recent[K, V]) drop(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.at, key)
}

func (r *recent[K, V]) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.at)
}
