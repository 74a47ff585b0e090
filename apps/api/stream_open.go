package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"manydesk/jobs"
)

type noInput struct{}

// openStream answers with events until the client leaves. The connection is
// taken over, because a body written by a stream writer holds twice the memory
// and would block a stop.
func (a *App) openStream(ctx context.Context, who Caller, _ *noInput, _ io.Reader, w *Answer) error {
	c := who.call
	s := newStream(c)
	if c.site.kind == portal {
		s.slug = c.tenant.Slug
	}
	if err := a.streams.look(ctx, s); err != nil {
		return err
	}
	if err := a.streams.join(s); err != nil {
		return err
	}
	last := strings.TrimPrefix(c.header("Last-Event-ID"), "c1:")
	head, base, ticks := a.streamHead(c), a.base, 0
	w.takeOver(func(conn net.Conn) {
		defer a.streams.part(s)
		ctx, cancel := context.WithCancel(base)
		defer cancel()
		first := []event{{name: "hello", data: map[string]any{"stream": s.id, "heartbeat": int(heartbeat / time.Second)}}}
		if last != "" {
			first = append(first, a.streams.missed(ctx, s, last)...)
		}
		s.pipe(ctx, conn, head, first, func() bool {
			ticks++
			return a.streams.still(ctx, s, ticks)
		})
	})
	return nil
}

// still looks once a minute whether the session and its tenants are what they
// were: a message may have been lost. Until then rights are asked before each
// event, so nothing is told that may not be.
func (r *streams) still(ctx context.Context, s *stream, ticks int) bool {
	if ticks%4 != 0 {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return r.app.sessionStands(ctx, s.who) && r.look(ctx, s) == nil
}

// missed is what happened since the client's last event; a reset when that is
// not known any more. What happens meanwhile waits in the stream's queue.
func (r *streams) missed(ctx context.Context, s *stream, from string) []event {
	reset := []event{{name: "reset", data: struct{}{}}}
	if r.app.Line == nil {
		return reset
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	until, err := r.app.Line.Place(ctx)
	if err != nil {
		return reset
	}
	if until == from {
		return nil
	}
	aside := &stream{id: s.id, who: s.who, slug: s.slug, next: make(chan event, 10*waiting), gone: make(chan struct{})}
	s.mu.Lock()
	aside.sees = s.sees
	s.mu.Unlock()
	lost, reached := false, false
	r.app.Line.Listen(ctx, from, func(h jobs.Hint) {
		if h.Name == jobs.Reset {
			lost = true
			cancel()
			return
		}
		if !reached {
			r.spread(ctx, h, []*stream{aside})
		}
		if h.ID == until || !placeBefore(h.ID, until) {
			reached = true
			cancel()
		}
	})
	if lost || !reached || aside.behind || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return reset
	}
	close(aside.next)
	var events []event
	for e := range aside.next {
		events = append(events, e)
	}
	return events
}

// placeBefore compares two places of the stream, "ms-n".
func placeBefore(a, b string) bool {
	var am, an, bm, bn uint64
	if _, err := fmt.Sscanf(a, "%d-%d", &am, &an); err != nil {
		return false
	}
	if _, err := fmt.Sscanf(b, "%d-%d", &bm, &bn); err != nil {
		return false
	}
	return am < bm || am == bm && an < bn
}

// streamHead is written by hand, because nobody else sees a hijacked connection.
func (a *App) streamHead(c *call) []byte {
	var b strings.Builder
	b.WriteString("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache, no-transform\r\nX-Accel-Buffering: no\r\nConnection: close\r\n")
	for name, value := range c.fc.Response().Header.All() {
		switch n := string(name); n {
		case "Content-Type", "Content-Length", "Connection", "Cache-Control", "Date":
		default:
			b.WriteString(n + ": " + string(value) + "\r\n")
		}
	}
	b.WriteString("\r\n")
	return []byte(b.String())
}
