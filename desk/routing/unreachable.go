package routing

import "manydesk/desk/conditions"

// Dead is a rule that no ticket can come to.
type Dead struct {
	Key string
	// By is the earlier rule that takes all of its tickets; empty for a condition
	// that contradicts itself.
	By  string
	Why Why
}

// Why a rule is dead.
type Why string

// The reasons.
const (
	// ByAlways stands behind a rule that always holds and ends the search.
	ByAlways Why = "always"
	// BySame asks what an earlier one asked.
	BySame Why = "same"
	// Covered asks for something narrower than an earlier one.
	Covered Why = "covered"
	// Never contradicts itself.
	Never Why = "never"
)

// Unreachable finds rules that can never decide, and never accuses one that can:
// behind a rule that always holds, behind one whose condition is the same or is
// implied (parts of an "all", fewer choices, narrower ranges, words within
// words), and conditions that contradict themselves. It does not find rules that
// several earlier ones cover only together, nor what calendars, times, dates and
// expressions imply but for equal ones. skipped are the keys of rules that are
// not followed now.
func (r *Rules) Unreachable(skipped map[string]bool) []Dead {
	var dead []Dead
	p := &prover{left: mostSteps}
	for i := range r.Rules {
		late := &r.Rules[i]
		if late.Off || skipped[late.Key] {
			continue
		}
		if p.contradicts(&late.When) {
			dead = append(dead, Dead{late.Key, "", Never})
			continue
		}
		for j := range i {
			early := &r.Rules[j]
			if early.Off || !early.Stop || skipped[early.Key] || !p.implies(&late.When, &early.When) {
				continue
			}
			why := Covered
			switch {
			case early.When.Always():
				why = ByAlways
			case p.implies(&early.When, &late.When):
				why = BySame
			}
			dead = append(dead, Dead{late.Key, early.Key, why})
			break
		}
	}
	return dead
}

// mostSteps bounds the search in sets that nobody would write: what is not found
// within it is not accused.
const mostSteps = 2_000_000

type prover struct{ left int }

func (p *prover) spent() bool {
	p.left--
	return p.left < 0
}

// implies reports that b holds wherever a does. False says only that this is not
// known.
func (p *prover) implies(a, b *conditions.Tree) bool {
	if p.spent() {
		return false
	}
	switch {
	case b.Always(), p.contradicts(a):
		return true
	case len(b.All) > 0:
		for i := range b.All {
			if !p.implies(a, &b.All[i]) {
				return false
			}
		}
		return true
	case len(a.Any) > 0:
		for i := range a.Any {
			if !p.implies(&a.Any[i], b) {
				return false
			}
		}
		return true
	case a.Not != nil && b.Not != nil && p.implies(b.Not, a.Not):
		return true
	case b.Not != nil && p.excludes(a, b.Not):
		return true
	case a.Field != "" && b.Field != "" && leafImplies(a, b):
		return true
	}
	for i := range b.Any {
		if p.implies(a, &b.Any[i]) {
			return true
		}
	}
	for i := range a.All {
		if p.implies(&a.All[i], b) {
			return true
		}
	}
	return false
}

// excludes reports that a and b never hold together. False says only that this is
// not known.
func (p *prover) excludes(a, b *conditions.Tree) bool {
	if p.spent() {
		return false
	}
	switch {
	case a.Not != nil && p.implies(b, a.Not), b.Not != nil && p.implies(a, b.Not):
		return true
	case a.Field != "" && b.Field != "":
		return leafExcludes(a, b)
	case len(a.Any) > 0:
		for i := range a.Any {
			if !p.excludes(&a.Any[i], b) {
				return false
			}
		}
		return true
	case len(b.Any) > 0:
		return p.excludes(b, a)
	}
	for i := range a.All {
		if p.excludes(&a.All[i], b) {
			return true
		}
	}
	for i := range b.All {
		if p.excludes(a, &b.All[i]) {
			return true
		}
	}
	return false
}

// contradicts reports that a condition never holds.
func (p *prover) contradicts(t *conditions.Tree) bool {
	for i := range t.All {
		if p.contradicts(&t.All[i]) {
			return true
		}
		for j := range i {
			if p.excludes(&t.All[i], &t.All[j]) {
				return true
			}
		}
	}
	for i := range t.Any {
		if !p.contradicts(&t.Any[i]) {
			return false
		}
	}
	return len(t.Any) > 0
}
