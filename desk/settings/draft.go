package settings

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Save keeps a draft beside the live version: the open one of the key, or a new
// one. A new key goes behind all others. It answers the draft's version.
//
// Rights: as of Edit. Errors: Denied, ValidationFailed, ChangedMeanwhile when
// another began a draft of the key at the same moment.
func Save[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], d Draft[T]) (int, error) {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return 0, err
	}
	err := tx.QueryRow(ctx, `select coalesce((select position from ?tenant.config where kind = $1 and key = $2 and state <> 'retired' order by state = 'published' desc limit 1),
			(select max(position) + 1 from ?tenant.config where kind = $1 and state <> 'retired'), 0)`, []any{k.Name, d.Key}, &d.Position)
	if err != nil {
		return 0, fmt.Errorf("place %s %q: %w", k.Name, d.Key, err)
	}
	return k.Draft(ctx, tx, d)
}

// Discard throws the open draft of a key away; what is live stays.
//
// Rights: as of Edit. Errors: Denied, NotFound when there is none.
func Discard[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], key string) error {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, "delete from ?tenant.config where kind = $1 and key = $2 and state in ('draft', 'proposed')", k.Name, key)
	if err != nil {
		return fmt.Errorf("discard a draft of %s %q: %w", k.Name, key, err)
	}
	if n == 0 {
		return desk.Missing()
	}
	return nil
}

// Release publishes the open draft of a key, which must be the one that was
// looked at, and records what it changes.
//
// Rights: as of Edit. Errors: Denied, NotFound for a key that has nothing,
// ChangedMeanwhile when the draft is another, or something newer is live.
func Release[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], key string, draft int, reason string) (Published[T], error) {
	now, err := e.opened(ctx, tx, k.Name, func() (int, int, error) { return k.numbers(ctx, tx, key) }, draft)
	if err != nil {
		return Published[T]{}, err
	}
	before, err := k.Setting(ctx, tx.ReadTx, key)
	if err != nil {
		return Published[T]{}, err
	}
	if reason != "" {
		if _, err := tx.Exec(ctx, "update ?tenant.config set reason = $4 where kind = $1 and key = $2 and version = $3", k.Name, key, draft, reason); err != nil {
			return Published[T]{}, fmt.Errorf("note the reason of %s %q: %w", k.Name, key, err)
		}
	}
	if err := k.Publish(ctx, tx, key, draft); err != nil {
		return Published[T]{}, err
	}
	var changes []Difference
	if now > 0 {
		if changes, err = Compare(before.Live.Spec, before.Draft.Spec); err != nil {
			return Published[T]{}, err
		}
	}
	p := Published[T]{Key: key, Version: draft, Position: before.Position, Spec: before.Draft.Spec, PublishedAt: tx.Now()}
	return p, e.record(ctx, tx, FactPublished, k.Name, key, map[string]any{"version": draft, "changes": changes, "reason": cmp.Or(reason, before.Draft.Reason)})
}

// Propose leaves the publication of a draft to those who may approve it.
//
// Rights and errors as of Release.
func Propose[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], key string, draft int, reason string) error {
	if _, err := e.opened(ctx, tx, k.Name, func() (int, int, error) { return k.numbers(ctx, tx, key) }, draft); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update ?tenant.config set state = 'proposed', reason = coalesce(nullif($4, ''), reason), author_id = $5
		where kind = $1 and key = $2 and version = $3`, k.Name, key, draft, reason, author(tx))
	if err != nil {
		return fmt.Errorf("propose %s %q: %w", k.Name, key, err)
	}
	return e.record(ctx, tx, "settings.proposed", k.Name, key, map[string]any{"version": draft, "reason": reason})
}

// GoBack publishes an older version as a new one and records it.
//
// Rights: as of Edit. Errors: Denied, NotFound.
func GoBack[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], key string, to int) (Published[T], error) {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return Published[T]{}, err
	}
	if _, _, err := k.numbers(ctx, tx, key); err != nil {
		return Published[T]{}, err
	}
	before, err := k.Setting(ctx, tx.ReadTx, key)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return Published[T]{}, err
	}
	after, err := k.Restore(ctx, tx, key, to)
	if err != nil {
		return Published[T]{}, err
	}
	var changes []Difference
	if before.Live != nil {
		if changes, err = Compare(before.Live.Spec, after.Spec); err != nil {
			return Published[T]{}, err
		}
	}
	return after, e.record(ctx, tx, FactPublished, k.Name, key, map[string]any{"version": after.Version, "changes": changes, "restored": to})
}

// Order puts keys into an order; those that are not named follow as they stood.
// Positions are no part of a version: live ones and drafts move alike.
//
// Rights: as of Edit. Errors: Denied; ValidationFailed for a key that is not
// there or comes twice.
func Order[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], keys []string) error {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return err
	}
	all, err := k.Settings(ctx, tx.ReadTx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range all {
		known[s.Key] = true
	}
	var wrong []desk.FieldError
	for i, key := range keys {
		if at := fmt.Sprintf("keys/%d", i); !known[key] {
			wrong = append(wrong, desk.Field(at, desk.UnknownID))
		} else if slices.Index(keys, key) < i {
			wrong = append(wrong, desk.Field(at, desk.Unique))
		}
	}
	if err := desk.Invalid(wrong...); err != nil {
		return err
	}
	order := slices.Clone(keys)
	for _, s := range all {
		if !slices.Contains(keys, s.Key) {
			order = append(order, s.Key)
		}
	}
	_, err = tx.Exec(ctx, `update ?tenant.config c set position = o.place - 1 from unnest($2::text[]) with ordinality o(key, place)
		where c.kind = $1 and c.key = o.key and c.state <> 'retired'`, k.Name, order)
	if err != nil {
		return fmt.Errorf("order %s: %w", k.Name, err)
	}
	if err := k.changed(ctx, tx); err != nil {
		return err
	}
	return e.record(ctx, tx, "settings.ordered", k.Name, "", map[string]any{"keys": order})
}

// opened checks the right and that the draft is the one that was looked at; it
// answers the live version.
func (e *Editor) opened(ctx context.Context, tx tenants.Tx, kind string, numbers func() (live, open int, err error), draft int) (int, error) {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(kind), access.Object{}); err != nil {
		return 0, err
	}
	live, open, err := numbers()
	if err != nil {
		return 0, err
	}
	if open != draft || draft < live {
		return 0, desk.Refuse(desk.ChangedMeanwhile).With("current", map[string]int{"live": live, "draft": open})
	}
	return live, nil
}

// numbers locks a key and tells which version is live and which is its draft, 0
// for none. NotFound for a key that never was.
func (k Kind[T]) numbers(ctx context.Context, tx tenants.Tx, key string) (live, draft int, err error) {
	var rows []configRow
	err = tx.Query(ctx, &rows, "select version, state from ?tenant.config where kind = $1 and key = $2 order by version for update", k.Name, key)
	if err != nil {
		return 0, 0, fmt.Errorf("lock %s %q: %w", k.Name, key, err)
	}
	if len(rows) == 0 {
		return 0, 0, desk.Missing()
	}
	for _, row := range rows {
		switch row.State {
		case "published":
			live = row.Version
		case "draft", "proposed":
			draft = row.Version
		}
	}
	return live, draft, nil
}

func sortSettings[T any](all []Setting[T]) {
	slices.SortStableFunc(all, func(a, b Setting[T]) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Key, b.Key))
	})
}
