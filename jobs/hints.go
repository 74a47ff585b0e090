package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"manydesk/desk"
	"manydesk/tenants"
)

// Hint tells open screens that something changed; they read it anew by the
// usual routes. It may be lost with Redis: nothing depends on it.
type Hint struct {
	// ID is the place in the stream: ascending, given to Listen to go on from there.
	ID string
	// Name is "ticket.changed", …, or Reset.
	Name   string
	Tenant desk.TenantID
	// Subject and Seq are those of the job "live.<name>" that the hint came from.
	Subject desk.AnyID
	Seq     int
	Data    json.RawMessage
}

// Reset is the hint that hints were lost: whatever is on the screen is read anew.
const Reset = "reset"

// backlog is about how many hints the stream keeps for those who come back.
const backlog = 20_000

// Publish tells all processes' listeners at once, with no promise and no row:
// for presence and the like. What follows from a commit goes through a job
// named "live.…" instead.
func (l *Line) Publish(ctx context.Context, h Hint) error {
	return l.publish(ctx, []Hint{h})
}

func (l *Line) publish(ctx context.Context, hints []Hint) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err := l.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, h := range hints {
			p.XAdd(ctx, &redis.XAddArgs{Stream: l.key("live"), MaxLen: backlog, Approx: true, Values: written(h)})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("publish %d hints: %w", len(hints), err)
	}
	l.stats.hints.Add(int64(len(hints)))
	return nil
}

// publishRows publishes the rows named "live.…" and closes them in one go.
// Killed between the two, it publishes them again: a hint twice does no harm.
func (l *Line) publishRows(ctx context.Context, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	hints := make([]Hint, len(rows))
	for i, r := range rows {
		hints[i] = Hint{Name: strings.TrimPrefix(r.Name, "live."), Tenant: desk.TenantID(r.TenantID), Subject: r.SubjectID, Seq: r.Seq, Data: r.Data}
	}
	if err := l.publish(context.WithoutCancel(ctx), hints); err != nil {
		return err
	}
	return l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "delete from manydesk.outbox where id = any($1::bigint[])", idsOf(rows)); err != nil {
			return fmt.Errorf("close hints: %w", err)
		}
		return nil
	})
}

func written(h Hint) []any {
	values := []any{"n", h.Name, "t", int64(h.Tenant)}
	if !h.Subject.IsZero() {
		values = append(values, "s", h.Subject.UUID())
	}
	if h.Seq != 0 {
		values = append(values, "q", h.Seq)
	}
	if len(h.Data) > 0 {
		values = append(values, "d", string(h.Data))
	}
	return values
}

// reading is the reverse of written; what it can't read it leaves empty.
func reading(m redis.XMessage) Hint {
	text := func(key string) string {
		s, _ := m.Values[key].(string)
		return s
	}
	h := Hint{ID: m.ID, Name: text("n")}
	if n, err := strconv.ParseInt(text("t"), 10, 32); err == nil {
		h.Tenant = desk.TenantID(n)
	}
	if s := text("s"); s != "" {
		if err := h.Subject.Scan(s); err != nil {
			h.Subject = desk.AnyID{}
		}
	}
	if n, err := strconv.Atoi(text("q")); err == nil {
		h.Seq = n
	}
	if d := text("d"); json.Valid([]byte(d)) {
		h.Data = json.RawMessage(d)
	}
	return h
}
