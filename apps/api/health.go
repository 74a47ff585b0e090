package api

import (
	"context"
	"time"

	"manydesk/desk"
)

// health answers /healthz (the process runs) and /readyz (it should get traffic).
func (c *call) health() {
	c.set("Cache-Control", "no-store")
	if c.path == "/healthz" {
		c.write(200, "text/plain; charset=utf-8", []byte("ok\n"))
		return
	}
	ctx, cancel := context.WithTimeout(c.ctx, 2*time.Second)
	defer cancel()
	switch {
	case c.app.draining.Load():
		c.refuse(desk.Refuse(desk.Unavailable))
	case c.app.house.Ready(ctx) != nil:
		c.refuse(desk.Refuse(desk.Unavailable))
	default:
		c.write(200, "text/plain; charset=utf-8", []byte("ready\n"))
	}
}
