package tickets_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func numbers(l tickets.Listing) []int64 {
	all := []int64{}
	for _, r := range l.Rows {
		all = append(all, r.Number)
	}
	return all
}

func TestListsAreFilteredInOneStatement(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	first := w.Open(w.Vera, tickets.Open{Subject: "Ёлка не горит", Type: "incident", Priority: 1, Contact: w.Ivan.Contact(), Tags: []string{"VIP", "касса"}, Fields: map[string]any{"impact": "all"}})
	second := w.Open(w.Petra, tickets.Open{Subject: "Вопрос о счёте", Type: "question"})
	third := w.Open(w.Vera, tickets.Open{Subject: "Заменить диск", Type: "task"})
	_, err := assign(w, w.Vera, tickets.Assign{Ticket: tickets.Number(third.Number), To: w.Oleg.User()})
	check(t, err)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: tickets.Number(second.Number), Move: tickets.Move{To: "resolved", Comment: "ответили"}})
	check(t, err)
	no := func(of tickets.Filter) tickets.Filter { return tickets.Filter{Not: &of} }
	for name, c := range map[string]struct {
		f    tickets.Filter
		want []int64
	}{
		"all":         {tickets.Filter{}, []int64{third.Number, second.Number, first.Number}},
		"open":        {tickets.Filter{Listed: true}, []int64{third.Number, first.Number}},
		"status":      {tickets.Filter{Statuses: []string{"resolved"}}, []int64{second.Number}},
		"category":    {tickets.Filter{Categories: []tickets.Category{tickets.CategoryOpen}}, []int64{third.Number, first.Number}},
		"priority":    {tickets.Filter{Priorities: []int{1, 2}}, []int64{first.Number}},
		"tag":         {tickets.Filter{Tags: []string{"vip"}}, []int64{first.Number}},
		"not tag":     {no(tickets.Filter{Tags: []string{"vip"}}), []int64{third.Number, second.Number}},
		"assignee":    {tickets.Filter{Assignees: []desk.UserID{w.Oleg.User()}}, []int64{third.Number}},
		"not his":     {no(tickets.Filter{Assignees: []desk.UserID{w.Oleg.User()}}), []int64{second.Number, first.Number}},
		"nobody's":    {tickets.Filter{Unassigned: true, Listed: true}, []int64{first.Number}},
		"his or no":   {tickets.Filter{Unassigned: true, Assignees: []desk.UserID{w.Oleg.User()}, Listed: true}, []int64{third.Number, first.Number}},
		"field":       {tickets.Filter{Fields: map[string]string{"impact": "all"}}, []int64{first.Number}},
		"words":       {tickets.Filter{Words: []string{"елка", "ГОРИТ"}}, []int64{first.Number}},
		"number":      {tickets.Filter{Words: []string{"ACME-2"}}, []int64{second.Number}},
		"percent":     {tickets.Filter{Words: []string{"%"}}, []int64{}},
		"company":     {tickets.Filter{Companies: []desk.CompanyID{w.Lotos}}, []int64{second.Number}},
		"contact":     {tickets.Filter{Contacts: []desk.ContactID{w.Ivan.Contact()}}, []int64{first.Number}},
		"waits":       {tickets.Filter{ClientWaits: true}, []int64{third.Number, first.Number}},
		"resolved":    {tickets.Filter{ResolvedFrom: first.CreatedAt}, []int64{second.Number}},
		"two at once": {tickets.Filter{Types: []string{"task", "incident"}, Priorities: []int{3}}, []int64{third.Number}},
	} {
		var got tickets.Listing
		trips := w.Trips.Count(func() {
			got, err = w.Tickets.List(t.Context(), w.Read(w.Vera), tickets.ListQuery{Filter: c.f})
		})
		check(t, err)
		if !equal(numbers(got), c.want) || trips > 1 {
			t.Errorf("%s: %v in %d round trips, want %v", name, numbers(got), trips, c.want)
		}
		n, err := w.Tickets.Count(t.Context(), w.Read(w.Vera), tickets.ListQuery{Filter: c.f}, 1000)
		if check(t, err); n != len(c.want) {
			t.Errorf("%s: counted %d, want %d", name, n, len(c.want))
		}
	}
}

