package settings

import (
	"context"
	"fmt"

	"manydesk/tenants"
)

// Ever are the keys that were ever published, also of what is withdrawn by now:
// old tickets still name those.
func (k Kind[T]) Ever(ctx context.Context, tx tenants.ReadTx) ([]string, error) {
	var rows []struct{ Key string }
	if err := tx.Query(ctx, &rows, "select distinct key from ?tenant.config where kind = $1 and state in ('published', 'retired') order by key", k.Name); err != nil {
		return nil, fmt.Errorf("read the keys of kind %s: %w", k.Name, err)
	}
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = r.Key
	}
	return keys, nil
}
