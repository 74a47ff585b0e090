// Package macros is what a tenant's people do often with a ticket, kept under a
// name: one act instead of five.
//
// A macro says what to do in the actions of triggers, but for those that speak to
// others than the ticket's own people, and never applies a macro: so none goes
// round in circles.
//
// Owns: the spec of macros.
// Does not own: what actions mean (desk/triggers), how they are done and where
// a macro is offered (desk/flows/automate).
package macros
