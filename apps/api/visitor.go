package api

import (
	"context"
	"strings"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

var anyObject = access.Object{}

// visitor is who asks, as far as their credential tells.
type visitor struct {
	session people.Session
	actor   desk.Actor
	token   string
	bearer  bool
	cookie  bool
	// chosen is set when the person has chosen a language, which then stands.
	chosen bool
}

func (v visitor) known() bool { return !v.session.ID.IsZero() }

// recognise reads the cookie or the key. A key that is wrong is refused at once;
// a cookie that is over leaves the visitor unknown, which public routes allow.
func (c *call) recognise() error {
	token := ""
	if given := c.header("Authorization"); given != "" {
		scheme, value, _ := strings.Cut(given, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return desk.Refuse(desk.SignInRequired)
		}
		token, c.who.bearer = strings.TrimSpace(value), true
	} else if cookie := string(c.fc.Request().Header.Cookie(c.app.places.cookie())); cookie != "" {
		token, c.who.cookie = cookie, true
	}
	if token == "" {
		return nil
	}
	s, err := c.app.People.ByToken(c.ctx, token)
	if desk.Is(err, desk.SignInRequired) && !c.who.bearer {
		return nil
	}
	if err != nil {
		return err
	}
	// A key in a cookie, or a cookie's value as a key, was taken from its place.
	if (s.Kind == people.APIKey) != c.who.bearer {
		return desk.Refuse(desk.SignInRequired)
	}
	if s.Portal() != (c.site.kind == portal) {
		return nil
	}
	c.who.token, c.who.session = token, s
	return c.assume()
}

// assume makes the actor of a session, outside any tenant yet.
func (c *call) assume() error {
	s := c.who.session
	if !s.Portal() {
		c.who.actor = s.User.Actor()
		c.who.actor.Scopes, c.who.actor.Key = s.Scopes, s.ID
		if s.User.Language != "" {
			c.language, c.who.chosen = s.User.Language, true
		}
		c.who.actor.Language = c.language
		return nil
	}
	c.who.actor = desk.Actor{Kind: desk.ContactActor, ID: s.Contact.Any(), Language: c.language, Key: s.ID}
	return nil
}

// belongs decides whether the visitor belongs to the tenant of the path, and as
// whom they act there. Missing when not: the tenant does not exist for them.
func (c *call) belongs() error {
	actor, err := c.app.actorIn(c.ctx, c.who, c.tenant)
	if err != nil {
		return err
	}
	c.who.actor = actor
	if c.who.session.Portal() {
		c.language, c.who.chosen = c.tenant.Language(actor.Language), true
	}
	return nil
}

// actorIn is the visitor as an actor of a tenant.
//
// Errors: NotFound for a tenant that is not theirs; EngagementEnded.
func (a *App) actorIn(ctx context.Context, who visitor, t tenants.Tenant) (desk.Actor, error) {
	if who.session.Portal() {
		if who.session.Tenant != t.ID {
			return desk.Actor{}, desk.Missing()
		}
		actor, err := a.People.ContactActor(ctx, who.session, t)
		if actor.Language == "" {
			actor.Language = who.actor.Language
		}
		return actor, err
	}
	actor, err := a.People.ActorIn(ctx, who.session, t)
	actor.Language = who.actor.Language
	return actor, err
}

// reach lists the tenants a visitor may hear of now, by slug.
func (a *App) reach(ctx context.Context, who visitor, portalOf string) (map[desk.TenantID]string, error) {
	sees := map[desk.TenantID]string{}
	if who.session.Portal() {
		sees[who.session.Tenant] = portalOf
		return sees, nil
	}
	memberships, err := a.People.Tenants(ctx, who.session)
	if err != nil {
		return nil, err
	}
	ids := make([]desk.TenantID, len(memberships))
	for i, m := range memberships {
		ids[i] = m.Tenant
	}
	all, err := a.house.Many(ctx, ids)
	if err != nil {
		return nil, err
	}
	for id, t := range all {
		sees[id] = t.Slug
	}
	return sees, nil
}

// sessionStands asks again whether a stream's session is still good.
func (a *App) sessionStands(ctx context.Context, who visitor) bool {
	_, err := a.People.ByToken(ctx, who.token)
	return err == nil || !desk.Is(err, desk.SignInRequired)
}

// forgetAccess drops what this node remembers of rights; 0 is everybody's.
func (a *App) forgetAccess(id desk.TenantID) {
	a.People.Forget()
	if id != 0 {
		a.house.Forget(id)
		a.Guard.Forget(id)
	}
}
