package triggers

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/tenants"
)

// Run is one look of a trigger at a ticket.
type Run struct {
	ID      int64
	Trigger string
	Version int
	Ticket  desk.TicketID
	// Number and Subject are the ticket's, when runs are read.
	Number  int64
	Subject string
	// Seq is the fact that asked, 0 for time. Root is the fact with which all of it
	// began: a person's, a client's, a clock's; negative for a time.
	Seq, Root int

	At    time.Time
	Fired bool
	Trace Trace
	// Chain are the triggers that led here, without this one.
	Chain []string
}

// Trace is what was seen and done.
type Trace struct {
	On Event `json:"on"`
	// Code says why nothing was asked of the conditions; empty when they were.
	Code  string           `json:"code,omitempty"`
	When  conditions.Trace `json:"when,omitzero"`
	Deeds []Deed           `json:"deeds,omitempty"`
}

// The reasons why a trigger did not even look.
const (
	CodeChain  = "chain"
	CodeLength = "length"
	CodeGone   = "gone"
)

// Deed is what became of an action. Code is a desk.Code, empty for one that was done.
type Deed struct {
	Kind   Kind   `json:"kind"`
	Code   string `json:"code,omitempty"`
	Detail string `json:"detail,omitempty"`
	// Macro is the one that was applied, or of which the action is.
	Macro string `json:"macro,omitempty"`
}

// kept is how long runs are kept, and how often old ones are looked for.
const (
	kept  = 30 * 24 * time.Hour
	every = 100
)

// Keep writes a run down.
func Keep(ctx context.Context, tx tenants.Tx, r Run) error {
	trace, err := json.Marshal(r.Trace)
	if err != nil {
		return fmt.Errorf("encode a run: %w", err)
	}
	if r.Chain == nil {
		r.Chain = []string{}
	}
	var id int64
	err = tx.QueryRow(ctx, `insert into ?tenant.trigger_runs (trigger, version, ticket_id, seq, root, at, fired, trace, chain)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
		[]any{r.Trigger, r.Version, r.Ticket, r.Seq, r.Root, r.At, r.Fired, string(trace), r.Chain}, &id)
	if err != nil {
		return fmt.Errorf("keep a run: %w", err)
	}
	if id%every != 0 {
		return nil
	}
	// Ids grow with time: the trigger's old ones are at the beginning of its part of the key.
	if _, err := tx.Exec(ctx, `delete from ?tenant.trigger_runs where trigger = $1 and id < $2 and at < $3`, r.Trigger, id, r.At.Add(-kept)); err != nil {
		return fmt.Errorf("forget old runs: %w", err)
	}
	return nil
}

// Claim takes the one time that a trigger may fire in what began with a root; ok is
// false when it has fired there already, by whatever way. The row is that of
// a request made once: kept for days, where a root's triggers are done in seconds.
func Claim(ctx context.Context, tx tenants.Tx, ticket desk.TicketID, root int, key string) (ok bool, err error) {
	sum := sha256.Sum256(fmt.Appendf(nil, "trigger/%d/%s/%d/%s", tx.Tenant().ID, ticket, root, key))
	n, err := tx.Exec(ctx, `insert into manydesk.idempotency (key16, fingerprint, tenant_id, status, created_at) values ($1, $2, $3, 204, $4) on conflict do nothing`,
		sum[:16], sum[16:], int32(tx.Tenant().ID), tx.Now())
	if err != nil {
		return false, fmt.Errorf("claim a trigger's firing: %w", err)
	}
	return n > 0, nil
}

const columns = `r.id, r.trigger, r.version, r.ticket_id as ticket, t.number, t.subject, r.seq, r.root, r.at, r.fired, r.trace, r.chain`

type row struct {
	ID      int64
	Trigger string
	Version int
	Ticket  desk.TicketID
	Number  int64
	Subject string
	Seq     int
	Root    int
	At      time.Time
	Fired   bool
	Trace   json.RawMessage
	Chain   []string `bun:",array"`
}

func (r row) run() (Run, error) {
	out := Run{ID: r.ID, Trigger: r.Trigger, Version: r.Version, Ticket: r.Ticket, Number: r.Number, Subject: r.Subject, Seq: r.Seq, Root: r.Root, At: r.At, Fired: r.Fired, Chain: r.Chain}
	if err := json.Unmarshal(r.Trace, &out.Trace); err != nil {
		return out, fmt.Errorf("read a run: %w", err)
	}
	return out, nil
}

// Runs are those of a trigger, the newest first, older than a run's id (0 for the
// newest), of the types of tickets that are given; nil means of every type.
func Runs(ctx context.Context, tx tenants.ReadTx, key string, before int64, types []string, limit int) ([]Run, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	var rows []row
	err := tx.Query(ctx, &rows, `select `+columns+` from ?tenant.trigger_runs r join ?tenant.tickets t on t.id = r.ticket_id
		where r.trigger = $1 and r.id < $2 and ($3::text[] is null or t.type = any($3)) order by r.id desc limit $4`, key, before, types, limit)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	all := make([]Run, len(rows))
	for i, r := range rows {
		if all[i], err = r.run(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Find reads a run. Errors: NotFound.
func Find(ctx context.Context, tx tenants.ReadTx, id int64) (Run, error) {
	var r row
	err := tx.Query(ctx, &r, `select `+columns+` from ?tenant.trigger_runs r join ?tenant.tickets t on t.id = r.ticket_id where r.id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, desk.Missing()
	}
	if err != nil {
		return Run{}, fmt.Errorf("find a run: %w", err)
	}
	return r.run()
}