func TestPagesOfAListMeetWithoutGapOrRepetition(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	for i := range 23 {
		w.Open(w.Vera, tickets.Open{Subject: "a", Type: "question", Priority: 1 + i%4})
	}
	for _, order := range []tickets.Order{tickets.ByNumber, tickets.ByAge, tickets.ByUrgency} {
		seen := map[int64]bool{}
		q := tickets.ListQuery{Order: order, Limit: 5}
		var last int64
		for range 10 {
			page, err := w.Tickets.List(t.Context(), w.Read(w.Vera), q)
			check(t, err)
			for _, r := range page.Rows {
				if seen[r.Number] || order == tickets.ByUrgency && r.Rank < last {
					t.Fatalf("%s: %d came again or out of order", order, r.Number)
				}
				seen[r.Number], last = true, r.Rank
			}
			if page.Next == nil {
				break
			}
			q.After = *page.Next
		}
		if len(seen) != 23 {
			t.Fatalf("%s: %d of 23", order, len(seen))
		}
	}
}

func TestAClientListsItsOwnAndWithTheRightItsCompanys(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	ivans, petras, sashas := w.Request(w.Ivan), w.Request(w.Petra), w.Request(w.Sasha)
	w.Open(w.Vera, tickets.Open{Subject: "Внутреннее", Type: "task", Contact: w.Petra.Contact()})
	for _, c := range []struct {
		who     desk.Actor
		company bool
		want    []int64
		code    desk.Code
	}{
		{w.Ivan, false, []int64{ivans.Number}, ""},
		{w.Ivan, true, nil, desk.Denied},
		{w.Sasha, true, nil, desk.Denied},
		{w.Sasha, false, []int64{sashas.Number}, ""},
		{w.Petra, false, []int64{petras.Number}, ""},
		{w.Petra, true, []int64{sashas.Number, petras.Number}, ""},
		{ticketstest.Staff("чужой"), false, nil, desk.NotFound},
	} {
		got, err := w.Tickets.List(t.Context(), w.Read(c.who), tickets.ListQuery{Company: c.company})
		if desk.CodeOf(err) != c.code || err == nil && !equal(numbers(got), c.want) {
			t.Errorf("%s lists %v %v, want %v %s", c.who.Name, numbers(got), err, c.want, c.code)
		}
	}
	for _, c := range []struct {
		who    desk.Actor
		number int64
		sees   bool
	}{
		{w.Ivan, ivans.Number, true},
		{w.Ivan, petras.Number, false},
		{w.Sasha, petras.Number, false},
		{w.Petra, sashas.Number, true},
		{w.Petra, sashas.Number + 1, false}, // the internal one
		{w.Petra, ivans.Number, false},
	} {
		_, err := w.Tickets.Get(t.Context(), w.Read(c.who), tickets.Number(c.number))
		_, viewErr := w.Tickets.View(t.Context(), w.Read(c.who), c.number, 0)
		_, pageErr := w.Tickets.Timeline(t.Context(), w.Read(c.who), tickets.TimelineQuery{Ticket: tickets.Number(c.number)})
		writeErr := w.Do(c.who, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.Tickets.ClientReply(ctx, tx, tickets.ClientReply{Ticket: tickets.Number(c.number), Text: "a"})
			return err
		})
		for _, err := range []error{err, viewErr, pageErr, writeErr} {
			if c.sees != (err == nil) || !c.sees && !desk.Is(err, desk.NotFound) {
				t.Errorf("%s and %d: %v", c.who.Name, c.number, err)
			}
		}
	}
}
