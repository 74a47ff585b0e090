package macros_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/macros"
	"manydesk/desk/settings"
	"manydesk/desk/triggers"
)

func TestAMacroIsCheckedWholly(t *testing.T) {
	t.Parallel()
	name := settings.Words{RU: "Принтер", EN: "Printer"}
	tag := triggers.Action{Kind: triggers.Tag, Add: []string{"принтер"}}
	for what, c := range map[string]struct {
		macro macros.Macro
		wrong []string
	}{
		"sound":               {macros.Macro{Name: name, Actions: []triggers.Action{tag, {Kind: triggers.CreateTask, Text: name, UntilHours: 4}}}, nil},
		"no name, no actions": {macros.Macro{}, []string{"/body/spec/name", "/body/spec/actions"}},
		"words too long": {
			macros.Macro{Name: settings.Words{RU: strings.Repeat("я", 81)}, Hint: settings.Words{EN: strings.Repeat("x", 301)}, Actions: []triggers.Action{tag}},
			[]string{"/body/spec/name/ru", "/body/spec/hint/en"},
		},
		"it calls nobody and applies no macro": {
			macros.Macro{Name: name, Actions: []triggers.Action{
				{Kind: triggers.Webhook, URL: "https://a.example"}, {Kind: triggers.Tell, Assignee: true}, {Kind: triggers.ApplyMacro, Macro: "x"},
			}},
			[]string{"/body/spec/actions/0/kind", "/body/spec/actions/1/kind", "/body/spec/actions/2/kind"},
		},
		"a task without a title": {
			macros.Macro{Name: name, Actions: []triggers.Action{{Kind: triggers.CreateTask}, {Kind: triggers.CreateTask, Text: name, UntilHours: -1}}},
			[]string{"/body/spec/actions/0/text", "/body/spec/actions/1/until_hours"},
		},
	} {
		var got []string
		var refused *desk.Error
		if err := c.macro.Validate(); errors.As(err, &refused) {
			for _, f := range refused.Fields {
				got = append(got, f.Pointer)
			}
		}
		if !slices.Equal(got, c.wrong) {
			t.Errorf("%s: wrong are %v, want %v", what, got, c.wrong)
		}
	}
}
