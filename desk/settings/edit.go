package settings

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// FactPublished is the fact of a setting that was published, by whatever way.
const FactPublished = "settings.published"

// Log is the tenant's log of facts (desk/events).
type Log interface {
	Record(ctx context.Context, tx tenants.Tx, facts ...desk.Fact) error
}

// Editor changes settings on behalf of people: with a right, against a version,
// and so that the audit shows it.
type Editor struct {
	log   Log
	guard *access.Guard
}

// NewEditor makes the editor of a process.
func NewEditor(log Log, guard *access.Guard) *Editor { return &Editor{log, guard} }

// Change is a draft made from a version: Base 0 for a key that is new.
type Change[T any] struct {
	Draft[T]
	Base int
}

// Edit publishes a change and records it.
//
// Rights: role.manage for roles, brand.edit for brand, portal and sender,
// settings.edit for the rest. Errors: ChangedMeanwhile when the live version is
// not Base, AlreadyExists for a new key that is taken, ValidationFailed.
func Edit[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], c Change[T]) (Published[T], error) {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return Published[T]{}, err
	}
	before, err := k.lock(ctx, tx, c.Key)
	switch {
	case err != nil && !desk.Is(err, desk.NotFound):
		return Published[T]{}, err
	case err == nil && c.Base == 0:
		return Published[T]{}, desk.Refuse(desk.AlreadyExists, "what", c.Key)
	case before.Version != c.Base:
		return Published[T]{}, desk.Refuse(desk.ChangedMeanwhile).With("current", before.Version)
	}
	after, err := k.Put(ctx, tx, c.Draft)
	if err != nil {
		return Published[T]{}, err
	}
	var changes []Difference
	if c.Base != 0 {
		if changes, err = Compare(before.Spec, after.Spec); err != nil {
			return Published[T]{}, err
		}
	}
	return after, e.record(ctx, tx, FactPublished, k.Name, c.Key, map[string]any{"version": after.Version, "changes": changes, "reason": c.Reason})
}

// Withdraw retires a live setting and records it. Rights and errors as of Edit;
// NotFound when nothing is published under the key.
func Withdraw[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], key string, base int) error {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return err
	}
	before, err := k.lock(ctx, tx, key)
	if err != nil {
		return err
	}
	if before.Version != base {
		return desk.Refuse(desk.ChangedMeanwhile).With("current", before.Version)
	}
	if err := k.Retire(ctx, tx, key); err != nil {
		return err
	}
	return e.record(ctx, tx, "settings.retired", k.Name, key, map[string]any{"version": before.Version})
}

// Right is the permission that changes a kind of setting.
func Right(kind string) access.Permission {
	switch kind {
	case Roles.Name:
		return access.RoleManage
	case Brands.Name, Portals.Name, Senders.Name:
		return access.BrandEdit
	}
	return access.SettingsEdit
}

// lock reads the live row and holds it, so that two editors of one key take turns.
func (k Kind[T]) lock(ctx context.Context, tx tenants.Tx, key string) (Published[T], error) {
	var row configRow
	err := tx.Query(ctx, &row, `select key, version, position, spec, published_at from ?tenant.config
		where kind = $1 and key = $2 and state = 'published' for update`, k.Name, key)
	if err := missing(err, "lock a setting"); err != nil {
		return Published[T]{}, err
	}
	p := Published[T]{Key: row.Key, Version: row.Version, Position: row.Position, PublishedAt: row.PublishedAt}
	if err := json.Unmarshal(row.Spec, &p.Spec); err != nil {
		return Published[T]{}, fmt.Errorf("read %s %q: %w", k.Name, key, err)
	}
	return p, nil
}

func (e *Editor) record(ctx context.Context, tx tenants.Tx, what, kind, key string, data map[string]any) error {
	data["kind"], data["key"] = kind, key
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode a fact: %w", err)
	}
	return e.log.Record(ctx, tx, desk.Fact{
		Subject: Subject(kind, key), SubjectKind: "setting", At: tx.Now(), Actor: tx.Actor(), Type: what, Data: encoded,
	})
}

// Subject is the id under which a setting's facts lie: a name-based UUID
// (version 8) of kind and key, the same in every tenant.
func Subject(kind, key string) desk.AnyID {
	sum := sha256.Sum256([]byte("setting/" + kind + "/" + key))
	id := desk.AnyID(sum[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}
