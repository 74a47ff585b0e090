package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Work is one job as its handler gets it, read from the outbox at that moment.
type Work struct {
	ID int64
	// Tenant is zero for work of the installation itself.
	Tenant  tenants.Tenant
	Name    string
	Subject desk.AnyID
	Seq     int
	Data    json.RawMessage
	// Tries counts the offers so far, this one included.
	Tries   int
	Created time.Time

	lane     desk.Lane
	failures int
	closed   bool
}

// ErrDone says that another call has closed the row already: the handler's unit
// rolls back, and that is right, because the other one's effect stands.
var ErrDone = errors.New("the job is done already")

// Done closes the row in the handler's own transaction, so that the effect and
// the closing are one. Call it first: of two calls for one row the second waits
// here for the first. ErrDone when the row is closed; hand it up as it is.
func (w *Work) Done(ctx context.Context, tx tenants.Tx) error {
	if tx.Tenant().ID != w.Tenant.ID {
		return fmt.Errorf("job %d of tenant %d closed in tenant %d", w.ID, w.Tenant.ID, tx.Tenant().ID)
	}
	return w.close(ctx, tx.Exec)
}

// DoneShared is Done for handlers whose unit is in the shared schema.
func (w *Work) DoneShared(ctx context.Context, tx tenants.SharedTx) error {
	return w.close(ctx, tx.Exec)
}

func (w *Work) close(ctx context.Context, run execute) error {
	n, err := run(ctx, "delete from manydesk.outbox where id = $1 and tenant_id = $2", w.ID, int32(w.Tenant.ID))
	if err != nil {
		return fmt.Errorf("close job %d: %w", w.ID, err)
	}
	if n == 0 {
		return ErrDone
	}
	w.closed = true
	return nil
}

// Become makes this row another job, in the handler's own unit, so that the
// handler goes on with what it has found out without another trip: the letter
// that it decided to send. After a crash the row is offered as what it became.
// The handler still closes it, in a later unit.
//
// Errors: ErrDone when another call was here first.
func (w *Work) Become(ctx context.Context, tx tenants.Tx, next desk.Job) error {
	n, err := tx.Exec(ctx, "update manydesk.outbox set name = $4, seq = nullif($5, 0), data = nullif($6, '')::jsonb where id = $1 and tenant_id = $2 and name = $3",
		w.ID, int32(w.Tenant.ID), w.Name, next.Name, next.Seq, string(next.Data))
	if err != nil {
		return fmt.Errorf("make job %d another: %w", w.ID, err)
	}
	if n == 0 {
		return ErrDone
	}
	tx.AfterCommit(func() { w.Name, w.Seq, w.Data = next.Name, next.Seq, next.Data })
	return nil
}

type later struct {
	after time.Duration
	cause error
}

func (l *later) Error() string { return fmt.Sprintf("again in %s: %v", l.after, l.cause) }
func (l *later) Unwrap() error { return l.cause }

// Later is returned by a handler that knows better than the line when to try
// again: a mail server said "in five minutes". Such a try never parks the job;
// the handler gives up by itself, looking at Tries and Created.
func Later(after time.Duration, cause error) error { return &later{after, cause} }

type never struct{ cause error }

func (n *never) Error() string { return fmt.Sprintf("hopeless: %v", n.cause) }
func (n *never) Unwrap() error { return n.cause }

// Never is returned by a handler that sees that trying again is of no use: the
// row is parked at once, with its error.
func Never(cause error) error { return &never{cause} }
