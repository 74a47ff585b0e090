package tenants

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
)

// Dress gives a tenant its look, whose version moves on, so that every address
// made of it is new. The right to do so is the caller's to ask.
func (t SharedTx) Dress(ctx context.Context, id desk.TenantID, look Look) (Look, error) {
	spec, err := json.Marshal(look)
	if err != nil {
		return Look{}, fmt.Errorf("encode the look: %w", err)
	}
	err = t.QueryRow(ctx, `update manydesk.tenants set look = $2::jsonb || jsonb_build_object('version', coalesce((look->>'version')::integer, 0) + 1)
		where id = $1 returning (look->>'version')::integer`, []any{int32(id), string(spec)}, &look.Version)
	if err != nil {
		return Look{}, fmt.Errorf("store the look: %w", err)
	}
	t.u.after = append(t.u.after, func() { t.u.house.registry.forget(id) })
	return look, nil
}

// Rename gives a tenant another name. The right to do so is the caller's to ask.
//
// Errors: ValidationFailed on "name".
func (t SharedTx) Rename(ctx context.Context, id desk.TenantID, name string) error {
	switch n := len([]rune(name)); {
	case n == 0:
		return desk.Invalid(desk.Field("name", desk.Required))
	case n > 120:
		return desk.Invalid(desk.Field("name", desk.MaxLength, "max", 120))
	}
	if _, err := t.Exec(ctx, "update manydesk.tenants set name = $2 where id = $1", int32(id), name); err != nil {
		return fmt.Errorf("rename the tenant: %w", err)
	}
	t.u.after = append(t.u.after, func() { t.u.house.registry.forget(id) })
	return nil
}
