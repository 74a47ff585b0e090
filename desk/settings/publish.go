package settings

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"manydesk/desk"
	"manydesk/tenants"
)

// Draft is a version to be.
type Draft[T any] struct {
	Key      string
	Spec     T
	Position int
	// Reason is why, for those who compare versions later.
	Reason string
	// Secret is already sealed; nil keeps the one of the version before.
	Secret []byte
}

var keys = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Draft stores a version beside the live one: the open draft of the key if
// there is one, else a new row. It answers the version's number.
//
// Errors: ValidationFailed by the spec's own Validate, or for the key.
func (k Kind[T]) Draft(ctx context.Context, tx tenants.Tx, d Draft[T]) (version int, err error) {
	if !keys.MatchString(d.Key) {
		return 0, desk.Invalid(desk.Field("key", desk.Pattern, "pattern", "a-z, 0-9, _"))
	}
	if v, ok := any(d.Spec).(interface{ Validate() error }); ok {
		if err := v.Validate(); err != nil {
			return 0, err
		}
	}
	spec, err := json.Marshal(d.Spec)
	if err != nil {
		return 0, fmt.Errorf("encode %s %q: %w", k.Name, d.Key, err)
	}
	// The lock orders those who draft the same key; a key's first two meet on the
	// primary key. A draft that something newer was published over gets a new number.
	err = tx.QueryRow(ctx, `with had as (select version, state, secret from ?tenant.config where kind = $1 and key = $2
				order by state in ('draft', 'proposed') desc, version desc limit 1 for update),
			last as (select max(version) as version, coalesce(max(version) filter (where state = 'published'), 0) as live from ?tenant.config where kind = $1 and key = $2),
			mine as (update ?tenant.config c set spec = $3, position = $4, reason = nullif($5, ''), author_id = $6, created_at = $7, secret = coalesce($8, c.secret),
					state = 'draft', version = case when c.version < last.live then last.version + 1 else c.version end
				from had, last where c.kind = $1 and c.key = $2 and c.version = had.version and had.state in ('draft', 'proposed') returning c.version),
			new as (insert into ?tenant.config (kind, key, version, spec, position, reason, author_id, created_at, secret)
				select $1, $2, coalesce((select version from last), 0) + 1, $3, $4, nullif($5, ''), $6, $7, coalesce($8, (select secret from had))
				where not exists (select from had where state in ('draft', 'proposed')) returning version)
		select version from mine union all select version from new`,
		[]any{k.Name, d.Key, spec, d.Position, d.Reason, author(tx), tx.Now(), d.Secret}, &version)
	if desk.Is(err, desk.AlreadyExists) {
		return 0, desk.Refuse(desk.ChangedMeanwhile).Because(err)
	}
	if err != nil {
		return 0, fmt.Errorf("draft %s %q: %w", k.Name, d.Key, err)
	}
	return version, nil
}

// Publish makes a draft the live version; the one before is kept, retired.
//
// Errors: NotFound when the key has no such draft.
func (k Kind[T]) Publish(ctx context.Context, tx tenants.Tx, key string, version int) error {
	if _, err := tx.Exec(ctx, "update ?tenant.config set state = 'retired' where kind = $1 and key = $2 and state = 'published'", k.Name, key); err != nil {
		return fmt.Errorf("retire %s %q: %w", k.Name, key, err)
	}
	n, err := tx.Exec(ctx, `update ?tenant.config set state = 'published', published_at = $4, approved_by = $5
		where kind = $1 and key = $2 and version = $3 and state in ('draft', 'proposed')`, k.Name, key, version, tx.Now(), author(tx))
	if err != nil {
		return fmt.Errorf("publish %s %q: %w", k.Name, key, err)
	}
	if n == 0 {
		return desk.Missing()
	}
	return k.changed(ctx, tx)
}

// Put drafts and publishes in one go.
func (k Kind[T]) Put(ctx context.Context, tx tenants.Tx, d Draft[T]) (Published[T], error) {
	version, err := k.Draft(ctx, tx, d)
	if err != nil {
		return Published[T]{}, err
	}
	if err := k.Publish(ctx, tx, d.Key, version); err != nil {
		return Published[T]{}, err
	}
	return Published[T]{Key: d.Key, Version: version, Position: d.Position, Spec: d.Spec, PublishedAt: tx.Now()}, nil
}

// Retire takes the live version away; its versions stay to be restored.
//
// Errors: NotFound when nothing is published under the key.
func (k Kind[T]) Retire(ctx context.Context, tx tenants.Tx, key string) error {
	n, err := tx.Exec(ctx, "update ?tenant.config set state = 'retired' where kind = $1 and key = $2 and state = 'published'", k.Name, key)
	if err != nil {
		return fmt.Errorf("retire %s %q: %w", k.Name, key, err)
	}
	if n == 0 {
		return desk.Missing()
	}
	return k.changed(ctx, tx)
}

// Restore publishes what an older version said, as a new version. An open draft stays.
//
// Errors: NotFound for a version that is not there; ChangedMeanwhile when another did so at once.
func (k Kind[T]) Restore(ctx context.Context, tx tenants.Tx, key string, version int) (Published[T], error) {
	old, err := k.Version(ctx, tx.ReadTx, key, version)
	if err != nil {
		return Published[T]{}, err
	}
	p := Published[T]{Key: key, Spec: old.Spec, PublishedAt: tx.Now()}
	if _, err := tx.Exec(ctx, "update ?tenant.config set state = 'retired' where kind = $1 and key = $2 and state = 'published'", k.Name, key); err != nil {
		return Published[T]{}, fmt.Errorf("retire %s %q: %w", k.Name, key, err)
	}
	err = tx.QueryRow(ctx, `insert into ?tenant.config (kind, key, version, state, spec, position, reason, author_id, approved_by, created_at, published_at, secret)
		select kind, key, (select max(version) + 1 from ?tenant.config where kind = $1 and key = $2), 'published', spec,
			(select position from ?tenant.config where kind = $1 and key = $2 order by published_at desc nulls last, version desc limit 1), reason, $4, $4, $5, $5, secret
		from ?tenant.config where kind = $1 and key = $2 and version = $3 returning version, position`,
		[]any{k.Name, key, version, author(tx), tx.Now()}, &p.Version, &p.Position)
	if desk.Is(err, desk.AlreadyExists) {
		return Published[T]{}, desk.Refuse(desk.ChangedMeanwhile).Because(err)
	}
	if err != nil {
		return Published[T]{}, fmt.Errorf("restore %s %q: %w", k.Name, key, err)
	}
	return p, k.changed(ctx, tx)
}

// changed tells every process; roles are rights as well.
func (k Kind[T]) changed(ctx context.Context, tx tenants.Tx) error {
	if err := tx.ConfigChanged(ctx); err != nil {
		return err
	}
	if k.Name == "role" {
		return tx.AccessChanged(ctx)
	}
	return nil
}

// author is who drafts or publishes, null for the system.
func author(tx tenants.Tx) desk.UserID { return tx.Actor().User() }

func missing(err error, doing string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Missing()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
