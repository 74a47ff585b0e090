package tickets

import (
	"bytes"
	"slices"

	"manydesk/desk"
)

// Points is how much an open ticket weighs on whoever has it: a critical one
// eight, one that waits for somebody half of it.
func Points(priority int, c Category) int {
	if !Listed(c) || priority < 1 || priority > 4 {
		return 0
	}
	points := [...]int{8, 4, 2, 1}[priority-1]
	if c == CategoryPending {
		return (points + 1) / 2
	}
	return points
}

// weight is what a ticket adds to the load of its assignee.
type weight struct {
	who             desk.UserID
	points, tickets int
}

// weights are by how much the change moves the loads of people, in order of
// their ids, so that two changes at once lock the rows in one order.
func weights(before, after *Ticket) []weight {
	all := make([]weight, 0, 2)
	add := func(t *Ticket, sign int) {
		if t.AssigneeID.IsZero() || !Listed(t.Category) {
			return
		}
		i := slices.IndexFunc(all, func(w weight) bool { return w.who == t.AssigneeID })
		if i < 0 {
			i = len(all)
			all = append(all, weight{who: t.AssigneeID})
		}
		all[i].points += sign * Points(t.Priority, t.Category)
		all[i].tickets += sign
	}
	add(before, -1)
	add(after, 1)
	all = slices.DeleteFunc(all, func(w weight) bool { return w.points == 0 && w.tickets == 0 })
	slices.SortFunc(all, func(a, b weight) int { return bytes.Compare(a.who[:], b.who[:]) })
	return all
}

// load keeps what people have to do, over all tenants, in the ticket's own statement.
func load(s *statement, c *Change) {
	if !c.Given.IsZero() {
		s.with("lg", "update ?tenant.staff x set last_given_at = "+s.at()+" from t where x.user_id = "+s.arg(c.Given)+"::uuid")
	}
	all := weights(&c.Before, &c.Ticket)
	if len(all) == 0 {
		return
	}
	rows := make([][]any, len(all))
	for i, w := range all {
		rows[i] = []any{w.who, w.points, w.tickets}
	}
	s.with("wl", "insert into manydesk.workload as w (user_id, points, tickets, counted_at) select v.who, v.points, v.tickets, "+s.at()+" from t, "+
		s.values("v(who, points, tickets)", "uuid, integer, integer", rows)+` order by v.who
		on conflict (user_id) do update set points = w.points + excluded.points, tickets = w.tickets + excluded.tickets`)
}
