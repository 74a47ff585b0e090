// Package processes is the work inside a ticket: a list of tasks, and templates of
// stages that are done one after another, some side by side.
//
// A stage is a row of tasks that says so; its tasks are rows under it. Whoever
// changes anything holds the ticket, and each act is a fact of the ticket. A
// process runs under the version with which it was started, and what of it a
// ticket's page shows stands in the ticket's own row.
//
// Owns: the spec of processes, tasks and stages (tasks), the facts of both.
// Does not own: the ticket and who has it (desk/tickets), what conditions mean
// (desk/conditions), working time (desk/sla), when a rule starts a process
// (desk/routing, desk/flows/triage).
package processes
