package api

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
	"manydesk/tenants/access"
)

var slugs = regexp.MustCompile(`^[0-9a-z-]{1,40}$`)

// Op says what a route needs and promises. A route without Needs must say why
// anyone may call it, or the program does not start.
type Op struct {
	// ID is verb + noun, unique: replyToTicket. Tag is the room.
	ID, Summary, Tag string
	// Needs are rights of which one is enough to be let in; the verb checks the
	// real one on the real object.
	Needs []access.Permission
	// Anyone is the reason why no right is asked.
	Anyone string
	// Answers is the status of success: 200, or 204 when there is nothing to say.
	Answers int
	Errors  []desk.Code
	// Limit bounds the body; 0 means 64 KB. Within bounds the time: 10 s to read, 15 s to act.
	Limit  int64
	Within time.Duration
	Class  class
	// Cache is Cache-Control; empty means "private, no-cache".
	Cache string
	// Frozen routes work in a suspended or read-only tenant too, though they change something.
	Frozen bool
	// Owner routes belong to the installation's owner, in any tenant.
	Owner bool
	// Repeatable POSTs change nothing, so they take no Idempotency-Key.
	Repeatable bool
	// Bytes is the content type of a body that is taken or given as it is.
	Bytes string
}

type kind uint8

const (
	kindPublic kind = iota
	kindMine
	kindView
	kindAct
	kindCarry
)

// audience is whom a part of the API is for.
type audience uint8

const (
	forEveryone audience = iota
	forStaff
	forContacts
)

// Route is one registration: the row that tests and documents walk.
type Route struct {
	Op
	Method, Pattern string
	Kind            kind
	For             audience
	// InTenant and OfProvider say that the path names one.
	InTenant, OfProvider bool
	// Versioned routes take If-Match; Loose ones do without it too.
	Versioned, Loose bool
	serve            func(*call)
}

// Routes are all registrations of the process.
type Routes struct {
	app    *App
	agent  huma.API
	portal huma.API
	taker  *adapter
	table  []*Route
}

// All is the table of routes, in the order of registration.
func (r *Routes) All() []*Route { return r.table }

const (
	smallBody  = 64 << 10
	readWithin = 10 * time.Second
	actWithin  = 15 * time.Second
)

// add checks a registration, describes it to huma and puts it into the tree.
func add[I, O any](r *Routes, k kind, pattern string, op Op, run func(c *call, in *I) error) {
	method, path, ok := strings.Cut(pattern, " ")
	if !ok {
		panic(fmt.Sprintf("route %q has no method", pattern))
	}
	route := &Route{Op: op, Method: method, Pattern: path, Kind: k}
	route.InTenant = strings.Contains(path, "{tenant}")
	route.OfProvider = strings.Contains(path, "{provider}")
	switch {
	case strings.HasPrefix(path, "/v1/portal/"):
		route.For = forContacts
	case k != kindPublic:
		route.For = forStaff
	}
	if k == kindPublic {
		route.For = forEveryone
	}
	_, route.Versioned = any(new(I)).(versioned)
	_, route.Loose = any(new(I)).(interface{ optional() })
	check(route)
	api := r.agent
	if strings.HasPrefix(path, "/v1/portal/") {
		api = r.portal
	}
	operation := document[I, O](api, route)
	huma.Register(api, *operation, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		c := callOf(ctx)
		if v, ok := any(in).(versioned); ok {
			v.setVersion(c.version)
		}
		if err := run(c, in); err != nil {
			c.refuse(err)
		}
		return nothingMore, nil
	})
	handler := r.taker.take()
	route.serve = func(c *call) { handler(humaCall{c, operation}) }
	r.table = append(r.table, route)
	r.app.tree.Add(method, path, route)
}

// nothingMore tells huma that the answer is already written.
var nothingMore = &huma.StreamResponse{Body: func(huma.Context) {}}

func check(r *Route) {
	switch {
	case r.ID == "" || r.Tag == "" || r.Summary == "":
		panic(r.Method + " " + r.Pattern + " has no ID, Tag or Summary")
	case len(r.Needs) == 0 && r.Anyone == "":
		panic(r.ID + " names no right and no reason for none")
	case len(r.Needs) > 0 && r.Anyone != "":
		panic(r.ID + " names a right and a reason for none")
	case len(r.Needs) > 0 && !r.InTenant:
		panic(r.ID + " names a right but no tenant to hold it in")
	}
	if r.Limit == 0 {
		r.Limit = smallBody
	}
	if r.Within == 0 {
		r.Within = actWithin
		if r.Method == "GET" || r.Method == "HEAD" {
			r.Within = readWithin
		}
	}
	if r.Class == unset {
		r.Class = ordinary
		if r.Kind == kindPublic {
			r.Class = anonymous
		}
	}
}

// versioned inputs carry the version that If-Match named.
type versioned interface{ setVersion(int) }

// IfMatch in an input makes a route conditional: the helper reads the header,
// the verb compares on the locked row.
type IfMatch struct {
	version int
}

func (v *IfMatch) setVersion(n int) { v.version = n }

// Version is what If-Match named.
func (v *IfMatch) Version() int { return v.version }

// IfMatchMaybe is IfMatch for acts that are wanted whatever the version: to take
// a ticket, to say how urgent it is.
type IfMatchMaybe struct{ IfMatch }

func (*IfMatchMaybe) optional() {}

// Nothing is the answer without a body.
type Nothing struct{}

func empty[O any]() bool { return reflect.TypeFor[O]() == reflect.TypeFor[Nothing]() }
