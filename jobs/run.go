package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Run is a long operation with its progress.
type Run struct {
	ID    desk.RunID
	Kind  string
	State RunState
	Done  int64
	// Total is 0 until it is known.
	Total     int64
	Data      json.RawMessage
	StartedBy desk.UserID
	CreatedAt time.Time
	EndedAt   time.Time
	Error     string
}

// RunState is how far a run is.
type RunState string

// The states of a run.
const (
	RunWaiting RunState = "waiting"
	RunGoing   RunState = "running"
	RunApplied RunState = "applied"
	RunFailed  RunState = "failed"
)

// StartRun notes a run that is about to begin.
func StartRun(ctx context.Context, tx tenants.Tx, kind string, total int64, data any) (Run, error) {
	encoded, err := json.Marshal(data)
	if err != nil {
		return Run{}, fmt.Errorf("encode a run: %w", err)
	}
	r := Run{ID: desk.NewRunID(tx.Now()), Kind: kind, State: RunWaiting, Total: total, Data: encoded, StartedBy: tx.Actor().User(), CreatedAt: tx.Now()}
	_, err = tx.Exec(ctx, "insert into manydesk.runs (id, tenant_id, kind, total, data, started_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
		r.ID, int32(tx.Tenant().ID), kind, total, encoded, r.StartedBy, tx.Now())
	if err != nil {
		return Run{}, fmt.Errorf("note a run: %w", err)
	}
	return r, nil
}

// Advance moves a run on: so many more are done. A run that has ended stays so.
func Advance(ctx context.Context, tx tenants.Tx, id desk.RunID, done int64, state RunState, data any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode a run: %w", err)
	}
	_, err = tx.Exec(ctx, `update manydesk.runs set done = done + $3, state = $4, data = $5, ended_at = case when $4 in ('applied', 'failed') then $6::timestamptz end
		where tenant_id = $1 and id = $2 and ended_at is null`, int32(tx.Tenant().ID), id, done, string(state), encoded, tx.Now())
	if err != nil {
		return fmt.Errorf("advance a run: %w", err)
	}
	return nil
}

// ReadRun reads one of the tenant's runs. Rights are those of the caller.
//
// Errors: NotFound.
func ReadRun(ctx context.Context, tx tenants.ReadTx, id desk.RunID) (Run, error) {
	var r Run
	var ended *time.Time
	var total *int64
	var fault *string
	var state string
	err := tx.QueryRow(ctx, "select id, kind, state, done, total, data, started_by, created_at, ended_at, error from manydesk.runs where tenant_id = $1 and id = $2",
		[]any{int32(tx.Tenant().ID), id}, &r.ID, &r.Kind, &state, &r.Done, &total, (*[]byte)(&r.Data), &r.StartedBy, &r.CreatedAt, &ended, &fault)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, desk.Missing()
	}
	if err != nil {
		return Run{}, fmt.Errorf("read a run: %w", err)
	}
	r.State = RunState(state)
	if total != nil {
		r.Total = *total
	}
	if ended != nil {
		r.EndedAt = *ended
	}
	if fault != nil {
		r.Error = *fault
	}
	return r, nil
}
