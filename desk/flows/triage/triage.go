package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Triage is the room's door. One serves the whole process.
type Triage struct {
	house   *tenants.House
	guard   *access.Guard
	tickets *tickets.Tickets
	shelf   *sla.Shelf
	work    *processes.Processes
}

// New opens the room.
func New(house *tenants.House, guard *access.Guard, t *tickets.Tickets, shelf *sla.Shelf) *Triage {
	triage := &Triage{house: house, guard: guard, tickets: t, shelf: shelf}
	triage.work = processes.New(t, guard, triage)
	return triage
}

// Opened puts a new ticket where the rules say, begins the process that they name
// and then starts its clocks, where the tenant has agreed on any: line, group and
// priority are what these go by.
// It asks the database only for what a condition needs and memory has not.
func (t *Triage) Opened(ctx context.Context, tx tenants.Tx, e *tickets.Opened) error {
	if err := t.route(ctx, tx, e.Change); err != nil {
		return err
	}
	rules, err := sla.Read(ctx, tx.ReadTx)
	if err != nil || len(rules.Policies) == 0 {
		return err
	}
	terms, err := t.terms(ctx, tx, rules, e.Change, sla.State{}, nil)
	if err != nil {
		return err
	}
	return t.fold(ctx, tx, e.Change, sla.State{}, []sla.Event{{At: e.Now(), Kind: sla.Began, Terms: &terms}})
}

// Changed brings the clocks of a ticket along with a change of it.
func (t *Triage) Changed(ctx context.Context, tx tenants.Tx, e *tickets.Changed) error {
	if err := t.returned(ctx, tx, e.Change); err != nil {
		return err
	}
	state, ok, err := stateOf(e.Ticket.Clock)
	if err != nil || !ok {
		return err
	}
	events, err := t.happened(ctx, tx, e.Change, state)
	if err != nil {
		return err
	}
	return t.fold(ctx, tx, e.Change, state, events)
}

// stateOf reads what the ticket keeps; ok is false for a ticket without clocks.
func stateOf(clock json.RawMessage) (s sla.State, ok bool, err error) {
	if len(clock) <= 2 {
		return s, false, nil
	}
	if err := json.Unmarshal(clock, &s); err != nil {
		return s, false, fmt.Errorf("read a ticket's clock: %w", err)
	}
	return s, true, nil
}

// happened are the events that a change of the ticket means for its clocks.
func (t *Triage) happened(ctx context.Context, tx tenants.Tx, c *tickets.Change, s sla.State) (events []sla.Event, err error) {
	now, is, was := c.Now(), &c.Ticket, &c.Before
	add := func(kind sla.EventKind, clock sla.Clock) {
		if kind == sla.Met {
			events = append(events, met(&s, clock, now)...)
			return
		}
		events = append(events, sla.Event{At: now, Kind: kind, Clock: clock})
	}
	running := func(clock sla.Clock) bool {
		r := s.Run(clock)
		return r != nil && r.Met.IsZero()
	}
	done := over(is.Category)
	switch {
	case was.FirstRepliedAt.IsZero() && !is.FirstRepliedAt.IsZero() && running(sla.FirstResponse):
		add(sla.Met, sla.FirstResponse)
	case !was.FirstRepliedAt.IsZero() && is.FirstRepliedAt.IsZero() && !running(sla.FirstResponse):
		add(sla.Unmet, sla.FirstResponse)
	}
	switch {
	case c.Answered() && running(sla.NextResponse):
		add(sla.Met, sla.NextResponse)
	case c.Has(tickets.FactWithdrawn) && !is.WaitingSince.IsZero() && s.Run(sla.NextResponse) != nil && !running(sla.NextResponse):
		add(sla.Unmet, sla.NextResponse)
	case c.Has(tickets.FactClientReplied) && !is.FirstRepliedAt.IsZero() && !running(sla.NextResponse):
		add(sla.Started, sla.NextResponse)
	}
	switch {
	case done && !over(was.Category):
		for _, clock := range sla.Clocks() {
			if running(clock) {
				add(sla.Met, clock)
			}
		}
	case !done && over(was.Category):
		add(sla.Unmet, sla.Resolution)
		if is.FirstRepliedAt.IsZero() {
			add(sla.Unmet, sla.FirstResponse)
		}
	}
	// What was done without anybody having come stays done.
	if came, told := c.Arrival(); told && s.Run(sla.Arrival) != nil && !(done && came.IsZero()) {
		if !running(sla.Arrival) {
			add(sla.Unmet, sla.Arrival)
		}
		if !came.IsZero() {
			events = append(events, met(&s, sla.Arrival, came)...)
		}
	}
	terms := s.Terms
	if asks(was, is) {
		if terms, err = t.retarget(ctx, tx, c, s); err != nil {
			return nil, err
		}
		if !terms.Equal(s.Terms) {
			events = append(events, sla.Event{At: now, Kind: sla.Retargeted, Terms: &terms})
		}
	}
	switch stands := pauses(terms, is); {
	case stands && !s.Standing():
		add(sla.Stood, "")
	case !stands && s.Standing():
		add(sla.Resumed, "")
	}
	return events, nil
}

