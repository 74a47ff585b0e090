// Package events is the tenant's log of facts and the switchboard around it:
// what reacts to a change inside its transaction, and what must happen after
// the commit. Timeline, audit, clock and routing trace read the same rows.
//
// Owns: the table facts (its shape and the facts of every subject but tickets),
// the registration of reactions.
// Does not own: the facts of tickets, which desk/tickets writes in the ticket's
// own statement (their seq is the ticket's version); running the jobs (jobs);
// what a fact means (the noun that records it).
package events
