// Package triage is what happens to a ticket by agreement and not by hand: its
// clocks are started, paused, met and moved with every change, and acted upon
// when a moment of theirs comes.
//
// A change of a ticket comes by before it is kept (Opened, Changed): the events
// of the clock go into the change's own fact, their fold into tickets.clock, the
// next moment into the ticket's timer, the deadline into the worklist. So a clock
// is true whenever its ticket is.
//
// Owns: tickets.clock, due_at, first_due_at, resolve_due_at, the timer "clock",
// the facts sla.*; previews, trials and recalculations.
// Does not own: the arithmetic and the agreements (desk/sla), the ticket
// (desk/tickets), how people are told (desk/flows/notify).
package triage
