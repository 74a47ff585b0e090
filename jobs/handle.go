package jobs

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/hibiken/asynq"

	"manydesk/desk"
	"manydesk/tenants"
)

// handle is what Asynq calls for each task. It answers nil whatever the job's
// handler said: when to try again is Postgres's to know, not Redis's.
func (l *Line) handle(ctx context.Context, task *asynq.Task) error {
	w, err := l.read(ctx, task.Payload())
	if errors.Is(err, sql.ErrNoRows) {
		l.stats.twice.Add(1)
		return nil
	}
	if err != nil {
		// The row stays as it is and is offered again.
		l.log.Warn("a job could not be read", "task", string(task.Payload()), "error", err)
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, l.lanes[w.lane].limit)
	defer cancel()
	began := l.house.Clock()()
	err = l.call(ctx, w)
	log := l.log.With("job", w.Name, "id", w.ID, "tenant", w.Tenant.Slug, "try", w.Tries)
	switch {
	case err == nil:
		l.stats.done.Add(1)
		log.Debug("job done", "took", l.house.Clock()().Sub(began))
	case errors.Is(err, ErrDone):
		l.stats.twice.Add(1)
	default:
		l.stats.failed.Add(1)
		log.Warn("job failed", "error", err)
		if err := l.failed(ctx, w, err); err != nil {
			log.Error("a failed job could not be marked; it will be offered again", "error", err)
		}
	}
	return nil
}

// read finds the row of a task. sql.ErrNoRows: it is closed, or a later try of
// it is on its way.
func (l *Line) read(ctx context.Context, payload []byte) (*Work, error) {
	number, try, ok := bytes.Cut(payload, []byte("."))
	id, err := strconv.ParseInt(string(number), 10, 64)
	if err != nil || !ok {
		return nil, sql.ErrNoRows
	}
	tries, err := strconv.Atoi(string(try))
	if err != nil {
		return nil, sql.ErrNoRows
	}
	var r row
	reader := l.house.SharedReader(desk.Automaton("relay"))
	err = reader.QueryRow(ctx, `select tenant_id, name, lane, subject_id, coalesce(seq, 0), data, created_at, tries, failures
		from manydesk.outbox where id = $1 and tries <= $2 and offered_at is not null`, []any{id, tries},
		&r.TenantID, &r.Name, &r.Lane, &r.SubjectID, &r.Seq, (*[]byte)(&r.Data), &r.CreatedAt, &r.Tries, &r.Failures)
	if err != nil {
		return nil, err
	}
	w := &Work{ID: id, Name: r.Name, Subject: r.SubjectID, Seq: r.Seq, Data: r.Data, Tries: r.Tries, Created: r.CreatedAt, lane: desk.Lane(r.Lane), failures: r.Failures}
	if r.TenantID != 0 {
		if w.Tenant, err = l.house.ByID(ctx, desk.TenantID(r.TenantID)); err != nil {
			return nil, fmt.Errorf("find tenant %d: %w", r.TenantID, err)
		}
	}
	return w, nil
}

var (
	errNoHandler = errors.New("no handler is registered for it")
	errLeftOpen  = errors.New("the handler returned nil and left the row open; whether it did its work is not known")
)

// call runs the handler and closes the rows of quick ones. A panic is an error.
func (l *Line) call(ctx context.Context, w *Work) (err error) {
	h, ok := l.mux.jobs[w.Name]
	if !ok {
		// A newer process may have one: during a deploy the row waits for it.
		return errNoHandler
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if err := h.run(ctx, w); err != nil || w.closed {
		return err
	}
	if !h.quick {
		return Never(errLeftOpen)
	}
	return l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error { return w.DoneShared(ctx, tx) })
}

// deploy is how long a job may wait for a process that has a handler for it.
const deploy = 24 * time.Hour

// postponed is the wait of jobs and timers whose tenant can't be written to now.
const postponed = 10 * time.Minute

// failed writes down why, and when to try again.
func (l *Line) failed(ctx context.Context, w *Work, cause error) error {
	// The handler's time may be what has run out.
	ctx = context.WithoutCancel(ctx)
	lane := l.lanes[w.lane]
	var wait time.Duration
	var putOff *later
	var hopeless *never
	failures := w.failures
	switch {
	case desk.Is(cause, desk.TenantSuspended) || desk.Is(cause, desk.TenantReadOnly):
		wait = postponed
	case errors.As(cause, &putOff):
		wait = max(putOff.after, time.Second)
	case errors.Is(cause, errNoHandler) && l.house.Clock()().Sub(w.Created) < deploy:
		wait = time.Minute
	default:
		failures++
		if errors.As(cause, &hopeless) || failures >= lane.tries {
			return l.park(ctx, row{ID: w.ID, TenantID: int32(w.Tenant.ID), Name: w.Name, Lane: string(w.lane), Tries: w.Tries, CreatedAt: w.Created}, cause)
		}
		wait = lane.pauseAfter(failures, rand.Float64()) //nolint:gosec // a spread, not a secret
	}
	return l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		at := tx.Now().Add(wait)
		_, err := tx.Exec(ctx, "update manydesk.outbox set error = $2, again_at = $3, failures = $4 where id = $1", w.ID, said(cause), at, failures)
		if err == nil {
			tx.AfterCommit(func() { l.remind(at) })
		}
		return err
	})
}

// remind makes the relay of this process sleep no longer than until then.
func (l *Line) remind(at time.Time) {
	l.mu.Lock()
	sooner := at.Before(l.next)
	l.mu.Unlock()
	l.notice(at)
	if sooner {
		ring(l.bell.relay)
	}
}

// said is the error's text as the row keeps it: bounded, and what Postgres takes.
func said(err error) string {
	text := []rune(strings.ReplaceAll(strings.ToValidUTF8(err.Error(), "?"), "\x00", ""))
	return string(text[:min(len(text), 4000)])
}
