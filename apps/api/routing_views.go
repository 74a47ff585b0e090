package api

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/flows/triage"
	"manydesk/desk/processes"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// routeNames are what the places of tickets are called.
type routeNames struct {
	language string
	groups   map[string]string
	people   map[desk.UserID]string
	vendors  map[desk.CompanyID]string
	// work are the processes.
	work map[string]settings.Words
}

// routeNamesOf finds the names of some people and vendors, those who are no longer
// here too, and of all groups.
func routeNamesOf(ctx context.Context, tx tenants.ReadTx, people []desk.UserID, vendors []desk.CompanyID) (*routeNames, error) {
	n := &routeNames{language: tx.Actor().Language, people: map[desk.UserID]string{}, vendors: map[desk.CompanyID]string{}}
	var err error
	if n.groups, err = groupNames(ctx, tx, n.language); err != nil {
		return nil, err
	}
	if n.work, err = processNames(ctx, tx); err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(people)+len(vendors))
	for _, id := range people {
		ids = append(ids, id.UUID())
	}
	for _, id := range vendors {
		ids = append(ids, id.UUID())
	}
	var rows []struct {
		ID    desk.AnyID
		Name  string
		Third bool
	}
	if err := tx.Query(ctx, &rows, `select user_id as id, name, false as third from ?tenant.staff where user_id = any($1::uuid[])
		union all select id, name, true from ?tenant.companies where id = any($1::uuid[])`, ids); err != nil {
		return nil, fmt.Errorf("read the names of places: %w", err)
	}
	for _, row := range rows {
		if row.Third {
			n.vendors[desk.CompanyID(row.ID)] = row.Name
		} else {
			n.people[desk.UserID(row.ID)] = row.Name
		}
	}
	return n, nil
}

func (n *routeNames) person(id desk.UserID) *Person {
	if id.IsZero() {
		return nil
	}
	p := personOf("staff", id.Any(), n.people[id])
	return &p
}

func (n *routeNames) place(to routing.To) RoutePlace {
	p := RoutePlace{Person: n.person(to.Person)}
	if to.Group != "" {
		p.Group = &Named{to.Group, n.group(to.Group)}
	}
	if !to.Vendor.IsZero() {
		p.Vendor = &VendorRef{to.Vendor.String(), n.vendors[to.Vendor]}
	}
	return p
}

// process is one by its key, nil for none.
func (n *routeNames) process(key string) *Named {
	if key == "" {
		return nil
	}
	return &Named{key, cmp.Or(n.work[key].In(n.language), key)}
}

// processNames are what the processes are called now.
func processNames(ctx context.Context, tx tenants.ReadTx) (map[string]settings.Words, error) {
	live, err := processes.Kind.All(ctx, tx)
	names := make(map[string]settings.Words, len(live))
	for _, p := range live {
		names[p.Key] = p.Spec.Name
	}
	return names, err
}

// group is a group's name, or its key when it is gone.
func (n *routeNames) group(key string) string {
	if name, ok := n.groups[key]; ok {
		return name
	}
	return key
}

func (a *App) routeWhy(ctx context.Context, tx tenants.ReadTx, w *triage.RouteWhy) (*RouteWhy, error) {
	people, vendors := []desk.UserID{w.To.Person}, []desk.CompanyID{w.To.Vendor}
	for _, c := range w.Candidates {
		people = append(people, c.ID)
	}
	n, err := routeNamesOf(ctx, tx, people, vendors)
	if err != nil {
		return nil, err
	}
	words, err := vocabulary(ctx, tx)
	if err != nil {
		return nil, err
	}
	v := &RouteWhy{
		At: Instant(w.At), ByHand: w.ByHand, Cause: orNil(w.Cause), Tried: []RouteTried{}, Strategy: string(w.Strategy), Candidates: []RouteCandidate{}, More: w.More,
		To: RouteTo{RoutePlace: n.place(w.To), Line: positive(w.To.Line), Priority: positive(w.To.Priority), Tags: w.To.Tags, Process: n.process(w.To.Process)}, Changes: []HandChange{},
	}
	if v.To.Tags == nil {
		v.To.Tags = []string{}
	}
	if w.Version > 0 {
		v.Version = &w.Version
	}
	if w.Rule != nil {
		v.Rule = &RuleRef{w.Rule.Key, w.Rule.Name.In(n.language), w.Position + 1}
	}
	for _, t := range w.Tried {
		rule := RouteTried{RuleRef: RuleRef{t.Rule.Key, t.Rule.Name.In(n.language), t.Position + 1}, Matched: t.Matched, Off: t.Off, Skipped: t.Skipped, Sentences: []RouteSentence{}}
		for _, s := range t.Trace.Explain(t.Rule.When, words, n.language) {
			rule.Sentences = append(rule.Sentences, RouteSentence{s.Text, s.Matched, s.Seen, orNil(s.Actual)})
		}
		if t.Skipped {
			rule.Sentences = append(rule.Sentences, RouteSentence{Text: say(n.language, placeGone), Seen: true})
		}
		v.Tried = append(v.Tried, rule)
	}
	for _, c := range w.Candidates {
		view := RouteCandidate{
			Person: *n.person(c.ID), Points: c.Points, Tickets: c.Tickets, Capacity: c.Capacity, OnShift: c.Shift, Until: at(c.Until),
			Skill: positive(c.Skill), Chosen: c.ID == w.To.Person,
		}
		if c.No != "" {
			text := say(n.language, noWords[c.No])
			view.No = &text
		}
		v.Candidates = append(v.Candidates, view)
	}
	for _, h := range w.Changes {
		change := HandChange{At: Instant(h.At), By: personOf(h.By.Kind, h.By.ID, h.By.Name), Field: h.Change.Field, From: asText(h.Change.From, h.Change.FromName), To: asText(h.Change.To, h.Change.ToName), Reason: orNil(h.Reason)}
		if h.Change.Field == "group" {
			change.From, change.To = n.named(change.From), n.named(change.To)
		}
		v.Changes = append(v.Changes, change)
	}
	return v, nil
}

