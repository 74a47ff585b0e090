package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

// arithmetic measures deadlines: eight working hours from a Friday's end, and
// over a closure of a year.
func arithmetic(context.Context, *bench) ([]Row, error) {
	day := []sla.Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}
	spec := sla.Spec{TimeZone: "Europe/Moscow", Weekly: map[string][]sla.Hours{"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}}
	start := time.Date(2026, 11, 20, 14, 20, 0, 0, time.UTC)
	usual, err := eachDue(spec, start)
	if err != nil {
		return nil, err
	}
	for n := range 366 {
		spec.Holidays = append(spec.Holidays, start.AddDate(0, 0, n).Format(time.DateOnly))
	}
	closed, err := eachDue(spec, start)
	if err != nil {
		return nil, err
	}
	return []Row{
		Row{What: "deadline arithmetic, eight working hours with their segments", Figure: micros(usual)}.wants("≤ 5 µs", usual <= 5*time.Microsecond),
		Row{What: "deadline arithmetic over a year's closure", Figure: micros(closed)}.wants("≤ 100 µs", closed <= 100*time.Microsecond),
	}, nil
}

// eachDue is what one deadline takes, the median of some rounds.
func eachDue(spec sla.Spec, start time.Time) (time.Duration, error) {
	c, wrong := spec.Calendar()
	if err := desk.Invalid(wrong...); err != nil {
		return 0, err
	}
	const rounds, times = 9, 2_000
	all := make([]time.Duration, rounds)
	for i := range all {
		began := desk.System()
		for range times {
			if _, err := sla.Due(c, start, 8*time.Hour, nil); err != nil {
				return 0, err
			}
		}
		all[i] = desk.System().Sub(began) / times
	}
	slices.Sort(all)
	return all[rounds/2], nil
}

func micros(d time.Duration) string {
	return fmt.Sprintf("%.1f µs", float64(d)/float64(time.Microsecond))
}

// timers watches a program while deadlines fall due among a hundred thousand timers.
func timers(ctx context.Context, b *bench) ([]Row, error) {
	what := fmt.Sprintf("deadlines recorded after their time, %s of %s timers, a hundred a second", grouped(int64(b.Scale.Firing)), grouped(int64(b.Scale.Timers)))
	if b.Program == "" {
		return []Row{missing(what, fmt.Errorf("it needs a process of its own"))}, nil
	}
	tenant, err := b.found(ctx, "clocks")
	if err != nil {
		return nil, err
	}
	if _, err := Promise(ctx, b.House, tenant, b.Scale.Timers-b.Scale.Firing, desk.System().AddDate(0, 1, 0), time.Second); err != nil {
		return nil, err
	}
	if err := b.forget(ctx); err != nil {
		return nil, err
	}
	first := desk.System().Add(15 * time.Second)
	last, err := Promise(ctx, b.House, tenant, b.Scale.Firing, first, 10*time.Millisecond)
	if err != nil {
		return nil, err
	}
	c, err := b.onHouse(ctx, "manydesk_clocks")
	if err != nil {
		return nil, err
	}
	defer c.stop()
	if err := pass(ctx, last.Sub(desk.System())+3*time.Second); err != nil {
		return nil, err
	}
	late, err := Lateness(ctx, b.House, tenant)
	if err != nil {
		return nil, err
	}
	if len(late) < b.Scale.Firing {
		return []Row{missing(what, fmt.Errorf("%d fired", len(late)))}, nil
	}
	r := Row{What: what, Figure: fmt.Sprintf("%s in the middle, %s at 99 %%, %s at most", millis(late[len(late)/2]), millis(late[len(late)*99/100]), millis(late[len(late)-1]))}
	return []Row{r.wants("≤ 1 s", late[len(late)-1] <= time.Second)}, nil
}

// Promise puts in tickets whose resolution is due one after another, each with
// its clock and its timer, as opening them would have. It gives the last deadline.
func Promise(ctx context.Context, h *tenants.House, tenant tenants.Tenant, n int, first time.Time, every time.Duration) (due time.Time, err error) {
	first = first.UTC().Truncate(time.Millisecond)
	always := func(int) *sla.Calendar { return &sla.Calendar{} }
	for at := 0; at < n; at += portion {
		clocks, dues := make([]string, 0, portion), make([]time.Time, 0, portion)
		for i := at; i < min(at+portion, n); i++ {
			due = first.Add(time.Duration(i) * every)
			terms := sla.Terms{Policy: "promise", Version: 1, Targets: map[sla.Clock]int{sla.Resolution: 60}}
			text, err := json.Marshal(sla.Fold(sla.State{}, always, sla.Event{At: due.Add(-time.Hour), Kind: sla.Began, Terms: &terms}))
			if err != nil {
				return due, fmt.Errorf("encode a clock: %w", err)
			}
			clocks, dues = append(clocks, string(text)), append(dues, due)
		}
		err = h.Do(ctx, tenant, desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
			if _, err := sla.Policies.Live(ctx, tx.ReadTx, "promise"); desk.Is(err, desk.NotFound) {
				_, err := sla.Policies.Put(ctx, tx, settings.Draft[sla.Policy]{Key: "promise", Position: 999, Spec: sla.Policy{
					Name: settings.Words{RU: "Обещание", EN: "Promise"}, CustomerCalendar: true, Targets: map[string]sla.Target{"3": {Resolution: 60}},
				}})
				if err != nil {
					return err
				}
			}
			_, err := tx.Exec(ctx, promised, int32(tenant.ID), clocks, dues)
			tx.Wake()
			return err
		})
		if err != nil {
			return due, fmt.Errorf("put in promises: %w", err)
		}
	}
	return due, nil
}

