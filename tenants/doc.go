// Package tenants is the only door to the databases: the registry of tenants
// and their cells, the making and upgrading of schemas, and the handle without
// which no row can be read or written.
//
// Owns: manydesk.cells, tenants, entry_points, signing_keys, migrations,
// idempotency, packs, pack_uses; the pools; the unit of work; tenants' schemas
// as a whole.
// Does not own: what lies in a tenant's tables (the nouns), who may do what
// (tenants/access), who signs in (tenants/people).
package tenants
