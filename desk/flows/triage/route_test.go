package triage_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/triage"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// routed is a world with two agents in the group "cash", whose tickets go to the
// least loaded, and everything else in "first" with nobody.
func routed(t *testing.T) (w *world, anna, boris desk.Actor) {
	t.Helper()
	w = newWorld(t)
	anna, boris = w.agent("Анна", "cash"), w.agent("Борис", "cash")
	put(w, settings.Groups, settings.Draft[settings.Group]{Key: "cash", Spec: settings.Group{Name: settings.Words{RU: "Кассы", EN: "Cash desks"}, Line: 2}})
	w.rules(routing.Rules{
		Rules:   []routing.Rule{byWord("cash", "касса", routing.Then{Group: "cash", Strategy: routing.LeastLoaded, Tags: []string{"Касса"}})},
		Default: routing.Then{Group: "first"},
	})
	return w, anna, boris
}

func byWord(key, text string, then routing.Then) routing.Rule {
	return routing.Rule{Key: key, Name: settings.Words{RU: key, EN: key}, When: conditions.Leaf("subject", conditions.Contains, text), Then: then, Stop: true}
}

func (w *world) rules(r routing.Rules) {
	w.T.Helper()
	put(w, routing.Sets, settings.Draft[routing.Rules]{Key: routing.Main, Spec: r})
}

// agent hires somebody into groups.
func (w *world) agent(name string, groups ...string) desk.Actor {
	w.T.Helper()
	who := staffed(name)
	w.Hire(who, access.Agent)
	w.sql("update ?tenant.staff set groups = $2 where user_id = $1", who.ID, groups)
	w.shared("insert into manydesk.users (id, email, name) values ($1, $2, $3)", who.ID, who.ID.UUID()+"@x.example", name)
	return who
}

func staffed(name string) desk.Actor {
	return desk.Actor{Kind: desk.StaffActor, ID: desk.NewUserID(time.Now()).Any(), Name: name, Language: "ru"}
}

func (w *world) sql(query string, args ...any) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