const promised = `with made as (insert into ?tenant.tickets (id, number, version, public_seq, category, priority, created_at, updated_at, type, status, channel, subject, tags, fields,
		clock, due_at, resolve_due_at)
		select gen_random_uuid(), nextval('?tenant.ticket_numbers'), 1, 1, 1, 3, u.due - interval '1 hour', u.due - interval '1 hour', 'request', 'open', 'api', 'x', '{}', '{}',
			u.clock::jsonb, u.due, u.due from unnest($2::text[], $3::timestamptz[]) u(clock, due) returning id, due_at, created_at),
	told as (insert into ?tenant.facts (subject_id, seq, public, at, subject_kind, actor_kind, type, data)
		select id, 1, true, created_at, 'ticket', 'system', 'ticket.opened', '{}' from made),
	listed as (insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, due_tick, due_at, updated_at, channel, subject)
		select $1::integer, id, 1, 1, 'request', 'open', 1, 3, 1, due_at, created_at, 'api', 'x' from made)
	insert into manydesk.timers (tenant_id, subject_id, kind, due_at, version) select $1::integer, id, 'clock', due_at, 1 from made`

// Lateness is how long after their time promises were recorded as broken, in
// order. A promise that was recorded twice, or early, is an error.
func Lateness(ctx context.Context, h *tenants.House, tenant tenants.Tenant) ([]time.Duration, error) {
	var rows []struct {
		Fired int
		Late  float64
	}
	err := h.Reader(tenant, desk.Automaton("setup")).Query(ctx, &rows, `select count(*)::integer as fired, max(extract(epoch from f.at - t.resolve_due_at))::float8 as late
		from ?tenant.tickets t join ?tenant.facts f on f.subject_id = t.id and f.type = 'sla.breached' and f.data->>'code' = 'resolution' group by t.id`)
	if err != nil {
		return nil, fmt.Errorf("read what was recorded: %w", err)
	}
	late := make([]time.Duration, len(rows))
	for i, r := range rows {
		if r.Fired != 1 || r.Late < 0 {
			return nil, fmt.Errorf("a deadline was recorded %d times, %.3f s late", r.Fired, r.Late)
		}
		late[i] = time.Duration(r.Late * float64(time.Second))
	}
	slices.Sort(late)
	return late, nil
}
