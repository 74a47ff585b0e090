package queue_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/flows/queue"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// fifty tenants with 4,000 open tickets each in the worklist, a hundredth Vera's.
func fifty(b *testing.B) (*queue.Queue, []tenants.Tenant, desk.Actor) {
	b.Helper()
	h := stage.House(b)
	vera := ticketstest.Staff("Вера")
	all := make([]tenants.Tenant, 50)
	for i := range all {
		all[i] = stage.Tenant(b, h, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
			if _, err := tx.Exec(ctx, "insert into ?tenant.staff (user_id, email, name, roles) values ($1, 'v@desk.example', 'Вера', '{agent}')", vera.ID); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, assignee_id, due_tick, due_at, waiting_since,
					updated_at, channel, subject, company, contact)
				select $1::integer, gen_random_uuid(), n, 1, 'question', 'open', 1, 3, case when n % 100 = 0 then $2::uuid end, r, '2000-01-01Z'::timestamptz + r * interval '1 second', now(), now(),
					'mail', 'Не печатает касса №3', 'Лотос', 'Иван' from generate_series(1, 4000) n, lateral (select (1 + n % 8) * 10000000000 + 800000000 + (random() * 1e7)::bigint as r) x`,
				int32(tx.Tenant().ID), vera.ID)
			return err
		})
	}
	err := h.Shared(b.Context(), vera, func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "insert into manydesk.users (id, email, name) values ($1, 'v@desk.example', 'Вера')", vera.ID)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	guard := access.New(h)
	return queue.New(h, guard, tickets.New(nil, guard, nil), sla.NewShelf(h)), all, vera
}

func BenchmarkQueueOverFiftyTenants(b *testing.B) {
	q, all, vera := fifty(b)
	for _, view := range []queue.View{queue.Urgent, queue.Mine, queue.Unassigned, queue.WaitingClient} {
		b.Run(string(view), func(b *testing.B) {
			rate(b, 8, func() error {
				p, err := q.List(b.Context(), vera, queue.Query{Tenants: all, View: view})
				if err == nil && len(p.Rows) == 0 && view != queue.WaitingClient {
					b.Error("nothing in it")
				}
				return err
			})
		})
	}
	for name, f := range map[string]queue.Filter{
		"urgent ones": {Priorities: []int{1, 2}, Statuses: []string{"resolved"}}, "by type": {Types: []string{"question"}, ClientWaits: true}, "a word": {Words: []string{"касса"}}, "a word that is nowhere": {Words: []string{"жираф"}},
	} {
		b.Run("narrowed to "+name, func(b *testing.B) {
			rate(b, 2, func() error {
				_, err := q.List(b.Context(), vera, queue.Query{Tenants: all[:5], View: queue.All, Filter: f})
				return err
			})
		})
	}
	b.Run("counts", func(b *testing.B) {
		rate(b, 2, func() error { _, err := q.Counts(b.Context(), vera, all); return err })
	})
}

func rate(b *testing.B, n int, fn func() error) {
	b.Helper()
	b.SetParallelism(max(n/2, 1)) // the machine of record has two cores
	var failed atomic.Bool
	start := time.Now()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := fn(); err != nil && !failed.Swap(true) {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "per_s")
}
