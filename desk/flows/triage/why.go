package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Why is how the deadlines of a ticket came about.
type Why struct {
	Terms  sla.Terms
	Policy settings.Words
	// Exception is empty without one; the reason is in the terms.
	Exception settings.Words
	Calendar  settings.Words
	Reading   sla.Reading
	Tried     []sla.Tried
	Clocks    []Reason
}

// Reason is one clock with the way to its deadline.
type Reason struct {
	Clock
	// Segments lead from the start to the deadline, or to now where that lies behind
	// a pause that has not ended.
	Segments       []sla.Segment
	Paused, Closed time.Duration
	Steps          []Step
}

// Step is an event of the clock with who brought it about.
type Step struct {
	sla.Event
	Actor desk.Actor
	Seq   int
	Rule  string
}

// Explain tells why a ticket is due when it is: the agreement and what was asked
// before it held, and of each clock every stretch of time. Replayed from the
// ticket's facts, with the agreements of the versions that it runs under. Rights
// are those of the ticket, which the caller has read.
//
// Errors: NotFound for a ticket without clocks.
func (t *Triage) Explain(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket) (Why, error) {
	s, book, ok, err := t.open(ctx, tx, ticket)
	if err != nil {
		return Why{}, err
	}
	if !ok {
		return Why{}, desk.Missing()
	}
	rules, err := sla.Read(ctx, tx)
	if err != nil {
		return Why{}, err
	}
	w := Why{Terms: s.Terms}
	if err := t.names(ctx, tx, &w); err != nil {
		return Why{}, err
	}
	v := &values{tx: tx, ticket: ticket}
	if _, w.Tried, err = rules.Explain(ctx, env(tx), sla.Ask{Values: v, Opened: ticket.CreatedAt, Priority: ticket.Priority, CustomerCalendar: v.calendar}); err != nil {
		return Why{}, err
	}
	w.Reading = book(s.Terms.Calendar).Read(tx.Now())
	steps, err := history(ctx, tx, ticket.ID)
	if err != nil {
		return Why{}, err
	}
	for _, c := range clocks(s, book, ticket, tx.Now()) {
		w.Clocks = append(w.Clocks, reason(s, book, c, steps, tx.Now()))
	}
	return w, nil
}

func reason(s sla.State, book sla.Book, c Clock, steps []Step, now time.Time) Reason {
	r := Reason{Clock: c}
	run := s.Run(c.Kind)
	switch d, err := s.Deadline(book, c.Kind); {
	case c.State == "met" && (run.Due.IsZero() || run.Met.Before(run.Due)):
		r.Segments = s.Way(book, run, run.Met)
	case err == nil && c.State != "met":
		r.Segments = d.Segments
	case !run.Due.IsZero():
		r.Segments = s.Way(book, run, run.Due)
	default:
		r.Segments = s.Way(book, run, now)
	}
	for _, part := range r.Segments {
		switch part.Kind {
		case sla.Paused:
			r.Paused += part.To.Sub(part.From)
		case sla.Closed:
			r.Closed += part.To.Sub(part.From)
		case sla.Working:
		}
	}
	for _, step := range steps {
		if (step.Clock == "" || step.Clock == c.Kind) && !step.At.Before(run.Started) {
			r.Steps = append(r.Steps, step)
		}
	}
	return r
}

// names finds what the tenant calls what the terms name, at the versions they name.
func (t *Triage) names(ctx context.Context, tx tenants.ReadTx, w *Why) error {
	if w.Terms.Policy != "" {
		p, err := sla.Policies.At(ctx, tx, w.Terms.Policy, w.Terms.Version)
		if err != nil {
			return fmt.Errorf("policy %q: %w", w.Terms.Policy, err)
		}
		w.Policy = p.Spec.Name
	}
	switch w.Terms.Exception {
	case "":
	case sla.OfTicket:
		w.Exception = settings.Words{RU: "Для этой заявки", EN: "For this ticket"}
	default:
		e, err := sla.Exceptions.At(ctx, tx, w.Terms.Exception, w.Terms.ExceptionVersion)
		if err != nil {
			return fmt.Errorf("exception %q: %w", w.Terms.Exception, err)
		}
		w.Exception = e.Spec.Name
	}
	if w.Terms.CalendarKey != "" && w.Terms.CalendarVersion != 0 {
		c, err := sla.Calendars.At(ctx, tx, w.Terms.CalendarKey, w.Terms.CalendarVersion)
		if err != nil {
			return fmt.Errorf("calendar %q: %w", w.Terms.CalendarKey, err)
		}
		w.Calendar = c.Spec.Name
	}
	return nil
}

// history reads the events of a ticket's clocks from its facts, in order.
func history(ctx context.Context, tx tenants.ReadTx, id desk.TicketID) ([]Step, error) {
	var rows []struct {
		Seq       int
		ActorKind string
		ActorID   desk.AnyID
		Rule      string
		Clock     json.RawMessage
	}
	err := tx.Query(ctx, &rows, `select seq, actor_kind, actor_id, coalesce(data->>'rule', '') as rule, data->'clock' as clock
		from ?tenant.facts where subject_id = $1 and jsonb_exists(data, 'clock') order by seq limit 500`, id)
	if err != nil {
		return nil, fmt.Errorf("read the clock's history: %w", err)
	}
	var all []Step
	for _, row := range rows {
		var events []sla.Event
		if err := json.Unmarshal(row.Clock, &events); err != nil {
			return nil, fmt.Errorf("read the clock's history: %w", err)
		}
		for _, e := range events {
			all = append(all, Step{Event: e, Actor: desk.Actor{ID: row.ActorID}, Seq: row.Seq, Rule: row.Rule})
		}
	}
	return all, nil
}

// Ways are the promises of a ticket with the stretches of time to their deadlines,
// without what only staff may know. Rights are those of the ticket, which the
// caller has read.
func (t *Triage) Ways(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket) ([]Reason, error) {
	s, book, ok, err := t.open(ctx, tx, ticket)
	if err != nil || !ok {
		return nil, err
	}
	var all []Reason
	for _, c := range clocks(s, book, ticket, tx.Now()) {
		all = append(all, reason(s, book, c, nil, tx.Now()))
	}
	return all, nil
}
