package processes

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// The most that a process has.
const (
	MaxStages = 20
	MaxSteps  = 30

	maxTypes = 50
	maxHours = 366 * 24
	maxName  = 80
	maxTitle = 200
)

var keys = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (p Process) Validate() error {
	c := &checker{}
	c.named("name", p.Name, maxName)
	if len(p.Types) > maxTypes {
		c.refuse("types", desk.MaxItems, "max", maxTypes)
	}
	switch {
	case len(p.Stages) == 0:
		c.refuse("stages", desk.Required)
	case len(p.Stages) > MaxStages:
		c.refuse("stages", desk.MaxItems, "max", MaxStages)
		return desk.Invalid(c.wrong...)
	}
	seen := map[string]bool{}
	for i := range p.Stages {
		c.stage(fmt.Sprintf("stages/%d", i), &p.Stages[i], seen)
	}
	if len(p.Stages) > 0 && p.Stages[0].Beside {
		c.refuse("stages/0/beside", desk.UnknownField) // nothing begins before the first
	}
	return desk.Invalid(c.wrong...)
}

type checker struct{ wrong []desk.FieldError }

func (c *checker) refuse(at string, code desk.FieldCode, params ...any) {
	c.wrong = append(c.wrong, desk.Field("spec/"+at, code, params...))
}

func (c *checker) named(at string, name settings.Words, most int) {
	for _, one := range []struct{ language, text string }{{"en", name.EN}, {"ru", name.RU}} {
		switch {
		case strings.TrimSpace(one.text) == "":
			c.refuse(at+"/"+one.language, desk.Required)
		case utf8.RuneCountInString(one.text) > most:
			c.refuse(at+"/"+one.language, desk.MaxLength, "max", most)
		}
	}
}

func (c *checker) stage(at string, s *Stage, seen map[string]bool) {
	switch {
	case !keys.MatchString(s.Key):
		c.refuse(at+"/key", desk.Pattern, "pattern", "a-z, 0-9, _")
	case seen[s.Key]:
		c.refuse(at+"/key", desk.Unique)
	}
	seen[s.Key] = true
	c.named(at+"/name", s.Name, maxName)
	switch {
	case s.Hours < 0:
		c.refuse(at+"/hours", desk.Minimum, "min", 1)
	case s.Hours > maxHours:
		c.refuse(at+"/hours", desk.Maximum, "max", maxHours)
	}
	if len(s.Tasks) > MaxSteps {
		c.refuse(at+"/tasks", desk.MaxItems, "max", MaxSteps)
		return
	}
	for i := range s.Tasks {
		c.named(fmt.Sprintf("%s/tasks/%d/title", at, i), s.Tasks[i].Title, maxTitle)
	}
}
