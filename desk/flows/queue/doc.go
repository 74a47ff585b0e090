// Package queue is the one list of work over all tenants that a person works in:
// what to do now, whose, and for which customer.
//
// It reads manydesk.ticket_index, which tickets write in their own statement, so
// there is nothing here to fall behind. Until the service clock runs, all tickets
// lie on calendar 0 in the order of tickets.Rank; the statement already merges
// any number of calendars by the working time that is left.
//
// Owns: the views, their order, their counts, taking the next ticket.
// Does not own: the rows (desk/tickets), whose tenants these are (tenants/people).
package queue
