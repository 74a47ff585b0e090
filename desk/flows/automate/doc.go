// Package automate does what the tenant's triggers say: it hears of every change
// of a ticket inside the change itself, and acts after it, in a unit of its own.
// And it does what a macro says, for a trigger or for the person who applies it:
// theirs is one unit, done wholly by their own rights or not at all.
//
// A tenant without triggers costs nothing: what they are is read from memory, and
// no job is left behind. What a trigger does is done by the same verbs that people
// use, under the automaton's rights, and carries the chain of triggers that led to
// it; so that no two of them go round in circles (desk/triggers.May).
//
// Owns: when triggers are asked, where macros are offered, what their actions do,
// the timers "trigger:*".
// Does not own: the specs and the log (desk/triggers, desk/macros), the verbs
// (desk/tickets), task lists (desk/processes), how
// people and systems are told (desk/flows/notify, desk/flows/webhooks).
package automate
