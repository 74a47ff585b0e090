package triage

import (
	"context"
	"time"

	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Clock is one of a ticket's promises as of a moment.
type Clock struct {
	Kind sla.Clock
	// State is "running", "paused" or "met".
	State    string
	Started  time.Time
	Due      time.Time // zero while paused, unless it was late before
	Met      time.Time
	Breached bool
	// Target, Used and Left are working time; Left is negative when it is late.
	Target, Used, Left time.Duration
	sla.Reading
	ResumeAt time.Time
}

// Clocks are those of a ticket that somebody was promised, as of now. Rights are
// those of the ticket, which the caller has read.
func (t *Triage) Clocks(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket) ([]Clock, error) {
	s, book, ok, err := t.open(ctx, tx, ticket)
	if err != nil || !ok {
		return nil, err
	}
	return clocks(s, book, ticket, tx.Now()), nil
}

// open reads a ticket's clocks with the calendars that they count by; ok is false
// for a ticket without any.
func (t *Triage) open(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket) (s sla.State, book sla.Book, ok bool, err error) {
	if s, ok, err = stateOf(ticket.Clock); err != nil || !ok {
		return s, nil, false, err
	}
	book, err = t.book(ctx, tx, s, nil)
	return s, book, true, err
}

func clocks(s sla.State, book sla.Book, ticket *tickets.Ticket, now time.Time) []Clock {
	var all []Clock
	for _, kind := range sla.Clocks() {
		r := s.Run(kind)
		if r == nil || !s.Promised(kind) {
			continue
		}
		c := Clock{Kind: kind, State: "running", Started: r.Started, Due: r.Due, Met: r.Met, Target: s.Target(book, r), Reading: book(s.Terms.Calendar).Read(now)}
		until := now
		switch {
		case !r.Met.IsZero():
			c.State, until = "met", r.Met
		case s.Standing():
			c.State, c.ResumeAt = "paused", ticket.ResumeAt
		}
		c.Used = s.Used(book, r, until)
		c.Left = c.Target - c.Used
		c.Breached = !r.Breached.IsZero() || !r.Due.IsZero() && r.Due.Before(until)
		all = append(all, c)
	}
	return all
}

// Readings begins to read the tenant's calendars at a moment.
func (t *Triage) Readings(ctx context.Context, tx tenants.ReadTx, at time.Time) (*sla.Readings, error) {
	ids := make([]int, len(tx.Tenant().Calendars))
	for i, id := range tx.Tenant().Calendars {
		ids[i] = int(id)
	}
	if _, err := t.shelf.Book(ctx, tx.Actor(), ids...); err != nil {
		return nil, err
	}
	return t.shelf.At(at), nil
}
