// Package ticketstest is a small world for tests around tickets: a tenant with
// its defaults, people with roles, a clock that is set by hand, and a wire that
// counts round trips.
//
// Owns: the world.
// Does not own: any rule of tickets.
package ticketstest
