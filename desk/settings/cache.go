package settings

import (
	"sync"

	"manydesk/desk"
)

// place is a tenant of an installation: tests have many of those in one process.
type place struct {
	installation any
	tenant       desk.TenantID
}

// liveRows are the published rows of one kind in one tenant at a config_version.
type liveRows[T any] struct {
	version int64
	all     []Published[T]
	at      map[string]int
}

// cache is bounded by throwing away an older half: two generations, so that
// what is asked often survives.
type cache[T any] struct {
	mu         sync.Mutex
	young, old map[place]*liveRows[T]
}

const generation = 2048

func newCache[T any]() *cache[T] { return &cache[T]{young: map[place]*liveRows[T]{}} }

func (c *cache[T]) get(key place) (*liveRows[T], bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if rows, ok := c.young[key]; ok {
		return rows, true
	}
	rows, ok := c.old[key]
	if ok {
		c.keep(key, rows)
	}
	return rows, ok
}

func (c *cache[T]) put(key place, rows *liveRows[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if had, ok := c.young[key]; ok && had.version > rows.version {
		return
	}
	c.keep(key, rows)
}

func (c *cache[T]) keep(key place, rows *liveRows[T]) {
	if len(c.young) >= generation {
		c.old, c.young = c.young, map[place]*liveRows[T]{}
	}
	c.young[key] = rows
}
