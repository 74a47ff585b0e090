package processes

import (
	"context"

	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Work is what is to be done in a ticket, and how far it is.
type Work struct {
	Ticket  *tickets.Ticket
	Summary Summary
	// Tasks are in their order, those of a process under its stages; those of one
	// that was replaced are left out unless they are done.
	Tasks []*Task
	// Stages are those of the process that was started last.
	Stages []Progress
}

// Progress is a stage with how many of its tasks are left.
type Progress struct {
	*Task
	Count
}

// List reads the work of a ticket.
//
// Rights: ticket.read. Errors: NotFound.
func (p *Processes) List(ctx context.Context, tx tenants.ReadTx, ticket tickets.Ref) (*Work, error) {
	t, err := p.tickets.Get(ctx, tx, ticket)
	if err != nil {
		return nil, err
	}
	w := &Work{Ticket: t}
	if w.Summary, err = Of(t); err != nil || len(t.Process) == 0 {
		return w, err
	}
	all, err := read(ctx, tx, t.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.Stage == "" && t.State != Skipped {
			w.Tasks = append(w.Tasks, t)
		}
	}
	for _, s := range stagesOf(all, w.Summary.Run) {
		progress := Progress{Task: s}
		for _, t := range under(all, s) {
			progress.Total++
			if t.State == Open {
				progress.Open++
			}
		}
		w.Stages = append(w.Stages, progress)
	}
	return w, nil
}

// Open reports whether a stage that a task belongs to is over, so that it cannot
// be taken up again; true for a task of its own.
func (w *Work) Open(t *Task) bool {
	if t.Under == "" {
		return true
	}
	for _, s := range w.Stages {
		if s.Stage == t.Under && s.Run == t.Run {
			return s.State == Open
		}
	}
	return false
}
