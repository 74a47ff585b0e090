package triage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/processes"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// begins is the process that a rule names, empty for one that is gone.
func begins(ctx context.Context, tx tenants.ReadTx, key string) (string, error) {
	if key == "" {
		return "", nil
	}
	_, err := processes.Kind.Live(ctx, tx, key)
	if desk.Is(err, desk.NotFound) {
		return "", nil
	}
	return key, err
}

// Holds is processes.Around: a condition on a ticket that is being changed.
func (t *Triage) Holds(ctx context.Context, tx tenants.ReadTx, c *tickets.Change, when conditions.Tree) (bool, error) {
	if when.Always() {
		return true, nil
	}
	rules, err := sla.Read(ctx, tx)
	if err != nil {
		return false, err
	}
	v := &values{tx: tx, ticket: &c.Ticket}
	if c.Opening() {
		v.description, v.told = said(c), true
	}
	return when.Holds(ctx, rules.Env(env(tx)), v)
}

// After is processes.Around: the instant after so much working time from now on, by
// the calendar of the ticket's clock; day and night for a ticket without one, zero
// where the calendar never opens.
func (t *Triage) After(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket, d time.Duration) (time.Time, error) {
	s, book, ok, err := t.open(ctx, tx, ticket)
	if err != nil {
		return time.Time{}, err
	}
	if !ok || s.Terms.Calendar == 0 {
		return tx.Now().Add(d), nil
	}
	due, err := sla.Add(book(s.Terms.Calendar), tx.Now(), d)
	if errors.Is(err, sla.ErrNeverOpens) || errors.Is(err, sla.ErrTooFar) {
		return time.Time{}, nil // a calendar without working time promises nothing
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("count the working time of a stage: %w", err)
	}
	return due, nil
}

// freed takes the open tasks of somebody who is gone, ticket by ticket.
func (t *Triage) freed(ctx context.Context, tenant tenants.Tenant, person desk.UserID) error {
	ids, err := processes.Holding(ctx, t.house.Reader(tenant, router), person)
	if err != nil {
		return err
	}
	for _, id := range ids {
		err := t.house.Do(ctx, tenant, router, func(ctx context.Context, tx tenants.Tx) error {
			return t.work.TakeBack(ctx, tx, id, person)
		})
		if err != nil && !desk.Is(err, desk.NotFound) {
			return fmt.Errorf("take back a task: %w", err)
		}
	}
	return nil
}
