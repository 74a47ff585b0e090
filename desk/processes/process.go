package processes

import (
	"slices"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
)

// Kind are the tenant's processes, in the order in which they are offered.
var Kind = settings.For[Process]("process")

// Process is a template of stages.
type Process struct {
	Name settings.Words `json:"name"`
	// Types are those of the tickets that it is offered for; none means all.
	Types []string `json:"types,omitempty"`
	// Stages are done in their order.
	Stages []Stage `json:"stages"`
}

// Stage is a part of the work that a group or a person does.
type Stage struct {
	Key  string         `json:"key"`
	Name settings.Words `json:"name"`
	// Group and Person get the ticket when the stage begins.
	Group  string      `json:"group,omitempty"`
	Person desk.UserID `json:"person,omitzero"`
	// Hours of working time after which it is due, by the ticket's calendar; 0 is never.
	Hours int `json:"hours,omitempty"`
	// When is asked as the stage's turn comes: where it does not hold, it is skipped.
	When conditions.Tree `json:"when,omitzero"`
	// Beside begins it together with the stage before it.
	Beside bool   `json:"beside,omitempty"`
	Tasks  []Step `json:"tasks,omitempty"`
}

// Step is a task that is made when its stage begins.
type Step struct {
	Title settings.Words `json:"title"`
	// Required keeps the stage open until it is done.
	Required bool `json:"required,omitempty"`
	// Group and Person are the stage's where they are empty.
	Group  string      `json:"group,omitempty"`
	Person desk.UserID `json:"person,omitzero"`
}

// For reports whether the process is offered for tickets of a type.
func (p *Process) For(kind string) bool {
	return len(p.Types) == 0 || slices.Contains(p.Types, kind)
}

// stage gives a stage by its key.
func (p *Process) stage(key string) (Stage, bool) {
	i := slices.IndexFunc(p.Stages, func(s Stage) bool { return s.Key == key })
	if i < 0 {
		return Stage{}, false
	}
	return p.Stages[i], true
}