// met is a promise that was met at a moment. What is met too late was broken,
// also where no worker has seen it yet.
func met(s *sla.State, clock sla.Clock, at time.Time) (events []sla.Event) {
	if r := s.Run(clock); !r.Due.IsZero() && r.Due.Before(at) && r.Breached.IsZero() && s.Promised(clock) {
		events = append(events, sla.Event{At: r.Due, Kind: sla.Breached, Clock: clock, Fired: sla.BreachMark(clock)})
	}
	return append(events, sla.Event{At: at, Kind: sla.Met, Clock: clock})
}

// over reports whether there is nothing more to do.
func over(c tickets.Category) bool {
	return c == tickets.CategoryResolved || c == tickets.CategoryClosed
}

// pauses reports whether the clocks stand: in the statuses that the policy names
// and when nothing more is to be done. Where no policy holds, pending ones pause.
func pauses(terms sla.Terms, t *tickets.Ticket) bool {
	if over(t.Category) {
		return true
	}
	if terms.Policy == "" {
		return t.Category == tickets.CategoryPending
	}
	return slices.Contains(terms.PauseIn, t.Status)
}

// asks reports whether something changed that agreements may depend on.
func asks(was, is *tickets.Ticket) bool {
	return was.Priority != is.Priority || was.Type != is.Type || was.CompanyID != is.CompanyID || was.ContactID != is.ContactID ||
		was.Level != is.Level || was.Language != is.Language || was.GroupKey != is.GroupKey || was.Line != is.Line ||
		was.Subject != is.Subject || !slices.Equal(was.Tags, is.Tags) || text(was.Fields) != text(is.Fields)
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode fields: %v", err)) // they came from JSON
	}
	return string(b)
}

// retarget decides anew, under the version of the policy and the calendar that
// the ticket has, as long as they are the ones that hold.
func (t *Triage) retarget(ctx context.Context, tx tenants.Tx, c *tickets.Change, s sla.State) (sla.Terms, error) {
	rules, err := sla.Read(ctx, tx.ReadTx)
	if err != nil {
		return sla.Terms{}, err
	}
	var kept *settings.Published[sla.Policy]
	if s.Terms.Policy != "" {
		p, err := sla.Policies.At(ctx, tx.ReadTx, s.Terms.Policy, s.Terms.Version)
		if err != nil && !desk.Is(err, desk.NotFound) {
			return sla.Terms{}, err
		}
		if err == nil {
			kept = &p
		}
	}
	return t.terms(ctx, tx, rules, c, s, kept)
}

// terms asks the rulebook about the ticket as it will be and numbers the calendar.
func (t *Triage) terms(ctx context.Context, tx tenants.Tx, rules sla.Rulebook, c *tickets.Change, s sla.State, kept *settings.Published[sla.Policy]) (sla.Terms, error) {
	v := &values{tx: tx.ReadTx, ticket: &c.Ticket}
	if len(c.Comments) > 0 && c.Opening() {
		v.description = c.Comments[0].Body
	}
	ask := sla.Ask{Values: v, Opened: c.Ticket.CreatedAt, Priority: c.Ticket.Priority, Kept: kept, CustomerCalendar: v.calendar}
	if s.Terms.Own != nil {
		ask.Own, ask.OwnReason = s.Terms.Own, s.Terms.Reason
	}
	terms, err := rules.Decide(ctx, env(tx.ReadTx), ask)
	if err != nil {
		return sla.Terms{}, err
	}
	if terms.Base != nil {
		if terms.Base.Calendar, err = t.number(ctx, tx, rules, terms.Base.CalendarKey); err != nil {
			return sla.Terms{}, err
		}
	}
	if kept != nil && terms.CalendarKey == s.Terms.CalendarKey {
		terms.Calendar, terms.CalendarVersion = s.Terms.Calendar, s.Terms.CalendarVersion
		return terms, nil
	}
	terms.Calendar, err = t.number(ctx, tx, rules, terms.CalendarKey)
	return terms, err
}

// number finds the working time itself that a key names; 0 for none.
func (t *Triage) number(ctx context.Context, tx tenants.Tx, rules sla.Rulebook, key string) (int, error) {
	calendar, ok := rules.Calendar(key)
	if !ok {
		return 0, nil
	}
	id, err := t.shelf.Number(ctx, tx, calendar.Spec.Spec)
	if err != nil {
		return 0, fmt.Errorf("calendar %q: %w", key, err)
	}
	return id, nil
}

// env is what conditions know beside the ticket.
func env(tx tenants.ReadTx) conditions.Env {
	zone, err := time.LoadLocation(tx.Tenant().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return conditions.Env{Now: tx.Now(), Zone: zone}
}
