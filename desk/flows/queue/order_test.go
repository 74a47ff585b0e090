package queue_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/queue"
	"manydesk/desk/sla"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// promised is a ticket of the worklist with the deadline that puts it there.
type promised struct {
	subject  string
	calendar *sla.Calendar
	due      time.Time
}

// The order of the queue is that of the working time left, at forty moments of a
// fortnight in which two of the three zones change their clocks; the arithmetic
// that it is compared with steps through the calendar and knows no readings.
func TestTheQueueIsInOrderOfWorkingTimeLeft(t *testing.T) {
	t.Parallel()
	o := open(t)
	shelf := sla.NewShelf(o.House)
	q := queue.New(o.House, o.Guard, o.Tickets, shelf)
	begin := time.Date(2027, 3, 8, 0, 0, 0, 0, time.UTC)
	o.Pass(begin.Sub(o.Now()))
	worlds := []*ticketstest.World{o.World, o.more[0], o.more[1]}
	o.more[1].Hire(o.Vera, access.Agent)
	var all []promised
	for i, spec := range []sla.Spec{
		week("Europe/Moscow", "09:00", "13:00", "14:00", "18:00"), week("America/New_York", "08:30", "17:00"), week("Europe/Berlin", "00:00", "24:00"),
	} {
		all = append(all, o.pile(worlds[i], shelf, spec, begin, i)...)
	}
	var in []tenants.Tenant
	for _, w := range worlds {
		o.House.Forget(w.Tenant.ID)
		tenant, err := o.House.ByID(t.Context(), w.Tenant.ID)
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, tenant)
	}
	for moment := range 40 {
		o.Pass(8*time.Hour + 23*time.Minute)
		var got []string
		var page queue.Page
		var err error
		query := queue.Query{Tenants: in, View: queue.All, Limit: 30}
		for {
			if page, err = q.List(t.Context(), o.Vera, query); err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				got = append(got, r.Subject)
			}
			if page.Next == nil {
				break
			}
			o.Pass(40 * time.Minute) // somebody reads the page
			query.After = page.Next
		}
		// The pages are as of the moment of the first.
		at := o.Now()
		if query.After != nil {
			at = query.After.Now
		}
		want := slices.Clone(all)
		slices.SortStableFunc(want, func(a, b promised) int {
			return int(sla.Left(a.calendar, at, a.due)/time.Second) - int(sla.Left(b.calendar, at, b.due)/time.Second)
		})
		if len(got) != len(want) {
			t.Fatalf("moment %d: %d of %d are listed", moment, len(got), len(want))
		}
		left := map[string]time.Duration{}
		for _, p := range all {
			left[p.subject] = sla.Left(p.calendar, at, p.due)
		}
		for i := range got {
			// Within a second the order is that of ids.
			if d := left[got[i]] - left[want[i].subject]; d.Abs() > 2*time.Second {
				t.Fatalf("moment %d, %s, place %d: %s with %s left, want %s with %s", moment, at, i, got[i], left[got[i]], want[i].subject, left[want[i].subject])
			}
		}
	}
}

func week(zone string, marks ...string) sla.Spec {
	s := sla.Spec{TimeZone: zone, Weekly: map[string][]sla.Hours{}, Holidays: []string{"2027-03-08"}}
	var day []sla.Hours
	for i := 0; i < len(marks); i += 2 {
		day = append(day, sla.Hours{marks[i], marks[i+1]})
	}
	for _, name := range []string{"mon", "tue", "wed", "thu", "fri"} {
		s.Weekly[name] = day
	}
	return s
}

// pile puts tickets into a tenant's worklist, due within a fortnight.
func (o *office) pile(w *ticketstest.World, shelf *sla.Shelf, spec sla.Spec, begin time.Time, n int) []promised {
	o.T.Helper()
	c, wrong := spec.Calendar()
	if len(wrong) > 0 {
		o.T.Fatal(wrong)
	}
	random := rand.New(rand.NewPCG(7, uint64(n)))
	var all []promised
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		id, err := shelf.Number(ctx, tx, spec)
		if err != nil {
			return err
		}
		for i := range 25 {
			p := promised{fmt.Sprintf("%d-%d", n, i), c, begin.Add(time.Duration(random.IntN(14*24*3600)) * time.Second)}
			_, err := tx.Exec(ctx, `insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, calendar_id, due_tick, due_at, due_kind, due_target, updated_at, channel, subject)
				values ($1, $2, $3, 1, 'question', 'open', 1, 3, $4, $5, $6, 'resolution', 28800, $6, 'mail', $7)`,
				int32(tx.Tenant().ID), desk.NewTicketID(tx.Now()), int64(i+1), id, shelf.Tick(id, p.due), p.due, p.subject)
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		return nil
	})
	return all
}
