package api

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/valyala/fasthttp/fasthttpadaptor"

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

// operator reports somebody on this very machine who asked by address:
// http://127.0.0.1:8080/metrics. No site has an address for its name, so a proxy
// in front of the sites cannot ask so for somebody else.
func (c *call) operator() bool {
	host, _, err := net.SplitHostPort(string(c.fc.Request().Header.Host()))
	if err != nil {
		host = string(c.fc.Request().Header.Host())
	}
	asked, err := netip.ParseAddr(host)
	return err == nil && asked.IsLoopback() && addrOf(c.fc.Context().RemoteAddr()).IsLoopback() && c.header("X-Forwarded-For") == "" && c.header("Forwarded") == ""
}

// figures answers with the page that Prometheus reads.
func (c *call) figures() {
	fasthttpadaptor.NewFastHTTPHandler(c.app.Metrics())(c.fc.Context())
	c.status, c.answered = c.fc.Response().StatusCode(), true
}
