package team

import (
	"context"
	"errors"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/rota"
)

// Timer is the kind of the timer at which a person comes or goes.
const Timer = "rota"

// Moved is the handler of rota.Moved: somebody's hours are others now. The next
// moment at which they come or go is set, and who is away already gives on.
func (t *Team) Moved(ctx context.Context, w *jobs.Work) error {
	err := t.house.Do(ctx, w.Tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		return t.look(ctx, tx, desk.UserID(w.Subject), time.Time{})
	})
	if errors.Is(err, jobs.ErrDone) {
		return nil
	}
	return err
}

// Due is the timer's handler: somebody came or went at this moment.
func (t *Team) Due(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	if err := t.look(ctx, tx, desk.UserID(due.Subject), due.DueAt); err != nil {
		return err
	}
	return jobs.Enqueue(ctx, tx, desk.Job{Name: rota.HintLoad, Lane: desk.Critical})
}

// look sees how a person stands, gives their tickets on if they went, and sets
// the next moment. went is that of the timer, zero when the hours were changed:
// whoever was given hours in the evening has not gone home by that.
func (t *Team) look(ctx context.Context, tx tenants.Tx, user desk.UserID, went time.Time) error {
	all, err := t.rota.Standings(ctx, tx.Now(), user)
	if err != nil {
		return err
	}
	s, ok := all[user]
	if !ok {
		return nil
	}
	switch {
	case !s.AbsentUntil.IsZero():
		_, err = t.releaser.Release(ctx, tx, user, wentAbsent)
	case !went.IsZero() && !s.OnShift:
		_, err = t.releaser.Release(ctx, tx, user, shiftEnded)
	}
	if err != nil {
		return err
	}
	next, err := t.rota.Next(ctx, tx.Now(), user)
	if err != nil {
		return err
	}
	return jobs.SetTimers(ctx, tx, desk.Timer{Subject: user.Any(), Kind: Timer, DueAt: next})
}
