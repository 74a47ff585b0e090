package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Member is somebody who works in the tenant, or did.
type Member struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Email      string   `json:"email"`
	Roles      []Named  `json:"roles"`
	Groups     []Named  `json:"groups"`
	Provider   *Titled  `json:"provider"`
	Active     bool     `json:"active"`
	LastSeenAt *Instant `json:"last_seen_at"`
	TOTP       bool     `json:"totp"`
	Abilities  []string `json:"abilities"`
	Version    int      `json:"version"`
}

// ETag is the member's version.
func (m *Member) ETag() string { return versionTag(m.Version) }

type memberIn struct {
	IDPath
	IfMatch
	Body struct {
		Roles  *[]string       `json:"roles,omitempty" maxItems:"20"`
		Types  Maybe[[]string] `json:"types,omitzero" doc:"Only null: types are bound to roles and engagements"`
		Groups *[]string       `json:"groups,omitempty" maxItems:"50"`
		Active *bool           `json:"active,omitempty"`
	}
}

func (a *App) memberRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/members"
	view(r, "GET "+at, Op{ID: "listMembers", Tag: "People", Summary: "Who works here, or did", Needs: []access.Permission{access.MemberRead}},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[Member], error) {
			all, err := a.Staff.List(ctx, tx)
			if err != nil {
				return nil, err
			}
			return a.memberList(ctx, tx, all)
		})
	view(r, "GET "+at+"/{id}", Op{ID: "readMember", Tag: "People", Summary: "One member", Needs: []access.Permission{access.MemberRead}},
		func(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*Member, error) {
			id, err := userID(in.ID)
			if err != nil {
				return nil, err
			}
			m, err := a.Staff.Get(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			return a.memberView(ctx, tx, m)
		})
	flow(r, "PATCH "+at+"/{id}", Op{
		ID: "changeMember", Tag: "People", Summary: "Give other roles or groups, end the work or let come back", Needs: []access.Permission{access.MemberManage},
		Errors: []desk.Code{desk.LastOwner, desk.EngagementEnded},
	}, func(ctx context.Context, c Caller, in *memberIn) (*Member, error) {
		id, err := userID(in.ID)
		if err != nil {
			return nil, err
		}
		if in.Body.Types.Set && !in.Body.Types.Null {
			return nil, desk.Invalid(desk.Field("types", desk.OneOf, "of", "null"))
		}
		change := staff.Change{ID: id, Active: in.Body.Active, Version: in.Version()}
		if in.Body.Roles != nil {
			change.Roles = append([]string{}, *in.Body.Roles...)
		}
		if in.Body.Groups != nil {
			change.Groups = append([]string{}, *in.Body.Groups...)
		}
		m, err := a.Joining.Change(ctx, c.Tenant, c.Actor, change)
		if err != nil {
			return nil, err
		}
		return a.memberView(ctx, a.house.Reader(c.Tenant, c.Actor), m)
	})
}

func userID(s string) (desk.UserID, error) {
	var id desk.UserID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

func (a *App) memberView(ctx context.Context, tx tenants.ReadTx, m staff.Member) (*Member, error) {
	list, err := a.memberList(ctx, tx, []staff.Member{m})
	if err != nil {
		return nil, err
	}
	return &list.Items[0], nil
}

// memberList shows members: what the tenant knows of them, and what their accounts do.
func (a *App) memberList(ctx context.Context, tx tenants.ReadTx, all []staff.Member) (*List[Member], error) {
	accounts, err := a.People.Members(ctx, tx.Tenant().ID)
	if err != nil {
		return nil, err
	}
	known := map[desk.UserID]people.Member{}
	for _, m := range accounts {
		known[m.User] = m
	}
	language := tx.Actor().Language
	roles, err := a.roleNames(ctx, tx, language)
	if err != nil {
		return nil, err
	}
	groups, err := groupNames(ctx, tx, language)
	if err != nil {
		return nil, err
	}
	held, err := a.abilities(ctx, tx, anyObject, access.MemberManage)
	if err != nil {
		return nil, err
	}
	list := &List[Member]{}
	for _, m := range all {
		account := known[m.ID]
		v := Member{
			ID: m.ID.String(), Name: m.Name, Email: m.Email, Active: m.Active, TOTP: account.TOTP, LastSeenAt: at(account.SeenAt), Version: m.Version,
			Roles: namesOf(m.Roles, roles), Groups: namesOf(m.Groups, groups), Abilities: held,
		}
		if account.Provider.ID != 0 {
			v.Provider = &Titled{account.Provider.Slug, account.Provider.Name}
		}
		list.Items = append(list.Items, v)
	}
	return list, nil
}

func namesOf(keys []string, names map[string]string) []Named {
	var out []Named
	for _, key := range keys {
		name, ok := names[key]
		if !ok {
			name = key
		}
		out = append(out, Named{key, name})
	}
	return out
}

func groupNames(ctx context.Context, tx tenants.ReadTx, language string) (map[string]string, error) {
	all, err := settings.Groups.All(ctx, tx)
	names := map[string]string{}
	for _, g := range all {
		names[g.Key] = g.Spec.Name.In(language)
	}
	return names, err
}

func rolesPublished(ctx context.Context, tx tenants.ReadTx) (map[string]access.Role, error) {
	all, err := settings.Roles.All(ctx, tx)
	roles := map[string]access.Role{}
	for _, p := range all {
		roles[p.Key] = p.Spec
	}
	return roles, err
}
