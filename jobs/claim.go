package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// batch is how many rows are claimed at once: few, because whoever comes next
// waits until they are with Redis. share is the least that a tenant gets of it
// for each of its lanes.
const (
	batch = 32
	share = 8
)

// row is an open row of the outbox.
type row struct {
	ID        int64
	TenantID  int32
	Name      string
	Lane      string
	SubjectID desk.AnyID
	Seq       int
	Data      json.RawMessage
	CreatedAt time.Time
	Tries     int
	Failures  int
	// AgainAt is when the relay looks at the row again, as just written.
	AgainAt time.Time
}

// fresh claims rows never offered: it steps through the lanes of tenants that
// have any, beginning after the one where the last claim stopped, and takes of
// each an equal share, oldest first. Rows that another relay is claiming are
// skipped, and so are the lanes that are held back.
// Names of live hints come with their data, others without.
const fresh = `with recursive held(t, l) as (select * from unnest($8::integer[], $9::text[])),
	steps(tenant_id, lane, n) as (
		(select tenant_id, lane, 1 from manydesk.outbox where offered_at is null and (tenant_id, lane) > ($2, $3) order by tenant_id, lane limit 1)
		union all
		select x.tenant_id, x.lane, p.n + 1 from steps p cross join lateral (
			select o.tenant_id, o.lane from manydesk.outbox o where o.offered_at is null and (o.tenant_id, o.lane) > (p.tenant_id, p.lane)
			order by o.tenant_id, o.lane limit 1) x
		where p.n <= $4::integer / $5::integer + cardinality($8::integer[])),
	open as (select tenant_id, lane from steps where (tenant_id, lane) not in (select t, l from held)),
	due as (select o.id from open p cross join lateral (
			select id from manydesk.outbox o where o.tenant_id = p.tenant_id and o.lane = p.lane and o.offered_at is null
			order by id limit greatest($5::integer, $4::integer / (select greatest(count(*), 1) from open)) for update skip locked) o
		limit $4::integer)
	update manydesk.outbox o set offered_at = $1, tries = o.tries + 1,
		again_at = $1::timestamptz + (select s from unnest($6::text[], $7::float8[]) u(l, s) where u.l = o.lane) * interval '1 second'
	from due where o.id = due.id
	returning o.id, o.tenant_id, o.name, o.lane, o.subject_id, coalesce(o.seq, 0) as seq,
		case when o.name like 'live.%' then o.data end as data, o.created_at, o.tries, o.failures, o.again_at`

// stale claims offered rows whose patience or pause has run out. It counts no
// try yet: Redis may still have them.
const stale = `with due as (select id from manydesk.outbox where again_at <= $1 order by again_at limit $2 for update skip locked)
	update manydesk.outbox o set
		again_at = $1::timestamptz + (select s from unnest($3::text[], $4::float8[]) u(l, s) where u.l = o.lane) * interval '1 second'
	from due where o.id = due.id
	returning o.id, o.tenant_id, o.name, o.lane, o.subject_id, coalesce(o.seq, 0) as seq,
		case when o.name like 'live.%' then o.data end as data, o.created_at, o.tries, o.failures, o.again_at`

// claimFresh takes up to a batch, but nothing of the lanes held back. more says
// that there may be further rows.
func (l *Line) claimFresh(ctx context.Context, held []tenantLane) (rows []row, more bool, err error) {
	names, seconds := l.patience()
	tenantsOf, lanesOf := columns(held)
	for after := l.turn; ; after = beforeAll {
		var got []row
		err = l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
			if err := byIndex(ctx, tx.Exec); err != nil {
				return err
			}
			return tx.Query(ctx, &got, fresh, tx.Now(), int32(after.tenant), string(after.lane), batch-len(rows), share, names, seconds, tenantsOf, lanesOf)
		})
		if err != nil {
			return rows, false, fmt.Errorf("claim open jobs: %w", err)
		}
		rows = append(rows, got...)
		l.turn = last(got, after)
		switch {
		case len(rows) >= batch:
			return rows, true, nil
		case after == beforeAll:
			// All were seen; those that got a full share may have more.
			l.turn = beforeAll
			return rows, fullShare(rows), nil
		}
	}
}

// tenantLane is one lane of one tenant.
type tenantLane struct {
	tenant desk.TenantID
	lane   desk.Lane
}

func (r row) tenantLane() tenantLane { return tenantLane{desk.TenantID(r.TenantID), desk.Lane(r.Lane)} }

func columns(lanes []tenantLane) (ids []int32, names []string) {
	ids, names = make([]int32, len(lanes)), make([]string, len(lanes))
	for i, l := range lanes {
		ids[i], names[i] = int32(l.tenant), string(l.lane)
	}
	return ids, names
}

// last is the highest of the rows' lanes, in the order of the claim.
func last(rows []row, otherwise tenantLane) tenantLane {
	for _, r := range rows {
		if l := r.tenantLane(); l.tenant > otherwise.tenant || l.tenant == otherwise.tenant && l.lane > otherwise.lane {
			otherwise = l
		}
	}
	return otherwise
}

func fullShare(rows []row) bool {
	n := map[tenantLane]int{}
	for _, r := range rows {
		l := r.tenantLane()
		if n[l]++; n[l] >= share {
			return true
		}
	}
	return false
}

// beforeAll is before tenant 0, the installation itself.
var beforeAll = tenantLane{tenant: -1}

func (l *Line) claimStale(ctx context.Context) ([]row, error) {
	names, seconds := l.patience()
	var rows []row
	err := l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		if err := byIndex(ctx, tx.Exec); err != nil {
			return err
		}
		return tx.Query(ctx, &rows, stale, tx.Now(), batch, names, seconds)
	})
	if err != nil {
		return nil, fmt.Errorf("claim offered jobs: %w", err)
	}
	return rows, nil
}

func (l *Line) patience() (names []string, seconds []float64) {
	for name, lane := range l.lanes {
		names, seconds = append(names, string(name)), append(seconds, lane.patience.Seconds())
	}
	return names, seconds
}

// again counts a try of rows that are offered once more, and a failure of those
// that no handler brought back.
func (l *Line) again(ctx context.Context, ids []int64, failed []bool) error {
	return l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, `update manydesk.outbox o set tries = least(o.tries + 1, 32767), failures = least(o.failures + u.failed::integer, 32767), offered_at = $3
			from unnest($1::bigint[], $2::boolean[]) u(id, failed) where o.id = u.id`, ids, failed, tx.Now())
		return err
	})
}

// release gives claimed rows back: Redis did not take them.
func (l *Line) release(ctx context.Context, ids []int64) error {
	return l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, `update manydesk.outbox set tries = greatest(tries - 1, 0),
			offered_at = case when tries > 1 then offered_at end, again_at = case when tries > 1 then $2::timestamptz end
			where id = any($1::bigint[])`, ids, tx.Now())
		return err
	})
}

// byIndex makes the rest of the unit join by index whatever the planner thinks.
// Plans are kept, and one made while the table was empty reads the whole of it
// when twenty thousand rows have come: measured 23 ms a claim instead of 3.
func byIndex(ctx context.Context, run execute) error {
	_, err := run(ctx, "select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)")
	return err
}

// shared is one short unit of the line itself.
func (l *Line) shared(ctx context.Context, fn func(ctx context.Context, tx tenants.SharedTx) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), statement)
	defer cancel()
	return l.house.Shared(ctx, desk.Automaton("relay"), fn)
}

// statement bounds the line's own units of work.
const statement = 15 * time.Second
