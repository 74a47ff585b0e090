package api

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// ProcessSpec is a template of stages that are done one after another.
type ProcessSpec struct {
	Name   Words          `json:"name"`
	Types  []string       `json:"types,omitempty" maxItems:"100" doc:"Of the tickets that it is offered for; none means all"`
	Stages []ProcessStage `json:"stages" maxItems:"100" doc:"In the order in which they are done"`
}

// ProcessStage is a part of the work that a group or a person does.
type ProcessStage struct {
	Key    string        `json:"key" maxLength:"40"`
	Name   Words         `json:"name"`
	Group  string        `json:"group,omitempty" maxLength:"40" doc:"Gets the ticket when the stage begins"`
	Person string        `json:"person,omitempty" maxLength:"60" doc:"Gets the ticket when the stage begins"`
	Hours  int           `json:"hours,omitempty" doc:"Working hours after which it is due, by the ticket's calendar"`
	When   Condition     `json:"when,omitzero" doc:"Asked as its turn comes; where it does not hold the stage is skipped"`
	Beside bool          `json:"beside,omitempty" doc:"Begins together with the stage before it"`
	Tasks  []ProcessTask `json:"tasks,omitempty" maxItems:"100" doc:"Made when the stage begins"`
}

// ProcessTask is a task that a stage makes.
type ProcessTask struct {
	Title    Words  `json:"title"`
	Required bool   `json:"required,omitempty" doc:"The stage is not done without it"`
	Group    string `json:"group,omitempty" maxLength:"40"`
	Person   string `json:"person,omitempty" maxLength:"60"`
}

// wrong refuses what is no condition and no id at all, before it is read as one.
func (b ProcessSpec) wrong() error {
	var wrong []desk.FieldError
	for i, s := range b.Stages {
		at := fmt.Sprintf("spec/stages/%d", i)
		_, bad := conditions.Read(s.When.raw, "/body/"+at+"/when")
		wrong = append(wrong, bad...)
		if s.Person != "" {
			wrong = append(wrong, personKey(at+"/person", s.Person)...)
		}
		for k, t := range s.Tasks {
			if t.Person != "" {
				wrong = append(wrong, personKey(fmt.Sprintf("%s/tasks/%d/person", at, k), t.Person)...)
			}
		}
	}
	return invalid(wrong)
}

func (a *App) processRoutes(r *Routes) {
	settingRoutes(a, r, &noun[processes.Process, ProcessSpec]{
		kind: processes.Kind, coll: "processes", one: "Process", many: "Processes", called: "processes", tag: "Tasks",
		name: func(p processes.Process) settings.Words { return p.Name }, check: checkProcess,
		uses: func(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
			return mentions(ctx, tx, "process")
		},
	})
}

// checkProcess names what a process says of the tenant's other settings that is not there.
func checkProcess(ctx context.Context, tx tenants.ReadTx, _ ProcessSpec, p processes.Process, live bool) ([]desk.FieldError, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	var named []desk.UserID
	for _, s := range p.Stages {
		named = append(named, s.Person)
		for _, t := range s.Tasks {
			named = append(named, t.Person)
		}
	}
	who, err := knownPeople(ctx, tx, named)
	if err != nil {
		return nil, err
	}
	for i, kind := range p.Types {
		if !b.option("type", kind) {
			b.refuse(fmt.Sprintf("types/%d", i), desk.UnknownID)
		}
	}
	for i, s := range p.Stages {
		at := fmt.Sprintf("stages/%d", i)
		b.wrong = append(b.wrong, b.words.Check(s.When, "/body/spec/"+at+"/when")...)
		b.people(at, who, addressed{group: s.Group, person: s.Person})
		for k, t := range s.Tasks {
			b.people(fmt.Sprintf("%s/tasks/%d", at, k), who, addressed{group: t.Group, person: t.Person})
		}
	}
	return b.wrong, nil
}
