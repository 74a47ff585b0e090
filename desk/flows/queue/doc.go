// Package queue is the one list of work over all tenants that a person works in:
// what to do now, whose, and for which customer.
//
// It reads manydesk.ticket_index, which tickets write in their own statement, so
// there is nothing here to fall behind. A row carries the reading of its calendar's
// working clock at its deadline, so that what is left is one subtraction, and the
// lists of any number of calendars are merged in one statement. What has no
// deadline lies on calendar 0 in the order of tickets.Rank.
//
// Owns: the views, their order, their counts, taking the next ticket, what people
// keep as views of their own or share (manydesk.views).
// Does not own: the rows (desk/tickets), whose tenants these are (tenants/people).
package queue
