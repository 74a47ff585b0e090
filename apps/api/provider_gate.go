package api

import (
	"manydesk/desk"
)

// providerRef is the provider of a path.
type providerRef struct {
	id   desk.ProviderID
	slug string
	name string
}

// enterProvider finds the provider of the path among those the caller works
// for; another does not exist. What changes something wants one of its admins.
func (c *call) enterProvider() error {
	slug := c.param("provider")
	if !slugs.MatchString(slug) {
		return desk.Missing()
	}
	mine, err := c.app.People.ProvidersOf(c.ctx, c.who.session.User.ID)
	if err != nil {
		return err
	}
	for _, m := range mine {
		if m.Provider.Slug != slug {
			continue
		}
		actor, err := c.app.People.ActorFor(c.ctx, c.who.session, m.Provider.ID, c.unsafe())
		if err != nil {
			return err
		}
		actor.Language = c.language
		c.who.actor, c.provider = actor, providerRef{m.Provider.ID, m.Provider.Slug, m.Provider.Name}
		return nil
	}
	return desk.Missing()
}
