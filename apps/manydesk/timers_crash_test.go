package main

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

// Ten thousand deadlines fall due while the workers are killed three times. Each
// is recorded once; those that were late because nobody lived fire at once.
func TestTimersFireOnceThroughKills(t *testing.T) {
	t.Parallel()
	const timers, kills = 10_000, 3
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	p := newPlant(t)
	// Nobody rings for rows that are put in by hand: a worker that starts looks by itself.
	p.kill("work")
	first := time.Now().Add(5 * time.Second)
	last := p.promise(ctx, timers, first, 4*time.Millisecond)
	p.start("work")

	for i := range kills {
		at := first.Add(last.Sub(first) * time.Duration(i+1) / (kills + 1))
		p.until(ctx, func() bool { return !time.Now().Before(at) })
		p.kill("work")
		p.until(ctx, func() bool { return !time.Now().Before(at.Add(time.Second)) })
		p.start("work")
	}
	p.until(ctx, func() bool { return p.count(ctx, "select count(*) from manydesk.timers where kind = 'clock'") == 0 })
	if ctx.Err() != nil {
		t.Fatalf("%d timers are left\n%s", p.count(t.Context(), "select count(*) from manydesk.timers where kind = 'clock'"), p.said())
	}

	var rows []struct {
		Fired int
		Late  float64
	}
	err := p.w.house.Reader(p.tenant, desk.Automaton("test")).Query(ctx, &rows, `select count(*)::integer as fired, max(extract(epoch from f.at - t.resolve_due_at))::float8 as late
		from ?tenant.tickets t left join ?tenant.facts f on f.subject_id = t.id and f.type = 'sla.breached' and f.data->>'code' = 'resolution' group by t.id`)
	if err != nil {
		t.Fatal(err)
	}
	late := make([]float64, 0, len(rows))
	for _, r := range rows {
		if r.Fired != 1 {
			t.Errorf("a deadline was recorded %d times", r.Fired)
		}
		if r.Late < 0 {
			t.Errorf("a deadline fired %f s early", -r.Late)
		}
		late = append(late, r.Late)
	}
	if len(rows) != timers {
		t.Errorf("%d tickets", len(rows))
	}
	slices.Sort(late)
	t.Logf("late by %.2f s in the middle, %.2f s at 99 %%, %.2f s at most, with three workers killed", late[len(late)/2], late[len(late)*99/100], late[len(late)-1])
}

// promise puts in tickets whose resolution is due one after another, each with
// its clock and its timer, as opening them would have. It gives the last deadline.
func (p *plant) promise(ctx context.Context, n int, first time.Time, every time.Duration) time.Time {
	p.t.Helper()
	first = first.UTC().Truncate(time.Millisecond)
	var due time.Time
	err := p.w.house.Do(ctx, p.tenant, desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := sla.Policies.Put(ctx, tx, settings.Draft[sla.Policy]{Key: "fast", Spec: sla.Policy{
			Name: settings.Words{RU: "Быстро", EN: "Fast"}, CustomerCalendar: true, Targets: map[string]sla.Target{"3": {Resolution: 60}},
		}})
		if err != nil {
			return err
		}
		clocks, dues := make([]string, n), make([]time.Time, n)
		for i := range n {
			due = first.Add(time.Duration(i) * every)
			terms := sla.Terms{Policy: "fast", Version: 1, Targets: map[sla.Clock]int{sla.Resolution: 60}}
			s := sla.Fold(sla.State{}, func(int) *sla.Calendar { return &sla.Calendar{} }, sla.Event{At: due.Add(-time.Hour), Kind: sla.Began, Terms: &terms})
			text, err := json.Marshal(s)
			if err != nil {
				return err
			}
			clocks[i], dues[i] = string(text), due
		}
		_, err = tx.Exec(ctx, `with made as (insert into ?tenant.tickets (id, number, version, public_seq, category, priority, created_at, updated_at, type, status, channel, subject, tags, fields,
				clock, due_at, resolve_due_at)
				select gen_random_uuid(), nextval('?tenant.ticket_numbers'), 1, 1, 1, 3, u.due - interval '1 hour', u.due - interval '1 hour', 'request', 'open', 'api', 'x', '{}', '{}',
					u.clock::jsonb, u.due, u.due from unnest($2::text[], $3::timestamptz[]) u(clock, due) returning id, due_at, created_at),
			told as (insert into ?tenant.facts (subject_id, seq, public, at, subject_kind, actor_kind, type, data)
				select id, 1, true, created_at, 'ticket', 'system', 'ticket.opened', '{}' from made),
			listed as (insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, due_tick, due_at, updated_at, channel, subject)
				select $1::integer, id, 1, 1, 'request', 'open', 1, 3, 1, due_at, created_at, 'api', 'x' from made)
			insert into manydesk.timers (tenant_id, subject_id, kind, due_at, version) select $1::integer, id, 'clock', due_at, 1 from made`,
			int32(tx.Tenant().ID), clocks, dues)
		tx.Wake()
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return due
}
