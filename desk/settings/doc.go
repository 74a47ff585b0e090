// Package settings publishes what a tenant has agreed on: ticket types, fields,
// the workflow, roles, groups, brand. A setting is a config row of a kind and a
// key; a published version never changes, a new one takes its place, and every
// process sees it within a second by the tenant's config_version.
//
// Owns: the tenant's table config; drafts, publishing, versions, comparison,
// restoring; the specs that a new tenant begins with.
// Does not own: what a kind means (each noun has its own Go type where it is
// used by one noun only), who holds which right (tenants/access), the secrets'
// encryption (tenants).
package settings
