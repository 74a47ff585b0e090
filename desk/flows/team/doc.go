// Package team is what becomes of work when the people who do it come and go:
// somebody goes absent, a shift ends, a member leaves, a group is emptied, the
// work with a vendor ends. Open tickets are given on or back by the tenant's
// rules, each with a fact that says why; nothing moves in silence.
//
// Of each person a tenant keeps one timer, at the next moment at which they come
// or go; a tenant whose people have no hours is never woken.
//
// Owns: the timer "rota", the jobs of this room, the fact group.emptied.
// Does not own: who gets a ticket instead (desk/routing, desk/flows/triage), when
// people work (tenants/rota), who they are (desk/staff), vendors (desk/customers).
package team
