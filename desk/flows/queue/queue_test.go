package queue_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/queue"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// office is Vera's: she works in two of three tenants.
type office struct {
	*ticketstest.World
	q    *queue.Queue
	more [2]*ticketstest.World
}

func open(t *testing.T) *office {
	t.Helper()
	w := ticketstest.New(t)
	o := &office{World: w, q: queue.New(w.House, w.Guard, w.Tickets, sla.NewShelf(w.House))}
	for i := range o.more {
		o.more[i] = w.In(w.NewTenant())
	}
	o.more[0].Hire(w.Vera, access.Agent)
	err := w.House.Shared(context.Background(), desk.Automaton("setup"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "insert into manydesk.users (id, email, name) values ($1, 'vera@desk.example', 'Вера')", w.Vera.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) tenants() []tenants.Tenant {
	return []tenants.Tenant{o.Tenant, o.more[0].Tenant, o.more[1].Tenant}
}

func (o *office) list(t *testing.T, who desk.Actor, in queue.Query) []string {
	t.Helper()
	if in.Tenants == nil {
		in.Tenants = o.tenants()
	}
	var all []string
	seen := map[desk.TicketID]bool{}
	if _, err := o.q.List(t.Context(), who, in); err != nil { // the rights are in memory from now on
		t.Fatal(err)
	}
	for {
		var p queue.Page
		var err error
		if n := o.Trips.Count(func() { p, err = o.q.List(t.Context(), who, in) }); n > 2 { // one, and one for its plan on a fresh connection
			t.Fatalf("%d round trips", n)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range p.Rows {
			if seen[r.ID] {
				t.Fatalf("%s came twice", r.Subject)
			}
			seen[r.ID] = true
			all = append(all, r.Subject)
		}
		if p.Next == nil {
			return all
		}
		in.After = p.Next
	}
}

func request(w *ticketstest.World, subject string, priority int) *tickets.Ticket {
	return w.Open(w.Vera, tickets.Open{Subject: subject, Type: "question", Priority: priority})
}

func TestTheOrderOfTheQueue(t *testing.T) {
	t.Parallel()
	o := open(t)
	request(o.World, "p3 first", 3)
	request(o.more[0], "p3 second", 3)
	paused := request(o.World, "paused late", 1)
	sooner := request(o.more[0], "paused soon", 4)
	answered := request(o.World, "p2 answered", 2)
	request(o.more[0], "p2", 2)
	request(o.World, "p1", 1)
	pause := func(w *ticketstest.World, n int64, d time.Duration) {
		w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.Number(n), Move: tickets.Move{To: "pending", Until: tx.Now().Add(d)}})
			return err
		})
	}
	pause(o.World, paused.Number, 48*time.Hour)
	pause(o.more[0], sooner.Number, time.Hour)
	o.Must(o.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := o.Tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(answered.Number), Text: "a", Seen: 1})
		return err
	})
	want := "[p1 p2 p2 answered p3 first p3 second paused soon paused late]"
	for _, limit := range []int{0, 1, 2, 3} {
		if got := fmt.Sprint(o.list(t, o.Vera, queue.Query{View: queue.All, Limit: limit})); got != want {
			t.Fatalf("by %d: %s, want %s", limit, got, want)
		}
	}
	o.Must(o.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := o.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.Number(answered.Number), To: o.Vera.User()})
		return err
	})
	for view, want := range map[queue.View]string{
		queue.Urgent:        "[p1 p2 p2 answered p3 first p3 second]",
		queue.Mine:          "[p2 answered]",
		queue.Unassigned:    "[p1 p2 p3 first p3 second]",
		queue.WaitingClient: "[paused soon paused late]",
	} {
		if got := fmt.Sprint(o.list(t, o.Vera, queue.Query{View: view, Limit: 2})); got != want {
			t.Errorf("%s: %s, want %s", view, got, want)
		}
	}
	if got := fmt.Sprint(o.list(t, o.Vera, queue.Query{View: queue.All, Tenants: []tenants.Tenant{o.more[0].Tenant}})); got != "[p2 p3 second paused soon]" {
		t.Errorf("one tenant: %s", got)
	}
	for name, c := range map[string]struct {
		f    queue.Filter
		want string
	}{
		"priority": {queue.Filter{Priorities: []int{1, 2}}, "[p1 p2 p2 answered paused late]"},
		"words":    {queue.Filter{Words: []string{"ANSWER"}}, "[p2 answered]"},
		"mine":     {queue.Filter{Assignees: []desk.UserID{o.Vera.User()}}, "[p2 answered]"},
		"waits":    {queue.Filter{ClientWaits: true, Types: []string{"question"}, Statuses: []string{"open"}, Channels: []string{"api"}, Unassigned: true}, "[p1 p2 p3 first p3 second]"},
	} {
		if got := fmt.Sprint(o.list(t, o.Vera, queue.Query{View: queue.All, Filter: c.f})); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	counts, err := o.q.Counts(t.Context(), o.Vera, o.tenants())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range queue.Views() {
		if got := len(o.list(t, o.Vera, queue.Query{View: v})); got != counts.Views[v] {
			t.Errorf("%s: %d rows, counted %d", v, got, counts.Views[v])
		}
	}
	if len(counts.Tenants) != 2 || counts.Tenants[0].Open != 4 || counts.Tenants[1].Open != 3 || counts.Tenants[0].Mine != 1 {
		t.Errorf("counts %+v", counts)
	}
}