func (n *routeNames) named(key *string) *string {
	if key == nil {
		return nil
	}
	name := n.group(*key)
	return &name
}

// positive is null for none.
func positive(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func (a *App) routingTrial(ctx context.Context, tx tenants.ReadTx, t *triage.RouteTrial) (*RoutingTrial, error) {
	var people []desk.UserID
	var vendors []desk.CompanyID
	for _, r := range t.Rows {
		people = append(people, r.Before.Person, r.After.Person)
		vendors = append(vendors, r.Before.Vendor, r.After.Vendor)
	}
	n, err := routeNamesOf(ctx, tx, people, vendors)
	if err != nil {
		return nil, err
	}
	v := &RoutingTrial{
		Tickets: t.Tickets, Unchanged: t.Unchanged, Changed: t.Changed, Unruled: t.Unruled, Hits: t.Hits,
		Unreachable: unreachableViews(t.Unreachable, t.Rules, n.language), Rows: []ReroutedTicket{}, Load: []TrialLoad{},
	}
	for _, r := range t.Rows {
		v.Rows = append(v.Rows, ReroutedTicket{tx.Tenant().Ref(r.Number), r.Subject, TrialPlace{n.place(r.Before), n.process(r.Before.Process)}, TrialPlace{n.place(r.After), n.process(r.After.Process)}, orNil(r.Rule), string(r.Mark)})
	}
	for _, l := range t.Load {
		load := TrialLoad{Group: l.Group, Name: n.group(l.Group), Before: l.Before, After: l.After}
		if l.Limit >= 0 {
			load.Limit = &l.Limit
		}
		v.Load = append(v.Load, load)
	}
	return v, nil
}

func unreachableViews(all []routing.Dead, rules *routing.Rules, language string) []UnreachableRule {
	out := []UnreachableRule{}
	for _, d := range all {
		reason := say(language, deadWords[d.Why])
		if d.Why == routing.Together {
			reason = fmt.Sprintf(reason, theirNames(rules, d.All, language))
		}
		out = append(out, UnreachableRule{d.Key, orNil(d.By), reason})
	}
	return out
}

// theirNames are the rules of some keys, as people call them.
func theirNames(rules *routing.Rules, keys []string, language string) string {
	quoted := map[string]string{"ru": "«%s»", "en": "“%s”"}[language]
	names := make([]string, 0, len(keys))
	for _, key := range keys {
		if rule, _, known := rules.Find(key); known {
			names = append(names, fmt.Sprintf(cmp.Or(quoted, "“%s”"), rule.Name.In(language)))
		}
	}
	return strings.Join(names, ", ")
}

func problemViews(all []routing.Problem, n *routeNames, roles map[string]string) []RoutingProblem {
	out := []RoutingProblem{}
	for _, p := range all {
		name := p.Name
		switch p.Code {
		case routing.PersonGone:
			var id desk.UserID
			if id.UnmarshalText([]byte(p.Name)) == nil && n.people[id] != "" {
				name = n.people[id]
			}
		case routing.VendorGone:
			var id desk.CompanyID
			if id.UnmarshalText([]byte(p.Name)) == nil && n.vendors[id] != "" {
				name = n.vendors[id]
			}
		case routing.GroupEmpty:
			name = n.groups[p.Name]
		case routing.RoleGone:
			if roles[p.Name] != "" {
				name = roles[p.Name]
			}
		}
		detail := say(n.language, problemWords[p.Code])
		if name != "" {
			detail = fmt.Sprintf(detail, name)
		}
		out = append(out, RoutingProblem{orNil(p.Rule), p.Code, detail})
	}
	return out
}

// emptyRules is what a tenant begins with: nothing but a default, to its first group.
func emptyRules(ctx context.Context, tx tenants.ReadTx) (RoutingRules, error) {
	groups, err := settings.Groups.All(ctx, tx)
	rules := RoutingRules{Rules: []RoutingRule{}}
	if len(groups) > 0 {
		rules.Default.Group = groups[0].Key
	}
	return rules, err
}
