package api

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// Provider is an outsourcing company to its own people.
type Provider struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	Abilities []string `json:"abilities"`
}

// ProviderPerson is one of a provider's people.
type ProviderPerson struct {
	Person
	Email  string `json:"email"`
	Active bool   `json:"active"`
}

type providerInviteIn struct {
	Body struct {
		Email string   `json:"email" maxLength:"254"`
		Roles []string `json:"roles" maxItems:"5" doc:"admin, or none"`
	}
}

type providerOfferIn struct {
	Body struct {
		Tenant string `json:"tenant" maxLength:"40"`
		EngagementTerms
	}
}

type engagedIn struct {
	IDPath
	Body struct {
		Users []string `json:"users" maxItems:"500"`
	}
}

const ofProvider = "the path's provider is the person's own; what changes something wants its admin"

func (a *App) providerRoutes(r *Routes) {
	const at = "/v1/providers/{provider}"
	mine(r, "GET "+at, Op{ID: "readProvider", Tag: "Provider", Summary: "The provider", Anyone: ofProvider},
		func(ctx context.Context, c Caller, _ *noInput) (*Provider, error) {
			v := &Provider{Slug: c.call.provider.slug, Name: c.call.provider.name}
			if _, err := a.People.ActorFor(ctx, c.visitor.session, c.Provider, true); err == nil {
				v.Abilities = []string{"invite", "offer", "engagement.manage"}
			}
			return v, nil
		})
	mine(r, "GET "+at+"/staff", Op{ID: "listProviderStaff", Tag: "Provider", Summary: "The provider's people", Anyone: ofProvider},
		func(ctx context.Context, c Caller, _ *noInput) (*List[ProviderPerson], error) {
			all, err := a.People.ProviderStaff(ctx, c.Provider)
			list := &List[ProviderPerson]{}
			for _, p := range all {
				list.Items = append(list.Items, ProviderPerson{personOf("staff", p.User.Any(), p.Name), p.Email, p.Active})
			}
			return list, err
		})
	mine(r, "POST "+at+"/invitations", Op{ID: "inviteToProvider", Tag: "Provider", Summary: "Ask somebody to become one of the provider's people", Anyone: ofProvider, Answers: 201, Errors: []desk.Code{desk.AlreadyExists, desk.Denied}},
		func(ctx context.Context, c Caller, in *providerInviteIn) (*Invitation, error) {
			admin := false
			for _, role := range in.Body.Roles {
				if role != "admin" {
					return nil, desk.Invalid(desk.Field("roles/0", desk.OneOf, "of", "admin"))
				}
				admin = true
			}
			i, err := a.Joining.InviteToProvider(ctx, c.providerRef(), c.Actor, in.Body.Email, admin)
			v := invitationView(i)
			return &v, err
		})
	a.providerEngagementRoutes(r, at+"/engagements")
}

func (c Caller) providerRef() people.ProviderRef {
	p := c.call.provider
	return people.ProviderRef{ID: p.id, Slug: p.slug, Name: p.name}
}

func (a *App) providerEngagementRoutes(r *Routes, at string) {
	mine(r, "GET "+at, Op{ID: "listProviderEngagements", Tag: "Provider", Summary: "For whom the provider works", Anyone: ofProvider},
		func(ctx context.Context, c Caller, _ *noInput) (*List[Engagement], error) {
			all, err := a.People.EngagementsBy(ctx, c.Provider)
			if err != nil {
				return nil, err
			}
			_, denied := a.People.ActorFor(ctx, c.visitor.session, c.Provider, true)
			return a.engagementList(ctx, all, people.ProviderSide, denied == nil)
		})
	mine(r, "POST "+at, Op{ID: "offerToTenant", Tag: "Provider", Summary: "Offer to work for a tenant", Anyone: ofProvider, Answers: 201, Errors: []desk.Code{desk.AlreadyExists, desk.Denied}},
		func(ctx context.Context, c Caller, in *providerOfferIn) (*Engagement, error) {
			t, err := a.house.BySlug(ctx, in.Body.Tenant)
			if desk.Is(err, desk.NotFound) {
				return nil, desk.Invalid(desk.Field("tenant", desk.UnknownID))
			}
			if err != nil {
				return nil, err
			}
			e, err := a.Joining.Offer(ctx, t, c.Actor, people.ProviderSide, in.Body.offer(c.providerRef()))
			return a.engagement(ctx, e, people.ProviderSide, err)
		})
	mine(r, "PUT "+at+"/{id}/acceptance", Op{ID: "acceptForProvider", Tag: "Provider", Summary: "Accept what a tenant offered", Anyone: ofProvider, Errors: []desk.Code{desk.InUse, desk.Gone, desk.Denied}},
		func(ctx context.Context, c Caller, in *engagementIn) (*Engagement, error) {
			t, id, err := a.engagementOf(ctx, c, in.ID)
			if err != nil {
				return nil, err
			}
			e, err := a.Joining.Answer(ctx, t, c.Actor, people.ProviderSide, id, in.Version(), true)
			return a.engagement(ctx, e, people.ProviderSide, err)
		})
	mine(r, "PUT "+at+"/{id}/end", Op{ID: "endForProvider", Tag: "Provider", Summary: "End it now, or take an offer back", Anyone: ofProvider, Errors: []desk.Code{desk.Denied}},
		func(ctx context.Context, c Caller, in *engagementIn) (*Engagement, error) {
			t, id, err := a.engagementOf(ctx, c, in.ID)
			if err != nil {
				return nil, err
			}
			e, err := a.Joining.End(ctx, t, c.Actor, people.ProviderSide, id, in.Version())
			a.accessChanged(ctx, t.ID, err)
			return a.engagement(ctx, e, people.ProviderSide, err)
		})
	mine(r, "PUT "+at+"/{id}/people", Op{ID: "assignPeople", Tag: "Provider", Summary: "Say who works under an engagement", Anyone: ofProvider, Errors: []desk.Code{desk.EngagementEnded, desk.Denied}},
		func(ctx context.Context, c Caller, in *engagedIn) (*Engagement, error) {
			t, id, err := a.engagementOf(ctx, c, in.ID)
			if err != nil {
				return nil, err
			}
			users := make([]desk.UserID, len(in.Body.Users))
			for i, s := range in.Body.Users {
				if users[i].UnmarshalText([]byte(s)) != nil || users[i].IsZero() {
					return nil, desk.Invalid(desk.Field("users/"+itoa(i), desk.UnknownID))
				}
			}
			e, err := a.Joining.Assign(ctx, t, c.Actor, id, users)
			a.accessChanged(ctx, t.ID, err)
			return a.engagement(ctx, e, people.ProviderSide, err)
		})
}

// engagementOf finds an engagement of the path's provider, and its tenant.
func (a *App) engagementOf(ctx context.Context, c Caller, s string) (tenants.Tenant, desk.EngagementID, error) {
	id, err := engagementID(s)
	if err != nil {
		return tenants.Tenant{}, id, err
	}
	e, err := a.People.Engagement(ctx, id)
	if err != nil {
		return tenants.Tenant{}, id, err
	}
	if e.Provider.ID != c.Provider {
		return tenants.Tenant{}, id, desk.Missing()
	}
	t, err := a.house.ByID(ctx, e.Tenant)
	return t, id, err
}
