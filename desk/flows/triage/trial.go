package triage

import (
	"cmp"
	"context"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// tried is how many of the last tickets a trial goes over.
const tried = 100

// Trial is what a draft would have meant for the last tickets.
type Trial struct {
	Tickets int
	// Moved counts deadlines that would be others, Earlier those of them that come
	// sooner, IntoPast those of running clocks that would be broken at once.
	Moved, Earlier, IntoPast int
	// Before and After are the shares of deadlines kept, of those that are decided;
	// -1 where none is.
	Before, After float64
	Rows          []Shift
}

// Shift is a deadline that would move; zero times are none.
type Shift struct {
	Number        int64
	Subject       string
	Clock         sla.Clock
	Before, After time.Time
}

// TryDraft runs the draft of a setting over the last hundred real tickets, as if
// it had been in force when they were opened. Nothing is changed.
//
// Rights: settings.read. Errors: NotFound for a key without a draft; Denied; what
// is wrong in the draft.
func (t *Triage) TryDraft(ctx context.Context, tx tenants.ReadTx, kind, key string) (Trial, error) {
	if err := t.guard.Check(ctx, tx, access.SettingsRead, access.Object{}); err != nil {
		return Trial{}, err
	}
	live, err := sla.Read(ctx, tx)
	if err != nil {
		return Trial{}, err
	}
	draft, err := live.WithDraft(ctx, tx, kind, key, tx.Now())
	if err != nil {
		return Trial{}, err
	}
	recent, err := tickets.Recent(ctx, tx, tried)
	if err != nil {
		return Trial{}, err
	}
	standings, err := standingsOf(ctx, tx, recent)
	if err != nil {
		return Trial{}, err
	}
	tally := tally{trial: Trial{Tickets: len(recent)}}
	for i := range recent {
		is := &recent[i]
		before, err := t.asIf(ctx, tx, live, is, standings)
		if err != nil {
			return Trial{}, err
		}
		after, err := t.asIf(ctx, tx, draft, is, standings)
		if err != nil {
			return Trial{}, err
		}
		tally.add(is, before, after, tx.Now())
	}
	return tally.sum(), nil
}

// asIf is the clock that a ticket would have if a rulebook had been in force
// since it was opened, with the pauses and answers that it really had.
func (t *Triage) asIf(ctx context.Context, tx tenants.ReadTx, rules sla.Rulebook, is *tickets.Ticket, standings map[desk.CompanyID]customers.Standing) (sla.State, error) {
	standing := standings[is.CompanyID]
	v := &values{tx: tx, ticket: is, standing: &standing}
	s, had, err := stateOf(is.Clock)
	if err != nil {
		return s, err
	}
	ask := sla.Ask{Values: v, Opened: is.CreatedAt, Priority: is.Priority, CustomerCalendar: v.calendar}
	if had && s.Terms.Own != nil {
		ask.Own, ask.OwnReason = s.Terms.Own, s.Terms.Reason
	}
	terms, err := rules.Decide(ctx, env(tx), ask)
	if err != nil {
		return s, err
	}
	book, err := named(rules, &Why{Terms: terms}, tx.Now())
	if err != nil {
		return s, err
	}
	terms.Calendar = onlyCalendar
	events := []sla.Event{{At: is.CreatedAt, Kind: sla.Began, Terms: &terms}}
	events = append(events, lived(s, had, is)...)
	return sla.Fold(sla.State{}, book, events...), nil
}

// lived are the pauses and answers of a ticket; of one without clocks what its
// own times say.
func lived(s sla.State, had bool, is *tickets.Ticket) (events []sla.Event) {
	add := func(at time.Time, kind sla.EventKind, clock sla.Clock) {
		if !at.IsZero() {
			events = append(events, sla.Event{At: at, Kind: kind, Clock: clock})
		}
	}
	if had {
		for _, p := range s.Pauses {
			add(p.From, sla.Stood, "")
			add(p.To, sla.Resumed, "")
		}
		for _, r := range s.Runs {
			if r.Clock == sla.NextResponse {
				add(r.Started, sla.Started, r.Clock)
			}
			add(r.Met, sla.Met, r.Clock)
		}
	} else {
		add(is.FirstRepliedAt, sla.Met, sla.FirstResponse)
		add(is.ResolvedAt, sla.Met, sla.Resolution)
	}
	// Of one instant, a clock is met before it stands: what was done in time was done.
	order := map[sla.EventKind]int{sla.Started: 0, sla.Met: 1, sla.Stood: 2, sla.Resumed: 3}
	slices.SortStableFunc(events, func(a, b sla.Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(order[a.Kind], order[b.Kind]))
	})
	return events
}

func standingsOf(ctx context.Context, tx tenants.ReadTx, all []tickets.Ticket) (map[desk.CompanyID]customers.Standing, error) {
	var ids []desk.CompanyID
	for i := range all {
		if id := all[i].CompanyID; !id.IsZero() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return map[desk.CompanyID]customers.Standing{}, nil
	}
	return customers.Standings(ctx, tx, ids)
}

// tally counts what moves.
type tally struct {
	trial                       Trial
	keptBefore, keptAfter       int
	decidedBefore, decidedAfter int
}

func (y *tally) add(is *tickets.Ticket, before, after sla.State, now time.Time) {
	for _, clock := range sla.Clocks() {
		was, will := dueOf(before, clock), dueOf(after, clock)
		y.keptBefore, y.decidedBefore = decided(before, clock, now, y.keptBefore, y.decidedBefore)
		y.keptAfter, y.decidedAfter = decided(after, clock, now, y.keptAfter, y.decidedAfter)
		if was.Equal(will) {
			continue
		}
		y.trial.Moved++
		if !will.IsZero() && (was.IsZero() || will.Before(was)) {
			y.trial.Earlier++
		}
		if r := after.Run(clock); r != nil && r.Met.IsZero() && !over(is.Category) && !will.IsZero() && !will.After(now) && (was.IsZero() || was.After(now)) {
			y.trial.IntoPast++
		}
		y.trial.Rows = append(y.trial.Rows, Shift{is.Number, is.Subject, clock, was, will})
	}
}

// dueOf is the deadline of a clock; zero where nothing is promised or it stands.
func dueOf(s sla.State, clock sla.Clock) time.Time {
	if r := s.Run(clock); r != nil && s.Promised(clock) {
		return r.Due
	}
	return time.Time{}
}

// decided counts a clock that is met or late.
func decided(s sla.State, clock sla.Clock, now time.Time, kept, all int) (int, int) {
	r := s.Run(clock)
	if r == nil || !s.Promised(clock) {
		return kept, all
	}
	switch {
	case !r.Met.IsZero() && (r.Due.IsZero() || !r.Met.After(r.Due)):
		return kept + 1, all + 1
	case !r.Met.IsZero(), !r.Due.IsZero() && !r.Due.After(now):
		return kept, all + 1
	}
	return kept, all
}

func (y *tally) sum() Trial {
	share := func(kept, all int) float64 {
		if all == 0 {
			return -1
		}
		return float64(kept) / float64(all)
	}
	y.trial.Before, y.trial.After = share(y.keptBefore, y.decidedBefore), share(y.keptAfter, y.decidedAfter)
	if len(y.trial.Rows) > tried {
		y.trial.Rows = y.trial.Rows[:tried]
	}
	return y.trial
}
