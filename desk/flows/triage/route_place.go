package triage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// pools finds whom to choose from: with their loads locked where a ticket is then
// given, without where it is only asked what would be.
type pools interface {
	candidates(ctx context.Context, p routing.Pool) ([]routing.Candidate, error)
	// peek is candidates without a lock.
	peek(ctx context.Context, p routing.Pool) ([]routing.Candidate, error)
	// turns brings up to date who had the last one, where that decides.
	turns(ctx context.Context, all []routing.Candidate) error
}

type held struct{ tx tenants.Tx }

func holding(tx tenants.Tx) pools { return held{tx} }

func (h held) candidates(ctx context.Context, p routing.Pool) ([]routing.Candidate, error) {
	return routing.Hold(ctx, h.tx, p)
}

func (h held) peek(ctx context.Context, p routing.Pool) ([]routing.Candidate, error) {
	return routing.Peek(ctx, h.tx.ReadTx, p)
}

func (h held) turns(ctx context.Context, all []routing.Candidate) error {
	return routing.Turns(ctx, h.tx.ReadTx, all)
}

// peeked remembers every pool, so that a trial reads each once.
type peeked struct {
	tx   tenants.ReadTx
	read map[routing.Pool][]routing.Candidate
}

func peeking(tx tenants.ReadTx) pools {
	return peeked{tx, map[routing.Pool][]routing.Candidate{}}
}

func (k peeked) candidates(ctx context.Context, p routing.Pool) ([]routing.Candidate, error) {
	p.With = desk.UserID{} // only a lock asks for it
	all, known := k.read[p]
	if !known {
		var err error
		if all, err = routing.Peek(ctx, k.tx, p); err != nil {
			return nil, err
		}
		k.read[p] = all
	}
	return slices.Clone(all), nil
}

func (k peeked) peek(ctx context.Context, p routing.Pool) ([]routing.Candidate, error) {
	return k.candidates(ctx, p)
}

func (k peeked) turns(context.Context, []routing.Candidate) error { return nil }

// question is one ticket put to one set of rules.
type question struct {
	set         *routing.Rules
	version     int
	ticket      *tickets.Ticket
	description string
	pools       pools
	// values are given where they were read before; nil reads them when asked for.
	values *values
	// again is a ticket that has been placed before, so that its group and assignee
	// are no wish of whoever opened it.
	again bool
	// fromName is who has it now, by name; empty reads it when it is wanted.
	fromName string
}

// placed is the answer: where the ticket goes, and why.
type placed struct {
	to    routing.To
	trace routing.Trace
	// choice is whom was looked at; nobody where no choice was wanted.
	choice   routing.Choice
	wanted   bool
	strategy routing.Strategy
	skills   []routing.Need
	notify   []string
	ruleName string
	// The names of those between whom it goes, for people who are no longer here
	// when it is read.
	fromName, toName string
}

// place asks the rules about a ticket and chooses. It changes nothing: opening,
// routing again, previews and trials all go by it.
func (t *Triage) place(ctx context.Context, tx tenants.ReadTx, q question) (placed, error) {
	v := q.values
	if v == nil {
		v = &values{tx: tx, ticket: q.ticket, description: q.description}
	}
	book, err := sla.Read(ctx, tx)
	if err != nil {
		return placed{}, err
	}
	about := env(tx)
	about.Calendar = book.Hours
	d, err := q.set.Decide(ctx, routing.Ask{Env: about, Values: v, Gone: func(ctx context.Context, then *routing.Then) (bool, error) { return gone(ctx, tx, then) }})
	if err != nil {
		return placed{}, fmt.Errorf("decide a route: %w", err)
	}
	process, err := begins(ctx, tx, d.Then.Process)
	if err != nil {
		return placed{}, err
	}
	p := placed{
		trace:  routing.Trace{Version: q.version, Rule: d.Rule, Tried: d.Tried, Seen: d.Seen, Strategy: routing.Manual},
		to:     routing.To{Group: d.Then.Group, Line: d.Then.Line, Vendor: d.Then.Vendor, Priority: d.Then.Priority, Tags: tagged(q.ticket.Tags, d.Then.Tags), Process: process},
		notify: d.Then.Notify, strategy: d.Then.Strategy, skills: d.Then.Skills,
	}
	if rule, _, ok := q.set.Find(d.Rule); ok {
		p.ruleName = rule.Name.In(tx.Tenant().Language(""))
	}
	if p.to.Priority == 0 {
		p.to.Priority = q.ticket.Priority
	}
	if !q.again && (q.ticket.GroupKey != "" || !q.ticket.AssigneeID.IsZero()) {
		p.trace.ByHand = true
		p.to.Group, p.to.Person, p.to.Vendor = q.ticket.GroupKey, q.ticket.AssigneeID, q.ticket.VendorID
	} else if err := t.choose(ctx, tx, q, v, &d.Then, &p); err != nil {
		return placed{}, err
	}
	if p.to.Line == 0 {
		if p.to.Line, err = lineOf(ctx, tx, p.to.Group, q.ticket.Line); err != nil {
			return placed{}, err
		}
	}
	p.trace.To = p.to
	return p, nil
}

