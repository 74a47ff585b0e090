package bench

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"manydesk/desk"
	"manydesk/migrations"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// manyTenants fills the installation up, looks at it idle and upgrades it.
func manyTenants(ctx context.Context, b *bench) ([]Row, error) {
	have := b.made
	all, err := took(b.House.Clock(), func() error { return b.crowd(ctx) })
	count := grouped(int64(b.made))
	rows := []Row{}
	if err != nil {
		// Those that were made can be looked at all the same.
		rows = append(rows, missing("tenants made up to "+count, err))
	}
	rows = append(rows, Row{What: "tenants made up to " + count + ", eight at a time", Figure: fmt.Sprintf("%s each, %.0f s in all", millis(all/time.Duration(max(b.made-have, 1))), all.Seconds()), Met: Compared})
	var each []time.Duration
	for range 10 {
		one, err := took(b.House.Clock(), func() error { b.made++; return b.another(ctx, b.made) })
		if err != nil {
			return rows, err
		}
		each = append(each, one)
	}
	worst := slices.Max(each)
	r := Row{What: "a new tenant at " + count + " (schema, role, defaults, mail address), ten after one another", Figure: fmt.Sprintf("%s, the slowest %s", millis(middle(each)), millis(worst))}
	rows = append(rows, r.wants("≤ 0.5 s", middle(each) <= 500*time.Millisecond))
	idle, err := b.idle(ctx)
	rows = append(rows, idle...)
	if err != nil {
		rows = append(rows, missing("idle with "+count+" tenants", err))
	}
	upgraded, err := b.upgrade(ctx)
	return append(rows, upgraded...), err
}

// crowd makes tenants until there are enough, or the time for it is over.
func (b *bench) crowd(ctx context.Context) error {
	began := desk.System()
	work, workCtx := errgroup.WithContext(ctx)
	work.SetLimit(8)
	for b.made < b.Scale.Tenants && workCtx.Err() == nil && desk.System().Sub(began) < b.Scale.Making {
		b.made++
		n := b.made
		work.Go(func() error { return b.another(workCtx, n) })
	}
	return work.Wait()
}

func (b *bench) another(ctx context.Context, i int) error {
	_, err := b.House.Create(ctx, tenants.New{Slug: fmt.Sprintf("tenant-%d", i), Name: fmt.Sprintf("Tenant %d", i), Code: "TNT"}, operator, b.Joining.Fill(people.User{}))
	return err
}

// upgrade gives every tenant one more column, as the next release would.
func (b *bench) upgrade(ctx context.Context) ([]Row, error) {
	steps := migrations.Tenant()
	sql := "alter table {{schema}}.tickets add column benched text"
	steps = append(steps, migrations.Migration{Number: len(steps) + 1, Name: "tenant/benched", SQL: sql, Checksum: sha256.Sum256([]byte(sql))})
	next, err := tenants.Open(tenants.Options{DSN: b.DSN, OwnerDSN: b.OwnerDSN, Backends: 2, Secret: b.Secret, Steps: steps})
	if err != nil {
		return nil, err
	}
	defer next.Close() //nolint:errcheck // nothing is lost with it
	var total atomic.Int64
	all, err := took(b.House.Clock(), func() error { return next.Migrate(ctx, 4, func(_, n int) { total.Store(int64(n)) }) })
	if err != nil {
		return nil, fmt.Errorf("upgrade the tenants: %w", err)
	}
	n := total.Load()
	if n == 0 {
		return nil, fmt.Errorf("no tenant was upgraded")
	}
	each := all / time.Duration(n)
	r := Row{What: fmt.Sprintf("%s tenants upgraded by one added column, four at a time", grouped(n)), Figure: fmt.Sprintf("%s each, %.1f s in all", millis(each), all.Seconds())}
	return []Row{r.wants("≤ 5 ms each", each <= 5*time.Millisecond)}, nil
}

// idle watches a program that nobody speaks to.
func (b *bench) idle(ctx context.Context) ([]Row, error) {
	const name = "manydesk_idle"
	if err := b.forget(ctx); err != nil {
		return nil, err
	}
	c, err := b.onHouse(ctx, name)
	if err != nil {
		return nil, err
	}
	defer c.stop()
	if err := pass(ctx, b.Scale.Idle/3); err != nil { // it settles down
		return nil, err
	}
	before, err := used(c.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	began := desk.System()
	statements, err := b.overheard(ctx, name, b.Scale.Idle)
	if err != nil {
		return nil, err
	}
	after, err := used(c.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	span := desk.System().Sub(began)
	share := 100 * (after.cpu - before.cpu).Seconds() / span.Seconds()
	memory := float64(after.resident) / (1 << 20)
	of := fmt.Sprintf("idle with %s tenants, everything but Postgres in one process, %.0f s: ", grouped(int64(b.made)), span.Seconds())
	rows := []Row{
		Row{What: of + "resident memory", Figure: fmt.Sprintf("%.0f MB, %.0f of them pages of the program's file", memory, float64(after.file)/(1<<20))}.wants("≤ 60 MB", memory <= 60),
		Row{What: of + "CPU", Figure: fmt.Sprintf("%.2f %% of a core", share)}.wants("< 0.5 %", share < 0.5),
	}
	// Each sweep asks for what is open and what is due; more would be polling.
	most := 10 * (1 + int(span/(30*time.Second)))
	r := Row{What: of + "SQL statements, seen by looking twenty times a second", Figure: fmt.Sprint(statements)}
	return append(rows, r.wants(fmt.Sprintf("no polling: a sweep each 30 s, ≤ %d", most), statements <= most)), nil
}

// overheard counts the statements of an application: each leaves its time of
// start at its connection.
func (b *bench) overheard(ctx context.Context, name string, span time.Duration) (int, error) {
	began := desk.System()
	seen := map[string]bool{}
	first := 0
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for i := 0; desk.System().Sub(began) < span; i++ {
		var rows []struct{ Mark string }
		err := b.House.SharedReader(operator).Query(ctx, &rows,
			"select pid || ' ' || extract(epoch from query_start) as mark from pg_catalog.pg_stat_activity where application_name = $1 and query_start is not null", name)
		if err != nil {
			return 0, fmt.Errorf("look at the connections: %w", err)
		}
		for _, r := range rows {
			seen[r.Mark] = true
		}
		if i == 0 {
			first = len(seen)
		}
		select {
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		case <-tick.C:
		}
	}
	return len(seen) - first, nil
}

// pass lets time go by.
func pass(ctx context.Context, span time.Duration) error {
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
