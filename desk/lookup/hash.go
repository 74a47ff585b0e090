package lookup

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Lookup keeps the index over all tenants.
type Lookup struct{ house *tenants.House }

// Open opens the room and makes its first key if there is none. Never from
// inside a unit of work: a key is made on a connection of its own, and units that
// hold all of them would wait for it for ever.
func Open(ctx context.Context, house *tenants.House) (*Lookup, error) {
	if _, err := house.SigningKeys(ctx, purpose); err != nil {
		return nil, fmt.Errorf("prepare the key of identifiers: %w", err)
	}
	return &Lookup{house}, nil
}

// purpose of the keys that hash identifiers.
const purpose = "lookup"

// Hashes gives the hashes under which an identifier stands in the index, one for
// each living key.
func (l *Lookup) Hashes(ctx context.Context, kind Kind, typed string) ([]int64, error) {
	value, ok := Canonical(kind, typed)
	if !ok {
		return nil, nil
	}
	keys, err := l.house.SigningKeys(ctx, purpose)
	if err != nil {
		return nil, err
	}
	all := make([]int64, len(keys))
	for i, key := range keys {
		all[i] = hash(key, string(kind), value)
	}
	return all, nil
}

// index writes an object's hashes: of each identifier, and of the last four and
// six digits of a phone. Names are not in it: they are no proof of anything.
func (l *Lookup) index(ctx context.Context, tx tenants.Tx, object desk.AnyID, objectKind string, ids []Identifier) error {
	keys, err := l.house.SigningKeys(ctx, purpose)
	if err != nil {
		return err
	}
	var hashes []int64
	var kinds []string
	add := func(kind, value string) {
		hashes, kinds = append(hashes, hash(keys[0], kind, value)), append(kinds, kind)
	}
	for _, i := range ids {
		if i.Kind == Name {
			continue
		}
		add(string(i.Kind), i.Value)
		if i.Kind == Phone {
			add("phone:4", i.Value[len(i.Value)-4:])
			add("phone:6", i.Value[len(i.Value)-6:])
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	_, err = tx.Exec(ctx, `insert into manydesk.lookup (hash, tenant_id, object_id, object_kind, kind)
		select u.hash, $1, $2, $3, u.kind from unnest($4::bigint[], $5::text[]) u(hash, kind) on conflict do nothing`,
		int32(tx.Tenant().ID), object, objectKind, hashes, kinds)
	if err != nil {
		return fmt.Errorf("write hashes: %w", err)
	}
	return nil
}

func hash(key []byte, kind, value string) int64 {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(kind))
	m.Write([]byte{0})
	m.Write([]byte(value))
	return int64(binary.BigEndian.Uint64(m.Sum(nil))) //nolint:gosec // any 64 bits
}
