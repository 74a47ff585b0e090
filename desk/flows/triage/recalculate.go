package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// JobRecalculate moves running tickets to what is published now, a portion at a time.
const JobRecalculate = "sla.recalculate"

// portion is how many tickets one job moves, previewed how many a preview reads.
const (
	portion   = 100
	previewed = 10_000
)

// Recalculation is what moving the running tickets to the live rules means.
type Recalculation struct {
	Running int
	Trial
}

// DraftOf names a setting whose draft is taken for published.
type DraftOf struct{ Kind, Key string }

// PreviewRecalculation tells what would move, without moving it, if the drafts
// were published together.
//
// Rights: settings.read. Errors: Denied; NotFound for a key without a draft.
func (t *Triage) PreviewRecalculation(ctx context.Context, tx tenants.ReadTx, drafts ...DraftOf) (Recalculation, error) {
	if err := t.guard.Check(ctx, tx, access.SettingsRead, access.Object{}); err != nil {
		return Recalculation{}, err
	}
	rules, err := sla.Read(ctx, tx)
	if err != nil {
		return Recalculation{}, err
	}
	for _, d := range drafts {
		if rules, err = rules.WithDraft(ctx, tx, d.Kind, d.Key, tx.Now()); err != nil {
			return Recalculation{}, err
		}
	}
	var r Recalculation
	sum := tally{}
	for after := (desk.TicketID{}); r.Running < previewed; {
		some, err := tickets.Working(ctx, tx, after, 500)
		if err != nil {
			return r, err
		}
		if len(some) == 0 {
			break
		}
		standings, err := standingsOf(ctx, tx, some)
		if err != nil {
			return r, err
		}
		for i := range some {
			is := &some[i]
			before, after, err := t.moved(ctx, tx, rules, is, standings[is.CompanyID])
			if err != nil {
				return r, err
			}
			sum.add(is, before, after, tx.Now())
		}
		r.Running += len(some)
		after = some[len(some)-1].ID
	}
	r.Trial = sum.sum()
	r.Tickets = r.Running
	return r, nil
}

// moved is the clock of a running ticket as it is and as the rules would have it
// from now on.
func (t *Triage) moved(ctx context.Context, tx tenants.ReadTx, rules sla.Rulebook, is *tickets.Ticket, standing customers.Standing) (before, after sla.State, err error) {
	s, had, err := stateOf(is.Clock)
	if err != nil {
		return s, s, err
	}
	v := &values{tx: tx, ticket: is, standing: &standing}
	ask := sla.Ask{Values: v, Opened: is.CreatedAt, Priority: is.Priority, CustomerCalendar: v.calendar}
	if had {
		ask.Own, ask.OwnReason = s.Terms.Own, s.Terms.Reason
	}
	terms, err := rules.Decide(ctx, env(tx), ask)
	if err != nil {
		return s, s, err
	}
	fresh, err := named(rules, &Why{Terms: terms}, tx.Now())
	if err != nil {
		return s, s, err
	}
	kept, err := t.book(ctx, tx, s, nil)
	if err != nil {
		return s, s, err
	}
	terms.Calendar = previewCalendar
	book := func(id int) *sla.Calendar {
		if id == previewCalendar {
			return fresh(id)
		}
		return kept(id)
	}
	if !had {
		events := append([]sla.Event{{At: is.CreatedAt, Kind: sla.Began, Terms: &terms}}, lived(s, false, is)...)
		return sla.State{}, sla.Fold(sla.State{}, book, events...), nil
	}
	if sla.Same(fresh(0), kept(s.Terms.Calendar)) {
		terms.Calendar = s.Terms.Calendar
	}
	return s, sla.Fold(s, book, sla.Event{At: tx.Now(), Kind: sla.Retargeted, Terms: &terms}), nil
}

// previewCalendar is the number of a calendar that is not numbered yet.
const previewCalendar = -1

// Recalculate moves every running ticket to the rules that are live, by a job
// with progress: clocks keep what they have counted and every pause.
//
// Rights: settings.edit. Errors: Denied.
func (t *Triage) Recalculate(ctx context.Context, tx tenants.Tx) (jobs.Run, error) {
	if err := t.guard.Check(ctx, tx.ReadTx, access.SettingsEdit, access.Object{}); err != nil {
		return jobs.Run{}, err
	}
	total, err := tickets.CountWorking(ctx, tx.ReadTx)
	if err != nil {
		return jobs.Run{}, err
	}
	run, err := jobs.StartRun(ctx, tx, JobRecalculate, int64(total), progress{})
	if err != nil {
		return jobs.Run{}, err
	}
	return run, t.next(ctx, tx, run.ID, desk.TicketID{})
}

// progress is the data of a run.
type progress struct {
	Moved    int `json:"moved"`
	IntoPast int `json:"into_past"`
}

type nextPortion struct {
	After desk.TicketID `json:"after,omitzero"`
}

