package automate

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Fire is the handler of the timers of triggers: so long after its moment the
// trigger looks at the ticket. A timer that is out of date, because the moment has
// moved or the trigger was changed, only sets itself anew.
func (a *Automate) Fire(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	t, err := triggers.Triggers.Live(ctx, tx.ReadTx, triggers.Key(due.Kind))
	if desk.Is(err, desk.NotFound) || err == nil && t.Spec.After == nil {
		return nil
	}
	if err != nil {
		return err
	}
	id := desk.TicketID(due.Subject)
	ticket, err := a.tickets.Get(ctx, tx.ReadTx, tickets.ID(id))
	if desk.Is(err, desk.NotFound) || err == nil && ticket.Category == tickets.CategoryClosed {
		return nil
	}
	if err != nil {
		return err
	}
	from, chain, err := since(ctx, tx.ReadTx, id, t.Spec.After.Since)
	if err != nil {
		return err
	}
	when := t.Spec.After.Due(ticket, from)
	if when.IsZero() {
		return nil
	}
	if when.After(tx.Now()) {
		return jobs.SetTimers(ctx, tx, desk.Timer{Subject: due.Subject, Kind: due.Kind, DueAt: when, Version: ticket.Version})
	}
	_, err = a.ask(ctx, tx, t, triggers.Run{Ticket: id, Root: -ticket.Version, Chain: chain})
	return err
}

// since finds when the ticket came to its status, and the chain of triggers that
// led to the moment from which time is counted.
func since(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, of triggers.Since) (at time.Time, chain []string, err error) {
	which := map[triggers.Since]string{
		triggers.SinceOpened:  "f.seq = 1",
		triggers.SinceUpdated: "true",
		triggers.SinceWaiting: "f.type in ('" + tickets.FactOpened + "', '" + tickets.FactClientReplied + "')",
		triggers.SinceStatus:  "f.type in ('" + tickets.FactOpened + "', '" + tickets.FactStatusChanged + "', '" + tickets.FactResumed + "')",
	}[of]
	var row struct {
		At    time.Time
		Chain json.RawMessage
	}
	err = tx.Query(ctx, &row, "select f.at, coalesce(f.data->'chain', '[]'::jsonb) as chain from ?tenant.facts f where f.subject_id = $1 and "+which+" order by f.seq desc limit 1", id)
	if err != nil {
		return at, nil, fmt.Errorf("find what time is counted from: %w", err)
	}
	if err := json.Unmarshal(row.Chain, &chain); err != nil {
		return at, nil, fmt.Errorf("read a chain: %w", err)
	}
	return row.At, chain, nil
}

// JobWind sets the timers of triggers of time on the tickets that are there
// already, after something was published.
const JobWind = "triggers.wind"

// Wind is the handler of JobWind: every open ticket whose moment is still to come
// gets its timer. What has come before a trigger was published is not gone back to,
// and what a trigger has looked at already it does not look at again.
func (a *Automate) Wind(ctx context.Context, w *jobs.Work) error {
	return a.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		live, err := triggers.Triggers.All(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		for _, t := range live {
			if t.Spec.On != triggers.Time || t.Spec.After == nil {
				continue
			}
			from := map[triggers.Since]string{
				triggers.SinceOpened:  "t.created_at",
				triggers.SinceUpdated: "t.updated_at",
				triggers.SinceWaiting: "t.waiting_since",
				triggers.SinceStatus: `(select f.at from ?tenant.facts f where f.subject_id = t.id and f.type in ('` +
					tickets.FactOpened + "', '" + tickets.FactStatusChanged + "', '" + tickets.FactResumed + `') order by f.seq desc limit 1)`,
			}[t.Spec.After.Since]
			err := jobs.SetTimersOf(ctx, tx, triggers.Timer(t.Key), "select x.id, x.due, x.version from (select t.id, "+from+
				" + make_interval(mins => $1) as due, t.version from ?tenant.tickets t where t.category < $2) x where x.due > $3",
				t.Spec.After.Minutes, int(tickets.CategoryClosed), tx.Now())
			if err != nil {
				return fmt.Errorf("wind %q: %w", t.Key, err)
			}
		}
		return nil
	})
}
