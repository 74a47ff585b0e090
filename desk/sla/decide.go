package sla

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// Rulebook is what a tenant has published about its clocks, in order.
type Rulebook struct {
	Policies    []settings.Published[Policy]
	Exceptions  []settings.Published[Exception]
	Escalations []settings.Published[Escalation]
	Calendars   []settings.Published[CalendarSpec]
}

// Read gives the tenant's rulebook, from memory.
func Read(ctx context.Context, tx tenants.ReadTx) (b Rulebook, err error) {
	if b.Policies, err = Policies.All(ctx, tx); err != nil {
		return b, err
	}
	if b.Exceptions, err = Exceptions.All(ctx, tx); err != nil {
		return b, err
	}
	if b.Escalations, err = Escalations.All(ctx, tx); err != nil {
		return b, err
	}
	b.Calendars, err = Calendars.All(ctx, tx)
	return b, err
}

// Ask is one question to a rulebook: what is this ticket promised?
type Ask struct {
	Values   conditions.Values
	Opened   time.Time
	Priority int
	// Own is an exception made for this ticket alone; it comes before all others.
	Own       *Effect
	OwnReason string
	// CustomerCalendar is the key of the customer's own calendar, asked only where
	// the policy lets it win; nil knows none.
	CustomerCalendar func(ctx context.Context) (string, error)
	// Kept is the version of a policy that the ticket runs under: while its key is
	// the one that holds, it stays.
	Kept *settings.Published[Policy]
}

// Tried is a policy or an exception that was asked whether it holds.
type Tried struct {
	Kind    string // "exception" or "policy"
	Key     string
	Version int
	Name    settings.Words
	Matched bool
	When    conditions.Tree
	Trace   conditions.Trace
	// Late is an exception that holds but is not in force at the ticket's opening.
	Late bool
}

// Decide answers with the terms; their Calendar is not numbered yet. The first
// policy that holds promises, the first exception that holds changes it.
func (b Rulebook) Decide(ctx context.Context, env conditions.Env, ask Ask) (Terms, error) {
	t, _, err := b.decide(ctx, env, ask, false)
	return t, err
}

// Explain is Decide with everything that was tried on the way.
func (b Rulebook) Explain(ctx context.Context, env conditions.Env, ask Ask) (Terms, []Tried, error) {
	return b.decide(ctx, env, ask, true)
}

// Env lets conditions ask for the calendars of the rulebook. It is for one
// goroutine: calendars are opened as they are asked for.
func (b Rulebook) Env(env conditions.Env) conditions.Env {
	opened := map[string]conditions.Hours{}
	env.Calendar = func(key string) (conditions.Hours, bool) {
		h, known := opened[key]
		if !known {
			if h, known = b.Hours(key); known {
				opened[key] = h
			}
		}
		return h, known
	}
	return env
}

func (b Rulebook) decide(ctx context.Context, env conditions.Env, ask Ask, explain bool) (terms Terms, tried []Tried, err error) {
	env = b.Env(env)
	holds := func(kind, key string, version int, name settings.Words, when conditions.Tree, inForce bool) (bool, error) {
		if !explain {
			if !inForce {
				return false, nil
			}
			return when.Holds(ctx, env, ask.Values)
		}
		trace, err := when.Match(ctx, env, ask.Values)
		if err != nil {
			return false, err
		}
		yes := trace.Matched && inForce
		tried = append(tried, Tried{kind, key, version, name, yes, when, trace, trace.Matched && !inForce})
		return yes, nil
	}
	var policy *settings.Published[Policy]
	for i := range b.Policies {
		p := &b.Policies[i]
		yes, err := holds("policy", p.Key, p.Version, p.Spec.Name, p.Spec.When, true)
		if err != nil {
			return Terms{}, nil, fmt.Errorf("policy %q: %w", p.Key, err)
		}
		if yes {
			policy = p
			break
		}
	}
	if policy != nil {
		if ask.Kept != nil && ask.Kept.Key == policy.Key {
			policy = ask.Kept
		}
		if terms, err = b.promise(ctx, policy, ask); err != nil {
			return Terms{}, nil, err
		}
	}
	if ask.Own != nil {
		terms.Exception, terms.Reason, terms.Own = OfTicket, ask.OwnReason, ask.Own
		b.change(&terms, *ask.Own)
	} else if policy != nil {
		for i := range b.Exceptions {
			e := &b.Exceptions[i]
			yes, err := holds("exception", e.Key, e.Version, e.Spec.Name, e.Spec.When, e.Spec.InForce(ask.Opened))
			if err != nil {
				return Terms{}, nil, fmt.Errorf("exception %q: %w", e.Key, err)
			}
			if yes {
				terms.Exception, terms.ExceptionVersion, terms.Reason = e.Key, e.Version, e.Spec.Reason
				b.change(&terms, e.Spec.Effect)
				break
			}
		}
	}
	if err := b.watch(ctx, env, ask, &terms); err != nil {
		return Terms{}, nil, err
	}
	return terms, tried, nil
}

