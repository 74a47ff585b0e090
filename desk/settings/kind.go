package settings

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/singleflight"

	"manydesk/desk"
	"manydesk/tenants"
)

// Kind is one kind of setting whose spec is a T. Make it once, as a package
// variable: it keeps the live rows of the tenants it was asked for.
type Kind[T any] struct {
	Name    string
	kept    *cache[T]
	loading *singleflight.Group
	old     *archive[T]
}

// For declares a kind: settings.For[Workflow]("workflow").
func For[T any](name string) Kind[T] {
	return Kind[T]{Name: name, kept: newCache[T](), loading: &singleflight.Group{}, old: &archive[T]{all: map[versionAt]Published[T]{}}}
}

// Published is the live version of a setting. It is shared by all who ask: read
// it, never write into it.
type Published[T any] struct {
	Key         string
	Version     int
	Position    int
	Spec        T
	PublishedAt time.Time
}

// Live gives the published version of a key, from memory. What this very unit
// of work publishes is seen after its commit.
//
// Errors: NotFound when nothing is published under the key.
func (k Kind[T]) Live(ctx context.Context, tx tenants.ReadTx, key string) (Published[T], error) {
	rows, err := k.rows(ctx, tx)
	if err != nil {
		return Published[T]{}, err
	}
	i, ok := rows.at[key]
	if !ok {
		return Published[T]{}, desk.Missing()
	}
	return rows.all[i], nil
}

// All gives every published key in order of position, then key, from memory.
func (k Kind[T]) All(ctx context.Context, tx tenants.ReadTx) ([]Published[T], error) {
	rows, err := k.rows(ctx, tx)
	if err != nil {
		return nil, err
	}
	return slices.Clip(rows.all), nil
}

// Secret gives the sealed secret kept beside the live version, nil if there is none.
func (k Kind[T]) Secret(ctx context.Context, tx tenants.ReadTx, key string) ([]byte, error) {
	var sealed []byte
	err := tx.QueryRow(ctx, "select secret from ?tenant.config where kind = $1 and key = $2 and state = 'published'", []any{k.Name, key}, &sealed)
	return sealed, missing(err, "read a secret")
}

func (k Kind[T]) rows(ctx context.Context, tx tenants.ReadTx) (*liveRows[T], error) {
	tenant := tx.Tenant()
	key := place{tx.Installation(), tenant.ID}
	if rows, ok := k.kept.get(key); ok && rows.version >= tenant.ConfigVersion {
		return rows, nil
	}
	flight := fmt.Sprintf("%p/%d@%s", tx.Installation(), tenant.ID, strconv.FormatInt(tenant.ConfigVersion, 10))
	got, err, _ := k.loading.Do(flight, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		rows, err := k.load(ctx, tx.Committed(), tenant.ConfigVersion)
		if err == nil {
			k.kept.put(key, rows)
		}
		return rows, err
	})
	if err != nil {
		return nil, err
	}
	return got.(*liveRows[T]), nil
}

type configRow struct {
	Key         string
	Version     int
	State       string
	Position    int
	Spec        json.RawMessage
	AuthorID    desk.UserID
	Reason      string
	CreatedAt   time.Time
	PublishedAt time.Time
}

func (k Kind[T]) load(ctx context.Context, tx tenants.ReadTx, version int64) (*liveRows[T], error) {
	var found []configRow
	err := tx.Query(ctx, &found, `select key, version, position, spec, published_at from ?tenant.config
		where kind = $1 and state = 'published' order by position, key`, k.Name)
	if err != nil {
		return nil, fmt.Errorf("read settings of kind %s: %w", k.Name, err)
	}
	rows := &liveRows[T]{version: version, all: make([]Published[T], len(found)), at: make(map[string]int, len(found))}
	for i, row := range found {
		p := Published[T]{Key: row.Key, Version: row.Version, Position: row.Position, PublishedAt: row.PublishedAt}
		if err := json.Unmarshal(row.Spec, &p.Spec); err != nil {
			return nil, fmt.Errorf("read %s %q, version %d: %w", k.Name, row.Key, row.Version, err)
		}
		rows.all[i], rows.at[row.Key] = p, i
	}
	return rows, nil
}