func TestNobodySeesTicketsOfTenantsOrTypesThatAreNotTheirs(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Open(o.Vera, tickets.Open{Subject: "здесь вопрос", Type: "question"})
	o.Open(o.Vera, tickets.Open{Subject: "здесь задача", Type: "task"})
	mia := ticketstest.Staff("Мия")
	o.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, `insert into ?tenant.config (kind, key, version, state, spec) values ('role', 'asker', 1, 'published', '{"name":{},"permissions":[{"permission":"ticket.read","types":["question"]}]}')`)
		return err
	})
	o.Hire(mia, "asker")
	if got := fmt.Sprint(o.list(t, mia, queue.Query{View: queue.All})); got != "[здесь вопрос]" {
		t.Errorf("Мия sees %s", got)
	}
	if counts, err := o.q.Counts(t.Context(), mia, o.tenants()); err != nil || counts.Views[queue.All] != 1 || len(counts.Tenants) != 1 {
		t.Errorf("Мия counts %+v %v", counts, err)
	}
	if got := o.list(t, ticketstest.Staff("чужой"), queue.Query{View: queue.All}); len(got) != 0 {
		t.Errorf("a stranger sees %v", got)
	}
	o.Must(o.Vera, func(ctx context.Context, tx tenants.Tx) error {
		for n := int64(1); n <= 2; n++ {
			if _, err := o.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.Number(n), To: mia.User()}); err != nil {
				return err
			}
		}
		return nil
	})
	if got := fmt.Sprint(o.list(t, mia, queue.Query{View: queue.Mine})); got != "[здесь вопрос]" {
		t.Errorf("Мия has %s", got)
	}
	if got := o.list(t, mia, queue.Query{View: queue.Mine, Tenants: []tenants.Tenant{o.more[0].Tenant}}); len(got) != 0 {
		t.Errorf("Мия has %v where she has no rights", got)
	}
	if _, err := o.q.Next(t.Context(), mia, o.tenants()); !desk.Is(err, desk.NotFound) {
		t.Errorf("Мия takes: %v", err)
	}
	if _, err := o.q.List(t.Context(), o.Vera, queue.Query{Tenants: o.tenants(), View: "nonsense"}); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("a view of nonsense: %v", err)
	}
}

func TestTwoPeopleNeverTakeTheSameTicket(t *testing.T) {
	t.Parallel()
	o := open(t)
	const work, people = 12, 16
	for i := range work {
		request([]*ticketstest.World{o.World, o.more[0]}[i%2], fmt.Sprint(i), 1+i%4)
	}
	staff := make([]desk.Actor, people)
	for i := range staff {
		staff[i] = ticketstest.Staff(fmt.Sprint("Мастер ", i))
		o.Hire(staff[i], access.Agent)
		o.more[0].Hire(staff[i], access.Agent)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	taken, empty := map[desk.TicketID]string{}, 0
	for _, who := range staff {
		all.Go(func() {
			row, err := o.q.Next(context.Background(), who, o.tenants())
			mu.Lock()
			defer mu.Unlock()
			switch {
			case desk.Is(err, desk.NotFound):
				empty++
			case err != nil:
				t.Error(err)
			case taken[row.ID] != "":
				t.Errorf("%s and %s both got %s", who.Name, taken[row.ID], row.Subject)
			default:
				taken[row.ID] = who.Name
			}
		})
	}
	all.Wait()
	if len(taken) != work || empty != people-work {
		t.Fatalf("%d taken, %d went empty", len(taken), empty)
	}
}
