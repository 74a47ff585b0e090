package api

import (
	"bytes"
	"encoding/json"
	"html"
	"path"
	"strconv"
	"strings"

	"manydesk/desk"
)

// page answers everything that is not the API: the shells with their boot data,
// assets, brand colours, health.
func (c *call) page() {
	if c.unsafe() || c.method == "OPTIONS" {
		c.set("Allow", "GET, HEAD")
		c.refuse(desk.Refuse(desk.MethodNotAllowed))
		return
	}
	switch {
	case probe(c.path):
		c.health()
	case c.path == "/metrics" && c.operator():
		c.figures()
	case c.site.kind == filesHost:
		c.download()
	case c.site.kind == console:
		c.web(c.app.pages.console)
	case c.site.kind == portal:
		c.web(c.app.pages.portal)
	default:
		c.nobody()
	}
}

// web serves one of the two apps on its site.
func (c *call) web(b build) {
	if a := b.assets[c.path]; a != nil {
		c.asset(a)
		return
	}
	if name, ok := strings.CutPrefix(c.path, "/brand/"); ok {
		c.brandCSS(name)
		return
	}
	// What looks like a file and is none is never the shell: a script would get a page.
	if strings.HasPrefix(c.path, "/assets/") || path.Ext(c.path) != "" {
		c.refuse(desk.Missing())
		return
	}
	if err := c.recognise(); err != nil {
		c.refuse(err)
		return
	}
	shell, err := c.shell(b)
	if err != nil {
		c.refuse(err)
		return
	}
	if shell == nil {
		c.nobody()
		return
	}
	c.set("Cache-Control", "no-store")
	c.set("Content-Language", c.language)
	c.write(200, "text/html; charset=utf-8", shell)
}

// boot is what the page knows before its first request.
type boot struct {
	Site     string `json:"site"`
	Language string `json:"language"`
	Build    string `json:"build"`
	Session  any    `json:"session"`
	Tenant   any    `json:"tenant,omitempty"`
	First    any    `json:"first,omitempty"`
	Setup    bool   `json:"needs_setup,omitempty"`
}

// laidOut is a shell's variable part.
type laidOut struct {
	boot       boot
	attributes map[string]string
	title      string
	styles     string
}

// shell lays boot data into a page; nil when there is no such site.
func (c *call) shell(b build) ([]byte, error) {
	var l laidOut
	var err error
	if c.site.kind == portal {
		var found bool
		l, found, err = c.portalShell()
		if err == nil && !found {
			return nil, nil
		}
	} else {
		l, err = c.consoleShell()
	}
	if err != nil {
		return nil, err
	}
	l.boot.Site, l.boot.Language, l.boot.Build = c.site.kind.String(), c.language, c.app.config.Build
	fill(&l.boot)
	// json.Marshal escapes <, > and &, so that no text can end the data block.
	data, err := json.Marshal(l.boot)
	if err != nil {
		return nil, err
	}
	page := laid(b.shell, data, attributes(c.language, l.attributes))
	if l.title != "" {
		page = retitled(page, l.title)
	}
	if l.styles != "" {
		link := []byte(`<link rel="stylesheet" href="` + html.EscapeString(l.styles) + `"></head>`)
		page = bytes.Replace(page, []byte("</head>"), link, 1)
	}
	return page, nil
}

func attributes(language string, more map[string]string) string {
	var b strings.Builder
	b.WriteString(` lang="` + html.EscapeString(language) + `"`)
	for _, name := range []string{"data-theme", "data-density", "data-tenant"} {
		if v := more[name]; v != "" {
			b.WriteString(` ` + name + `="` + html.EscapeString(v) + `"`)
		}
	}
	return b.String()
}

func retitled(page []byte, title string) []byte {
	i, j := bytes.Index(page, []byte("<title>")), bytes.Index(page, []byte("</title>"))
	if i < 0 || j < i {
		return page
	}
	return bytes.Join([][]byte{page[:i], []byte("<title>" + html.EscapeString(title)), page[j:]}, nil)
}

// neutral says that nothing is here, and not what might have been.
const neutral = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
	`<title>404</title></head><body><main><h1>404</h1><p>Здесь ничего нет. <span lang="en">There is nothing here.</span></p></main></body></html>`

func (c *call) nobody() {
	c.set("Cache-Control", "no-store")
	c.write(404, "text/html; charset=utf-8", []byte(neutral))
}

// themed are the html attributes of a person's preferences.
func themed(prefs json.RawMessage) map[string]string {
	var p struct {
		Theme   string `json:"theme"`
		Density string `json:"density"`
	}
	if len(prefs) > 0 && json.Unmarshal(prefs, &p) != nil {
		p.Theme = ""
	}
	m := map[string]string{"data-theme": "light"}
	if p.Theme == "dark" || p.Theme == "system" {
		m["data-theme"] = p.Theme
	}
	if p.Density == "compact" {
		m["data-density"] = p.Density
	}
	return m
}

// brandHref is where a tenant's colours are.
func brandHref(slug string, version int) string {
	return "/brand/" + slug + "-" + strconv.Itoa(version) + ".css"
}
