package routing

import "manydesk/desk/conditions"

// Dead is a rule that no ticket can come to.
type Dead struct {
	Key string
	// By is the earlier rule that takes all of its tickets; empty for a condition
	// that contradicts itself.
	By  string
	Why Why
	// All are the earlier rules that take all of its tickets only Together.
	All []string
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
	// Together is covered by several earlier ones, none of which does it alone.
	Together Why = "together"
	// Never contradicts itself.
	Never Why = "never"
)

// Unreachable finds rules that can never decide, and never accuses one that can:
// behind a rule that always holds, behind one whose condition is the same or is
// implied (parts of an "all", fewer choices, narrower ranges, words within
// words), behind several that leave nothing of choices, numbers and dates
// together, and conditions that contradict themselves. It does not find what
// calendars, hours, relative times and expressions imply but for equal ones, nor
// what would take too long. skipped are the keys of rules that are not followed
// now; finite are the keys of choices of which every ticket has one.
func (r *Rules) Unreachable(skipped map[string]bool, finite map[string][]string) []Dead {
	var dead []Dead
	var stopping []*Rule
	p := &prover{left: mostSteps}
	c := newCover(p, finite, r.Rules)
	for i := range r.Rules {
		late := &r.Rules[i]
		if late.Off || skipped[late.Key] {
			continue
		}
		if p.contradicts(&late.When) {
			dead = append(dead, Dead{Key: late.Key, Why: Never})
			continue
		}
		d, found := p.behindOne(late, stopping)
		if !found {
			d, found = c.behindSome(late, stopping)
		}
		if found {
			dead = append(dead, d)
		} else if late.Stop {
			stopping = append(stopping, late) // what is dead itself takes nothing that others leave
		}
	}
	return dead
}

func (p *prover) behindOne(late *Rule, stopping []*Rule) (Dead, bool) {
	for _, early := range stopping {
		if !p.implies(&late.When, &early.When) {
			continue
		}
		why := Covered
		switch {
		case early.When.Always():
			why = ByAlways
		case p.implies(&early.When, &late.When):
			why = BySame
		}
		return Dead{Key: late.Key, By: early.Key, Why: why}, true
	}
	return Dead{}, false
}

func (c *cover) behindSome(late *Rule, stopping []*Rule) (Dead, bool) {
	if c.unreached(&late.When, nil) {
		return Dead{Key: late.Key, Why: Never}, true
	}
	switch all := c.together(&late.When, stopping); len(all) {
	case 0:
		return Dead{}, false
	case 1:
		return Dead{Key: late.Key, By: all[0], Why: Covered}, true
	default:
		return Dead{Key: late.Key, Why: Together, All: all}, true
	}
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
