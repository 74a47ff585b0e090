package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// together is how many timers of a tenant share one unit of work.
const together = 20

// fireTenant fires a tenant's timers, some in one unit; when one of them fails,
// each in its own, so that it stands in nobody's way.
func (l *Line) fireTenant(ctx context.Context, id desk.TenantID, due []dueTimer) (settled int) {
	tenant, err := l.house.ByID(ctx, id)
	if err != nil {
		l.log.Warn("timers of a tenant that can't be found wait", "tenant", id, "error", err)
		return l.putOff(ctx, id, due, postponed)
	}
	// By subject, so that two units lock in one order.
	slices.SortFunc(due, func(a, b dueTimer) int {
		return cmp.Or(slices.Compare(a.SubjectID[:], b.SubjectID[:]), cmp.Compare(a.Kind, b.Kind))
	})
	for some := range slices.Chunk(due, together) {
		n, err := l.fire(ctx, tenant, some)
		switch {
		case err == nil:
			settled += n
		case desk.Is(err, desk.TenantSuspended) || desk.Is(err, desk.TenantReadOnly):
			return settled + l.putOff(ctx, id, due, postponed)
		case len(some) == 1:
			settled += l.fireFailed(ctx, tenant, some[0], err)
		default:
			settled += l.fireApart(ctx, tenant, some)
		}
	}
	return settled
}

func (l *Line) fireApart(ctx context.Context, tenant tenants.Tenant, due []dueTimer) (settled int) {
	for _, d := range due {
		n, err := l.fire(ctx, tenant, []dueTimer{d})
		if err != nil {
			n = l.fireFailed(ctx, tenant, d, err)
		}
		settled += n
	}
	return settled
}

// fire runs the handlers of timers in one unit and takes the timers away in it.
// It counts those that were still due and free.
func (l *Line) fire(ctx context.Context, tenant tenants.Tenant, due []dueTimer) (fired int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			fired, err = 0, fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	var late time.Duration
	err = l.house.Do(ctx, tenant, desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		ours, err := seize(ctx, tx, due)
		if err != nil {
			return err
		}
		for _, d := range ours {
			h, ok := l.mux.timer(d.Kind)
			if !ok {
				return errNoHandler
			}
			if err := h(ctx, tx, d.timer()); err != nil {
				return fmt.Errorf("timer %s: %w", d.Kind, err)
			}
			late = max(late, tx.Now().Sub(d.DueAt))
		}
		fired = len(ours)
		return drop(ctx, tx, ours)
	})
	if err != nil {
		return 0, err
	}
	l.stats.fired.Add(int64(fired))
	highest(&l.stats.late, late.Milliseconds())
	return fired, nil
}

// seize takes the timers that no other process is firing and that are still as
// they were seen. The lock has only the timer's name, not its row: a verb that
// holds the ticket may write the row while our handler waits for the ticket,
// and a lock on the row would have them wait for each other.
func seize(ctx context.Context, tx tenants.Tx, due []dueTimer) ([]dueTimer, error) {
	names := make([]int64, len(due))
	for i, d := range due {
		names[i] = timerName(d)
	}
	var free []struct{ N int }
	err := tx.Query(ctx, &free, "select n from unnest($1::bigint[]) with ordinality u(k, n) where pg_try_advisory_xact_lock(k) order by n", names)
	if err != nil {
		return nil, fmt.Errorf("seize timers: %w", err)
	}
	subjects, kinds := make([]string, len(free)), make([]string, len(free))
	for i, f := range free {
		d := due[f.N-1]
		subjects[i], kinds[i] = d.SubjectID.UUID(), d.Kind
	}
	// A statement of its own: it must see what the process before us has committed.
	var ours []dueTimer
	err = tx.Query(ctx, &ours, `select t.tenant_id, t.subject_id, t.kind, t.due_at, t.version, t.tries
		from unnest($2::uuid[], $3::text[]) with ordinality u(subject_id, kind, n)
		cross join lateral (select x.tenant_id, x.subject_id, x.kind, x.due_at, x.retry_at, x.version, x.tries from manydesk.timers x where x.tenant_id = $1 and x.subject_id = u.subject_id and x.kind = u.kind offset 0) t
		where greatest(t.due_at, t.retry_at) <= $4 order by u.n`, int32(tx.Tenant().ID), subjects, kinds, tx.Now())
	if err != nil {
		return nil, fmt.Errorf("read seized timers: %w", err)
	}
	return ours, nil
}

// drop takes fired timers away, but not those that the handler has set anew.
func drop(ctx context.Context, tx tenants.Tx, fired []dueTimer) error {
	if err := byIndex(ctx, tx.Exec); err != nil {
		return err
	}
	n := len(fired)
	subjects, kinds, due, versions := make([]string, n), make([]string, n), make([]time.Time, n), make([]int32, n)
	for i, d := range fired {
		subjects[i], kinds[i], due[i] = d.SubjectID.UUID(), d.Kind, d.DueAt
		versions[i] = int32(d.Version) //nolint:gosec // read from an integer
	}
	_, err := tx.Exec(ctx, `delete from manydesk.timers t using unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::integer[]) u(subject_id, kind, due_at, version)
		where t.tenant_id = $1 and t.subject_id = u.subject_id and t.kind = u.kind and t.due_at = u.due_at and t.version = u.version`,
		int32(tx.Tenant().ID), subjects, kinds, due, versions)
	if err != nil {
		return fmt.Errorf("take fired timers away: %w", err)
	}
	return nil
}

func timerName(d dueTimer) int64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "timer %d %s ", d.TenantID, d.Kind)
	_, _ = h.Write(d.SubjectID[:])
	return int64(h.Sum64()) //nolint:gosec // a lock's name: any 64 bits
}

// fireFailed leaves the timer for another try: 1, 2, 4 … seconds, then every five minutes.
func (l *Line) fireFailed(ctx context.Context, tenant tenants.Tenant, d dueTimer, cause error) int {
	l.stats.failedTimers.Add(1)
	l.log.Error("a timer failed and will be tried again", "timer", d.Kind, "subject", d.SubjectID, "tenant", tenant.Slug, "try", d.Tries+1, "error", cause)
	wait := 5 * time.Minute
	if d.Tries < 9 {
		wait = min(wait, time.Second<<d.Tries)
	}
	return l.putOff(ctx, tenant.ID, []dueTimer{d}, wait)
}

// putOff makes timers wait; what was set anew meanwhile is left alone.
func (l *Line) putOff(ctx context.Context, id desk.TenantID, due []dueTimer, wait time.Duration) int {
	var errs []error
	for _, d := range due {
		errs = append(errs, l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
			_, err := tx.Exec(ctx, `update manydesk.timers set tries = least(tries + 1, 32767), retry_at = $5
				where tenant_id = $1 and subject_id = $2::uuid and kind = $3 and due_at = $4`,
				int32(id), d.SubjectID.UUID(), d.Kind, d.DueAt, tx.Now().Add(wait))
			return err
		}))
	}
	if err := errors.Join(errs...); err != nil {
		l.log.Error("timers could not be put off", "tenant", id, "error", err)
		return 0
	}
	return len(due)
}
