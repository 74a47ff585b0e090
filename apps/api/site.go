package api

import "strings"

// siteKind is what a host shows.
type siteKind uint8

const (
	nowhere siteKind = iota
	console
	portal
	filesHost
)

func (k siteKind) String() string { return [...]string{"none", "console", "portal", "files"}[k] }

// site is a host and, for a portal, whose it is.
type site struct {
	kind siteKind
	slug string
	host string
}

// siteOf reads the Host header alone; what a proxy forwards never chooses a site.
func (p places) siteOf(header string) site {
	host := strings.ToLower(header)
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	host = strings.TrimSuffix(host, ".")
	switch slug, sub := strings.CutSuffix(host, "."+p.base); {
	case p.console[host]:
		return site{kind: console, host: host}
	case host == p.files:
		return site{kind: filesHost, host: host}
	case sub && slugs.MatchString(slug):
		return site{kind: portal, slug: slug, host: host}
	default:
		return site{host: host}
	}
}