func (w *world) shared(query string, args ...any) {
	w.T.Helper()
	err := w.House.Shared(w.T.Context(), desk.Automaton("setup"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

func (w *world) shift(who desk.Actor, kind string, from, to time.Duration) {
	w.T.Helper()
	now := w.Now()
	w.shared("insert into manydesk.shifts (user_id, starts_at, ends_at, kind) values ($1, $2, $3, $4)", who.ID, now.Add(from), now.Add(to), kind)
}

func (w *world) ask(subject string, priority int) *tickets.Ticket {
	w.T.Helper()
	return w.Open(w.Oleg, tickets.Open{Subject: subject, Text: "Так", Priority: priority, Contact: w.Ivan.Contact()})
}

// trace is the last decision about a ticket.
func (w *world) trace(n int64) routing.Trace {
	w.T.Helper()
	var data json.RawMessage
	err := w.Read(w.Vera).QueryRow(w.T.Context(), `select f.data->'route' from ?tenant.facts f join ?tenant.tickets t on t.id = f.subject_id
		where t.number = $1 and f.type = 'ticket.routed' order by f.seq desc limit 1`, []any{n}, &data)
	if err != nil {
		w.T.Fatal(err)
	}
	var tr routing.Trace
	if err := json.Unmarshal(data, &tr); err != nil {
		w.T.Fatal(err)
	}
	return tr
}

func (w *world) has(n int64, group string, who desk.Actor) {
	w.T.Helper()
	got := w.read(n)
	if got.GroupKey != group || got.AssigneeID != who.User() {
		w.T.Errorf("ticket %d is in %q with %v, want %q with %v (%s)", n, got.GroupKey, got.AssigneeID, group, who.User(), who.Name)
	}
}

func (w *world) sound() {
	w.T.Helper()
	var wrong int
	err := w.Read(w.Vera).QueryRow(w.T.Context(), `select count(*) from (select i.assignee_id as who, count(*) as tickets, sum(case when i.category = 3 then (p.points + 1) / 2 else p.points end) as points
			from manydesk.ticket_index i, lateral (select (array[8, 4, 2, 1])[i.priority] as points) p where i.assignee_id is not null group by 1) n
		full join manydesk.workload w on w.user_id = n.who where (coalesce(n.tickets, 0), coalesce(n.points, 0)) is distinct from (w.tickets::bigint, w.points::bigint)`, nil, &wrong)
	if err != nil || wrong > 0 {
		w.T.Errorf("%d loads are wrong, %v", wrong, err)
	}
}

var nobody = desk.Actor{}

func TestANewTicketGoesWhereTheRulesSay(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	first, second, third := w.ask("Касса стоит", 1), w.ask("Касса опять", 3), w.ask("Касса и ещё", 3)
	w.has(first.Number, "cash", anna)
	w.has(second.Number, "cash", boris)
	w.has(third.Number, "cash", boris)
	other := w.ask("Пропуск", 3)
	w.has(other.Number, "first", nobody)
	got := w.read(first.Number)
	if got.Line != 2 || len(got.Tags) != 1 || got.Tags[0] != "касса" || got.Version != 2 {
		t.Errorf("line %d, tags %v, version %d", got.Line, got.Tags, got.Version)
	}
	tr := w.trace(third.Number)
	if tr.Version != 1 || tr.Rule != "cash" || tr.Strategy != routing.LeastLoaded || tr.To.Person != boris.User() || len(tr.Candidates) != 2 || tr.Candidates[0].Points != 2 || tr.Candidates[1].Points != 8 {
		t.Errorf("%+v", tr)
	}
	if tr = w.trace(other.Number); tr.Rule != "" || len(tr.Tried) != 1 || tr.Tried[0] != "." || tr.Seen["subject"] != "Пропуск" {
		t.Errorf("%+v", tr)
	}
	w.sound()
}

func TestTheClocksGoByWhatTheRulesMade(t *testing.T) {
	t.Parallel()
	w, _, _ := routed(t)
	w.rules(routing.Rules{Rules: []routing.Rule{byWord("cash", "касса", routing.Then{Group: "cash", Priority: 1})}, Default: routing.Then{Group: "first"}})
	w.at(23, 10, 0)
	made := w.ask("Касса стоит", 3)
	near(t, "the first answer", w.read(made.Number).FirstDueAt, moscow(23, 10, 15)) // of priority 1
	near(t, "of another", w.read(w.ask("Пропуск", 3).Number).FirstDueAt, moscow(23, 12, 0))
}

func TestWhatIsOpenedByHandIsKept(t *testing.T) {
	t.Parallel()
	w, _, _ := routed(t)
	made := w.Open(w.Oleg, tickets.Open{Subject: "Касса стоит", Text: "Так", Group: "second", Contact: w.Ivan.Contact()})
	w.has(made.Number, "second", nobody)
	if tr := w.trace(made.Number); !tr.ByHand || tr.Rule != "cash" {
		t.Errorf("%+v", tr)
	}
}

func TestNobodyGetsMoreThanTheyTakeAndNobodyAbsentAnything(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	w.shift(anna, "absence", -time.Hour, 48*time.Hour)
	w.shared("insert into manydesk.workload (user_id, capacity) values ($1, 1)", boris.ID)
	w.has(w.ask("Касса 1", 3).Number, "cash", boris)
	left := w.ask("Касса 2", 3)
	w.has(left.Number, "cash", nobody)
	no := map[routing.No]int{}
	for _, c := range w.trace(left.Number).Candidates {
		no[c.No]++
	}
	if no[routing.Full] != 1 || no[routing.IsAbsent] != 1 {
		t.Errorf("%v", no)
	}
}

func TestTurnsGoRoundWhoeverIsOnShift(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	vlad := w.agent("Влад", "cash")
	w.shift(vlad, "shift", time.Hour, 9*time.Hour) // not yet
	w.rules(routing.Rules{Rules: []routing.Rule{byWord("cash", "касса", routing.Then{Group: "cash", Strategy: routing.RoundRobin})}, Default: routing.Then{Group: "first"}})
	for i := range 6 {
		w.has(w.ask("Касса", i%4+1).Number, "cash", []desk.Actor{anna, boris}[i%2])
	}
}

func TestWhoeverKnewTheCustomerGetsIt(t *testing.T) {
	t.Parallel()
	w, _, boris := routed(t)
	w.rules(routing.Rules{Rules: []routing.Rule{byWord("cash", "касса", routing.Then{Group: "cash", Strategy: routing.Previous})}, Default: routing.Then{Group: "first"}})
	old := w.ask("Пропуск", 3)
	w.give(old.Number, boris)
	for range 3 {
		w.has(w.ask("Касса", 1).Number, "cash", boris)
	}
	w.Pass(91 * 24 * time.Hour)
	if got := w.trace(w.ask("Касса", 1).Number); got.Strategy != routing.LeastLoaded {
		t.Errorf("after ninety days: %+v", got)
	}
}

func (w *world) give(n int64, who desk.Actor) {
	w.T.Helper()
	w.Must(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.Number(n), To: who.User(), Reason: "Он знает"})
		return err
	})
}

