package api

import (
	"log/slog"
	"time"

	"manydesk/desk"
)

// writeWithin is how long a client may take to receive an ordinary answer.
const writeWithin = 30 * time.Second

// finish ends every request with one line in the log and one figure.
func (c *call) finish() {
	ctx := c.fc.Context()
	took := desk.System().Sub(c.began)
	pattern := "page"
	if c.route != nil {
		pattern = c.route.Pattern
	}
	if !c.answered {
		c.status = c.fc.Response().StatusCode()
	}
	c.app.metrics.ended(c.method, pattern, c.status, took)
	if conn := ctx.Conn(); conn != nil && !ctx.Hijacked() {
		_ = conn.SetWriteDeadline(desk.System().Add(writeWithin))
	}
	level := slog.LevelInfo
	if c.cause != nil {
		level = slog.LevelError
	} else if c.route == nil && c.status < 400 {
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{
		slog.String("request_id", c.id), slog.String("method", c.method), slog.String("route", pattern),
		slog.Int("status", c.status), slog.Float64("took_ms", float64(took.Microseconds())/1000), slog.String("site", c.site.kind.String()), slog.String("ip", c.ip.String()),
	}
	if c.tenant.Slug != "" {
		attrs = append(attrs, slog.String("tenant", c.tenant.Slug))
	}
	if c.who.known() {
		attrs = append(attrs, slog.String("actor", c.who.actor.ID.UUID()), slog.String("credential", c.who.actor.Key.UUID()))
	}
	if c.cause != nil {
		attrs = append(attrs, slog.String("cause", c.cause.Error()))
	}
	c.app.log.LogAttrs(c.ctx, level, "request", attrs...)
}
