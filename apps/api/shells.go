package api

import (
	"manydesk/desk"
	"manydesk/tenants"
)

// consoleShell is the console's page: who is signed in, if anybody.
func (c *call) consoleShell() (laidOut, error) {
	l := laidOut{attributes: map[string]string{"data-theme": "light"}}
	if !c.who.known() {
		needs, err := c.app.People.NeedsSetup(c.ctx)
		l.boot.Setup = needs
		return l, err
	}
	s, err := c.app.sessionView(c.ctx, c.who.session)
	if err != nil {
		return l, err
	}
	l.boot.Session = s
	l.attributes = themed(c.who.session.User.Prefs)
	return l, nil
}

// portalShell is a tenant's portal in its colours; false when there is no such tenant.
func (c *call) portalShell() (laidOut, bool, error) {
	t, err := c.app.house.BySlug(c.ctx, c.site.slug)
	if desk.Is(err, desk.NotFound) || err == nil && (t.State == tenants.Creating || t.State == tenants.Erasing) {
		return laidOut{}, false, nil
	}
	if err != nil {
		return laidOut{}, false, err
	}
	c.tenant = t
	if !c.who.chosen {
		c.language = t.Language(c.language)
	}
	l := laidOut{attributes: map[string]string{"data-theme": "light", "data-tenant": t.Slug}, title: t.Name, styles: brandHref(t.Slug, t.Look.Version)}
	if err := c.portalBoot(&l); err != nil {
		return l, true, err
	}
	return l, true, nil
}