func TestWhoeverLeavesKeepsNothing(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	one, two := w.ask("Касса 1", 3), w.ask("Касса 2", 3)
	w.has(one.Number, "cash", anna)
	w.has(two.Number, "cash", boris)
	w.sql("update ?tenant.staff set active = false where user_id = $1", anna.ID)
	if moved := w.release(anna, triage.CauseRemoved); moved != 1 {
		t.Errorf("%d moved", moved)
	}
	w.has(one.Number, "cash", nobody)
	if tr := w.trace(one.Number); tr.Cause != triage.CauseRemoved {
		t.Errorf("%+v", tr)
	}
	if again := w.release(anna, triage.CauseRemoved); again != 0 {
		t.Errorf("%d moved twice", again)
	}
	w.sound()
}

func (w *world) release(who desk.Actor, cause string) int {
	w.T.Helper()
	moved, err := w.triage.ReleaseNow(w.T.Context(), w.Tenant, who.User(), cause)
	if err != nil {
		w.T.Fatal(err)
	}
	return moved
}

func TestWhoeverGoesAbsentHandsOverByRule(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	one, manual := w.ask("Касса 1", 3), w.ask("Пропуск", 3)
	w.give(manual.Number, anna)
	w.shift(anna, "absence", -time.Minute, 48*time.Hour)
	if moved := w.release(anna, triage.CauseAbsent); moved != 2 {
		t.Errorf("%d moved", moved)
	}
	w.has(one.Number, "cash", boris)
	w.has(manual.Number, "first", nobody)
	w.sound()
	// The shift of the other ends, and nobody else is there: it stays.
	w.shift(boris, "shift", -9*time.Hour, -time.Minute)
	if moved := w.release(boris, triage.CauseShift); moved != 0 {
		t.Errorf("%d moved though nobody is there", moved)
	}
	w.has(one.Number, "cash", boris)
}

// What a rebalance would do is read in as many statements for one ticket as for
// many, and tells only tickets that the actor may see.
func TestARebalanceIsReadAtOnce(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	look := func() (moves []triage.Move, trips int) {
		var err error
		trips = 100
		for range 4 { // a connection that has not seen a statement yet prepares it
			trips = min(trips, w.Trips.Count(func() {
				moves, _, err = w.triage.Rebalance(t.Context(), w.Tenant, boris, anna.User(), false)
			}))
			if err != nil {
				t.Fatal(err)
			}
		}
		return moves, trips
	}
	w.give(w.ask("Касса 1", 3).Number, anna)
	w.shift(anna, "absence", -time.Minute, 48*time.Hour)
	one, few := look()
	for range 9 {
		is := w.ask("Касса", 2)
		w.sql("update ?tenant.tickets set assignee_id = $2 where id = $1", is.ID, anna.ID)
		w.sql("update manydesk.ticket_index set assignee_id = $2 where ticket_id = $1", is.ID, anna.ID)
	}
	ten, many := look()
	if len(one) != 1 || len(ten) != 10 || few != many {
		t.Errorf("%d moves in %d round trips, %d in %d", len(one), few, len(ten), many)
	}
}

func TestATicketThatComesBackToSomebodyAbsentGoesToAnother(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	one := w.ask("Касса 1", 3)
	w.has(one.Number, "cash", anna)
	w.status(one.Number, "resolved", time.Time{})
	w.shift(anna, "absence", -time.Minute, 48*time.Hour)
	w.Must(w.Ivan, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Reopen(ctx, tx, tickets.Reopen{Ticket: tickets.Number(one.Number), Text: "Не работает"})
		return err
	})
	w.has(one.Number, "cash", boris)
	if tr := w.trace(one.Number); tr.Cause != triage.CauseReopened {
		t.Errorf("%+v", tr)
	}
	w.sound()
}

func TestARuleThatNamesWhatIsGoneIsSkipped(t *testing.T) {
	t.Parallel()
	w, anna, _ := routed(t)
	w.rules(routing.Rules{Rules: []routing.Rule{
		byWord("person", "касса", routing.Then{Person: anna.User(), Group: "cash"}),
		byWord("next", "касса", routing.Then{Group: "second"}),
	}, Default: routing.Then{Group: "first"}})
	w.has(w.ask("Касса 1", 3).Number, "cash", anna)
	w.sql("update ?tenant.staff set active = false where user_id = $1", anna.ID)
	left := w.ask("Касса 2", 3)
	w.has(left.Number, "second", nobody)
	if tr := w.trace(left.Number); tr.Rule != "next" || tr.Tried[0] != routing.Skipped {
		t.Errorf("%+v", tr)
	}
}

