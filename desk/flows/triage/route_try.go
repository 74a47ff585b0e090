package triage

import (
	"context"
	"slices"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// RouteTrial is what a draft of the rules would have meant for the last tickets.
type RouteTrial struct {
	// Tickets are Unchanged, Changed or Unruled: those that only the default takes.
	Tickets, Unchanged, Changed, Unruled int
	// Hits are how many tickets each rule held for; "" is the default.
	Hits        map[string]int
	Unreachable []routing.Dead
	// Rules are those that were tried.
	Rules *routing.Rules
	// Rows are those that would go elsewhere.
	Rows []Reroute
	Load []GroupLoad
}

// Reroute is a ticket that would go elsewhere.
type Reroute struct {
	Number        int64
	Subject       string
	Before, After routing.To
	Rule          string
	Mark          Mark
}

// Mark says what is worth looking at in a Reroute.
type Mark string

// The marks.
const (
	AsExpected Mark = "expected"
	// ByLoad is a ticket that somebody should get and nobody can take now.
	ByLoad Mark = "load"
	NoRule Mark = "no_rule"
)

// GroupLoad is how many of the tickets a group gets by each set, and how many
// open ones its people on shift take in all; -1 where nobody is given any.
type GroupLoad struct {
	Group         string
	Before, After int
	Limit         int
}

// TryRules runs the draft of the rules over the last hundred real tickets, each as
// if it were routed now, against the rules that are live. It goes by the very
// steps that route a ticket. Nothing is changed.
//
// Rights: settings.read. Errors: NotFound without a draft; Denied.
func (t *Triage) TryRules(ctx context.Context, tx tenants.ReadTx) (RouteTrial, error) {
	if err := t.guard.Check(ctx, tx, access.SettingsRead, access.Object{}); err != nil {
		return RouteTrial{}, err
	}
	s, err := routing.Sets.Setting(ctx, tx, routing.Main)
	if err != nil {
		return RouteTrial{}, err
	}
	if s.Draft == nil {
		return RouteTrial{}, desk.Missing()
	}
	var was *routing.Rules
	if s.Live != nil {
		was = &s.Live.Spec
	}
	return t.try(ctx, tx, was, &s.Draft.Spec)
}

func (t *Triage) try(ctx context.Context, tx tenants.ReadTx, was, will *routing.Rules) (RouteTrial, error) {
	recent, err := tickets.Recent(ctx, tx, tried)
	if err != nil {
		return RouteTrial{}, err
	}
	standings, err := standingsOf(ctx, tx, recent)
	if err != nil {
		return RouteTrial{}, err
	}
	words, err := tickets.FirstWords(ctx, tx, recent)
	if err != nil {
		return RouteTrial{}, err
	}
	r := RouteTrial{Rules: will, Tickets: len(recent), Hits: map[string]int{}}
	loads := map[string]*GroupLoad{}
	skipped := map[string]bool{}
	everybody := peeking(tx)
	for i := range recent {
		is := &recent[i]
		standing := standings[is.CompanyID]
		v := &values{tx: tx, ticket: unplaced(is), standing: &standing, description: words[is.ID], told: true}
		work, err := processes.Of(is)
		if err != nil {
			return RouteTrial{}, err
		}
		before := routing.To{Group: is.GroupKey, Person: is.AssigneeID, Vendor: is.VendorID, Process: work.Key}
		if was != nil {
			p, err := t.place(ctx, tx, question{set: was, ticket: is, pools: everybody, values: v, again: true})
			if err != nil {
				return RouteTrial{}, err
			}
			before = p.to
		}
		p, err := t.place(ctx, tx, question{set: will, ticket: is, pools: everybody, values: v, again: true})
		if err != nil {
			return RouteTrial{}, err
		}
		for at, what := range p.trace.Tried {
			switch what {
			case routing.Held:
				r.Hits[will.Rules[at].Key]++
			case routing.Skipped:
				skipped[will.Rules[at].Key] = true
			}
		}
		r.count(is, before, p)
		count(loads, before.Group, func(l *GroupLoad) { l.Before++ })
		count(loads, p.to.Group, func(l *GroupLoad) { l.After++ })
	}
	finite, err := finiteChoices(ctx, tx)
	if err != nil {
		return r, err
	}
	r.Unreachable = will.Unreachable(skipped, finite)
	r.Load, err = t.limits(ctx, tx, loads, everybody)
	return r, err
}

// finiteChoices are those of which every ticket has one: its type and its channel.
func finiteChoices(ctx context.Context, tx tenants.ReadTx) (map[string][]string, error) {
	types, err := settings.Types.Ever(ctx, tx)
	if err != nil {
		return nil, err
	}
	finite := map[string][]string{"channel": {tickets.Mail, tickets.Portal, tickets.Phone, tickets.API, tickets.WebForm}}
	if len(types) > 0 {
		finite["type"] = types
	}
	return finite, nil
}

// unplaced is a ticket as it was before anybody had it: conditions on its group and
// assignee see what a new one has.
func unplaced(is *tickets.Ticket) *tickets.Ticket {
	was := *is
	was.GroupKey, was.AssigneeID, was.Line, was.VendorID = "", desk.UserID{}, 0, desk.CompanyID{}
	return &was
}

func (r *RouteTrial) count(is *tickets.Ticket, before routing.To, p placed) {
	same := before.Group == p.to.Group && before.Person == p.to.Person && before.Vendor == p.to.Vendor && before.Process == p.to.Process
	row := Reroute{is.Number, is.Subject, before, p.to, p.trace.Rule, AsExpected}
	switch {
	case p.trace.Rule == "":
		r.Hits[""]++
		r.Unruled++
		row.Mark = NoRule
	case same:
		r.Unchanged++
	default:
		r.Changed++
	}
	if p.wanted && p.to.Person.IsZero() && row.Mark != NoRule {
		row.Mark = ByLoad
	}
	if !same {
		r.Rows = append(r.Rows, row)
	}
}

func count(loads map[string]*GroupLoad, group string, add func(*GroupLoad)) {
	if group == "" {
		return
	}
	if loads[group] == nil {
		loads[group] = &GroupLoad{Group: group, Limit: -1}
	}
	add(loads[group])
}

// limits finds how much the people of each group who are there now take in all, in
// the groups' own order.
func (t *Triage) limits(ctx context.Context, tx tenants.ReadTx, loads map[string]*GroupLoad, everybody pools) ([]GroupLoad, error) {
	groups, err := settings.Groups.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	var all []GroupLoad
	for _, g := range groups {
		l := loads[g.Key]
		if l == nil {
			continue
		}
		people, err := everybody.candidates(ctx, routing.Pool{Group: g.Key})
		if err != nil {
			return nil, err
		}
		for i := range people {
			if c := &people[i]; !g.Spec.Queue && c.OnShift() && !c.Absent() {
				most := c.Capacity
				if g.Spec.Limit > 0 {
					most = min(most, g.Spec.Limit)
				}
				l.Limit = max(l.Limit, 0) + most
			}
		}
		all = append(all, *l)
		delete(loads, g.Key)
	}
	for _, l := range loads {
		all = append(all, *l)
	}
	slices.SortStableFunc(all[min(len(groups), len(all)-len(loads)):], func(a, b GroupLoad) int { return cmpKeys(a.Group, b.Group) })
	return all, nil
}

func cmpKeys(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}
