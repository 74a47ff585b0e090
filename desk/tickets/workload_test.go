package tickets_test

import (
	"context"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
)

func TestATicketWeighsByItsPriorityAndHalfWhileItWaits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		priority int
		category tickets.Category
		want     int
	}{
		{1, tickets.CategoryOpen, 8},
		{2, tickets.CategoryInProgress, 4},
		{3, tickets.CategoryOpen, 2},
		{4, tickets.CategoryOpen, 1},
		{1, tickets.CategoryPending, 4},
		{4, tickets.CategoryPending, 1},
		{1, tickets.CategoryResolved, 0},
		{1, tickets.CategoryClosed, 0},
		{0, tickets.CategoryOpen, 0},
	} {
		if got := tickets.Points(c.priority, c.category); got != c.want {
			t.Errorf("priority %d, %s: %d, want %d", c.priority, c.category, got, c.want)
		}
	}
}

// Two who hand each other their tickets at once wait for each other in one order:
// nobody is refused for a deadlock.
func TestTicketsThatChangeHandsAtOnceKeepTheLoadsTrue(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	var all []*tickets.Ticket
	for i := range 8 {
		made := w.Request(w.Ivan)
		to := []desk.Actor{w.Vera, w.Oleg}[i%2]
		_, err := assign(w, w.Oleg, tickets.Assign{Ticket: tickets.Number(made.Number), To: to.User()})
		check(t, err)
		all = append(all, made)
	}
	var wg sync.WaitGroup
	for i, made := range all {
		wg.Go(func() {
			for round := range 6 {
				to := []desk.Actor{w.Oleg, w.Vera}[(i+round)%2]
				if _, err := assign(w, w.Oleg, tickets.Assign{Ticket: tickets.Number(made.Number), To: to.User()}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var wrong int
	err := w.Read(w.Vera).QueryRow(context.Background(), `select count(*) from manydesk.workload w, lateral (select count(*) as tickets, 2 * count(*) as points
		from manydesk.ticket_index i where i.assignee_id = w.user_id) n where (w.tickets, w.points) is distinct from (n.tickets, n.points)`, nil, &wrong)
	check(t, err)
	if wrong > 0 {
		t.Errorf("%d loads are wrong", wrong)
	}
}