func TestAVendorsTicketsGoToItsEngineersAlone(t *testing.T) {
	t.Parallel()
	w, anna, _ := routed(t)
	vendor := desk.NewCompanyID(w.Now())
	w.sql("insert into ?tenant.companies (id, kind, name) values ($1, 'vendor', 'СофтСервис')", vendor)
	eva := w.agent("Ева", "cash")
	w.sql("update ?tenant.staff set vendor_id = $2 where user_id = $1", eva.ID, vendor)
	w.Hire(staffed("Кто-то"), access.Agent) // rights are read anew
	w.rules(routing.Rules{Rules: []routing.Rule{
		byWord("soft", "монитор", routing.Then{Vendor: vendor, Strategy: routing.LeastLoaded}),
		byWord("cash", "касса", routing.Then{Group: "cash", Strategy: routing.LeastLoaded}),
	}, Default: routing.Then{Group: "first"}})
	soft := w.ask("Монитор", 3)
	w.has(soft.Number, "first", eva)
	if got := w.read(soft.Number); got.VendorID != vendor {
		t.Errorf("vendor %v", got.VendorID)
	}
	w.has(w.ask("Касса", 3).Number, "cash", anna)
	for _, c := range w.trace(w.ask("Касса", 3).Number).Candidates {
		if c.ID == eva.User() {
			t.Error("a vendor's engineer comes into question for others' tickets")
		}
	}
}

// A route costs one statement more than a ticket without one.
func TestARouteIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	w, _, _ := routed(t)
	w.ask("Касса", 3)
	w.refresh() // the first ticket on a calendar notes it with the tenant
	n := 100
	for range 6 { // a connection that has not seen a statement yet prepares it
		n = min(n, w.Trips.Count(func() { w.ask("Касса", 3) }))
	}
	if n != 4 {
		t.Errorf("%d round trips: begin, candidates, the ticket, commit", n)
	}
}

func TestWhyHereTellsEveryRuleWithWhatWasSeen(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	r := routing.Rules{Default: routing.Then{Group: "first"}}
	for i := range 12 {
		r.Rules = append(r.Rules, byWord(fmt.Sprintf("r%d", i), fmt.Sprintf("товар %d", i), routing.Then{Group: "second"}))
	}
	r.Rules = append(r.Rules, routing.Rule{
		Key: "last", Name: settings.Words{RU: "Кассы", EN: "Cash"}, Stop: true, Then: routing.Then{Group: "cash", Strategy: routing.LeastLoaded},
		When: conditions.AllOf(conditions.Leaf("priority", conditions.AtMost, 2), conditions.Leaf("subject", conditions.Contains, "касса")),
	})
	w.rules(r)
	made := w.ask("Касса стоит", 2)
	w.give(made.Number, boris)
	// What the rules say later does not change why it was so.
	w.rules(routing.Rules{Default: routing.Then{Group: "first"}})
	why, err := w.triage.WhyHere(t.Context(), w.Read(w.Vera), w.read(made.Number))
	if err != nil {
		t.Fatal(err)
	}
	if why.Rule == nil || why.Rule.Key != "last" || why.Position != 12 || len(why.Tried) != 13 || why.To.Person != anna.User() || why.Tried[3].Matched {
		t.Errorf("%+v", why)
	}
	words := conditions.Tickets(conditions.Known{})
	if got := why.Tried[12].Trace.Explain(why.Tried[12].Rule.When, words, "ru"); len(got) != 2 || !got[0].Matched || !got[1].Matched || got[1].Actual != "«Касса стоит»" {
		t.Errorf("%+v", got)
	}
	if got := why.Tried[3].Trace.Explain(why.Tried[3].Rule.When, words, "en"); len(got) != 1 || got[0].Matched || !got[0].Seen {
		t.Errorf("%+v", got)
	}
	if len(why.Changes) != 1 || why.Changes[0].Reason != "Он знает" || why.Changes[0].Change.ToName != "Борис" || why.Changes[0].By.Name != "Олег" {
		t.Errorf("%+v", why.Changes)
	}
	if why, err = w.triage.WhyHere(t.Context(), w.Read(w.Vera), &tickets.Ticket{ID: desk.NewTicketID(w.Now()), GroupKey: "first"}); err != nil || why.Version != 0 || why.To.Group != "first" || why.Rule != nil {
		t.Errorf("without a route: %+v, %v", why, err)
	}
}
