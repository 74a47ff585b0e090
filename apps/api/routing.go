package api

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type rulesDraftIn struct {
	IfMatchMaybe
	Body struct {
		Spec   RoutingRules `json:"spec"`
		Reason string       `json:"reason,omitempty" maxLength:"1000"`
	}
}

type rulesPublicationIn struct {
	Body struct {
		Draft  int    `json:"draft" minimum:"1" doc:"The version of the draft that was looked at"`
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

// RulesVersionIn names a version of the rules.
type RulesVersionIn struct {
	At int `path:"version" minimum:"1"`
}

type rulesComparisonIn struct {
	RulesVersionIn
	With int `query:"with" minimum:"1" required:"true" doc:"The version to compare with"`
}

type routeAgainIn struct {
	TicketPath
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type rulesNoun = noun[routing.Rules, RoutingRules]

func (a *App) routingRoutes(r *Routes) {
	n := &rulesNoun{kind: routing.Sets, coll: "routing", check: a.checkRules}
	const tenant = "/v1/tenants/{tenant}"
	op := func(id, summary string, needs []access.Permission, o Op) Op {
		o.ID, o.Summary, o.Tag, o.Needs = id, summary, "Routing", needs
		return o
	}
	view(r, "GET "+n.at(), op("readRouting", "Who gets which tickets: the rules, live and drafted", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*RoutingSetting, error) {
			return a.rules(ctx, tx, n)
		})
	act(r, "PATCH "+n.at()+"/draft", op("draftRouting", "Save a draft of the rules; it is checked wholly. If-Match names the revision that it was made of", editsSettings, Op{Limit: largestSetting, Errors: []desk.Code{desk.ChangedMeanwhile}}),
		func(ctx context.Context, tx tenants.Tx, in *rulesDraftIn) (*RoutingSetting, error) {
			s, err := n.kind.Hold(ctx, tx, routing.Main)
			if err != nil && !desk.Is(err, desk.NotFound) {
				return nil, err
			}
			if err := upon(s.Revision(), in.IfMatchMaybe); err != nil {
				return nil, err
			}
			if _, err := n.save(ctx, a, tx, routing.Main, in.Body.Spec, in.Body.Reason); err != nil {
				return nil, err
			}
			return a.rules(ctx, tx.ReadTx, n)
		})
	view(r, "POST "+n.at()+"/draft/trial", op("tryRouting", "Run the draft over the last hundred tickets", []access.Permission{access.SettingsRead}, Op{Class: heavy, Repeatable: true}),
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*RoutingTrial, error) {
			began := a.house.Clock()()
			t, err := a.Triage.TryRules(ctx, tx)
			if err != nil {
				return nil, err
			}
			v, err := a.routingTrial(ctx, tx, &t)
			if err == nil {
				v.TookMS = a.house.Clock()().Sub(began).Milliseconds()
			}
			return v, err
		})
	act(r, "DELETE "+n.at()+"/draft", op("discardRoutingDraft", "Throw the draft away", editsSettings, Op{}),
		func(ctx context.Context, tx tenants.Tx, _ *noInput) (Nothing, error) {
			return Nothing{}, settings.Discard(ctx, a.Editor, tx, n.kind, routing.Main)
		})
	act(r, "POST "+n.at()+"/publications", op("publishRouting", "Make the draft hold from now on", editsSettings, Op{Answers: 201, Errors: []desk.Code{desk.ChangedMeanwhile}}),
		func(ctx context.Context, tx tenants.Tx, in *rulesPublicationIn) (*RoutingSetting, error) {
			p := &publicationIn{}
			p.Key, p.Body.Draft, p.Body.Reason = routing.Main, in.Body.Draft, in.Body.Reason
			if _, err := n.publish(ctx, a, tx, p); err != nil {
				return nil, err
			}
			return a.rules(ctx, tx.ReadTx, n)
		})
	a.rulesHistory(r, n)
	view(r, "GET "+tenant+"/tickets/{number}/routing-why", op("explainRoute", "Why a ticket is where it is", []access.Permission{access.TicketRead}, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*RouteWhy, error) {
			t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
			if err != nil {
				return nil, err
			}
			w, err := a.Triage.WhyHere(ctx, tx, t)
			if err != nil {
				return nil, err
			}
			return a.routeWhy(ctx, tx, &w)
		})
	view(r, "POST "+tenant+"/routing-previews", op("previewRoute", "Where a ticket would go now", []access.Permission{access.TicketOpen, access.SettingsRead}, Op{Repeatable: true}),
		func(ctx context.Context, tx tenants.ReadTx, in *previewIn) (*RouteWhy, error) {
			ask, err := in.ask()
			if err != nil {
				return nil, err
			}
			w, err := a.Triage.PreviewRoute(ctx, tx, ask)
			if err != nil {
				return nil, err
			}
			return a.routeWhy(ctx, tx, &w)
		})
	act(r, "POST "+tenant+"/tickets/{number}/routing", op("routeTicket", "Put a ticket anew where the rules say", []access.Permission{access.TicketAssign}, Op{Errors: []desk.Code{desk.ClosedIsFinal, desk.ChangedMeanwhile}}),
		func(ctx context.Context, tx tenants.Tx, in *routeAgainIn) (*Ticket, error) {
			_, err := a.Triage.Route(ctx, tx, tickets.Number(in.Number), in.Body.Reason)
			return a.changed(ctx, tx, in.Number, err)
		})
	a.spreadRoutes(r)
}

// rulesHistory are the versions of the rules.
func (a *App) rulesHistory(r *Routes, n *rulesNoun) {
	op := func(id, summary string, needs []access.Permission, o Op) Op {
		o.ID, o.Summary, o.Tag, o.Needs = id, summary, "Routing", needs
		return o
	}
	view(r, "GET "+n.at()+"/versions", op("listRoutingVersions", "Every version of the rules, newest first", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[SettingVersion], error) {
			list, err := n.versions(ctx, tx, routing.Main)
			if desk.Is(err, desk.NotFound) {
				return &List[SettingVersion]{Items: []SettingVersion{}}, nil
			}
			return list, err
		})
	view(r, "GET "+n.at()+"/versions/{version}", op("readRoutingVersion", "One version of the rules", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *RulesVersionIn) (*OldSetting[RoutingRules], error) {
			return n.version(ctx, tx, routing.Main, in.At)
		})
	view(r, "GET "+n.at()+"/versions/{version}/comparison", op("compareRoutingVersions", "What differs between two versions of the rules", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *rulesComparisonIn) (*Comparison, error) {
			return n.comparison(ctx, tx, routing.Main, in.At, in.With)
		})
	act(r, "POST "+n.at()+"/versions/{version}/restoration", op("restoreRoutingVersion", "Publish what an older version of the rules said", editsSettings, Op{Answers: 201, Errors: []desk.Code{desk.ChangedMeanwhile}}),
		func(ctx context.Context, tx tenants.Tx, in *RulesVersionIn) (*RoutingSetting, error) {
			v := &SettingVersionIn{SettingPath: SettingPath{Key: routing.Main}, At: in.At}
			if _, err := n.restore(ctx, a, tx, v); err != nil {
				return nil, err
			}
			return a.rules(ctx, tx.ReadTx, n)
		})
}

// rules reads the one set with what is wrong in it now.
func (a *App) rules(ctx context.Context, tx tenants.ReadTx, n *rulesNoun) (*RoutingSetting, error) {
	v := &RoutingSetting{Problems: []RoutingProblem{}, Hits: map[string]int{}}
	s, err := n.kind.Setting(ctx, tx, routing.Main)
	if desk.Is(err, desk.NotFound) {
		v.Key, v.Revision = routing.Main, s.Revision()
		if v.Spec, err = emptyRules(ctx, tx); err != nil {
			return nil, err
		}
		edits, err := a.Guard.Any(ctx, tx.Tenant(), tx.Actor(), access.SettingsEdit)
		if edits {
			v.Abilities = []string{"edit", "publish"}
		}
		v.path = "/v1/tenants/" + tx.Tenant().Slug + "/routing"
		return v, err
	}
	if err != nil {
		return nil, err
	}
	views, err := n.views(ctx, a, tx, s)
	if err != nil {
		return nil, err
	}
	v.Setting = views[0]
	v.path = "/v1/tenants/" + tx.Tenant().Slug + "/routing"
	if s.Live == nil {
		return v, nil
	}
	if v.Hits, err = hits(ctx, tx, s.Live.Version); err != nil {
		return nil, err
	}
	v.Problems, err = a.ruleProblems(ctx, tx, s.Live.Spec)
	return v, err
}

// hits count the decisions of a version over the last hundred tickets.
func hits(ctx context.Context, tx tenants.ReadTx, version int) (map[string]int, error) {
	var rows []struct {
		Rule string
		N    int
	}
	err := tx.Query(ctx, &rows, `select coalesce(f.data->'route'->>'rule', '') as rule, count(*) as n
		from (select id from ?tenant.tickets order by number desc limit 100) t join ?tenant.facts f on f.subject_id = t.id and f.type = 'ticket.routed'
		where f.data->'route'->>'v' = $1::text and not jsonb_exists(f.data->'route', 'cause') group by 1`, fmt.Sprint(version))
	if err != nil {
		return nil, fmt.Errorf("count what rules decided: %w", err)
	}
	all := map[string]int{}
	for _, row := range rows {
		all[row.Rule] = row.N
	}
	return all, nil
}

func (a *App) ruleProblems(ctx context.Context, tx tenants.ReadTx, rules routing.Rules) ([]RoutingProblem, error) {
	book, err := a.ruleBook(ctx, tx, rules, true)
	if err != nil {
		return nil, err
	}
	held, err := staff.Holding(ctx, tx)
	if err != nil {
		return nil, err
	}
	book.Members = held.Groups
	problems := book.Problems(rules)
	if len(problems) == 0 {
		return []RoutingProblem{}, nil
	}
	people, vendors := namedIn(rules)
	n, err := routeNamesOf(ctx, tx, people, vendors)
	if err != nil {
		return nil, err
	}
	return problemViews(problems, n, nil), nil
}

// namedIn are the people and vendors of rules.
func namedIn(rules routing.Rules) (people []desk.UserID, vendors []desk.CompanyID) {
	all := []routing.Then{rules.Default}
	for _, r := range rules.Rules {
		all = append(all, r.Then)
	}
	for _, t := range all {
		if !t.Person.IsZero() {
			people = append(people, t.Person)
		}
		if !t.Vendor.IsZero() {
			vendors = append(vendors, t.Vendor)
		}
	}
	return people, vendors
}

// ruleBook is what of the tenant the rules may name.
func (a *App) ruleBook(ctx context.Context, tx tenants.ReadTx, rules routing.Rules, live bool) (*routing.Book, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	book := &routing.Book{Words: b.words, Groups: map[string]bool{}, Skills: map[string]bool{}, Roles: map[string]bool{}, Processes: map[string]bool{}, People: map[desk.UserID]bool{}, Vendors: map[desk.CompanyID]bool{}}
	groups, _ := b.words.Field("group")
	for _, g := range groups.Choices {
		book.Groups[g.Key] = true
	}
	skills, err := settings.Skills.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, s := range skills {
		book.Skills[s.Key] = true
	}
	roles, err := settings.Roles.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, role := range roles {
		book.Roles[role.Key] = true
	}
	work, err := processes.Kind.Settings(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, p := range work {
		book.Processes[p.Key] = !live || p.Live != nil
	}
	people, vendors := namedIn(rules)
	names, err := staff.Names(ctx, tx, people...)
	if err != nil {
		return nil, err
	}
	for id := range names {
		book.People[id] = true
	}
	for _, id := range vendors {
		if book.Vendors[id], err = routing.Standing(ctx, tx, desk.UserID{}, id); err != nil {
			return nil, err
		}
	}
	return book, nil
}

func (a *App) checkRules(ctx context.Context, tx tenants.ReadTx, _ RoutingRules, rules routing.Rules, live bool) ([]desk.FieldError, error) {
	book, err := a.ruleBook(ctx, tx, rules, live)
	if err != nil {
		return nil, err
	}
	return book.Check(rules), nil
}
