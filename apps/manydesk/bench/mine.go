package bench

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk/flows/queue"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

// mine lists Vera's open tickets in a tenant that grows tenfold between.
func mine(ctx context.Context, b *bench) ([]Row, error) {
	tenant, err := b.found(ctx, "archive")
	if err != nil {
		return nil, err
	}
	var rows []Row
	var rates []float64
	from := 0
	for _, size := range []int{b.Scale.Few, b.Scale.Many} {
		if err := b.archive(ctx, tenant, from, size); err != nil {
			return rows, fmt.Errorf("fill the tenant to %d tickets: %w", size, err)
		}
		from = size
		went, err := b.list(ctx, []tenants.Tenant{tenant}, queue.Mine)
		if err != nil {
			return rows, err
		}
		rates = append(rates, went.per)
		r := Row{What: "my open tickets, 50 rows, 8 at once, of " + grouped(int64(size)), Figure: fmt.Sprintf("%s, p95 %s", perSecond(went.per), millis(went.p95))}
		bare := "select tenant_id, ticket_id, number, subject, status, priority, due_at from manydesk.ticket_index where assignee_id = '" + b.vera.ID.UUID() + "' and calendar_id = 0 order by due_tick, ticket_id limit 50"
		if r.Yardstick, r.Ratio, err = b.readFloor(ctx, "50 rows of the same index", bare, went.per); err != nil {
			return rows, err
		}
		rows = append(rows, r.wants("≥ 3,000/s", went.per >= 3000))
	}
	r := Row{What: "my open tickets, ten times the tickets", Figure: perSecond(rates[1]), Yardstick: perSecond(rates[0]), Ratio: ratio(rates[1], rates[0])}
	return append(rows, r.wants("ratio ≥ 0.9", rates[1] >= 0.9*rates[0])), nil
}

// list reads the first page of a view, 8 at once.
func (b *bench) list(ctx context.Context, of []tenants.Tenant, view queue.View) (speed, error) {
	return rate(ctx, 8, b.Scale.Span, func(ctx context.Context, _ int64) error {
		p, err := b.Queue.List(ctx, b.vera.Actor(), queue.Query{Tenants: of, View: view, Limit: 50})
		if err == nil && len(p.Rows) == 0 {
			err = fmt.Errorf("the view %s is empty", view)
		}
		return err
	})
}

// portion is how many rows one statement of the seeding writes.
const portion = 10_000

// archive writes tickets up to a number: of ten one is open, of these every
// tenth Vera's.
func (b *bench) archive(ctx context.Context, tenant tenants.Tenant, from, to int) error {
	for at := from; at < to; at += portion {
		err := b.House.Do(ctx, tenant, b.vera.Actor(), func(ctx context.Context, tx tenants.Tx) error {
			_, err := tx.Exec(ctx, `with t as (insert into ?tenant.tickets (id, number, version, public_seq, category, priority, created_at, updated_at, waiting_since, assignee_id, type, status, channel, subject)
				select gen_random_uuid(), n, 1, 1, case when n % 10 = 0 then 1 else 5 end, 3, at, at, case when n % 10 = 0 then at end,
					case when n % 100 = 0 then $3::uuid else '00000000-0000-4000-8000-000000000000'::uuid end,
					'question', case when n % 10 = 0 then 'open' else 'closed' end, 'mail', 'Не печатает касса №' || n
				from generate_series($1::integer, $2::integer) n, lateral (select now() - n * interval '1 minute' as at) x returning *)
				insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, assignee_id, due_tick, due_at, waiting_since, updated_at, channel, subject)
				select $4::integer, id, number, 1, type, status, category, priority, assignee_id, 50000000000 + number, '2000-01-01Z'::timestamptz + number * interval '1 second',
					waiting_since, updated_at, channel, subject from t where category = 1`,
				at+1, min(at+portion, to), b.vera.ID, int32(tenant.ID))
			return err
		})
		if err != nil {
			return err
		}
	}
	return b.analyse(ctx, fmt.Sprintf("t_%d.tickets", tenant.ID), "manydesk.ticket_index")
}

// analyse lets the planner know what was poured in, as autovacuum would in a minute.
func (b *bench) analyse(ctx context.Context, tables ...string) error {
	for _, table := range tables {
		err := b.owner.Shared(ctx, operator, func(ctx context.Context, tx tenants.SharedTx) error {
			_, err := tx.Exec(ctx, "analyze "+table)
			return err
		})
		if err != nil {
			return fmt.Errorf("analyse %s: %w", table, err)
		}
	}
	return nil
}

