package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/redis/go-redis/v9"
	"github.com/valyala/fasthttp"

	"manydesk/apps/api/ratelimit"
	"manydesk/apps/api/tree"
	"manydesk/desk"
	"manydesk/desk/files"
	"manydesk/tenants"
)

// App is the HTTP edge of one process.
type App struct {
	Deps
	config    Config
	places    places
	csp       string
	base      context.Context
	house     *tenants.House
	log       *slog.Logger
	limits    *ratelimit.Limiter
	tree      *tree.Tree[*Route]
	routes    *Routes
	cursors   cursors
	pages     pages
	metrics   *metrics
	fiber     *fiber.App
	streams   *streams
	documents documents
	draining  atomic.Bool
	// ended is over once Shutdown is done.
	ended context.Context
	end   context.CancelFunc
}

// New builds the edge: routes, documents, pages. Nothing listens yet.
//
// Errors: a configuration or a registration that cannot be.
func New(d Deps, config Config) (*App, error) {
	if err := d.missing(); err != nil {
		return nil, err
	}
	p, err := config.read()
	if err != nil {
		return nil, err
	}
	a := &App{
		Deps: d, config: config, places: p, csp: policy(p), base: context.WithoutCancel(d.Context),
		house: d.House, log: d.Log,
		tree: &tree.Tree[*Route]{}, cursors: cursors{d.House}, metrics: newMetrics(),
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if d.Line != nil {
		a.Register(lineFigures{d.Context, d.Line})
	}
	a.ended, a.end = context.WithCancel(a.base)
	a.streams = newStreams(a)
	var counts redis.Scripter
	if d.Redis != nil {
		counts = d.Redis
	}
	a.limits = ratelimit.New(counts, d.House.Clock())
	if a.Mailbox == nil {
		a.Mailbox = func(t tenants.Tenant) string { return t.Slug + "@" + p.origin.Hostname() }
	}
	if a.config.Drain == 0 {
		a.config.Drain = 3 * time.Second
	}
	if a.config.Upload == 0 {
		a.config.Upload = files.DefaultLimit
	}
	if err := a.register(); err != nil {
		return nil, err
	}
	if err := a.pages.load(d.Console, d.Portal); err != nil {
		return nil, err
	}
	a.fiber = fiber.New(fiber.Config{
		CaseSensitive: true, StrictRouting: true,
		StreamRequestBody: true, DisablePreParseMultipartForm: true,
		ReadTimeout: 15 * time.Second, IdleTimeout: 75 * time.Second, ReadBufferSize: 8 << 10,
		EnableTrustedProxyCheck: true, DisableStartupMessage: true, ErrorHandler: a.broken,
	})
	a.fiber.Use(a.handle)
	// Around Fiber itself, which answers a method it does not know before any
	// middleware and would leave that request's body on the connection.
	server := a.fiber.Server()
	inner := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		inner(ctx)
		b, _ := ctx.UserValue(bodyKey).(*body)
		settle(ctx, b)
	}
	return a, nil
}

// bodyKey is where a request's reader waits for settle.
const bodyKey = "manydesk.body"

// register fills the tree. The two documents share it.
func (a *App) register() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("register routes: %v", r)
		}
	}()
	taker := &adapter{handlers: map[*huma.Operation]func(huma.Context){}}
	r := &Routes{app: a, taker: taker}
	r.agent = newDocument(taker, "Manydesk: agents", agentsIntro)
	r.portal = newDocument(taker, "Manydesk: portal", portalIntro)
	a.routes = r
	a.nouns(r)
	nullable(r.agent)
	nullable(r.portal)
	return nil
}

const (
	agentsIntro = "What agents and admins of a provider or a tenant do. A session's cookie or an API key (Authorization: Bearer) says who asks."
	portalIntro = "What a tenant's clients do on its portal. The session belongs to the portal's host."
)

// Routes is the table of everything that is registered.
func (a *App) Routes() *Routes { return a.routes }

// Documents are the two OpenAPI descriptions as they are served.
func (a *App) Documents() (agent, portal []byte, err error) {
	if agent, err = golden(a.routes.agent); err != nil {
		return nil, nil, err
	}
	portal, err = golden(a.routes.portal)
	return agent, portal, err
}

// Listen serves until Shutdown. It returns nil after an ordered stop.
func (a *App) Listen(l net.Listener) error {
	ctx, stop := context.WithCancel(a.base)
	defer stop()
	go a.streams.listen(ctx)
	// A stop that comes before the first connection can be taken finds no server to end.
	defer context.AfterFunc(a.ended, func() { _ = l.Close() })()
	if err := a.fiber.Listener(l); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}

// Shutdown finishes what was accepted: not ready first, so that a balancer looks
// away; then every stream is told to come back elsewhere; then the requests in
// flight end, at most until ctx does.
func (a *App) Shutdown(ctx context.Context) error {
	if !a.draining.CompareAndSwap(false, true) {
		return nil
	}
	defer a.end()
	wait := time.NewTimer(a.config.Drain)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
	}
	a.streams.bye()
	if err := a.fiber.ShutdownWithContext(ctx); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

// broken answers for what failed before our handler could: heads that fasthttp
// could not read, or that were too long.
func (a *App) broken(fc *fiber.Ctx, err error) error {
	code := desk.BodyUnreadable
	var f *fiber.Error
	if errors.As(err, &f) {
		switch f.Code {
		case fiber.StatusRequestHeaderFieldsTooLarge, fiber.StatusRequestEntityTooLarge:
			code = desk.TooLarge
		case fiber.StatusMethodNotAllowed:
			code = desk.MethodNotAllowed
		case fiber.StatusRequestTimeout:
			code = desk.TimedOut
		}
	}
	e := desk.Refuse(code).Because(err)
	p := describe(e, "ru", requestID(""))
	b, encoding := encode(p)
	if encoding != nil {
		return encoding
	}
	a.secureHeaders(fc, site{})
	fc.Response().Header.SetContentType("application/problem+json")
	fc.Context().SetConnectionClose()
	return fc.Status(p.Status).Send(b)
}

// handle is every request.
func (a *App) handle(fc *fiber.Ctx) (err error) {
	c := a.newCall(fc)
	a.metrics.began()
	defer func() {
		if r := recover(); r != nil {
			c.refuse(fmt.Errorf("panic: %v\n%s", r, stack()))
		}
		c.finish()
	}()
	c.set("X-Request-Id", c.id)
	a.secureHeaders(fc, c.site)
	switch {
	case ambiguous(fc.Context()):
		fc.Context().SetConnectionClose()
		c.refuse(desk.Refuse(desk.BadHost))
	case strings.HasPrefix(c.path, "/v1/"):
		c.dispatch()
	default:
		c.page()
	}
	return nil
}

// probe paths are asked by address, without a name.
func probe(path string) bool { return path == "/healthz" || path == "/readyz" }
