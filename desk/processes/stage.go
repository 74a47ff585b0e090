package processes

import (
	"context"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// CompleteStage says that a stage of the process is done: the next begins, and
// those beside it; after the last one the process is done. What is done already is
// no change. The ticket stays open: whether it is resolved people decide.
//
// Rights: ticket.edit, or ticket.note for whoever the stage was given to. Errors:
// NotFound, Denied, ClosedIsFinal; StageNotOpen for one whose turn has not come;
// TasksOpen with the names of the tasks that it requires.
func (p *Processes) CompleteStage(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, key string) (*tickets.Ticket, error) {
	return p.tend(ctx, tx, ticket, func(ctx context.Context, b *board) error {
		stage := b.stage(key)
		if stage == nil {
			return desk.Missing()
		}
		if err := b.does(ctx, stage); err != nil {
			return err
		}
		switch stage.State {
		case Done:
			return nil
		case Waiting, Skipped:
			return desk.Refuse(desk.StageNotOpen, "stage", stage.In(tx.Actor().Language))
		case Open:
		}
		if left := required(b.tasks, stage, tx.Actor().Language); len(left) > 0 {
			return desk.Refuse(desk.TasksOpen, "tasks", strings.Join(left, ", "))
		}
		b.finish(stage, Done)
		b.c.Record(FactStageDone, false, tickets.Detail{Work: stage.about()})
		return b.advance(ctx)
	})
}

func (b *board) stage(key string) *Task {
	for _, s := range b.stages() {
		if s.Stage == key {
			return s
		}
	}
	return nil
}

// required are the names of the open tasks without which a stage is not done.
func required(all []*Task, stage *Task, language string) (names []string) {
	quoted := "“%s”"
	if language == "ru" {
		quoted = "«%s»"
	}
	for _, t := range under(all, stage) {
		if t.Required && t.State == Open {
			names = append(names, fmt.Sprintf(quoted, t.In(language)))
		}
	}
	return names
}

// advance begins what comes next, if nothing is open any more: the first stage
// whose condition holds and those beside it. Where there is none the process is done.
func (b *board) advance(ctx context.Context) error {
	stages := b.stages()
	for _, s := range stages {
		if s.State == Open {
			return nil
		}
	}
	if b.spec == nil {
		then, err := Kind.At(ctx, b.tx.ReadTx, b.sum.Key, b.sum.Version)
		if err != nil {
			return fmt.Errorf("read the process of then: %w", err)
		}
		b.spec = &then.Spec
	}
	begun := false
	for _, s := range stages {
		if s.State != Waiting {
			continue
		}
		if begun && !s.Beside {
			break
		}
		spec, _ := b.spec.stage(s.Stage)
		holds, err := b.p.around.Holds(ctx, b.tx.ReadTx, b.c, spec.When)
		if err != nil {
			return fmt.Errorf("stage %q: %w", s.Stage, err)
		}
		if !holds {
			b.finish(s, Skipped)
			b.c.RecordAs(automaton, FactStageSkipped, false, tickets.Detail{Work: s.about()})
			continue
		}
		if err := b.begin(ctx, s, spec, !begun); err != nil {
			return err
		}
		begun = true
	}
	if !begun {
		b.sum.Done = true
		b.c.RecordAs(automaton, FactDone, false, tickets.Detail{Work: &tickets.Work{Process: b.sum.Key, Name: b.sum.Name}})
	}
	return nil
}

// begin opens a stage and makes its tasks. The first of those side by side leads:
// the ticket goes to whom it names.
func (b *board) begin(ctx context.Context, s *Task, spec Stage, leads bool) error {
	who, err := colleague(ctx, b.tx.ReadTx, spec.Person)
	if err != nil {
		return err
	}
	s.State, s.Group = Open, spec.Group
	if who.Active {
		s.Assignee = spec.Person
	}
	if spec.Hours > 0 {
		b.due[s.ID] = time.Duration(spec.Hours) * time.Hour
	}
	b.touch(s)
	b.c.RecordAs(automaton, FactStageBegun, false, tickets.Detail{Work: s.about()})
	language := b.tx.Tenant().Language("")
	for _, step := range spec.Tasks {
		t := Task{Under: s.Stage, Run: s.Run, Title: step.Title.In(language), Words: step.Title, State: Open, Required: step.Required, Group: step.Group}
		if t.Group == "" {
			t.Group = s.Group
		}
		t.Assignee = s.Assignee
		if !step.Person.IsZero() {
			own, err := colleague(ctx, b.tx.ReadTx, step.Person)
			if err != nil {
				return err
			}
			t.Assignee = desk.UserID{}
			if own.Active {
				t.Assignee = step.Person
			}
		}
		b.add(t)
	}
	if !leads || spec.Group == "" && s.Assignee.IsZero() {
		return nil
	}
	return tickets.Hand(ctx, b.tx.ReadTx, b.c, automaton, spec.Group, s.Assignee, b.sum.Name.In(language)+": "+spec.Name.In(language))
}
