package processes

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// NewTask is something to be done in a ticket.
type NewTask struct {
	Ticket tickets.Ref
	Title  string
	// Group, Person and Due are optional.
	Group  string
	Person desk.UserID
	Due    time.Time
}

// Add puts a task at the end of a ticket's list.
//
// Rights: ticket.edit. Errors: NotFound, Denied, ClosedIsFinal, LimitReached;
// ValidationFailed on "title", on "group" for an unknown one, on "assignee" for
// somebody who does not work here now.
func (p *Processes) Add(ctx context.Context, tx tenants.Tx, in NewTask) (*Task, error) {
	var made *Task
	_, err := p.tend(ctx, tx, in.Ticket, func(ctx context.Context, b *board) error {
		if err := b.edits(ctx); err != nil {
			return err
		}
		title := oneLine(in.Title)
		wrong, err := b.place(ctx, in.Group, in.Person)
		if err != nil {
			return err
		}
		if err := desk.Invalid(append(titled(title), wrong...)...); err != nil {
			return err
		}
		if len(b.tasks) >= most {
			return desk.Refuse(desk.LimitReached, "limit", most)
		}
		made = b.add(Task{Title: title, State: Open, Group: in.Group, Assignee: in.Person, DueAt: in.Due})
		b.c.Record(FactTaskAdded, false, tickets.Detail{Work: made.about()})
		return nil
	})
	return made, err
}
