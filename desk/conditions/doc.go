// Package conditions is the one language of conditions: routing rules, service
// levels and their exceptions, triggers, saved views and forms all speak it. A
// condition is a Tree of typed comparisons. It is evaluated in Go on one ticket,
// compiled to SQL for lists and dry runs, explained to people in Russian and
// English with the values seen, written as the text of a filter, and edited in
// the builder; all of these mean the same.
//
// Two rules keep Go and SQL equal. What is empty satisfies no positive
// comparison and every negative one (is_not, not_in, has_none …), so there is no
// third truth value anywhere; an unanswered yes or no is a no. And texts are
// compared without regard to case and to ё or е, as manydesk.fold does.
//
// Owns: the form of conditions, the fields of tickets as conditions see them,
// checking, evaluation, SQL, explanation and text form.
// Does not own: where values come from (the caller's Values), calendars (desk/sla;
// the little of them that a condition asks is Hours), the rules that hold
// conditions, who may edit them.
package conditions
