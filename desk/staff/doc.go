// Package staff knows who works in a tenant, its own people and a provider's:
// their roles, their groups, whether they still do. It also keeps the tenant's
// own roles.
//
// A member's life: they join (an invitation accepted, an engagement staffed),
// are changed, leave, and may come back to the same row, because the facts of
// years name them.
//
// Owns: the tenant's table staff; the verbs on config rows of kind "role"; the
// rule that a tenant keeps an owner.
// Does not own: who may sign in and open the tenant (tenants/people), what a
// role allows (tenants/access), the joining of both sides (desk/flows/joining).
package staff
