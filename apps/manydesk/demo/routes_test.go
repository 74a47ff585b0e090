package demo

import (
	"testing"

	"manydesk/desk/conditions"
	"manydesk/desk/routing"
)

// What the demo's clients write waits in a queue, so that there is something to take.
func TestTheDemosRulesAreSoundAndLeaveWhatComesInTheQueue(t *testing.T) {
	t.Parallel()
	for i := range companies {
		rules := routes(&companies[i])
		if err := rules.Validate(); err != nil {
			t.Errorf("%s: %v", companies[i].slug, err)
		}
		if dead := rules.Unreachable(nil, nil); len(dead) > 0 {
			t.Errorf("%s: %+v", companies[i].slug, dead)
		}
		for _, rule := range rules.Rules {
			tagged := false
			rule.When.Fields(func(key string) { tagged = tagged || key == "tags" })
			if then := rule.Then; !tagged && then.Strategy != routing.Manual || !then.Person.IsZero() {
				t.Errorf("%s: %s gives what comes to somebody", companies[i].slug, rule.Key)
			}
		}
		for _, b := range bells(&companies[i]) {
			if err := b.spec.Validate(); err != nil {
				t.Errorf("%s: %s: %v", companies[i].slug, b.key, err)
			}
			v := conditions.Tickets(conditions.Known{})
			if wrong := v.Check(b.spec.When, ""); len(wrong) > 0 {
				t.Errorf("%s: %s: %v", companies[i].slug, b.key, wrong)
			}
		}
	}
}

func TestTheDemosProcessAndMacrosAreSound(t *testing.T) {
	t.Parallel()
	if err := visit().Validate(); err != nil {
		t.Error(err)
	}
	v := conditions.Tickets(conditions.Known{})
	for i := range companies {
		for _, m := range tricks(&companies[i]) {
			if err := m.spec.Validate(); err != nil {
				t.Errorf("%s: %s: %v", companies[i].slug, m.key, err)
			}
			if wrong := v.Check(m.spec.When, ""); len(wrong) > 0 {
				t.Errorf("%s: %s: %v", companies[i].slug, m.key, wrong)
			}
		}
	}
}
