package settings

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Setting is a key with what is live and what is being made of it; never neither.
type Setting[T any] struct {
	Key         string
	Position    int
	Live, Draft *Version[T]
}

// Spec is the live one, else the draft's.
func (s Setting[T]) Spec() T {
	if s.Live != nil {
		return s.Live.Spec
	}
	return s.Draft.Spec
}

// Latest is the draft's, else the live one.
func (s Setting[T]) Latest() T {
	if s.Draft != nil {
		return s.Draft.Spec
	}
	return s.Live.Spec
}

// LiveVersion is 0 when nothing is published.
func (s Setting[T]) LiveVersion() int {
	if s.Live == nil {
		return 0
	}
	return s.Live.Version
}

const standing = ` from ?tenant.config where kind = $1 and state in ('published', 'draft', 'proposed')`

// Settings gives every key with its live version and its draft, in order, as
// this very unit of work sees them. One statement, not from memory: for those
// who edit.
func (k Kind[T]) Settings(ctx context.Context, tx tenants.ReadTx) ([]Setting[T], error) {
	var rows []configRow
	if err := tx.Query(ctx, &rows, "select "+versionColumns+standing+" order by position, key", k.Name); err != nil {
		return nil, fmt.Errorf("read settings of kind %s: %w", k.Name, err)
	}
	return gather[T](rows)
}

// Setting gives one of them. NotFound for a key that has neither.
func (k Kind[T]) Setting(ctx context.Context, tx tenants.ReadTx, key string) (Setting[T], error) {
	var rows []configRow
	if err := tx.Query(ctx, &rows, "select "+versionColumns+standing+" and key = $2", k.Name, key); err != nil {
		return Setting[T]{}, fmt.Errorf("read %s %q: %w", k.Name, key, err)
	}
	all, err := gather[T](rows)
	if err != nil {
		return Setting[T]{}, err
	}
	if len(all) == 0 {
		return Setting[T]{}, desk.Missing()
	}
	return all[0], nil
}

// gather puts the rows of a key together, in the order of its live row, else of its draft.
func gather[T any](rows []configRow) (all []Setting[T], err error) {
	at := map[string]int{}
	for _, live := range []bool{true, false} {
		for _, row := range rows {
			if live != (row.State == "published") {
				continue
			}
			v, err := version[T](row)
			if err != nil {
				return nil, fmt.Errorf("read %q, version %d: %w", row.Key, row.Version, err)
			}
			i, known := at[row.Key]
			if !known {
				i = len(all)
				at[row.Key] = i
				all = append(all, Setting[T]{Key: row.Key, Position: row.Position})
			}
			if live {
				all[i].Live = &v
			} else {
				all[i].Draft = &v
			}
		}
	}
	sortSettings(all)
	return all, nil
}
