package settings

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Version is one version of a setting with its history.
type Version[T any] struct {
	Key         string
	Version     int
	State       string // draft, proposed, published, retired
	Position    int
	Spec        T
	Author      desk.UserID
	Reason      string
	CreatedAt   time.Time
	PublishedAt time.Time // zero for one that never was live
}

const versionColumns = `key, version, state, position, spec, author_id, coalesce(reason, '') as reason, created_at,
	coalesce(published_at, '0001-01-01T00:00:00Z') as published_at`

// Versions lists a key's versions, newest first: at most 200.
//
// Errors: NotFound for a key that never was.
func (k Kind[T]) Versions(ctx context.Context, tx tenants.ReadTx, key string) ([]Version[T], error) {
	var rows []configRow
	err := tx.Query(ctx, &rows, "select "+versionColumns+" from ?tenant.config where kind = $1 and key = $2 order by version desc limit 200", k.Name, key)
	if err != nil {
		return nil, fmt.Errorf("list versions of %s %q: %w", k.Name, key, err)
	}
	if len(rows) == 0 {
		return nil, desk.Missing()
	}
	all := make([]Version[T], len(rows))
	for i, row := range rows {
		if all[i], err = version[T](row); err != nil {
			return nil, fmt.Errorf("read %s %q, version %d: %w", k.Name, key, row.Version, err)
		}
	}
	return all, nil
}

// Version reads one version. NotFound for none.
func (k Kind[T]) Version(ctx context.Context, tx tenants.ReadTx, key string, number int) (Version[T], error) {
	var row configRow
	err := tx.Query(ctx, &row, "select "+versionColumns+" from ?tenant.config where kind = $1 and key = $2 and version = $3", k.Name, key, number)
	if err := missing(err, "read a version"); err != nil {
		return Version[T]{}, err
	}
	return version[T](row)
}

// Open reads the open draft of a key. NotFound when there is none.
func (k Kind[T]) Open(ctx context.Context, tx tenants.ReadTx, key string) (Version[T], error) {
	var row configRow
	err := tx.Query(ctx, &row, "select "+versionColumns+` from ?tenant.config
		where kind = $1 and key = $2 and state in ('draft', 'proposed') order by version desc limit 1`, k.Name, key)
	if err := missing(err, "read a draft"); err != nil {
		return Version[T]{}, err
	}
	return version[T](row)
}

// Compare tells what differs between two versions of a key.
//
// Errors: NotFound when either is not there.
func (k Kind[T]) Compare(ctx context.Context, tx tenants.ReadTx, key string, from, to int) ([]Difference, error) {
	a, err := k.Version(ctx, tx, key, from)
	if err != nil {
		return nil, err
	}
	b, err := k.Version(ctx, tx, key, to)
	if err != nil {
		return nil, err
	}
	return Compare(a.Spec, b.Spec)
}

func version[T any](row configRow) (Version[T], error) {
	v := Version[T]{
		Key: row.Key, Version: row.Version, State: row.State, Position: row.Position,
		Author: row.AuthorID, Reason: row.Reason, CreatedAt: row.CreatedAt, PublishedAt: row.PublishedAt,
	}
	err := json.Unmarshal(row.Spec, &v.Spec)
	return v, err
}
