// Package routing decides who gets a ticket, and says why.
//
// Owns: the rules and what may be wrong with them, the decision over values, the
// choice among people, rules that can never be reached; the reading of people's
// load, shifts and skills; the order in which loads are locked (workload).
// Does not own: when a ticket is routed and what is stored of it
// (desk/flows/triage), loads themselves (desk/tickets keeps them with each
// ticket), conditions (desk/conditions), shifts (tenants/people), groups and
// skills as settings (desk/settings).
package routing
