package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// TaskPath names a task of a ticket.
type TaskPath struct {
	TicketPath
	ID string `path:"id" maxLength:"60"`
}

func (p TaskPath) task() (id desk.TaskID, err error) {
	if id.UnmarshalText([]byte(p.ID)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

type newTaskIn struct {
	TicketPath
	Body struct {
		Title    string     `json:"title" maxLength:"2000"`
		Group    string     `json:"group,omitempty" maxLength:"40"`
		Assignee string     `json:"assignee,omitempty" maxLength:"60" doc:"A member's id, or me"`
		DueAt    *time.Time `json:"due_at,omitempty"`
	}
}

type taskEditIn struct {
	TaskPath
	IfMatch
	Body struct {
		Title    Maybe[string]    `json:"title,omitzero"`
		Group    Maybe[string]    `json:"group,omitzero"`
		Assignee Maybe[string]    `json:"assignee,omitzero" doc:"A member's id, or me; null takes it from everybody"`
		DueAt    Maybe[time.Time] `json:"due_at,omitzero"`
	}
}

type taskGoneIn struct {
	TaskPath
	IfMatch
}

type processIn struct {
	TicketPath
	Body struct {
		Key     string `json:"key" minLength:"1" maxLength:"40"`
		Replace bool   `json:"replace,omitempty" doc:"Instead of the process that is on its way"`
		Reason  string `json:"reason,omitempty" maxLength:"1000"`
	}
}

// StagePath names a stage of a ticket's process.
type StagePath struct {
	TicketPath
	Key string `path:"key" maxLength:"40"`
}

// takesPart are the rights of whoever may do something about the work in a ticket.
var takesPart = []access.Permission{access.TicketEdit, access.TicketNote}

func (a *App) taskRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/tickets/{number}"
	op := func(id, summary string, needs []access.Permission, o Op) Op {
		o.ID, o.Summary, o.Tag, o.Needs = id, summary, "Tasks", needs
		return o
	}
	reads, edits := []access.Permission{access.TicketRead}, []access.Permission{access.TicketEdit}
	view(r, "GET "+at+"/tasks", op("listTicketTasks", "What is to be done in a ticket, in order", reads, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*List[TicketTask], error) {
			b, err := a.workbench(ctx, tx, in.Number)
			if err != nil {
				return nil, err
			}
			return b.tasks(), nil
		})
	act(r, "POST "+at+"/tasks", op("addTicketTask", "Put a task on the list", edits, Op{Answers: 201, Errors: []desk.Code{desk.ClosedIsFinal, desk.LimitReached}}), a.addTask)
	act(r, "PATCH "+at+"/tasks/{id}", op("changeTicketTask", "Change what a task is called, who has it, when it is due", edits, Op{Errors: []desk.Code{desk.ClosedIsFinal}}), a.changeTask)
	act(r, "DELETE "+at+"/tasks/{id}", op("removeTicketTask", "Take a task off the list", edits, Op{Errors: []desk.Code{desk.ClosedIsFinal, desk.InUse}}),
		func(ctx context.Context, tx tenants.Tx, in *taskGoneIn) (Nothing, error) {
			id, err := in.task()
			if err != nil {
				return Nothing{}, err
			}
			return Nothing{}, a.Processes.Remove(ctx, tx, tickets.Number(in.Number), id, in.Version())
		})
	act(r, "PUT "+at+"/tasks/{id}/completion", op("completeTicketTask", "Say that a task is done", takesPart, Op{Errors: []desk.Code{desk.ClosedIsFinal}}),
		func(ctx context.Context, tx tenants.Tx, in *TaskPath) (*TicketTask, error) {
			return a.marked(ctx, tx, in, a.Processes.Complete)
		})
	act(r, "DELETE "+at+"/tasks/{id}/completion", op("reopenTicketTask", "Take back that a task is done", takesPart, Op{Errors: []desk.Code{desk.ClosedIsFinal, desk.StageNotOpen}}),
		func(ctx context.Context, tx tenants.Tx, in *TaskPath) (*TicketTask, error) {
			return a.marked(ctx, tx, in, a.Processes.Reopen)
		})
	view(r, "GET "+at+"/stages", op("listTicketStages", "How far the process of a ticket is", reads, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*TicketStages, error) {
			return a.stages(ctx, tx, in.Number)
		})
	act(r, "PUT "+at+"/process", op("startTicketProcess", "Begin a process in a ticket", edits, Op{Errors: []desk.Code{desk.ClosedIsFinal, desk.ProcessRuns}}),
		func(ctx context.Context, tx tenants.Tx, in *processIn) (*TicketStages, error) {
			start := a.Processes.Start
			if in.Body.Replace {
				start = a.Processes.Replace
			}
			if _, err := start(ctx, tx, tickets.Number(in.Number), in.Body.Key, in.Body.Reason); err != nil {
				return nil, err
			}
			return a.stages(ctx, tx.ReadTx, in.Number)
		})
	act(r, "PUT "+at+"/stages/{key}/completion", op("completeTicketStage", "Say that a stage is done; the next begins", takesPart, Op{Errors: []desk.Code{desk.ClosedIsFinal, desk.StageNotOpen, desk.TasksOpen}}),
		func(ctx context.Context, tx tenants.Tx, in *StagePath) (*TicketStages, error) {
			if _, err := a.Processes.CompleteStage(ctx, tx, tickets.Number(in.Number), in.Key); err != nil {
				return nil, err
			}
			return a.stages(ctx, tx.ReadTx, in.Number)
		})
}

func (a *App) stages(ctx context.Context, tx tenants.ReadTx, number int64) (*TicketStages, error) {
	b, err := a.workbench(ctx, tx, number)
	if err != nil {
		return nil, err
	}
	return b.stages(ctx, tx)
}

// shownTask shows a task as this unit of work left it.
func (a *App) shownTask(ctx context.Context, tx tenants.Tx, number int64, t *processes.Task, err error) (*TicketTask, error) {
	if err != nil {
		return nil, err
	}
	b, err := a.workbench(ctx, tx.ReadTx, number)
	if err != nil {
		return nil, err
	}
	return b.one(t.ID)
}

func (a *App) addTask(ctx context.Context, tx tenants.Tx, in *newTaskIn) (*TicketTask, error) {
	to, err := whoTakes(tx.Actor(), in.Body.Assignee)
	if err != nil {
		return nil, err
	}
	task := processes.NewTask{Ticket: tickets.Number(in.Number), Title: in.Body.Title, Group: in.Body.Group, Person: to}
	if in.Body.DueAt != nil {
		task.Due = in.Body.DueAt.UTC()
	}
	made, err := a.Processes.Add(ctx, tx, task)
	return a.shownTask(ctx, tx, in.Number, made, err)
}

func (a *App) changeTask(ctx context.Context, tx tenants.Tx, in *taskEditIn) (*TicketTask, error) {
	id, err := in.task()
	if err != nil {
		return nil, err
	}
	e := processes.Edit{Ticket: tickets.Number(in.Number), Task: id, Version: in.Version()}
	if m := in.Body.Title; m.Set {
		e.Title = &m.Value
	}
	if m := in.Body.Group; m.Set {
		e.Group = &m.Value
	}
	if m := in.Body.Assignee; m.Set {
		to, err := whoTakes(tx.Actor(), m.Value)
		if err != nil {
			return nil, err
		}
		e.Person = &to
	}
	if m := in.Body.DueAt; m.Set {
		due := m.Value
		if !m.Null {
			due = due.UTC()
		}
		e.Due = &due
	}
	is, err := a.Processes.Change(ctx, tx, e)
	return a.shownTask(ctx, tx, in.Number, is, err)
}

// whoTakes reads an id, or me; nobody for the empty text.
func whoTakes(me desk.Actor, text string) (id desk.UserID, err error) {
	switch {
	case text == "":
	case text == "me":
		id = me.User()
	case id.UnmarshalText([]byte(text)) != nil || id.IsZero():
		return id, desk.Invalid(desk.Field("assignee", desk.UnknownID))
	}
	return id, nil
}

// mark is Complete or Reopen.
type mark func(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, task desk.TaskID) (*processes.Task, error)

func (a *App) marked(ctx context.Context, tx tenants.Tx, in *TaskPath, as mark) (*TicketTask, error) {
	id, err := in.task()
	if err != nil {
		return nil, err
	}
	t, err := as(ctx, tx, tickets.Number(in.Number), id)
	return a.shownTask(ctx, tx, in.Number, t, err)
}
