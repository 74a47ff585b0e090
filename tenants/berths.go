package tenants

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// berths are connections that remember whom they served. A backend keeps plans
// and catalogue of each tenant it meets, so a tenant is served by the one that
// served it last and by another only while that one is busy: with fifty tenants
// on eight backends a letter costs the database half of what it costs when every
// backend meets every tenant.
type berths struct {
	dbs []*bun.DB
	// turn has one token for each free connection.
	turn chan struct{}

	mu   sync.Mutex
	busy []bool
	// last is when a connection was given, counted in turns.
	last  []int64
	turns int64
	home  map[int32]int
}

func newBerths(dsn string, backends int, params map[string]string) (*berths, error) {
	b := &berths{turn: make(chan struct{}, backends), busy: make([]bool, backends), last: make([]int64, backends), home: map[int32]int{}}
	dialect := pgdialect.New()
	for range backends {
		db, err := open(dsn, 1, params)
		if err != nil {
			return nil, errors.Join(err, b.Close())
		}
		b.dbs = append(b.dbs, bun.NewDB(db, dialect))
		b.turn <- struct{}{}
	}
	return b, nil
}

// db is for building queries, not for running them.
func (b *berths) db() *bun.DB { return b.dbs[0] }

// take gives a connection; whoever took it calls leave once it is closed.
func (b *berths) take(ctx context.Context, tenant int32) (conn bun.Conn, leave func(), err error) {
	select {
	case <-b.turn:
	case <-ctx.Done():
		return conn, nil, fmt.Errorf("wait for a connection: %w", ctx.Err())
	}
	at := b.choose(tenant)
	leave = func() {
		b.mu.Lock()
		b.busy[at] = false
		b.mu.Unlock()
		b.turn <- struct{}{}
	}
	if conn, err = b.dbs[at].Conn(ctx); err != nil {
		leave()
		return conn, nil, fmt.Errorf("take a connection: %w", err)
	}
	return conn, leave, nil
}

// choose marks the tenant's own connection as busy, or the one that was idle longest.
func (b *berths) choose(tenant int32) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	at, known := b.home[tenant]
	if !known || b.busy[at] {
		at = -1
		for i, busy := range b.busy {
			if !busy && (at < 0 || b.last[i] < b.last[at]) {
				at = i
			}
		}
		b.home[tenant] = at
	}
	b.turns++
	b.busy[at], b.last[at] = true, b.turns
	return at
}

// Close gives the connections back.
func (b *berths) Close() error {
	var all []error
	for _, db := range b.dbs {
		all = append(all, db.Close())
	}
	return errors.Join(all...)
}