// overTenants reads the queue of many tenants in order of urgency.
func overTenants(ctx context.Context, b *bench) ([]Row, error) {
	all, err := b.furnishDesks(ctx)
	if err != nil {
		return nil, err
	}
	shelf := sla.NewShelf(b.House)
	for i := range all {
		if err := b.pile(ctx, shelf, i, all[i]); err != nil {
			return nil, fmt.Errorf("fill the queue: %w", err)
		}
		// The registry says now by which calendars the tenant works.
		if all[i], err = b.House.ByID(ctx, all[i].ID); err != nil {
			return nil, fmt.Errorf("read the tenant anew: %w", err)
		}
	}
	if err := b.analyse(ctx, "manydesk.ticket_index"); err != nil {
		return nil, err
	}
	what := fmt.Sprintf("the queue over %d tenants of %s open tickets, 20 calendars, in order of working time left, 50 rows, 8 at once", b.Scale.Queues, grouped(int64(b.Scale.Each)))
	went, err := b.list(ctx, all, queue.Urgent)
	if err != nil {
		return nil, err
	}
	r := Row{What: what, Figure: fmt.Sprintf("%s, p95 %s", perSecond(went.per), millis(went.p95))}
	rows := []Row{r.wants("≥ 1,000/s", went.per >= 1000)}
	hers, err := b.list(ctx, all, queue.Mine)
	if err != nil {
		return rows, err
	}
	return append(rows, Row{What: "mine over the same tenants, 50 rows, 8 at once", Figure: fmt.Sprintf("%s, p95 %s", perSecond(hers.per), millis(hers.p95)), Met: Compared}), nil
}

// furnishDesks makes the tenants of the queue once.
func (b *bench) furnishDesks(ctx context.Context) ([]tenants.Tenant, error) {
	for len(b.desks) < b.Scale.Queues {
		one, err := b.found(ctx, fmt.Sprintf("desk-%d", len(b.desks)))
		if err != nil {
			return nil, fmt.Errorf("make the tenants of the queue: %w", err)
		}
		b.desks = append(b.desks, one)
	}
	return b.desks, nil
}

// zones are where the tenants of the queue work, each by two calendars of its zone.
var zones = []string{"Europe/Kaliningrad", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "UTC"}

// calendars numbers the two calendars of the n-th tenant and reads their clocks.
func (b *bench) calendars(ctx context.Context, tx tenants.Tx, shelf *sla.Shelf, n int) (ids [2]int, ticks [2]int64, err error) {
	short, long := []sla.Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}, []sla.Hours{{"08:00", "22:00"}}
	for i, day := range [][]sla.Hours{short, long} {
		spec := sla.Spec{TimeZone: zones[n%len(zones)], Weekly: map[string][]sla.Hours{}}
		for _, name := range []string{"mon", "tue", "wed", "thu", "fri"} {
			spec.Weekly[name] = day
		}
		if ids[i], err = shelf.Number(ctx, tx, spec); err != nil {
			return ids, ticks, err
		}
		ticks[i] = shelf.Tick(ids[i], tx.Now())
	}
	return ids, ticks, nil
}

// pile puts open tickets of all urgencies into the worklist: of eight one is
// paused, the others are due within a week by one of two calendars, of a hundred
// one is Vera's.
func (b *bench) pile(ctx context.Context, shelf *sla.Shelf, n int, tenant tenants.Tenant) error {
	return b.House.Do(ctx, tenant, b.vera.Actor(), func(ctx context.Context, tx tenants.Tx) error {
		ids, ticks, err := b.calendars(ctx, tx, shelf, n)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, assignee_id, calendar_id, due_tick, due_at, due_kind, due_target,
				waiting_since, updated_at, channel, subject, company, contact)
			select $1::integer, gen_random_uuid(), n, 1, 'question', 'open', 1, 3, case when n % 100 = 0 then $2::uuid end,
				case when n % 8 = 0 then 0 when n % 2 = 0 then $4::integer else $6::integer end,
				case when n % 8 = 0 then 90000000000 + (random() * 1e7)::bigint else case when n % 2 = 0 then $5::bigint else $7::bigint end + (random() * 144000)::bigint - 7200 end,
				now() + random() * interval '7 days', case when n % 8 > 0 then 'resolution' end, case when n % 8 > 0 then 28800 end, now(), now(),
				'mail', 'Не печатает касса №3', 'Лотос', 'Иван' from generate_series(1, $3::integer) n`,
			int32(tenant.ID), b.vera.ID, b.Scale.Each, ids[0], ticks[0], ids[1], ticks[1])
		return err
	})
}

// took measures one deed.
func took(clock func() time.Time, deed func() error) (time.Duration, error) {
	began := clock()
	err := deed()
	return clock().Sub(began), err
}
