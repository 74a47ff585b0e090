package jobs

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// SetTimers sets, moves and takes away (zero DueAt) timers. There is one per
// subject and kind; of two for the same the last counts.
//
// Errors: a timer without a subject or kind.
func SetTimers(ctx context.Context, tx tenants.Tx, timers ...desk.Timer) error {
	if len(timers) == 0 {
		return nil
	}
	type key struct {
		subject desk.AnyID
		kind    string
	}
	last := make(map[key]desk.Timer, len(timers))
	for _, t := range timers {
		if t.Subject.IsZero() || t.Kind == "" {
			return fmt.Errorf("a timer needs a subject and a kind: %q", t.Kind)
		}
		last[key{t.Subject, t.Kind}] = t
	}
	// Sorted, so that two units lock in one order.
	keys := make([]key, 0, len(last))
	for k := range last {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(slices.Compare(a.subject[:], b.subject[:]), cmp.Compare(a.kind, b.kind))
	})
	n := len(keys)
	subjects, kinds, versions, due := make([]string, n), make([]string, n), make([]int32, n), make([]*time.Time, n)
	for i, k := range keys {
		t := last[k]
		subjects[i], kinds[i] = t.Subject.UUID(), t.Kind
		versions[i] = int32(t.Version) //nolint:gosec // a ticket's version is an integer in Postgres
		if !t.DueAt.IsZero() {
			due[i] = &t.DueAt
		}
	}
	_, err := tx.Exec(ctx, `with u as (select subject::uuid as subject_id, kind, due_at, version, n
			from unnest($2::text[], $3::text[], $4::timestamptz[], $5::integer[]) with ordinality x(subject, kind, due_at, version, n)),
		gone as (delete from manydesk.timers t using u where u.due_at is null and t.tenant_id = $1 and t.subject_id = u.subject_id and t.kind = u.kind)
		insert into manydesk.timers (tenant_id, subject_id, kind, due_at, version)
		select $1, subject_id, kind, due_at, version from u where due_at is not null order by n
		on conflict (tenant_id, subject_id, kind) do update
			set due_at = excluded.due_at, version = excluded.version, tries = 0, retry_at = null`,
		int32(tx.Tenant().ID), subjects, kinds, due, versions)
	if err != nil {
		return fmt.Errorf("set timers: %w", err)
	}
	tx.Wake()
	return nil
}

// SetTimersOf sets the timers of one kind on every subject that a query finds: its
// columns are subject, due time and version; its arguments are $1 and on.
func SetTimersOf(ctx context.Context, tx tenants.Tx, kind, query string, args ...any) error {
	n := len(args)
	_, err := tx.Exec(ctx, fmt.Sprintf(`insert into manydesk.timers (tenant_id, subject_id, kind, due_at, version)
		select $%d::integer, q.subject, $%d::text, q.due, q.version from (%s) q (subject, due, version)
		on conflict on constraint timers_pk do update set due_at = excluded.due_at, version = excluded.version, tries = 0, retry_at = null`, n+1, n+2, query),
		append(args, int32(tx.Tenant().ID), kind)...)
	if err != nil {
		return fmt.Errorf("set the timers of %s: %w", kind, err)
	}
	tx.Wake()
	return nil
}
