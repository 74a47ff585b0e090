package routing

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// The most that a set of rules has.
const (
	MaxRules = 200

	maxTags   = 10
	maxTag    = 40
	maxRoles  = 20
	maxSkills = 10
	topLevel  = 3
	maxName   = 80
)

var keys = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Validate names every wrong field that can be told without the tenant's other
// settings, with pointers below "spec".
func (r Rules) Validate() error {
	c := &checker{}
	if len(r.Rules) > MaxRules {
		c.refuse("rules", desk.MaxItems, "max", MaxRules)
		return desk.Invalid(c.wrong...)
	}
	seen := map[string]bool{}
	for i := range r.Rules {
		rule, at := &r.Rules[i], fmt.Sprintf("rules/%d", i)
		switch {
		case !keys.MatchString(rule.Key):
			c.refuse(at+"/key", desk.Pattern, "pattern", "a-z, 0-9, _")
		case seen[rule.Key]:
			c.refuse(at+"/key", desk.Unique)
		}
		seen[rule.Key] = true
		c.named(at+"/name", rule.Name)
		c.form(at+"/then", &rule.Then)
		if rule.Then.nothing() {
			c.refuse(at+"/then", desk.Required)
		}
	}
	c.form("default", &r.Default)
	if r.Default.Group == "" {
		c.refuse("default/group", desk.Required)
	}
	return desk.Invalid(c.wrong...)
}

// nothing reports that it does nothing at all.
func (t *Then) nothing() bool {
	return t.Group == "" && t.Line == 0 && t.Person.IsZero() && t.Vendor.IsZero() && t.Priority == 0 && len(t.Tags) == 0 && len(t.Notify) == 0 && t.Strategy == "" && t.Process == ""
}

type checker struct{ wrong []desk.FieldError }

func (c *checker) refuse(at string, code desk.FieldCode, params ...any) {
	c.wrong = append(c.wrong, desk.Field("spec/"+at, code, params...))
}

func (c *checker) named(at string, name settings.Words) {
	for _, one := range []struct{ language, text string }{{"en", name.EN}, {"ru", name.RU}} {
		switch {
		case strings.TrimSpace(one.text) == "":
			c.refuse(at+"/"+one.language, desk.Required)
		case utf8.RuneCountInString(one.text) > maxName:
			c.refuse(at+"/"+one.language, desk.MaxLength, "max", maxName)
		}
	}
}

// form checks what can be told of a Then by itself.
func (c *checker) form(at string, t *Then) {
	c.within(at+"/line", t.Line, 3)
	c.within(at+"/priority", t.Priority, 4)
	if t.Strategy != "" && !slices.Contains(Strategies(), t.Strategy) {
		c.refuse(at+"/strategy", desk.OneOf, "of", "least_loaded, round_robin, skill, on_shift, previous, manual")
	}
	if len(t.Tags) > maxTags {
		c.refuse(at+"/tags", desk.MaxItems, "max", maxTags)
	}
	for i, tag := range t.Tags {
		switch at := fmt.Sprintf("%s/tags/%d", at, i); {
		case strings.TrimSpace(tag) == "":
			c.refuse(at, desk.Required)
		case utf8.RuneCountInString(tag) > maxTag:
			c.refuse(at, desk.MaxLength, "max", maxTag)
		}
	}
	if len(t.Notify) > maxRoles {
		c.refuse(at+"/notify", desk.MaxItems, "max", maxRoles)
	}
	if len(t.Skills) > maxSkills {
		c.refuse(at+"/skills", desk.MaxItems, "max", maxSkills)
	}
	for i, need := range t.Skills {
		at := fmt.Sprintf("%s/skills/%d", at, i)
		if slices.IndexFunc(t.Skills, func(n Need) bool { return n.Key == need.Key }) < i {
			c.refuse(at+"/key", desk.Unique)
		}
		if need.Level < 1 {
			c.refuse(at+"/level", desk.Minimum, "min", 1)
		}
		c.within(at+"/level", max(need.Level, 1), topLevel)
	}
	if t.Process != "" && !keys.MatchString(t.Process) {
		c.refuse(at+"/process", desk.Pattern, "pattern", "a-z, 0-9, _")
	}
	if t.Strategy == BestSkill && len(t.Skills) == 0 {
		c.refuse(at+"/skills", desk.Required)
	}
}

func (c *checker) within(at string, n, most int) {
	switch {
	case n < 0:
		c.refuse(at, desk.Minimum, "min", 1)
	case n > most:
		c.refuse(at, desk.Maximum, "max", most)
	}
}
