package api

import (
	"reflect"
	"sync"
)

// typeCache remembers an answer per type for the life of the process.
type typeCache struct{ m sync.Map }

func (c *typeCache) get(t reflect.Type) (known, ok bool) {
	v, ok := c.m.Load(t)
	if !ok {
		return false, false
	}
	return v.(bool), true
}

func (c *typeCache) put(t reflect.Type, holds bool) { c.m.Store(t, holds) }
