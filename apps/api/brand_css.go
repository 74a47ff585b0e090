package api

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"manydesk/desk"
	"manydesk/tenants"
)

// brandCSS answers /brand/<slug>-<version>.css: a tenant's ten colours as the
// variables of the design tokens. The version is in the name, so it is kept for
// ever; an old version is answered with today's colours and not kept.
func (c *call) brandCSS(name string) {
	if slug, rest, ok := strings.Cut(name, "/"); ok && strings.HasPrefix(rest, "logo-") {
		c.logo(slug)
		return
	}
	stem, ok := strings.CutSuffix(name, ".css")
	i := strings.LastIndexByte(stem, '-')
	if !ok || i <= 0 || !slugs.MatchString(stem[:i]) {
		c.refuse(desk.Missing())
		return
	}
	version, err := strconv.Atoi(stem[i+1:])
	slug := stem[:i]
	if err != nil || c.site.kind == portal && slug != c.site.slug {
		c.refuse(desk.Missing())
		return
	}
	t, err := c.app.house.BySlug(c.ctx, slug)
	if err != nil {
		c.refuse(err)
		return
	}
	if version == t.Look.Version {
		c.set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.set("Cache-Control", "no-store")
	}
	c.write(200, "text/css; charset=utf-8", []byte(css(t)))
}

// logo answers /brand/<slug>/logo-<version>: the version is only there to be new.
func (c *call) logo(slug string) {
	t, err := c.app.house.BySlug(c.ctx, slug)
	if err != nil || c.site.kind == portal && slug != c.site.slug || t.Look.Logo == "" {
		c.refuse(desk.Missing())
		return
	}
	ctx, cancel := context.WithTimeout(c.ctx, readWithin)
	w := &Answer{call: c, Status: 200, release: cancel}
	c.set("Cache-Control", "public, max-age=31536000, immutable")
	if err := c.app.sendLogo(ctx, t, t.Look.Logo, w); err != nil {
		cancel()
		c.refuse(err)
	}
}

// css writes both themes. The slug was checked and colours are #rrggbb, made by
// the contrast guard: nothing of what a person typed stands in it.
func css(t tenants.Tenant) string {
	selector := `[data-tenant="` + t.Slug + `"]`
	dark := `:root[data-theme="dark"] ` + selector + `, :root[data-theme="dark"]` + selector
	return variables(selector, t.Look.Light) + variables(dark, t.Look.Dark)
}

func variables(selector string, a tenants.Accent) string {
	if !tenants.IsColour(a.Solid) {
		return ""
	}
	return fmt.Sprintf("%s { --t-solid: %s; --t-on: %s; --t-text: %s; --t-strip: %s; --t-tint: %s; }\n", selector, a.Solid, a.On, a.Text, a.Strip, a.Tint)
}
