package people

import (
	"context"
	"net/netip"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// People are the verbs of this room. One serves the whole process.
type People struct {
	house    *tenants.House
	limits   Limiter
	hash     Cost
	dummy    string
	working  chan struct{}
	sessions *recent[[32]byte, Session]
	members  *recent[desk.UserID, []Membership]
}

// Limiter says how often something may be tried. Several nodes share one in Redis.
type Limiter interface {
	// Take counts one try of key under a rule; retry is how long to wait when it is refused.
	Take(ctx context.Context, rule Rule, key string) (allowed bool, retry time.Duration)
}

// Rule allows Quota tries per Window, all of them at once if none came before.
type Rule struct {
	Name   string
	Quota  int
	Window time.Duration
}

// Options of New; the zero value is right for production on one node.
type Options struct {
	Limits Limiter
	// Hash is the cost of a password; zero is OWASP's for argon2id. Tests take less.
	Hash Cost
}

// New makes the room's verbs.
func New(house *tenants.House, o Options) *People {
	if o.Limits == nil {
		o.Limits = NewMemory(house.Clock())
	}
	if o.Hash == (Cost{}) {
		o.Hash = OWASP
	}
	p := &People{
		house: house, limits: o.Limits, hash: o.Hash,
		working:  make(chan struct{}, hashers),
		sessions: newRecent[[32]byte, Session](house.Clock()),
		members:  newRecent[desk.UserID, []Membership](house.Clock()),
	}
	p.dummy = hashPassword("nobody's password", p.hash)
	return p
}

// From is where a request comes from, for the audit and the limits.
type From struct {
	IP    netip.Addr
	Agent string
}

// me is who acts when nobody is signed in yet.
var me = desk.Automaton("people")

// Forget drops what this process remembers of sessions and memberships: a
// message said that somebody's access changed. Without a message it is a second.
func (p *People) Forget() {
	p.sessions.clear()
	p.members.clear()
}
