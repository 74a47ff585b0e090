package lookup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Identifier is one thing by which an object is found.
type Identifier struct {
	Kind  Kind
	Value string // canonical
	Shown string // as typed
	Main  bool
}

// Parse makes an identifier of what was typed; false when it is none of the kind.
func Parse(kind Kind, typed string, main bool) (Identifier, bool) {
	value, ok := Canonical(kind, typed)
	return Identifier{Kind: kind, Value: value, Shown: typed, Main: main}, ok
}

// Claim gives an object its identifiers. Those that belong to one object only
// (mail, keys of imports) are taken by whoever commits first: the others get false
// and find whose it is by Find. The object's own rows are written by its room in
// the same unit, after Claim said yes.
func (l *Lookup) Claim(ctx context.Context, tx tenants.Tx, object desk.AnyID, objectKind string, ids ...Identifier) (bool, error) {
	if len(ids) == 0 {
		return true, nil
	}
	kinds, values, shown, main := columns(ids)
	n, err := tx.Exec(ctx, `insert into ?tenant.identifiers (object_id, kind, value, object_kind, shown, main)
		select $1, u.kind, u.value, $2, u.shown, u.main from unnest($3::text[], $4::text[], $5::text[], $6::boolean[]) u(kind, value, shown, main)
		on conflict do nothing`, object, objectKind, kinds, values, shown, main)
	if err != nil {
		return false, fmt.Errorf("claim identifiers: %w", err)
	}
	if n != int64(len(ids)) {
		return false, nil
	}
	return true, l.index(ctx, tx, object, objectKind, ids)
}

// Replace makes these all the identifiers that an object has.
//
// Errors: AlreadyExists when one of them belongs to another object.
func (l *Lookup) Replace(ctx context.Context, tx tenants.Tx, object desk.AnyID, objectKind string, ids ...Identifier) error {
	kinds, values, shown, main := columns(ids)
	_, err := tx.Exec(ctx, `delete from ?tenant.identifiers i where i.object_id = $1 and not exists (
		select from unnest($2::text[], $3::text[]) u(kind, value) where u.kind = i.kind and u.value = i.value)`, object, kinds, values)
	if err != nil {
		return fmt.Errorf("drop identifiers: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into ?tenant.identifiers (object_id, kind, value, object_kind, shown, main)
		select $1, u.kind, u.value, $2, u.shown, u.main from unnest($3::text[], $4::text[], $5::text[], $6::boolean[]) u(kind, value, shown, main)
		on conflict (value, kind, object_id) do update set shown = excluded.shown, main = excluded.main`, object, objectKind, kinds, values, shown, main)
	if err != nil {
		return fmt.Errorf("write identifiers: %w", err)
	}
	if _, err := tx.Exec(ctx, "delete from manydesk.lookup where tenant_id = $1 and object_id = $2", int32(tx.Tenant().ID), object); err != nil {
		return fmt.Errorf("drop hashes: %w", err)
	}
	return l.index(ctx, tx, object, objectKind, ids)
}

// Find gives the object an identifier belongs to; NotFound for none. Of several
// (a phone may be shared) it gives the one that has it as its main one, then the
// oldest.
func Find(ctx context.Context, tx tenants.ReadTx, objectKind string, kind Kind, typed string) (desk.AnyID, error) {
	value, ok := Canonical(kind, typed)
	if !ok {
		return desk.AnyID{}, desk.Missing()
	}
	var id desk.AnyID
	err := tx.QueryRow(ctx, `select object_id from ?tenant.identifiers where value = $1 and kind = $2 and object_kind = $3
		order by main desc, object_id limit 1`, []any{value, string(kind), objectKind}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return id, desk.Missing()
	}
	if err != nil {
		return id, fmt.Errorf("find by identifier: %w", err)
	}
	return id, nil
}

func columns(ids []Identifier) (kinds, values, shown []string, main []bool) {
	kinds, values, shown, main = []string{}, []string{}, []string{}, []bool{}
	for _, i := range ids {
		kinds, values, shown, main = append(kinds, string(i.Kind)), append(values, i.Value), append(shown, i.Shown), append(main, i.Main)
	}
	return kinds, values, shown, main
}
