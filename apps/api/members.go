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
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Email      string      `json:"email"`
	Roles      []Named     `json:"roles"`
	Groups     []Named     `json:"groups"`
	Lines      []int       `json:"lines"`
	Skills     []SkillHeld `json:"skills"`
	Languages  []string    `json:"languages"`
	Vendor     *VendorRef  `json:"vendor"`
	Provider   *Titled     `json:"provider"`
	Capacity   int         `json:"capacity" doc:"Tickets at once, over all tenants"`
	TimeZone   string      `json:"time_zone"`
	Week       Week        `json:"week" doc:"Usual hours in that zone; none: always on shift"`
	OnShift    bool        `json:"on_shift"`
	Until      *Instant    `json:"until" doc:"When the shift ends"`
	Absences   []ShiftItem `json:"absences" doc:"That run or come"`
	Active     bool        `json:"active"`
	LastSeenAt *Instant    `json:"last_seen_at"`
	TOTP       bool        `json:"totp"`
	Abilities  []string    `json:"abilities"`
	Version    int         `json:"version"`
}

// ETag is the member's version.
func (m *Member) ETag() string { return versionTag(m.Version) }

type memberIn struct {
	IDPath
	IfMatch
	Body struct {
		Roles     *[]string       `json:"roles,omitempty" maxItems:"20"`
		Lines     *[]int          `json:"lines,omitempty" maxItems:"3"`
		Skills    *map[string]int `json:"skills,omitempty" doc:"Levels 1 to 3 by the key of the skill; exactly these from now on"`
		Languages *[]string       `json:"languages,omitempty" maxItems:"20"`
		Vendor    Maybe[string]   `json:"vendor,omitzero" doc:"The third party whose engineer they are; null for none"`
		Capacity  Maybe[int]      `json:"capacity,omitzero" doc:"Over all tenants; null is the product's own number"`
		Types     Maybe[[]string] `json:"types,omitzero" doc:"Only null: types are bound to roles and engagements"`
		Groups    *[]string       `json:"groups,omitempty" maxItems:"50"`
		Active    *bool           `json:"active,omitempty"`
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
		ID: "changeMember", Tag: "People", Summary: "Give other roles, groups, skills, end the work or let come back", Needs: []access.Permission{access.MemberManage, access.MemberRead},
		Errors: []desk.Code{desk.LastOwner, desk.EngagementEnded},
	}, func(ctx context.Context, c Caller, in *memberIn) (*Member, error) {
		id, err := userID(in.ID)
		if err != nil {
			return nil, err
		}
		if in.Body.Types.Set && !in.Body.Types.Null {
			return nil, desk.Invalid(desk.Field("types", desk.OneOf, "of", "null"))
		}
		m, err := a.changeMember(ctx, c, id, in)
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
	roles, err := a.roleNames(ctx, tx, tx.Actor().Language)
	if err != nil {
		return nil, err
	}
	words, err := a.teamWords(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	away, err := a.absences(ctx, tx, all)
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
			Roles: namesOf(m.Roles, roles), Groups: namesOf(m.Groups, words.groups), Abilities: held,
			Lines: m.Lines, Skills: words.held(m), Languages: m.Languages, Vendor: words.vendor(m), Absences: away[m.ID],
		}
		s := words.standings[m.ID]
		v.Capacity, v.TimeZone, v.Week, v.OnShift, v.Until = s.Takes(), s.TimeZone, weekView(s.Week), s.OnShift && m.Active, at(s.Until)
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
