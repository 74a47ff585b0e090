package settings

import (
	"context"
	"sync"

	"manydesk/tenants"
)

// mostKept bounds the old versions that a process keeps of one kind.
const mostKept = 4096

type versionAt struct {
	place
	key     string
	version int
}

// archive keeps versions that are live no more.
type archive[T any] struct {
	mu  sync.Mutex
	all map[versionAt]Published[T]
}

// At gives a key at a version, live or long retired: what something runs under
// that was agreed on then. Versions never change, so they are kept in memory.
//
// Errors: NotFound for a version that is not there.
func (k Kind[T]) At(ctx context.Context, tx tenants.ReadTx, key string, version int) (Published[T], error) {
	if live, err := k.Live(ctx, tx, key); err == nil && live.Version == version {
		return live, nil
	}
	at := versionAt{place{tx.Installation(), tx.Tenant().ID}, key, version}
	k.old.mu.Lock()
	kept, ok := k.old.all[at]
	k.old.mu.Unlock()
	if ok {
		return kept, nil
	}
	found, err := k.Version(ctx, tx, key, version)
	if err != nil {
		return Published[T]{}, err
	}
	p := Published[T]{Key: key, Version: version, Position: found.Position, Spec: found.Spec, PublishedAt: found.PublishedAt}
	if found.State != "published" && found.State != "retired" {
		return p, nil // a draft may yet change
	}
	k.old.mu.Lock()
	defer k.old.mu.Unlock()
	if len(k.old.all) >= mostKept {
		clear(k.old.all)
	}
	k.old.all[at] = p
	return p, nil
}
