package api

import (
	"strconv"
	"time"

	"manydesk/apps/api/ratelimit"
	"manydesk/desk"
)

// class says how often a route may be called, and by what it is counted.
type class uint8

const (
	unset class = iota
	// ordinary counts a session or a key.
	ordinary
	// anonymous counts an address.
	anonymous
	// signIn counts an address; the account is counted by the verb.
	signIn
	// heavy counts a session or key for what costs much: search, reports, export.
	heavy
	// unlimited is for what has limits of its own: the stream.
	unlimited
)

var classes = map[class]ratelimit.Rule{
	ordinary:  {Name: "session", Quota: 1200, Window: time.Minute},
	anonymous: {Name: "anonymous", Quota: 120, Window: time.Minute},
	signIn:    {Name: "sign-in", Quota: 20, Window: time.Minute},
	heavy:     {Name: "heavy", Quota: 60, Window: time.Minute},
}

// keyRule is what a key gets, per tenant.
var keyRule = ratelimit.Rule{Name: "key", Quota: 600, Window: time.Minute}

// throttle counts the request. RateLimited with the seconds to wait.
func (c *call) throttle() error {
	rule, limited := classes[c.route.Class]
	if !limited {
		return nil
	}
	by := "ip:" + network(c.ip)
	if c.who.known() && (c.route.Class == ordinary || c.route.Class == heavy) {
		by = "who:" + c.who.actor.Key.UUID()
	}
	key := c.who.bearer && c.route.Class == ordinary
	if key {
		rule, by = keyRule, by+":"+c.param("tenant")
	}
	if c.app.config.Quotas > 1 {
		rule.Quota *= c.app.config.Quotas
	}
	v := c.count(rule, by)
	if key {
		c.set("RateLimit-Policy", `"`+rule.Name+`";q=`+strconv.Itoa(rule.Quota)+";w="+strconv.Itoa(int(rule.Window/time.Second)))
		c.set("RateLimit", `"`+rule.Name+`";r=`+strconv.Itoa(v.Remaining)+";t="+strconv.Itoa(seconds(v.Reset)))
	}
	if v.Allowed {
		return nil
	}
	return desk.Refuse(desk.RateLimited, "n", max(1, seconds(v.Retry)))
}

// count asks all nodes together where somebody could guess or spend much, and
// this node alone for the wide quotas of ordinary work.
func (c *call) count(rule ratelimit.Rule, by string) ratelimit.Verdict {
	if c.route.Class == signIn || c.route.Class == heavy {
		return c.app.limits.Take(c.ctx, rule, by)
	}
	return c.app.limits.TakeHere(rule, by)
}

// seconds rounds up: a client told to wait 0 s would come back at once.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