func (t *Triage) next(ctx context.Context, tx tenants.Tx, run desk.RunID, after desk.TicketID) error {
	data, err := json.Marshal(nextPortion{after})
	if err != nil {
		return fmt.Errorf("encode a portion: %w", err)
	}
	return jobs.Enqueue(ctx, tx, desk.Job{Name: JobRecalculate, Lane: desk.Bulk, Subject: run.Any(), Data: data})
}

// Portion is the handler of JobRecalculate: each ticket in a unit of its own, so
// that one that fails stops nobody; one that has moved already does not move twice.
func (t *Triage) Portion(ctx context.Context, w *jobs.Work) error {
	var in nextPortion
	if err := json.Unmarshal(w.Data, &in); err != nil {
		return fmt.Errorf("read a portion: %w", err)
	}
	me := desk.Automaton("timer")
	some, err := tickets.Working(ctx, t.house.Reader(w.Tenant, me), in.After, portion)
	if err != nil {
		return err
	}
	var p progress
	for i := range some {
		err := t.house.Do(ctx, w.Tenant, me, func(ctx context.Context, tx tenants.Tx) error {
			return t.move(ctx, tx, some[i].ID, &p)
		})
		if err != nil && !desk.Is(err, desk.NotFound) {
			return fmt.Errorf("recalculate a ticket: %w", err)
		}
	}
	return t.house.Do(ctx, w.Tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		run, err := jobs.ReadRun(ctx, tx.ReadTx, desk.RunID(w.Subject))
		if err != nil {
			return err
		}
		var had progress
		if err := json.Unmarshal(run.Data, &had); err != nil {
			return fmt.Errorf("read a run's data: %w", err)
		}
		had.Moved += p.Moved
		had.IntoPast += p.IntoPast
		state := jobs.RunGoing
		if len(some) < portion {
			state = jobs.RunApplied
		}
		if err := jobs.Advance(ctx, tx, run.ID, int64(len(some)), state, had); err != nil || state == jobs.RunApplied {
			return err
		}
		return t.next(ctx, tx, run.ID, some[len(some)-1].ID)
	})
}

// move brings one ticket under the live rules.
func (t *Triage) move(ctx context.Context, tx tenants.Tx, id desk.TicketID, p *progress) error {
	_, err := t.tickets.Tend(ctx, tx, tickets.ID(id), access.TicketEdit, func(ctx context.Context, c *tickets.Change) error {
		if over(c.Ticket.Category) {
			return nil
		}
		s, had, err := stateOf(c.Ticket.Clock)
		if err != nil {
			return err
		}
		rules, err := sla.Read(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		terms, err := t.terms(ctx, tx, rules, c, s, nil)
		if err != nil || had && terms.Equal(s.Terms) {
			return err
		}
		events := []sla.Event{{At: tx.Now(), Kind: sla.Retargeted, Terms: &terms}}
		if !had {
			events = append([]sla.Event{{At: c.Ticket.CreatedAt, Kind: sla.Began, Terms: &terms}}, lived(s, false, &c.Ticket)...)
			if pauses(terms, &c.Ticket) {
				events = append(events, sla.Event{At: tx.Now(), Kind: sla.Stood})
			}
		}
		if err := t.retell(ctx, tx, c, s, events); err != nil {
			return err
		}
		p.Moved++
		if !c.Ticket.DueAt.IsZero() && !c.Ticket.DueAt.After(tx.Now()) && c.Before.DueAt.After(tx.Now()) {
			p.IntoPast++
		}
		return nil
	})
	return err
}

// retell records events as a fact of their own, with what it does to the deadlines.
func (t *Triage) retell(ctx context.Context, tx tenants.Tx, c *tickets.Change, s sla.State, events []sla.Event) error {
	book, err := t.book(ctx, tx.ReadTx, s, events)
	if err != nil {
		return err
	}
	s = sla.Fold(s, book, events...)
	data, err := json.Marshal(events)
	if err != nil {
		return fmt.Errorf("encode events: %w", err)
	}
	t.show(c, s, book)
	c.Record(tickets.FactRetargeted, false, tickets.Detail{Clock: data, Changes: dues(&c.Before, &c.Ticket)})
	c.Ticket.Clock, err = json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode a ticket's clock: %w", err)
	}
	return nil
}

// dues are the deadlines that moved, as the timeline says them.
func dues(was, is *tickets.Ticket) []tickets.FieldChange {
	var all []tickets.FieldChange
	for _, d := range []struct {
		field     string
		from, now time.Time
	}{{"first_due", was.FirstDueAt, is.FirstDueAt}, {"resolve_due", was.ResolveDueAt, is.ResolveDueAt}} {
		if !d.from.Equal(d.now) {
			all = append(all, tickets.FieldChange{Field: d.field, From: orNull(d.from), To: orNull(d.now)})
		}
	}
	return slices.Clip(all)
}

func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
