package processes

import "manydesk/desk/tickets"

// The facts of the work in a ticket. Clients see none of them.
const (
	FactStarted      = "process.started"
	FactDone         = "process.done"
	FactStageBegun   = "stage.begun"
	FactStageDone    = "stage.done"
	FactStageSkipped = "stage.skipped"
	FactTaskAdded    = "task.added"
	FactTaskChanged  = "task.changed"
	FactTaskDone     = "task.done"
	FactTaskReopened = "task.reopened"
	FactTaskRemoved  = "task.removed"
)

// Facts lists them.
func Facts() []string {
	return []string{
		FactStarted, FactDone, FactStageBegun, FactStageDone, FactStageSkipped,
		FactTaskAdded, FactTaskChanged, FactTaskDone, FactTaskReopened, FactTaskRemoved,
	}
}

// about is what a fact says of a task or a stage.
func (t *Task) about() *tickets.Work {
	w := &tickets.Work{Stage: t.Stage, Name: t.Words}
	if t.Stage == "" {
		w.Task, w.Stage = t.ID, t.Under
	}
	if w.Name.RU == "" && w.Name.EN == "" {
		w.Title = t.Title
	}
	return w
}
