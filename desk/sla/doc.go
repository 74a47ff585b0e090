// Package sla is the service clock: when something is due by a calendar of
// working time, and why. Its arithmetic is pure: instants and calendars in,
// instants and reasons out; no storage, no clock of its own.
//
// The one rule: a moment is working time if its local wall-clock time lies in an
// interval of its local date. So an hour that is repeated in autumn counts twice,
// one that is skipped in spring not at all, and zones that move by half an hour
// need no case of their own.
//
// Owns: calendars and their working time, deadlines with the segments that explain them.
// Does not own: tickets and their facts (desk/tickets), timers (jobs), whose
// calendar and which target it is (policies are conditions, desk/conditions).
package sla
