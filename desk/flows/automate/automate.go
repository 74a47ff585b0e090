package automate

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

var actor = desk.Automaton("triggers")

// Asker evaluates conditions on a ticket (desk/flows/triage).
type Asker interface {
	Match(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket, when conditions.Tree) (conditions.Trace, error)
}

// Router gives a ticket to whom the rules of routing say (desk/flows/triage).
type Router interface {
	Route(ctx context.Context, tx tenants.Tx, ref tickets.Ref, reason string) (*tickets.Ticket, error)
}

// Automate is the flow's door. One serves the whole process.
type Automate struct {
	house   *tenants.House
	tickets *tickets.Tickets
	asker   Asker
	router  Router
	tasks   Tasks
}

// New opens the flow.
func New(house *tenants.House, t *tickets.Tickets, asker Asker, router Router, tasks Tasks) *Automate {
	return &Automate{house, t, asker, router, tasks}
}

// Run is the handler of JobRun. The job, what the triggers do and their log are
// one unit: however often the job comes, it is done once.
func (a *Automate) Run(ctx context.Context, w *jobs.Work) error {
	var in heard
	if err := json.Unmarshal(w.Data, &in); err != nil {
		return jobs.Never(fmt.Errorf("decode what was heard: %w", err))
	}
	return a.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		live, err := triggers.Triggers.All(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		for _, e := range in.Events {
			for _, t := range live {
				if t.Spec.On != e.On {
					continue
				}
				fired, err := a.ask(ctx, tx, t, triggers.Run{Ticket: desk.TicketID(w.Subject), Seq: e.Seq, Root: in.Root, Chain: in.Chain})
				if err != nil {
					return fmt.Errorf("trigger %q: %w", t.Key, err)
				}
				if fired && t.Spec.Stop {
					break
				}
			}
		}
		return nil
	})
}

// ask looks at one ticket by one trigger, acts when it holds, and writes it down.
func (a *Automate) ask(ctx context.Context, tx tenants.Tx, t settings.Published[triggers.Trigger], run triggers.Run) (bool, error) {
	run.Trigger, run.Version, run.At, run.Trace.On = t.Key, t.Version, tx.Now(), t.Spec.On
	code, may := triggers.May(run.Chain, t.Key)
	if !may {
		run.Trace.Code = code
		return false, triggers.Keep(ctx, tx, run)
	}
	ticket, err := a.tickets.Get(ctx, tx.ReadTx, tickets.ID(run.Ticket))
	if desk.Is(err, desk.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if run.Trace.When, err = a.asker.Match(ctx, tx.ReadTx, ticket, t.Spec.When); err != nil {
		return false, err
	}
	if run.Fired = run.Trace.When.Matched; run.Fired {
		first, err := triggers.Claim(ctx, tx, run.Ticket, run.Root, t.Key)
		if err != nil {
			return false, err
		}
		if !first {
			run.Fired, run.Trace.Code = false, triggers.CodeChain
			return false, triggers.Keep(ctx, tx, run)
		}
		led := append(append(make([]string, 0, len(run.Chain)+1), run.Chain...), t.Key)
		d := deeds{flow: a, tx: tx, ticket: ticket, name: t.Spec.Name.In(tx.Tenant().Language("")), trigger: t, seq: run.Seq}
		if run.Trace.Deeds, err = d.all(under(ctx, run.Root, led), t.Spec.Actions); err != nil {
			return false, err
		}
	}
	return run.Fired, triggers.Keep(ctx, tx, run)
}
