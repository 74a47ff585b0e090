package routing

import (
	"context"
	"slices"
	"strconv"

	"manydesk/desk/conditions"
)

// Ask is one question to a set of rules: who gets this ticket?
type Ask struct {
	Env    conditions.Env
	Values conditions.Values
	// Gone reports that a place which a rule that holds names is no more: the rule
	// is skipped. It is asked only then. nil knows of nothing gone.
	Gone func(ctx context.Context, t *Then) (bool, error)
}

// Decision is what the rules say about a ticket, before anybody is chosen.
type Decision struct {
	// Rule is the key of the first rule that held, Place its index; "" and -1 where
	// only the default was left.
	Rule  string
	Place int
	// Tried are the rules that were asked, in order.
	Tried Tried
	// Seen are the values that were asked for, by field.
	Seen map[string]any
	// Then is what all rules that held make together.
	Then Then
}

// Decide asks the rules in order. The first that holds decides; while rules go on,
// later ones fill what is still open: the first who writes a field wins, tags and
// notices are gathered. Then the default gives the group, if none came, and with
// it the way to choose.
//
// Errors: those of values; a comparison that Check would refuse.
func (r *Rules) Decide(ctx context.Context, ask Ask) (Decision, error) {
	seen := &recorder{values: ask.Values, seen: map[string]any{}}
	values := conditions.Remember(seen)
	d := Decision{Place: -1, Tried: make(Tried, 0, len(r.Rules)), Seen: seen.seen}
	for i := range r.Rules {
		rule := &r.Rules[i]
		if rule.Off {
			d.Tried = append(d.Tried, WasOff)
			continue
		}
		failed, held, err := failing(ctx, &rule.When, ask.Env, values)
		if err != nil {
			return Decision{}, err
		}
		if !held {
			d.Tried = append(d.Tried, failed)
			continue
		}
		if ask.Gone != nil {
			gone, err := ask.Gone(ctx, &rule.Then)
			if err != nil {
				return Decision{}, err
			}
			if gone {
				d.Tried = append(d.Tried, Skipped)
				continue
			}
		}
		d.Tried = append(d.Tried, Held)
		if d.Place < 0 {
			d.Rule, d.Place = rule.Key, i
		}
		d.Then.fill(&rule.Then)
		if rule.Stop {
			break
		}
	}
	if d.Then.Group == "" && d.Then.Person.IsZero() && d.Then.Vendor.IsZero() {
		d.Then.chooseAs(&r.Default)
	}
	if d.Then.Group == "" {
		d.Then.Group = r.Default.Group
	}
	if d.Place < 0 {
		d.Then.fill(&r.Default)
	}
	return d, nil
}

// fill takes over what is still open. A way to choose and the skills that it
// asks for belong together.
func (t *Then) fill(more *Then) {
	t.chooseAs(more)
	if t.Group == "" {
		t.Group = more.Group
	}
	if t.Line == 0 {
		t.Line = more.Line
	}
	if t.Person.IsZero() {
		t.Person = more.Person
	}
	if t.Vendor.IsZero() {
		t.Vendor = more.Vendor
	}
	if t.Priority == 0 {
		t.Priority = more.Priority
	}
	if t.Process == "" {
		t.Process = more.Process
	}
	t.Tags = gather(t.Tags, more.Tags)
	t.Notify = gather(t.Notify, more.Notify)
}

func (t *Then) chooseAs(more *Then) {
	if t.Strategy == "" {
		t.Strategy = more.Strategy
	}
	if t.Skills == nil {
		t.Skills = more.Skills
	}
}

func gather(had, more []string) []string {
	for _, one := range more {
		if !slices.Contains(had, one) {
			had = append(had[:len(had):len(had)], one)
		}
	}
	return had
}

// failing evaluates a tree and tells where it failed; it stops at the first node
// that decides, as Holds does.
func failing(ctx context.Context, t *conditions.Tree, env conditions.Env, values conditions.Values) (at string, held bool, err error) {
	switch {
	case t.Field != "":
		held, err = t.Holds(ctx, env, values)
		return atRoot, held, err
	case t.Not != nil:
		_, inner, err := failing(ctx, t.Not, env, values)
		return "n", !inner && err == nil, err
	case t.Any != nil:
		for i := range t.Any {
			if _, held, err = failing(ctx, &t.Any[i], env, values); held || err != nil {
				return "", held, err
			}
		}
		return "o", false, nil
	default:
		for i := range t.All {
			at, held, err = failing(ctx, &t.All[i], env, values)
			if err != nil {
				return "", false, err
			}
			if !held {
				if at == atRoot {
					return ofAll(i), false, nil
				}
				return ofAll(i) + at, false, nil
			}
		}
		return "", true, nil
	}
}

// ofAll names the nodes of an "all"; the usual ones are made once, because every
// rule that fails has one.
func ofAll(i int) string {
	if i < len(usualNodes) {
		return usualNodes[i]
	}
	return "a" + strconv.Itoa(i)
}

var usualNodes = func() (names [16]string) {
	for i := range names {
		names[i] = "a" + strconv.Itoa(i)
	}
	return names
}()

// recorder keeps what was asked for.
type recorder struct {
	values conditions.Values
	seen   map[string]any
}

// Value is conditions.Values.
func (r *recorder) Value(ctx context.Context, key string) (any, error) {
	v, err := r.values.Value(ctx, key)
	if err == nil {
		r.seen[key] = v
	}
	return v, err
}
