// Package joining is where a person and a tenant meet: an invitation accepted
// makes account, membership and staff row in one unit of work; an engagement
// offered, accepted, staffed and ended opens and closes a tenant to a provider's
// people; a new tenant gets its settings and its first owner.
//
// Owns: no table; the order in which both sides are written.
// Does not own: accounts, memberships and engagements (tenants/people), staff
// rows and roles (desk/staff), letters (desk/flows/notify).
package joining
