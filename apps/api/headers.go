package api

import "github.com/gofiber/fiber/v2"

// secureHeaders go out on every answer, refusals too.
func (a *App) secureHeaders(fc *fiber.Ctx, s site) {
	h := &fc.Response().Header
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=()")
	if a.places.secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
	switch s.kind {
	case filesHost:
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors "+a.framers())
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	default:
		h.Set("Content-Security-Policy", a.csp)
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
	}
}

// policy is the pages' Content-Security-Policy. There is no nonce: boot data is
// a data block, which the policy lets stand, and nothing inline ever runs.
func policy(p places) string {
	files := p.filesURL()
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: " + files +
		"; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src " + files +
		"; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

// framers may show a file in a frame: our own sites.
func (a *App) framers() string {
	scheme := a.places.origin.Scheme
	return a.places.consoleURL() + " " + scheme + "://*." + a.places.base + a.places.port
}
