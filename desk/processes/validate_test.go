package processes_test

import (
	"errors"
	"fmt"
	"testing"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
)

func TestAProcessNamesEachOfItsWrongFields(t *testing.T) {
	t.Parallel()
	stage := func(change func(s *processes.Stage)) processes.Process {
		s := processes.Stage{Key: "look", Name: named("Осмотр")}
		change(&s)
		return processes.Process{Name: named("Возврат"), Stages: []processes.Stage{s}}
	}
	for _, one := range []struct {
		spec processes.Process
		at   string
		code desk.FieldCode
	}{
		{processes.Process{Stages: returns().Stages}, "name/en", desk.Required},
		{processes.Process{Name: named("Пустой")}, "stages", desk.Required},
		{processes.Process{Name: named("Длинный"), Stages: make([]processes.Stage, processes.MaxStages+1)}, "stages", desk.MaxItems},
		{stage(func(s *processes.Stage) { s.Key = "Осмотр" }), "stages/0/key", desk.Pattern},
		{stage(func(s *processes.Stage) { s.Name = settings.Words{} }), "stages/0/name/ru", desk.Required},
		{stage(func(s *processes.Stage) { s.Hours = -1 }), "stages/0/hours", desk.Minimum},
		{stage(func(s *processes.Stage) { s.Hours = 100_000 }), "stages/0/hours", desk.Maximum},
		{stage(func(s *processes.Stage) { s.Beside = true }), "stages/0/beside", desk.UnknownField},
		{stage(func(s *processes.Stage) { s.Tasks = make([]processes.Step, 31) }), "stages/0/tasks", desk.MaxItems},
		{stage(func(s *processes.Stage) { s.Tasks = []processes.Step{{}} }), "stages/0/tasks/0/title/en", desk.Required},
		{processes.Process{Name: named("Дважды"), Stages: append(returns().Stages, returns().Stages[0])}, "stages/4/key", desk.Unique},
	} {
		var e *desk.Error
		if !errors.As(one.spec.Validate(), &e) {
			t.Errorf("%s: nothing is refused", one.at)
			continue
		}
		found := false
		for _, f := range e.Fields {
			found = found || f.Pointer == "/body/spec/"+one.at && f.Code == one.code
		}
		if !found {
			t.Errorf("%s %s is not among %s", one.at, one.code, fmt.Sprint(e.Fields))
		}
	}
	if err := returns().Validate(); err != nil {
		t.Errorf("a sound one is refused: %v", err)
	}
}
