package processes

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Edit changes a task. Nil leaves a thing as it is; zero takes it away.
type Edit struct {
	Ticket  tickets.Ref
	Task    desk.TaskID
	Version int
	Title   *string
	Group   *string
	Person  *desk.UserID
	Due     *time.Time
}

// Change changes what a task is called, who has it and when it is due.
//
// Rights: ticket.edit. Errors: NotFound, Denied, ClosedIsFinal; ChangedMeanwhile
// when the task is not at Version; ValidationFailed as of Add.
func (p *Processes) Change(ctx context.Context, tx tenants.Tx, in Edit) (*Task, error) {
	var is *Task
	_, err := p.tend(ctx, tx, in.Ticket, func(ctx context.Context, b *board) (err error) {
		if is, err = b.find(in.Task); err != nil {
			return err
		}
		if err := b.edits(ctx); err != nil {
			return err
		}
		if in.Version != is.Version {
			return desk.Refuse(desk.ChangedMeanwhile).With("current", is.Version)
		}
		return b.change(ctx, is, in)
	})
	return is, err
}

func (b *board) change(ctx context.Context, t *Task, in Edit) error {
	was := *t
	var wrong []desk.FieldError
	if in.Title != nil {
		title := oneLine(*in.Title)
		wrong = titled(title)
		if title != t.Title && title != t.In(b.tx.Actor().Language) {
			t.Title, t.Words = title, settings.Words{}
		}
	}
	var group string
	var to desk.UserID
	if in.Group != nil && *in.Group != t.Group {
		group, t.Group = *in.Group, *in.Group
	}
	if in.Person != nil && *in.Person != t.Assignee {
		to, t.Assignee = *in.Person, *in.Person
	}
	bad, err := b.place(ctx, group, to)
	if err != nil {
		return err
	}
	if err := desk.Invalid(append(wrong, bad...)...); err != nil {
		return err
	}
	if in.Due != nil {
		t.DueAt = *in.Due
	}
	d := tickets.Detail{Work: t.about()}
	if d.Changes, err = b.differences(ctx, &was, t); err != nil || len(d.Changes) == 0 {
		return err
	}
	b.touch(t)
	b.c.Record(FactTaskChanged, false, d)
	return nil
}

// differences are named apart from those of the ticket itself, so that whoever
// changes a task is in nobody's way who changes the ticket.
func (b *board) differences(ctx context.Context, was, is *Task) ([]tickets.FieldChange, error) {
	var all []tickets.FieldChange
	if was.Title != is.Title {
		all = append(all, tickets.FieldChange{Field: "task.title", From: was.Title, To: is.Title})
	}
	if was.Group != is.Group {
		all = append(all, tickets.FieldChange{Field: "task.group", From: word(was.Group), To: word(is.Group)})
	}
	if was.Assignee != is.Assignee {
		from, err := colleague(ctx, b.tx.ReadTx, was.Assignee)
		if err != nil {
			return nil, err
		}
		to, err := colleague(ctx, b.tx.ReadTx, is.Assignee)
		if err != nil {
			return nil, err
		}
		all = append(all, tickets.FieldChange{Field: "task.assignee", From: public(was.Assignee), To: public(is.Assignee), FromName: from.Name, ToName: to.Name})
	}
	if !was.DueAt.Equal(is.DueAt) {
		all = append(all, tickets.FieldChange{Field: "task.due_at", From: instant(was.DueAt), To: instant(is.DueAt)})
	}
	return all, nil
}

// public shows an id, null for the absent one.
func public(id desk.UserID) any {
	if id.IsZero() {
		return nil
	}
	return id.String()
}
