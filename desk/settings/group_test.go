package settings

import (
	"errors"
	"testing"

	"manydesk/desk"
)

func TestAGroupSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	name := Words{RU: "Первая", EN: "First"}
	for at, g := range map[string]Group{
		"name/ru":  {Name: Words{EN: "First"}},
		"line":     {Name: name, Line: 4},
		"calendar": {Name: name, Calendar: "Не ключ"},
		"limit":    {Name: name, Limit: -1},
	} {
		var e *desk.Error
		if err := g.Validate(); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Pointer != "/body/"+at {
			t.Errorf("%s: %+v", at, err)
		}
	}
	if err := (Group{Name: name, Line: 2, Calendar: "day_1", Limit: 12, Queue: true}).Validate(); err != nil {
		t.Error(err)
	}
	if err := (Skill{Name: name}).Validate(); err != nil {
		t.Error(err)
	}
	if err := (Skill{}).Validate(); err == nil {
		t.Error("a skill without a name passes")
	}
}
