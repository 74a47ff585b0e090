package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/flows/joining"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// stage is one tenant ready for its story.
type stage struct {
	company   *company
	tenant    tenants.Tenant
	zone      *time.Location
	crew      *crew
	agents    []people.User
	engage    desk.EngagementID
	clients   []client
	questions map[string][]field
}

type client struct {
	id      desk.ContactID
	company desk.CompanyID
	name    string
	email   string
}

// set makes the tenant, its words, its people and its clients.
func set(ctx context.Context, r Rooms, c *company, team *crew, made *Made) (*stage, error) {
	zone, err := time.LoadLocation(c.zone)
	if err != nil {
		return nil, fmt.Errorf("zone: %w", err)
	}
	languages := []string{"ru", "en"}
	if c.language == "en" {
		languages = []string{"en", "ru"}
	}
	owner, err := r.People.NewUser(ctx, people.NewUser{Name: c.escalation[0], Email: "owner@" + c.domain, Password: password, Language: c.language, TimeZone: c.zone})
	if err != nil {
		return nil, fmt.Errorf("owner: %w", err)
	}
	light, dark, _ := tenants.Readable(c.brand)
	look := tenants.Look{Brand: c.brand, Light: light, Dark: dark, Version: 1}
	tenant, err := r.House.Create(ctx, tenants.New{Slug: c.slug, Code: c.code, Name: c.name, Languages: languages, TimeZone: c.zone, Look: look}, me, r.Joining.Fill(owner))
	if err != nil {
		return nil, err
	}
	s := &stage{company: c, tenant: tenant, zone: zone, crew: team, questions: map[string][]field{}}
	made.Tenants = append(made.Tenants, Tenant{c.slug, c.code, c.name, c.address})
	apiKey, err := key(ctx, r, owner)
	if err != nil {
		return nil, err
	}
	made.Staff = append(made.Staff, Member{Name: owner.Name, Email: owner.Email, Role: "owner", Tenants: []string{c.slug}, APIKey: apiKey})
	if err := s.engageProvider(ctx, r, owner); err != nil {
		return nil, fmt.Errorf("engage the provider: %w", err)
	}
	err = r.House.Both(ctx, tenant, me, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := s.words(ctx, tx); err != nil {
			return err
		}
		_, err := shared.Exec(ctx, `insert into manydesk.entry_points (kind, value, tenant_id, channel, verified_at) values ('mail', $1, $2, 'mail', $3) on conflict do nothing`,
			c.address, int32(tenant.ID), tx.Now())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	if err := s.place(ctx, r); err != nil {
		return nil, err
	}
	return s, s.meet(ctx, r, made)
}

// engageProvider is offered by the tenant's owner and accepted by the provider.
func (s *stage) engageProvider(ctx context.Context, r Rooms, owner people.User) error {
	offer, err := r.Joining.Offer(ctx, s.tenant, owner.Actor(), people.TenantSide, joining.Offer{
		Provider: s.crew.provider.ProviderRef, Roles: []string{"dispatcher"}, StartsAt: r.House.Clock()().AddDate(0, 0, -days-1),
	})
	if err != nil {
		return err
	}
	head := s.crew.actorOf(s.crew.head, desk.EngagementID{})
	active, err := r.Joining.Answer(ctx, s.tenant, head, people.ProviderSide, offer.ID, offer.Version, true)
	if err != nil {
		return err
	}
	s.engage = active.ID
	all, agents := s.crew.serving(s.company.slug)
	s.agents = agents
	ids := make([]desk.UserID, len(all))
	for i, u := range all {
		ids[i] = u.ID
	}
	_, err = r.Joining.Assign(ctx, s.tenant, head, active.ID, ids)
	return err
}

// words replaces the default vocabulary with the tenant's own.
func (s *stage) words(ctx context.Context, tx tenants.Tx) error {
	c := s.company
	for _, old := range []string{"incident", "request", "question", "problem", "task"} {
		if err := settings.Types.Retire(ctx, tx, old); err != nil && !desk.Is(err, desk.NotFound) {
			return err
		}
	}
	place := 0
	for i, t := range c.types {
		spec := settings.TicketType{Name: settings.Words{RU: t.ru, EN: t.en}, Public: t.public}
		for _, f := range t.fields {
			field := settings.Field{Name: settings.Words{RU: f.ru, EN: f.en}, Kind: settings.FieldKind(f.kind)}
			for _, choice := range f.choices {
				field.Choices = append(field.Choices, settings.Option{Key: choice[0], Name: settings.Words{RU: choice[1], EN: choice[2]}})
			}
			if _, err := settings.Fields.Put(ctx, tx, settings.Draft[settings.Field]{Key: f.key, Position: place, Spec: field}); err != nil {
				return err
			}
			place++
			spec.Fields = append(spec.Fields, settings.Question{Field: f.key, Required: f.required, When: c.when[t.key+"/"+f.key]})
		}
		s.questions[t.key] = t.fields
		if _, err := settings.Types.Put(ctx, tx, settings.Draft[settings.TicketType]{Key: t.key, Position: i, Spec: spec}); err != nil {
			return err
		}
	}
	brief := settings.Brief{
		Greeting: c.greeting, Tone: c.tone, Do: c.do, Dont: c.dont,
		Escalation: []settings.Escalation{{Name: c.escalation[0], Phone: c.escalation[1], When: c.escalation[2]}},
	}
	if _, err := settings.Briefs.Put(ctx, tx, settings.Draft[settings.Brief]{Key: settings.Main, Spec: brief}); err != nil {
		return err
	}
	sender := settings.Sender{Address: c.address, Name: settings.Words{RU: c.sender, EN: c.sender}}
	if _, err := settings.Senders.Put(ctx, tx, settings.Draft[settings.Sender]{Key: settings.Main, Spec: sender}); err != nil {
		return err
	}
	brand := settings.Brand{Color: c.brand, PortalName: c.name}
	if _, err := settings.Brands.Put(ctx, tx, settings.Draft[settings.Brand]{Key: settings.Main, Spec: brand}); err != nil {
		return err
	}
	if err := s.agree(ctx, tx); err != nil {
		return fmt.Errorf("agreements: %w", err)
	}
	return s.flow(ctx, tx)
}

// flow is the default workflow; the demo asks for a comment where a client would
// otherwise be left guessing.
func (s *stage) flow(ctx context.Context, tx tenants.Tx) error {
	flow := settings.DefaultWorkflow()
	for i := range flow.Statuses {
		flow.Statuses[i].CommentRequired = flow.Statuses[i].Key == "pending"
	}
	_, err := settings.Workflows.Put(ctx, tx, settings.Draft[settings.Workflow]{Key: settings.Main, Spec: flow})
	return err
}

// meet makes the clients; the first of each firm may see the requests of all.
func (s *stage) meet(ctx context.Context, r Rooms, made *Made) error {
	hash, err := r.People.HashPassword(ctx, password)
	if err != nil {
		return err
	}
	return r.House.Do(ctx, s.tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		for _, f := range s.company.firms {
			domains := []string{f.domain}
			firm, err := r.Customers.AddCompany(ctx, tx, customers.Firm{Name: &f.name, VIP: &f.vip, Domains: &domains})
			if err != nil {
				return fmt.Errorf("company %s: %w", f.name, err)
			}
			for i, name := range f.people {
				address := mailbox(name) + "@" + f.domain
				emails, sees := []string{address}, customers.SeesOwn
				if i == 0 {
					sees = customers.SeesCompany
				}
				person, err := r.Customers.AddContact(ctx, tx, customers.Person{Name: &name, Company: &firm.ID, Language: &s.company.language, TimeZone: &s.company.zone, Sees: &sees, Emails: &emails})
				if err != nil {
					return fmt.Errorf("contact %s: %w", name, err)
				}
				if err := people.StorePortalPassword(ctx, tx, person.ID, hash); err != nil {
					return err
				}
				s.clients = append(s.clients, client{person.ID, firm.ID, name, address})
				made.Clients = append(made.Clients, Client{Name: name, Email: address, Tenant: s.company.slug, Manager: i == 0})
			}
		}
		return nil
	})
}

var latin = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n",
	"о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "",
	"э", "e", "ю", "yu", "я", "ya", "ń", "n", " ", ".")

// mailbox writes a name as people's addresses are written: "ivan.petrov".
func mailbox(name string) string { return latin.Replace(strings.ToLower(name)) }
