// Package rota knows when people work, over all their tenants: the usual hours of
// a week in the person's own zone, the shifts made of them five weeks ahead,
// absences, and how many tickets a person takes at once.
//
// A person is one, whatever the number of tenants: a shift, an absence and a
// capacity hold in all of them. Who has no hours at all is always on shift,
// because nobody said when they are not.
//
// Owns: manydesk.shifts; the columns week and, together with it, time_zone of
// manydesk.users; the column capacity of manydesk.workload.
// Does not own: who may change them (apps/api asks tenants/access and
// tenants/people), the rest of a user (tenants/people), load and who is given
// what (desk/routing), what becomes of tickets when somebody goes (desk/flows).
package rota