// promise is what a policy promises by itself.
func (b Rulebook) promise(ctx context.Context, p *settings.Published[Policy], ask Ask) (Terms, error) {
	target := p.Spec.Target(ask.Priority)
	t := Terms{Policy: p.Key, Version: p.Version, PauseIn: p.Spec.PauseIn, CalendarKey: target.Calendar}
	t.promise(target)
	if p.Spec.CustomerCalendar && ask.CustomerCalendar != nil {
		own, err := ask.CustomerCalendar(ctx)
		if err != nil {
			return Terms{}, err
		}
		if _, ok := b.Calendar(own); ok {
			t.CalendarKey, t.Customers = own, true
		}
	}
	b.date(&t)
	return t, nil
}

// change applies an exception.
func (b Rulebook) change(t *Terms, e Effect) {
	t.Base = &Base{CalendarKey: t.CalendarKey, Targets: t.Targets}
	if e.None {
		t.Targets, t.DueAt = nil, time.Time{}
		return
	}
	if e.Calendar != "" {
		t.CalendarKey, t.Customers = e.Calendar, false
		b.date(t)
	}
	t.promise(e.Targets)
	if !e.DueAt.IsZero() {
		t.DueAt = e.DueAt
	}
}

// promise adds the targets that are given.
func (t *Terms) promise(target Target) {
	targets := map[Clock]int{}
	for c, minutes := range t.Targets {
		targets[c] = minutes
	}
	for _, c := range Clocks() {
		if d := target.Of(c); d > 0 {
			targets[c] = int(d / time.Minute)
		}
	}
	if len(targets) > 0 {
		t.Targets = targets
	}
}

// date notes the version of the calendar that counts.
func (b Rulebook) date(t *Terms) {
	t.CalendarVersion = 0
	if c, ok := b.Calendar(t.CalendarKey); ok {
		t.CalendarVersion = c.Version
	}
}

// watch finds the escalations that look after the terms.
func (b Rulebook) watch(ctx context.Context, env conditions.Env, ask Ask, t *Terms) error {
	if len(t.Targets) == 0 && t.DueAt.IsZero() {
		return nil
	}
	for i := range b.Escalations {
		e := &b.Escalations[i]
		yes, err := e.Spec.When.Holds(ctx, env, ask.Values)
		if err != nil {
			return fmt.Errorf("escalation %q: %w", e.Key, err)
		}
		if yes {
			t.Rules = append(t.Rules, Rule{e.Key, e.Version})
		}
	}
	return nil
}

// Calendar finds a calendar by key.
func (b Rulebook) Calendar(key string) (settings.Published[CalendarSpec], bool) {
	for i := range b.Calendars {
		if b.Calendars[i].Key == key {
			return b.Calendars[i], true
		}
	}
	return settings.Published[CalendarSpec]{}, false
}

// Hours are the working hours of a calendar, as conditions ask for them.
func (b Rulebook) Hours(key string) (conditions.Hours, bool) {
	found, ok := b.Calendar(key)
	if !ok {
		return conditions.Hours{}, false
	}
	c, wrong := found.Spec.Calendar()
	if len(wrong) > 0 {
		return conditions.Hours{}, false
	}
	h := c.conditions()
	h.Name = conditions.Name(found.Spec.Name)
	return h, true
}

// conditions is the calendar in the words of conditions.
func (c *Calendar) conditions() conditions.Hours {
	h := conditions.Hours{Zone: c.Zone(), Always: c.Always(), Holidays: c.off, Extra: map[int][]conditions.Interval{}}
	for i, day := range c.week {
		h.Weekly[i] = asConditions(day)
	}
	for date, day := range c.extra {
		h.Extra[date] = asConditions(day)
	}
	return h
}

func asConditions(all []Interval) []conditions.Interval {
	out := make([]conditions.Interval, len(all))
	for i, h := range all {
		out[i] = conditions.Interval(h)
	}
	return out
}
