// Package api is HTTP in and out: every route is data plus a verb of another
// room, and what it needs (who may, how much, how long) is said, not coded.
//
// Owns: Fiber and huma, sites by host, credentials on the wire, problems and
// their statuses, idempotency keys, ETags, cursors, the live stream, the pages
// that carry the web apps, the two OpenAPI documents.
// Does not own: any rule of a noun, any table but idempotency, any word of a screen.
package api
