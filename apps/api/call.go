package api

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"manydesk/apps/api/tree"
	"manydesk/desk"
	"manydesk/tenants"
)

// call is one request on its way through the edge. Its strings are its own: those
// of Fiber are views of a buffer that the next request overwrites.
type call struct {
	app *App
	fc  *fiber.Ctx
	ctx context.Context

	id       string
	began    time.Time
	method   string
	path     string
	url      url.URL
	query    url.Values
	params   []tree.Param
	site     site
	ip       netip.Addr
	route    *Route
	who      visitor
	language string
	tenant   tenants.Tenant
	provider providerRef

	version int
	reader  *body
	body    []byte
	status  int
	cause   error
	// answered is set once a status was written.
	answered bool
}

type callKey struct{}

// callOf finds the request behind huma's context; only this package can.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

func (a *App) newCall(fc *fiber.Ctx) *call {
	ctx := fc.Context()
	c := &call{app: a, fc: fc, began: desk.System()}
	c.id = requestID(string(ctx.Request.Header.Peek("X-Request-Id")))
	c.method = strings.Clone(fc.Method())
	uri := string(ctx.Request.Header.RequestURI())
	path, query, _ := strings.Cut(uri, "?")
	c.path = path
	c.url = url.URL{Path: path, RawQuery: query}
	c.site = a.places.siteOf(string(ctx.Request.Header.Host()))
	c.ip = clientIP(ctx, a.config.Proxies)
	c.language = accepted(c.header("Accept-Language"))
	c.ctx = context.WithValue(a.base, callKey{}, c)
	return c
}

func (c *call) header(name string) string { return string(c.fc.Request().Header.Peek(name)) }

func (c *call) set(name, value string) { c.fc.Response().Header.Set(name, value) }

func (c *call) param(name string) string {
	for _, p := range c.params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// unsafe reports a method that changes something.
func (c *call) unsafe() bool { return c.method != "GET" && c.method != "HEAD" && c.method != "OPTIONS" }

// problem describes a refusal in this caller's language.
func (c *call) problem(e *desk.Error) *Problem { return describe(e, c.language, c.id) }

// refuse answers with a problem. Whatever is not ours is kept for the log line.
func (c *call) refuse(err error) {
	e := refusal(err)
	p := c.problem(e)
	if p.Status >= 500 {
		c.cause = err
	}
	b, encoding := encode(p)
	if encoding != nil {
		c.cause = encoding
	}
	c.set("Cache-Control", "no-store")
	c.set("Content-Language", c.language)
	if n, ok := e.Params["n"].(int); ok && (e.Code == desk.RateLimited || e.Code == desk.KeyInProgress) {
		c.set("Retry-After", itoa(n))
	}
	if e.Code == desk.SignInRequired && c.route != nil {
		c.set("WWW-Authenticate", "Bearer")
	}
	c.write(p.Status, "application/problem+json", b)
}

// write is the one place where an answer leaves.
func (c *call) write(status int, contentType string, b []byte) {
	c.status, c.answered = status, true
	r := c.fc.Response()
	r.SetStatusCode(status)
	if contentType != "" {
		r.Header.SetContentType(contentType)
	}
	r.SetBody(b)
}

// accepted picks ru or en from Accept-Language by its q-values; ru when nothing fits.
func accepted(header string) string {
	best, quality := "", -1.0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q = atof(v)
		}
		if (lang == "ru" || lang == "en") && q > quality {
			best, quality = lang, q
		}
	}
	if best == "" {
		return "ru"
	}
	return best
}
