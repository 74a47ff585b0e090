// Package triggers is what a tenant has agreed shall happen by itself: at an
// event or so long after one, under conditions, these actions.
//
// No trigger goes round in circles, by construction: what a trigger causes carries
// the chain of triggers that led to it, a trigger never fires twice in one chain
// nor in any two that began with the same fact, and a chain ends at MaxChain. So
// one thing that happens makes each trigger fire once at most.
//
// Owns: the spec of triggers, which of them an event asks, the log of runs
// (trigger_runs).
// Does not own: what conditions mean (desk/conditions), how an action is done
// (desk/flows/triggers), the ticket (desk/tickets).
package triggers
