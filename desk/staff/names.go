package staff

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Names gives what people who work here now are called; whoever is gone is left
// out. Rights are those of the caller: it is asked from inside a verb.
func Names(ctx context.Context, tx tenants.ReadTx, ids ...desk.UserID) (map[desk.UserID]string, error) {
	texts := make([]string, 0, len(ids))
	for _, id := range ids {
		if !id.IsZero() {
			texts = append(texts, id.UUID())
		}
	}
	var rows []struct {
		UserID desk.UserID
		Name   string
	}
	if err := tx.Query(ctx, &rows, "select user_id, name from ?tenant.staff where user_id = any($1::uuid[]) and active", texts); err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	names := make(map[desk.UserID]string, len(rows))
	for _, r := range rows {
		names[r.UserID] = r.Name
	}
	return names, nil
}

// Reached gives those who work here now and are named or hold one of the roles,
// each once. Rights are those of the caller.
func Reached(ctx context.Context, tx tenants.ReadTx, people []desk.UserID, roles []string) ([]Member, error) {
	ids := make([]string, len(people))
	for i, id := range people {
		ids[i] = id.UUID()
	}
	if roles == nil {
		roles = []string{}
	}
	return list(ctx, tx, "active and (user_id = any($1::uuid[]) or roles && $2::text[])", ids, roles)
}
