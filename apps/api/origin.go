package api

import (
	"net/url"
	"strings"

	"manydesk/desk"
)

// sameOrigin holds off other sites' pages without tokens: an unsafe request with
// a cookie must say that it comes from here. Portals are siblings of the
// console, so same-site is not enough; and silence, which the standard library's
// check lets pass, is refused.
func sameOrigin(method, fetchSite, origin, host string, cookie bool) error {
	switch method {
	case "GET", "HEAD", "OPTIONS":
		return nil
	}
	switch {
	case fetchSite == "same-origin" || fetchSite == "none":
		return nil
	case fetchSite != "":
		return desk.Refuse(desk.CrossOrigin)
	case origin != "":
		u, err := url.Parse(origin)
		if err != nil || !strings.EqualFold(u.Host, host) {
			return desk.Refuse(desk.CrossOrigin)
		}
		return nil
	case cookie:
		return desk.Refuse(desk.CrossOrigin)
	}
	return nil
}
