package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/flows/joining"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Invitation is who was asked in.
type Invitation struct {
	ID        string   `json:"id"`
	Email     string   `json:"email"`
	Roles     []string `json:"roles"`
	CreatedAt Instant  `json:"created_at"`
	ExpiresAt Instant  `json:"expires_at"`
}

// InvitationPage is what the page behind an invitation's link shows.
type InvitationPage struct {
	Email    string          `json:"email"`
	Tenant   *InvitingTenant `json:"tenant"`
	Provider *Titled         `json:"provider"`
	Roles    []string        `json:"roles"`
	Known    bool            `json:"known" doc:"The address has an account; its password is asked for"`
}

// InvitingTenant is who invites.
type InvitingTenant struct {
	Name string `json:"name"`
	Look Look   `json:"look"`
}

type acceptIn struct {
	Token string `path:"token" maxLength:"200"`
	Body  struct {
		Name     string   `json:"name" maxLength:"120"`
		Password string   `json:"password" maxLength:"200"`
		Language Language `json:"language"`
	}
}

type inviteIn struct {
	Body struct {
		Email  string   `json:"email" maxLength:"254"`
		Roles  []string `json:"roles" minItems:"1" maxItems:"20"`
		Groups []string `json:"groups,omitempty" maxItems:"50"`
	}
}

func (a *App) invitationRoutes(r *Routes) {
	public(r, "GET /v1/invitations/{token}", Op{ID: "readInvitation", Tag: "People", Summary: "What an invitation's link is for", Anyone: byLink, Class: signIn, Cache: "no-store"},
		func(ctx context.Context, c Caller, in *TokenPath) (*InvitationPage, error) {
			i, err := a.People.Invitation(ctx, in.Token)
			if err != nil {
				return nil, err
			}
			return a.invitationPage(ctx, c, i)
		})
	public(r, "POST /v1/invitations/{token}/acceptance", Op{
		ID: "acceptInvitation", Tag: "People", Summary: "Accept an invitation and sign in", Anyone: byLink, Answers: 201, Class: signIn, Repeatable: true,
		Errors: []desk.Code{desk.NotFound, desk.SignInFailed, desk.SecondFactor, desk.TenantSuspended},
	}, func(ctx context.Context, c Caller, in *acceptIn) (*Session, error) {
		g, err := a.Joining.Accept(ctx, in.Token, people.Entrant{Name: in.Body.Name, Password: in.Body.Password, Language: string(in.Body.Language), SignedIn: c.visitor.session}, c.from())
		return a.granted(ctx, c, g, err)
	})
	const at = "/v1/tenants/{tenant}/invitations"
	manage := []access.Permission{access.MemberManage}
	view(r, "GET "+at, Op{ID: "listInvitations", Tag: "People", Summary: "Open invitations", Needs: manage},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[Invitation], error) {
			all, err := a.Joining.Invitations(ctx, tx)
			list := &List[Invitation]{}
			for _, i := range all {
				list.Items = append(list.Items, invitationView(i))
			}
			return list, err
		})
	flow(r, "POST "+at, Op{ID: "invite", Tag: "People", Summary: "Ask somebody in by a letter", Needs: manage, Answers: 201, Errors: []desk.Code{desk.AlreadyExists}},
		func(ctx context.Context, c Caller, in *inviteIn) (*Invitation, error) {
			i, err := a.Joining.Invite(ctx, c.Tenant, c.Actor, joining.Invite{Email: in.Body.Email, Roles: in.Body.Roles, Groups: in.Body.Groups, Language: c.Language})
			v := invitationView(i)
			return &v, err
		})
	flow(r, "DELETE "+at+"/{id}", Op{ID: "withdrawInvitation", Tag: "People", Summary: "Take an invitation back", Needs: manage},
		func(ctx context.Context, c Caller, in *IDPath) (Nothing, error) {
			id, err := credentialID(in.ID)
			if err != nil {
				return Nothing{}, err
			}
			return Nothing{}, a.Joining.Withdraw(ctx, c.Tenant, c.Actor, id)
		})
}

func invitationView(i people.Invitation) Invitation {
	return Invitation{ID: i.ID.String(), Email: i.Email, Roles: i.Roles, CreatedAt: Instant(i.CreatedAt), ExpiresAt: Instant(i.ExpiresAt)}
}

func (a *App) invitationPage(ctx context.Context, c Caller, i people.Invitation) (*InvitationPage, error) {
	v := &InvitationPage{Email: i.Email, Roles: i.Roles, Known: i.Known}
	if i.Provider.ID != 0 {
		v.Provider = &Titled{i.Provider.Slug, i.Provider.Name}
	}
	if i.Tenant == 0 {
		return v, nil
	}
	t, err := a.house.ByID(ctx, i.Tenant)
	if err != nil {
		return nil, err
	}
	v.Tenant = &InvitingTenant{t.Name, a.look(t)}
	names, err := a.roleNames(ctx, a.house.Reader(t, desk.Automaton("people")), c.Language)
	if err != nil {
		return nil, err
	}
	for n, key := range v.Roles {
		if name, ok := names[key]; ok {
			v.Roles[n] = name
		}
	}
	return v, nil
}

// roleNames are the tenant's words for its roles.
func (a *App) roleNames(ctx context.Context, tx tenants.ReadTx, language string) (map[string]string, error) {
	names := map[string]string{}
	for _, b := range access.Builtin() {
		names[b.Key] = b.Role.Name.In(language)
	}
	published, err := rolesPublished(ctx, tx)
	for key, role := range published {
		names[key] = role.Name.In(language)
	}
	return names, err
}
