package tickets_test

import (
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
)

func TestATicketIsGivenToWhoWorksHere(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	for name, c := range map[string]struct {
		in   tickets.Assign
		want desk.Code
	}{
		"a stranger":       {tickets.Assign{To: ticketstest.Staff("чужой").User()}, desk.ValidationFailed},
		"an unknown group": {tickets.Assign{Group: ptr("third")}, desk.ValidationFailed},
		"an old version":   {tickets.Assign{To: w.Vera.User(), Version: 7}, ""},
	} {
		c.in.Ticket = n
		if _, err := assign(w, w.Oleg, c.in); desk.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	_, err := assign(w, w.Oleg, tickets.Assign{Ticket: n, To: w.Oleg.User(), OnlyFree: true})
	refused(t, err, desk.ChangedMeanwhile)
	got, err := assign(w, w.Oleg, tickets.Assign{Ticket: n, To: w.Oleg.User(), Group: ptr("second")})
	if check(t, err); got.GroupKey != "second" || got.AssigneeID != w.Oleg.User() {
		t.Fatalf("%+v", got)
	}
	again, err := assign(w, w.Oleg, tickets.Assign{Ticket: n, To: w.Oleg.User()})
	if check(t, err); again.Version != got.Version {
		t.Fatal("the same again is a change")
	}
	e := view(t, w, w.Vera, n.Number).Timeline.Entries
	last := e[len(e)-1].Detail.Changes
	if len(last) != 2 || last[1].FromName != "Вера" || last[1].ToName != "Олег" {
		t.Fatalf("%+v", last)
	}
}