// choose looks for somebody by the strategy; nobody is found where everybody is
// absent, full or not able to.
func (t *Triage) choose(ctx context.Context, tx tenants.ReadTx, q question, v *values, then *routing.Then, p *placed) error {
	group, err := groupOf(ctx, tx, then.Group)
	if err != nil {
		return err
	}
	w := routing.Wish{Strategy: then.Strategy, Needs: then.Skills, Language: q.ticket.Language, Limit: group.Limit, Person: then.Person}
	if !then.Person.IsZero() {
		if err := t.pickPerson(ctx, tx, q, w, p); err != nil || !p.to.Person.IsZero() {
			return err
		}
		w.Person = desk.UserID{}
	}
	if then.Strategy == "" || then.Strategy == routing.Manual || group.Queue && then.Vendor.IsZero() {
		return nil
	}
	if then.Strategy == routing.Previous {
		customer, err := v.customer(ctx)
		if err != nil {
			return err
		}
		if w.Previous, err = routing.Knew(ctx, tx, q.ticket.ContactID, customer.CompanyID, q.ticket.ID); err != nil {
			return err
		}
	}
	return t.pick(ctx, tx, q, w, routing.Pool{Vendor: then.Vendor, Group: then.Group}, p)
}

// pickPerson gives it to whom a rule names, if he or she can. That is looked at
// without a lock before: one load is not locked before those of a group, which are
// then locked in their own order.
func (t *Triage) pickPerson(ctx context.Context, tx tenants.ReadTx, q question, w routing.Wish, p *placed) error {
	pool := routing.Pool{Person: w.Person, With: q.ticket.AssigneeID}
	all, err := q.pools.peek(ctx, pool)
	if err != nil {
		return err
	}
	if err := t.among(ctx, tx, q, w, all, p); err != nil || p.to.Person.IsZero() {
		return err
	}
	if all, err = q.pools.candidates(ctx, pool); err != nil {
		return err
	}
	return t.among(ctx, tx, q, w, all, p)
}

func (t *Triage) pick(ctx context.Context, tx tenants.ReadTx, q question, w routing.Wish, pool routing.Pool, p *placed) error {
	pool.With = q.ticket.AssigneeID
	all, err := q.pools.candidates(ctx, pool)
	if err != nil {
		return err
	}
	if w.Strategy == routing.RoundRobin {
		if err := q.pools.turns(ctx, all); err != nil {
			return err
		}
	}
	return t.among(ctx, tx, q, w, all, p)
}

// among chooses one of some people.
func (t *Triage) among(ctx context.Context, tx tenants.ReadTx, q question, w routing.Wish, all []routing.Candidate, p *placed) (err error) {
	for i := range all {
		if all[i].Right, err = t.mayAnswer(ctx, tx, &all[i], q.ticket.Type, p.to.Vendor); err != nil {
			return err
		}
		// What somebody has already does not speak against having it.
		if all[i].ID == q.ticket.AssigneeID && tickets.Listed(q.ticket.Category) {
			all[i].Points -= tickets.Points(q.ticket.Priority, q.ticket.Category)
			all[i].Tickets--
		}
	}
	p.wanted = true
	p.choice = routing.Choose(w, all)
	p.to.Person = p.choice.Person
	p.trace.Strategy = p.choice.Strategy
	p.trace.Keep(p.choice.Considered)
	for _, x := range p.choice.Considered {
		switch x.ID {
		case p.to.Person:
			p.toName = x.Name
		case q.ticket.AssigneeID:
			p.fromName = x.Name
		}
	}
	return nil
}

// mayAnswer reports whether somebody may answer tickets of a type now.
func (t *Triage) mayAnswer(ctx context.Context, tx tenants.ReadTx, c *routing.Candidate, typ string, vendor desk.CompanyID) (bool, error) {
	sight, err := t.guard.SightOf(ctx, tx.Tenant(), desk.Actor{Kind: desk.StaffActor, ID: c.ID.Any()}, access.TicketReply)
	return err == nil && sight.Has(typ) && (sight.Vendor.IsZero() || sight.Vendor == vendor), err
}

// gone reports whether a rule gives tickets to a place that is no more.
func gone(ctx context.Context, tx tenants.ReadTx, then *routing.Then) (bool, error) {
	if then.Group != "" {
		if _, err := settings.Groups.Live(ctx, tx, then.Group); desk.Is(err, desk.NotFound) {
			return true, nil
		} else if err != nil {
			return false, err
		}
	}
	there, err := routing.Standing(ctx, tx, then.Person, then.Vendor)
	return !there, err
}

// groupOf is a group's settings; those of one that is gone are empty.
func groupOf(ctx context.Context, tx tenants.ReadTx, key string) (settings.Group, error) {
	g, err := settings.Groups.Live(ctx, tx, key)
	if desk.Is(err, desk.NotFound) {
		return settings.Group{}, nil
	}
	return g.Spec, err
}

// lineOf is the line of a group, else the one that the ticket has.
func lineOf(ctx context.Context, tx tenants.ReadTx, group string, had int) (int, error) {
	g, err := groupOf(ctx, tx, group)
	if err != nil || g.Line == 0 {
		return had, err
	}
	return g.Line, nil
}

// tagged adds tags as tickets keep them: small, in order, each once.
func tagged(had, more []string) []string {
	if len(more) == 0 {
		return had
	}
	all := slices.Clone(had)
	for _, tag := range more {
		if tag = strings.ToLower(strings.Join(strings.Fields(tag), " ")); !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	slices.Sort(all)
	return all
}
