package demo

import (
	"context"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/errgroup"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/flows/joining"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// Rooms are the doors that the demo writes through.
type Rooms struct {
	House     *tenants.House
	People    *people.People
	Joining   *joining.Joining
	Customers *customers.Customers
	Tickets   *tickets.Tickets
}

// Open gives the rooms under another clock, so that the past is told in its own
// time; close gives them back.
type Open func(ctx context.Context, clock desk.Clock) (r Rooms, close func() error, err error)

// days is how far back the story goes, each how many tickets a tenant has in it,
// fresh how many of them come in the last minutes, which are lately.
const (
	days   = 90
	each   = 600
	fresh  = 15
	lately = 8 * 60
)

var me = desk.Automaton("demo")

// Fill tells the whole story into an empty installation and returns its people.
// An installation where somebody is already is left alone: nil.
func Fill(ctx context.Context, now Rooms, open Open, progress io.Writer) (*Made, error) {
	empty, err := now.People.NeedsSetup(ctx)
	if err != nil || !empty {
		return nil, err
	}
	made := &Made{Password: password}
	crew, err := hire(ctx, now, made)
	if err != nil {
		return nil, err
	}
	var work errgroup.Group
	bar := &bar{to: progress, total: each * len(companies)}
	stages := make([]*stage, len(companies))
	for i := range companies {
		s, err := set(ctx, now, &companies[i], crew, made)
		if err != nil {
			return nil, fmt.Errorf("set up %s: %w", companies[i].slug, err)
		}
		stages[i] = s
	}
	end := now.House.Clock()()
	for i, s := range stages {
		work.Go(func() error {
			t := &teller{stage: s, rand: newRand(uint64(i) + 1), clock: end.AddDate(0, 0, -days), end: end, bar: bar}
			return t.tell(ctx, open)
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	for _, s := range stages {
		if err := s.route(ctx, now); err != nil {
			return nil, err
		}
	}
	bar.done()
	return made, nil
}

// hire makes the provider and its six people; the dispatcher owns the installation.
func hire(ctx context.Context, r Rooms, made *Made) (*crew, error) {
	c := &crew{users: map[string]people.User{}}
	var err error
	if c.provider, err = r.People.NewProvider(ctx, provider.slug, provider.name); err != nil {
		return nil, fmt.Errorf("make the provider: %w", err)
	}
	for _, p := range provider.people {
		n := people.NewUser{Name: p.name, Email: p.email, Password: password, Language: p.language, TimeZone: "Europe/Moscow"}
		var u people.User
		if p.role == "dispatcher" {
			u, err = r.People.FirstOwner(ctx, n, "", people.From{})
		} else {
			u, err = r.People.NewUser(ctx, n)
		}
		if err != nil {
			return nil, fmt.Errorf("hire %s: %w", p.email, err)
		}
		roles := []string{}
		if p.role == "dispatcher" {
			roles = []string{people.ProviderAdmin}
			c.head = u
		}
		err = r.House.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
			if err := r.People.SetProviderMember(ctx, tx, c.provider.ID, u.ID, roles, true); err != nil {
				return err
			}
			return timetable(ctx, tx, rota.New(r.House), u)
		})
		if err != nil {
			return nil, err
		}
		c.users[p.email] = u
		made.Staff = append(made.Staff, Member{Name: p.name, Email: p.email, Role: p.role, Provider: provider.name, Tenants: p.serves})
	}
	for i := range made.Staff {
		if made.Staff[i].APIKey, err = key(ctx, r, c.users[made.Staff[i].Email]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func key(ctx context.Context, r Rooms, u people.User) (string, error) {
	granted, err := r.People.Start(ctx, u, people.From{})
	if err != nil {
		return "", fmt.Errorf("sign %s in: %w", u.Email, err)
	}
	s, err := r.People.ByToken(ctx, granted.Token)
	if err != nil {
		return "", err
	}
	_, secret, err := r.People.MakeKey(ctx, s, people.NewKey{Name: "demo"}, people.From{})
	if err != nil {
		return "", fmt.Errorf("make a key for %s: %w", u.Email, err)
	}
	return secret, r.People.SignOut(ctx, s, people.From{})
}

type crew struct {
	provider people.Provider
	head     people.User
	users    map[string]people.User
}

// serving are the people who work for a tenant.
func (c *crew) serving(slug string) (all []people.User, engineers []people.User) {
	for _, p := range provider.people {
		for _, s := range p.serves {
			if s != slug {
				continue
			}
			u := c.users[p.email]
			if p.role != "dispatcher" {
				engineers = append(engineers, u)
			}
			all = append(all, u)
		}
	}
	return all, engineers
}

// actorOf is a person of the provider at work in a tenant.
func (c *crew) actorOf(u people.User, e desk.EngagementID) desk.Actor {
	a := u.Actor()
	a.Provider, a.Engagement = c.provider.ID, e
	return a
}

// workday is the next moment after t at which people work: nine to seven.
func workday(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 9, 0, 0, 0, zone)
	switch {
	case local.Hour() < 9:
		local = day.Add(time.Duration(local.Minute()) * time.Minute)
	case local.Hour() >= 19:
		local = day.AddDate(0, 0, 1).Add(time.Duration(local.Minute()) * time.Minute)
	}
	return local.UTC()
}
