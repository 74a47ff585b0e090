package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/joining"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Engagement joins a provider to a tenant.
type Engagement struct {
	ID         string    `json:"id"`
	Provider   Titled    `json:"provider"`
	Tenant     TenantRef `json:"tenant"`
	State      string    `json:"state" enum:"offered,active,ended,refused"`
	OfferedBy  string    `json:"offered_by" enum:"provider,tenant"`
	Roles      []string  `json:"roles"`
	Types      *[]string `json:"types" doc:"Ticket types covered; null is all"`
	StartsAt   *Instant  `json:"starts_at"`
	EndsAt     *Instant  `json:"ends_at"`
	AcceptedAt *Instant  `json:"accepted_at"`
	EndedAt    *Instant  `json:"ended_at"`
	People     []Person  `json:"people"`
	Abilities  []string  `json:"abilities"`
	Version    int       `json:"version"`
}

// ETag is the engagement's version.
func (e *Engagement) ETag() string { return versionTag(e.Version) }

type EngagementTerms struct {
	Roles    []string        `json:"roles" minItems:"1" maxItems:"20"`
	Types    Maybe[[]string] `json:"types,omitzero" doc:"null covers all ticket types"`
	StartsAt *time.Time      `json:"starts_at,omitempty"`
	EndsAt   *time.Time      `json:"ends_at,omitempty"`
}

type offerIn struct {
	Body struct {
		Provider string `json:"provider" maxLength:"40"`
		EngagementTerms
	}
}

type engagementIn struct {
	IDPath
	IfMatchMaybe
}

func (t EngagementTerms) offer(p people.ProviderRef) joining.Offer {
	o := joining.Offer{Provider: p, Roles: t.Roles}
	if t.Types.Set && !t.Types.Null {
		o.Types = append([]string{}, t.Types.Value...)
	}
	if t.StartsAt != nil {
		o.StartsAt = t.StartsAt.UTC()
	}
	if t.EndsAt != nil {
		o.EndsAt = t.EndsAt.UTC()
	}
	return o
}

func (a *App) engagementRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/engagements"
	manage := []access.Permission{access.EngagementManage}
	view(r, "GET "+at, Op{ID: "listEngagements", Tag: "Engagements", Summary: "Who works for this tenant", Needs: []access.Permission{access.EngagementManage, access.MemberRead}},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[Engagement], error) {
			all, err := a.People.EngagementsOf(ctx, tx.Tenant().ID)
			if err != nil {
				return nil, err
			}
			held, err := a.abilities(ctx, tx, anyObject, access.EngagementManage)
			if err != nil {
				return nil, err
			}
			return a.engagementList(ctx, all, people.TenantSide, len(held) > 0)
		})
	flow(r, "POST "+at, Op{ID: "offerEngagement", Tag: "Engagements", Summary: "Ask a provider to work here", Needs: manage, Answers: 201, Errors: []desk.Code{desk.AlreadyExists}},
		func(ctx context.Context, c Caller, in *offerIn) (*Engagement, error) {
			p, err := a.People.ProviderBySlug(ctx, in.Body.Provider)
			if desk.Is(err, desk.NotFound) {
				return nil, desk.Invalid(desk.Field("provider", desk.UnknownID))
			}
			if err != nil {
				return nil, err
			}
			e, err := a.Joining.Offer(ctx, c.Tenant, c.Actor, people.TenantSide, in.Body.offer(people.ProviderRef{ID: p.ID, Slug: p.Slug, Name: p.Name}))
			return a.engagement(ctx, e, people.TenantSide, err)
		})
	flow(r, "PUT "+at+"/{id}/acceptance", Op{ID: "acceptEngagement", Tag: "Engagements", Summary: "Accept what a provider offered", Needs: manage, Errors: []desk.Code{desk.InUse, desk.Gone}},
		func(ctx context.Context, c Caller, in *engagementIn) (*Engagement, error) {
			id, err := engagementID(in.ID)
			if err != nil {
				return nil, err
			}
			e, err := a.Joining.Answer(ctx, c.Tenant, c.Actor, people.TenantSide, id, in.Version(), true)
			return a.engagement(ctx, e, people.TenantSide, err)
		})
	flow(r, "PUT "+at+"/{id}/end", Op{ID: "endEngagement", Tag: "Engagements", Summary: "End it now, or take an offer back", Needs: manage, Frozen: true},
		func(ctx context.Context, c Caller, in *engagementIn) (*Engagement, error) {
			id, err := engagementID(in.ID)
			if err != nil {
				return nil, err
			}
			e, err := a.Joining.End(ctx, c.Tenant, c.Actor, people.TenantSide, id, in.Version())
			a.accessChanged(ctx, c.Tenant.ID, err)
			return a.engagement(ctx, e, people.TenantSide, err)
		})
}

// accessChanged tells all nodes that rights in a tenant are others now. The
// room's own job tells it too; this is the shorter way from the node that did it.
func (a *App) accessChanged(ctx context.Context, tenant desk.TenantID, err error) {
	if err != nil {
		return
	}
	a.forgetAccess(tenant)
	a.publish(ctx, liveHint(hintAccess, tenant))
}

func engagementID(s string) (desk.EngagementID, error) {
	var id desk.EngagementID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

func (a *App) engagement(ctx context.Context, e people.Engagement, side people.Side, err error) (*Engagement, error) {
	if err != nil {
		return nil, err
	}
	list, err := a.engagementList(ctx, []people.Engagement{e}, side, true)
	if err != nil {
		return nil, err
	}
	return &list.Items[0], nil
}

// engagementList shows engagements to one of their sides.
func (a *App) engagementList(ctx context.Context, all []people.Engagement, side people.Side, manages bool) (*List[Engagement], error) {
	ids, places := make([]desk.EngagementID, len(all)), make([]desk.TenantID, len(all))
	for i, e := range all {
		ids[i], places[i] = e.ID, e.Tenant
	}
	engaged, err := a.People.Engaged(ctx, ids...)
	if err != nil {
		return nil, err
	}
	customers, err := a.house.Many(ctx, places)
	if err != nil {
		return nil, err
	}
	list := &List[Engagement]{}
	for _, e := range all {
		v := Engagement{
			ID: e.ID.String(), Provider: Titled{e.Provider.Slug, e.Provider.Name}, Tenant: a.tenantRef(customers[e.Tenant]), State: string(e.State), OfferedBy: string(e.OfferedBy),
			Roles: e.Roles, StartsAt: at(e.StartsAt), EndsAt: at(e.EndsAt), AcceptedAt: at(e.AcceptedAt), EndedAt: at(e.EndedAt), Version: e.Version,
		}
		if e.Types != nil {
			v.Types = &e.Types
		}
		for _, p := range engaged[e.ID] {
			v.People = append(v.People, personOf("staff", p.User.Any(), p.Name))
		}
		if manages {
			v.Abilities = engagementAbilities(e, side)
		}
		list.Items = append(list.Items, v)
	}
	return list, nil
}

func engagementAbilities(e people.Engagement, side people.Side) []string {
	var can []string
	if e.State == people.Offered && e.OfferedBy != side {
		can = append(can, "accept")
	}
	if e.State == people.Offered || e.State == people.EngagementActive {
		can = append(can, "end")
	}
	if e.State == people.EngagementActive && side == people.ProviderSide {
		can = append(can, "people")
	}
	return can
}
