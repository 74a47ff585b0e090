package triage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// fold keeps what the events make of the clocks: in the change's fact, in the
// ticket, in the worklist and in the timer.
func (t *Triage) fold(ctx context.Context, tx tenants.Tx, c *tickets.Change, s sla.State, events []sla.Event) error {
	book, err := t.book(ctx, tx.ReadTx, s, events)
	if err != nil {
		return err
	}
	if len(events) > 0 {
		s = sla.Fold(s, book, events...)
		if err := record(c, events); err != nil {
			return err
		}
		if c.Ticket.Clock, err = json.Marshal(s); err != nil {
			return fmt.Errorf("encode a ticket's clock: %w", err)
		}
	}
	t.show(c, s, book)
	if c.Opening() {
		if c.Ticket.Filed, err = promise(s); err != nil {
			return err
		}
	}
	if len(events) == 0 && bytes.Equal(c.Before.Clock, c.Ticket.Clock) {
		return nil // its timer stands
	}
	rules, err := t.rules(ctx, tx.ReadTx, s)
	if err != nil {
		return err
	}
	var next time.Time
	if moments := s.Moments(book, rules); len(moments) > 0 {
		next = moments[0].At
	}
	if !next.IsZero() || !c.Opening() && !c.Before.DueAt.IsZero() {
		c.Timer(tickets.TimerClock, next)
	}
	return nil
}

// book has the calendars that a state and what comes to it count by.
func (t *Triage) book(ctx context.Context, tx tenants.ReadTx, s sla.State, events []sla.Event) (sla.Book, error) {
	ids := s.Calendars()
	counted := func(t *sla.Terms) {
		ids = append(ids, t.Calendar)
		if t.Base != nil {
			ids = append(ids, t.Base.Calendar)
		}
	}
	for _, e := range events {
		if e.Terms != nil {
			counted(e.Terms)
		}
	}
	return t.shelf.Book(ctx, tx.Actor(), ids...)
}

// rules finds the levels of the escalations in the terms, before they are asked for.
func (t *Triage) rules(ctx context.Context, tx tenants.ReadTx, s sla.State) (sla.Rules, error) {
	found := make(map[sla.Rule][]sla.Level, len(s.Terms.Rules))
	for _, r := range s.Terms.Rules {
		e, err := sla.Escalations.At(ctx, tx, r.Key, r.Version)
		if desk.Is(err, desk.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found[r] = e.Spec.Levels
	}
	return func(r sla.Rule) ([]sla.Level, bool) {
		levels, ok := found[r]
		return levels, ok
	}, nil
}

// record puts the events into the first fact of the change; where that has
// events already, or there is none, they are a fact of their own.
func record(c *tickets.Change, events []sla.Event) error {
	if len(c.Facts) > 0 && !c.HasClock() {
		return c.Annotate("clock", events)
	}
	data, err := json.Marshal(events)
	if err != nil {
		return fmt.Errorf("encode events: %w", err)
	}
	c.Record(tickets.FactRetargeted, false, tickets.Detail{Clock: data})
	return nil
}

// show brings the columns of the ticket and of the worklist into line with the clocks.
func (t *Triage) show(c *tickets.Change, s sla.State, book sla.Book) {
	is := &c.Ticket
	due := func(clock sla.Clock) time.Time {
		if r := s.Run(clock); r != nil && s.Promised(clock) {
			return r.Due
		}
		return time.Time{}
	}
	is.FirstDueAt, is.ResolveDueAt, is.DueAt = due(sla.FirstResponse), due(sla.Resolution), time.Time{}
	c.Standing, c.Due = s.Standing(), nil
	near := s.Nearest()
	if near == nil || over(is.Category) {
		return
	}
	is.DueAt = near.Due
	calendar := s.Terms.Calendar
	c.Due = &tickets.Due{
		Calendar: calendar, Tick: t.shelf.Tick(calendar, near.Due), Kind: string(near.Clock),
		Target: int(s.Target(book, near) / time.Second), Breached: !near.Due.After(c.Now()),
	}
}

// promise is what the client was told at filing. It never changes.
func promise(s sla.State) (json.RawMessage, error) {
	promised := map[sla.Clock]time.Time{}
	for _, r := range s.Runs {
		if !r.Due.IsZero() {
			promised[r.Clock] = r.Due
		}
	}
	if len(promised) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(map[string]any{"promised": promised, "policy": s.Terms.Policy, "version": s.Terms.Version})
	if err != nil {
		return nil, fmt.Errorf("encode a promise: %w", err)
	}
	return b, nil
}
