package reports_test

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/reports"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func do(t *testing.T, w *ticketstest.World, who desk.Actor, fn func(ctx context.Context, tx tenants.Tx) error) {
	t.Helper()
	w.Must(who, fn)
}

func move(t *testing.T, w *ticketstest.World, n int64, to string) {
	t.Helper()
	do(t, w, w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.Number(n), Move: tickets.Move{To: to}})
		return err
	})
}

func TestTheSummaryAgreesWithTheLists(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	from := w.Now()
	var made []*tickets.Ticket
	for range 6 {
		made = append(made, w.Request(w.Ivan))
	}
	w.Open(w.Vera, tickets.Open{Subject: "a", Type: "task"})
	for _, m := range made[:4] {
		do(t, w, w.Vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.Number(m.Number), To: w.Vera.User()})
			if err != nil {
				return err
			}
			_, err = w.Tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(m.Number), Text: "Готово", Seen: 1})
			return err
		})
		move(t, w, m.Number, "resolved")
	}
	do(t, w, w.Ivan, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Reopen(ctx, tx, tickets.Reopen{Ticket: tickets.Number(made[0].Number)})
		if err == nil {
			_, err = w.Tickets.Confirm(ctx, tx, tickets.Number(made[1].Number))
		}
		for i, score := range []int{0, 2, 4} {
			if err == nil && score > 0 {
				_, err = w.Tickets.Rate(ctx, tx, tickets.Rate{Ticket: tickets.Number(made[i].Number), Score: score})
			}
		}
		if err == nil {
			_, err = w.Tickets.Rate(ctx, tx, tickets.Rate{Ticket: tickets.Number(made[1].Number), Score: 5})
		}
		return err
	})
	w.Pass(26 * time.Hour)
	late := w.Request(w.Petra)
	move(t, w, late.Number, "resolved")
	p := reports.Period{From: from, To: w.Now().Add(time.Hour)}

	var s reports.Summary
	var err error
	r := reports.New(w.Guard)
	if trips := w.Trips.Count(func() { s, err = r.Summary(t.Context(), w.Read(w.Oleg), p) }); err != nil || trips > 2 {
		t.Fatalf("%d round trips, %v", trips, err)
	}
	if s.Created != 8 || s.Resolved != 4 || s.Closed != 1 || s.Reopened != 1 || s.OpenNow != 4 || s.Rated != 2 || s.RatingAvg == nil || *s.RatingAvg != 4.5 {
		t.Fatalf("%+v, average %v", s, s.RatingAvg)
	}
	for name, c := range map[string]struct {
		f    tickets.Filter
		want int
	}{
		"created":  {tickets.Filter{CreatedFrom: p.From, CreatedTo: p.To}, s.Created},
		"resolved": {tickets.Filter{ResolvedFrom: p.From, ResolvedTo: p.To}, s.Resolved},
		"closed":   {tickets.Filter{ClosedFrom: p.From, ClosedTo: p.To}, s.Closed},
		"open":     {tickets.Filter{Listed: true}, s.OpenNow},
	} {
		n, err := w.Tickets.Count(t.Context(), w.Read(w.Oleg), tickets.ListQuery{Filter: c.f}, 100)
		if err != nil || n != c.want {
			t.Errorf("%s: the list has %d, the summary %d: %v", name, n, c.want, err)
		}
	}
	created, resolved := 0, 0
	for _, d := range s.ByDay {
		created, resolved = created+d.Created, resolved+d.Resolved
	}
	if created != s.Created || resolved != s.Resolved || len(s.ByDay) != 2 {
		t.Errorf("by day %+v", s.ByDay)
	}
	created, open := 0, 0
	for _, x := range s.ByType {
		created, open = created+x.Created, open+x.OpenNow
	}
	if created != s.Created || open != s.OpenNow {
		t.Errorf("by type %+v", s.ByType)
	}
	if len(s.ByAgent) != 1 || s.ByAgent[0].Name != "Вера" || s.ByAgent[0].Resolved != 3 || s.ByAgent[0].Replies != 4 || s.ByAgent[0].OpenNow != 1 || *s.ByAgent[0].RatingAvg != 4.5 {
		t.Errorf("by agent %+v", s.ByAgent)
	}
}

func TestWhoMayCount(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	r := reports.New(w.Guard)
	p := reports.Period{From: w.Now(), To: w.Now().Add(time.Hour)}
	for _, c := range []struct {
		who  desk.Actor
		p    reports.Period
		want desk.Code
	}{
		{w.Nina, p, ""},
		{w.Ivan, p, desk.NotFound},
		{ticketstest.Staff("чужой"), p, desk.NotFound},
		{w.Nina, reports.Period{From: p.To, To: p.From}, desk.ValidationFailed},
		{w.Nina, reports.Period{From: p.From.AddDate(-3, 0, 0), To: p.To}, desk.ValidationFailed},
	} {
		s, err := r.Summary(t.Context(), w.Read(c.who), c.p)
		if desk.CodeOf(err) != c.want || err == nil && (s.ByType == nil || s.ByAgent == nil || len(s.ByDay) != 1 || s.RatingAvg != nil) {
			t.Errorf("%s: %+v %v, want %s", c.who.Name, s, err, c.want)
		}
	}
}
