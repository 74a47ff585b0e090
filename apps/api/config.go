package api

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Config is what the edge is told about the world around it.
type Config struct {
	// Public is the console's own address, "https://desk.example.com" or
	// "http://localhost:8080". Its scheme decides about cookies and HSTS.
	Public string
	// Base is the domain under which portals (<slug>.<base>) and files
	// (files.<base>) live; empty means the console's host.
	Base string
	// Aliases are further hosts of the console.
	Aliases []string
	// Proxies may speak for others in X-Forwarded-For; nobody else is believed.
	Proxies []netip.Prefix
	// Drain is how long /readyz says no before streams are told to go; 0 means 3 s.
	Drain time.Duration
	// Build names the version in the boot data.
	Build string
	// Upload bounds one file; 0 means files.DefaultLimit.
	Upload int64
	// Quotas multiplies every rate limit, for load tests; 0 means 1.
	Quotas int
}

// places is Config, read.
type places struct {
	secure  bool
	origin  *url.URL
	port    string
	base    string
	console map[string]bool
	files   string
}

func (c Config) read() (places, error) {
	u, err := url.Parse(c.Public)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return places{}, fmt.Errorf("public address %q is not http(s)://host", c.Public)
	}
	p := places{secure: u.Scheme == "https", origin: u, base: strings.ToLower(c.Base), console: map[string]bool{}}
	if u.Port() != "" {
		p.port = ":" + u.Port()
	}
	if p.base == "" {
		p.base = strings.ToLower(u.Hostname())
	}
	p.console[strings.ToLower(u.Hostname())] = true
	for _, a := range c.Aliases {
		p.console[strings.ToLower(a)] = true
	}
	p.files = "files." + p.base
	return p, nil
}

// portalURL is where a tenant's clients go.
func (p places) portalURL(slug string) string {
	return p.origin.Scheme + "://" + slug + "." + p.base + p.port
}

// consoleURL is the console's address without a slash at its end.
func (p places) consoleURL() string { return p.origin.Scheme + "://" + p.origin.Host }

// filesURL is where downloads come from: a host without cookies.
func (p places) filesURL() string { return p.origin.Scheme + "://" + p.files + p.port }

// cookie is the name of the session's cookie.
func (p places) cookie() string {
	if p.secure {
		return "__Host-manydesk"
	}
	return "manydesk"
}
