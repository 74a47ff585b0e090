//go:build !race

package main

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// A thousand letters come at once for ten equal agents, and two workers make
// tickets of them: nobody gets more than one more than another, no ticket is lost
// and none is given twice.
func TestAThousandAtOnceAreSharedEvenly(t *testing.T) {
	t.Parallel()
	spread(t, false)
}

// The same with one of the workers killed in the middle, again and again.
func TestAThousandAtOnceAreSharedEvenlyThroughKills(t *testing.T) {
	t.Parallel()
	spread(t, true)
}

func spread(t *testing.T, kills bool) {
	t.Helper()
	const letters, agents = 1000, 10
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	p := newPlant(t)
	p.agents(ctx, agents)
	// Everything is there before anybody looks at it, so that both workers begin at once.
	p.kill("work")
	var senders sync.WaitGroup
	for lane := range 8 {
		senders.Go(func() {
			for n := lane; n < letters; n += 8 {
				p.insist(ctx, func(ctx context.Context) error { return p.mail(ctx, n) })
			}
		})
	}
	senders.Wait()
	began := time.Now()
	p.startAs("first", "work")
	p.startAs("second", "work")
	t.Cleanup(func() { p.kill("first"); p.kill("second") })
	count := fmt.Sprintf("select count(*) from manydesk.ticket_index where tenant_id = %d", int32(p.tenant.ID))
	if kills {
		for i := range 3 {
			p.until(ctx, func() bool { return p.count(ctx, count) >= letters*(i+1)/5 })
			p.kill("second")
			p.startAs("second", "work")
		}
	}
	p.until(ctx, func() bool {
		return p.count(ctx, count) >= letters && p.count(ctx, "select count(*) from manydesk.outbox where name = 'intake.receive'") == 0
	})
	if ctx.Err() != nil {
		t.Fatalf("%d of %d are there\n%s\n%s", p.count(t.Context(), count), letters, p.left(), p.said())
	}
	t.Logf("a thousand were given in %s", time.Since(began).Round(100*time.Millisecond))
	p.even(ctx, letters, agents)
}

// agents are people of one group, to whom the least loaded is given.
func (p *plant) agents(ctx context.Context, n int) {
	p.t.Helper()
	err := p.w.house.Both(ctx, p.tenant, desk.Automaton("test"), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		for i := range n {
			id, name := desk.NewUserID(time.Now()), fmt.Sprintf("Agent %d", i)
			email := fmt.Sprintf("agent%d@acme.example", i)
			if _, err := shared.Exec(ctx, "insert into manydesk.users (id, email, name) values ($1, $2, $3)", id, email, name); err != nil {
				return err
			}
			if _, err := shared.Exec(ctx, "insert into manydesk.workload (user_id, capacity) values ($1, 1000)", id); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "insert into ?tenant.staff (user_id, email, name, roles, groups) values ($1, $2, $3, $4, '{second}')", id, email, name, []string{access.Agent}); err != nil {
				return err
			}
		}
		rules := routing.Rules{Default: routing.Then{Group: "second", Strategy: routing.LeastLoaded}}
		if _, err := routing.Sets.Put(ctx, tx, settings.Draft[routing.Rules]{Key: routing.Main, Spec: rules}); err != nil {
			return err
		}
		return tx.AccessChanged(ctx)
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// even holds every load against the tickets themselves and the loads against each other.
func (p *plant) even(ctx context.Context, letters, agents int) {
	p.t.Helper()
	var all struct{ Tickets, Numbers, Given, Facts, Least, Most, People, Wrong int }
	err := p.w.house.Reader(p.tenant, desk.Automaton("test")).Query(ctx, &all, `with given as (select assignee_id as who, count(*) as n from ?tenant.tickets group by 1)
		select (select count(*) from ?tenant.tickets) as tickets, (select count(distinct subject) from ?tenant.tickets) as numbers,
			(select count(*) from ?tenant.tickets where assignee_id is not null) as given,
			(select count(*) from ?tenant.facts where type = 'ticket.routed') as facts,
			(select min(n) from given) as least, (select max(n) from given) as most, (select count(*) from given where who is not null) as people,
			(select count(*) from given g left join manydesk.workload w on w.user_id = g.who where (w.tickets, w.points) is distinct from (g.n, 2 * g.n)) as wrong`)
	if err != nil {
		p.t.Fatal(err)
	}
	if all.Tickets != letters || all.Numbers != letters || all.Given != letters || all.Facts != letters {
		p.t.Errorf("%d letters became %d tickets with %d subjects, of which %d are given by %d decisions", letters, all.Tickets, all.Numbers, all.Given, all.Facts)
	}
	if all.People != agents || all.Most-all.Least > 1 {
		p.t.Errorf("%d of %d people have between %d and %d", all.People, agents, all.Least, all.Most)
	}
	if all.Wrong > 0 {
		p.t.Errorf("%d loads are not what their tickets weigh", all.Wrong)
	}
}
