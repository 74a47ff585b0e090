package people

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Invitation asks somebody into a tenant, or into a provider.
type Invitation struct {
	ID    desk.CredentialID
	Email string
	// Tenant is zero for an invitation to a provider, Provider for one to a tenant.
	Tenant    desk.TenantID
	Provider  ProviderRef
	Roles     []string
	Groups    []string
	By        string
	CreatedAt time.Time
	ExpiresAt time.Time
	// Known reports that the address has an account already: its password is
	// asked for, not a new one.
	Known bool

	user userRow
}

// invite is what is stored of it.
type invite struct {
	Email    string          `json:"email"`
	Roles    []string        `json:"roles"`
	Groups   []string        `json:"groups,omitempty"`
	By       string          `json:"by"`
	Provider desk.ProviderID `json:"provider,omitempty"`
}

const invitationLasts = 7 * 24 * time.Hour

// Invite stores an invitation and leaves the job of its letter. An earlier one
// of the same address to the same place is void. Rights and roles are the
// caller's to check (desk/flows/joining). token is the link's, for who has no mail.
//
// Errors: ValidationFailed; AlreadyExists for who is a live member there.
func (p *People) Invite(ctx context.Context, tx tenants.SharedTx, in Invitation, language string) (made Invitation, token string, err error) {
	email, wrong := checkEmail("email", in.Email)
	if err := desk.Invalid(wrong...); err != nil {
		return Invitation{}, "", err
	}
	user, err := p.invited(ctx, tx, email, language)
	if err != nil {
		return Invitation{}, "", err
	}
	if err := p.notYet(ctx, tx, user.ID, in); err != nil {
		return Invitation{}, "", err
	}
	_, err = tx.Exec(ctx, `delete from manydesk.credentials where kind = 'invite' and user_id = $1 and coalesce(tenant_id, 0) = $2
		and coalesce((data->'invite'->>'provider')::integer, 0) = $3`, user.ID, int32(in.Tenant), int32(in.Provider.ID))
	if err != nil {
		return Invitation{}, "", fmt.Errorf("void earlier invitations: %w", err)
	}
	in.ID, in.Email, in.By = desk.NewCredentialID(tx.Now()), email, tx.Actor().Name
	in.CreatedAt, in.ExpiresAt, in.Known = tx.Now(), tx.Now().Add(invitationLasts), UserState(user.State) == Active
	token, hash := newToken()
	err = insertCredential(ctx, tx, credential{
		hash: hash, id: in.ID, kind: "invite", user: user.ID, tenant: in.Tenant, expires: in.ExpiresAt,
		data: credentialData{Invite: &invite{email, in.Roles, in.Groups, in.By, in.Provider.ID}},
	})
	if err != nil {
		return Invitation{}, "", err
	}
	letter, err := p.job(InvitationLetter, in.ID, Letter{
		To: email, Name: user.Name, Language: user.Language, By: in.By, Provider: in.Provider.Name, Expires: in.ExpiresAt,
	}, Secret{Token: token})
	if err != nil {
		return Invitation{}, "", err
	}
	if err := jobs.EnqueueShared(ctx, tx, in.Tenant, letter); err != nil {
		return Invitation{}, "", err
	}
	return in, token, p.note(ctx, tx, note{user: tx.Actor().User(), tenant: in.Tenant, what: invitationMade, ok: true, data: map[string]any{"email": email, "roles": in.Roles}})
}

// invited finds the account of an address, or makes one that waits.
func (p *People) invited(ctx context.Context, tx tenants.SharedTx, email, language string) (userRow, error) {
	_, err := tx.Exec(ctx, `insert into manydesk.users (id, email, name, state, language, created_at) values ($1, $2, $2, 'invited', $3, $4) on conflict (email) do nothing`,
		desk.NewUserID(tx.Now()), email, language, tx.Now())
	if err != nil {
		return userRow{}, fmt.Errorf("insert an invited user: %w", err)
	}
	row, err := p.find(ctx, tx.SharedReadTx, "u.email = $1", email)
	if err == nil && row.State == string(Invited) {
		row.Name = ""
	}
	return row, err
}

func (p *People) notYet(ctx context.Context, tx tenants.SharedTx, user desk.UserID, in Invitation) error {
	var already bool
	err := tx.QueryRow(ctx, `select exists (select from manydesk.memberships m left join manydesk.engagements e on e.id = m.engagement_id
				where m.user_id = $1 and m.tenant_id = $2 and m.active and (e.id is null or e.state = 'active' and (e.ends_at is null or e.ends_at > $4)))
			or exists (select from manydesk.provider_members where user_id = $1 and provider_id = $3 and active)`,
		[]any{user, int32(in.Tenant), int32(in.Provider.ID), tx.Now()}, &already)
	if err != nil {
		return fmt.Errorf("look for a membership: %w", err)
	}
	if already {
		return desk.Refuse(desk.AlreadyExists, "what", in.Email)
	}
	return nil
}

type inviteRow struct {
	ID           desk.CredentialID
	UserID       desk.UserID
	TenantID     int32
	Data         json.RawMessage
	MadeAt       time.Time
	ExpiresAt    time.Time
	State        string
	ProviderSlug string
	ProviderName string
}

const inviteColumns = `c.id, c.user_id, coalesce(c.tenant_id, 0) as tenant_id, c.data, c.created_at as made_at, c.expires_at, u.state,
	coalesce(p.slug, '') as provider_slug, coalesce(p.name, '') as provider_name
	from manydesk.credentials c join manydesk.users u on u.id = c.user_id
	left join manydesk.providers p on p.id = (c.data->'invite'->>'provider')::integer`

func (r inviteRow) invitation() (Invitation, error) {
	var d credentialData
	if err := json.Unmarshal(r.Data, &d); err != nil || d.Invite == nil {
		return Invitation{}, fmt.Errorf("read an invitation: %w", err)
	}
	return Invitation{
		ID: r.ID, Email: d.Invite.Email, Tenant: desk.TenantID(r.TenantID), Provider: ProviderRef{d.Invite.Provider, r.ProviderSlug, r.ProviderName},
		Roles: d.Invite.Roles, Groups: d.Invite.Groups, By: d.Invite.By, CreatedAt: r.MadeAt, ExpiresAt: r.ExpiresAt, Known: r.State == string(Active),
		user: userRow{ID: r.UserID, State: r.State},
	}, nil
}

// Invitation finds the invitation of a mailed link. NotFound for one that is
// unknown, taken, withdrawn or over.
func (p *People) Invitation(ctx context.Context, token string) (Invitation, error) {
	hash, ok := tokenHash(token)
	if !ok {
		return Invitation{}, desk.Missing()
	}
	var row inviteRow
	err := p.house.SharedReader(me).Query(ctx, &row, "select "+inviteColumns+" where c.hash = $1 and c.kind = 'invite' and c.expires_at > $2", hash[:], p.house.Clock()())
	if err := absent(err, "find an invitation"); err != nil {
		return Invitation{}, err
	}
	return row.invitation()
}

// Invitations lists a tenant's open invitations, the newest first.
func (p *People) Invitations(ctx context.Context, tenant desk.TenantID) ([]Invitation, error) {
	return p.invitations(ctx, "c.tenant_id = $1", int32(tenant))
}

// ProviderInvitations lists a provider's open invitations, the newest first.
func (p *People) ProviderInvitations(ctx context.Context, provider desk.ProviderID) ([]Invitation, error) {
	return p.invitations(ctx, "p.id = $1", int32(provider))
}

func (p *People) invitations(ctx context.Context, where string, arg any) ([]Invitation, error) {
	var rows []inviteRow
	err := p.house.SharedReader(me).Query(ctx, &rows, "select "+inviteColumns+" where c.kind = 'invite' and c.expires_at > $2 and "+where+" order by c.created_at desc, c.id limit 500", arg, p.house.Clock()())
	if err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	all := make([]Invitation, len(rows))
	for i, row := range rows {
		if all[i], err = row.invitation(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Withdraw voids an invitation to a tenant or a provider. NotFound for one elsewhere.
func (p *People) Withdraw(ctx context.Context, tx tenants.SharedTx, id desk.CredentialID, tenant desk.TenantID, provider desk.ProviderID) error {
	n, err := tx.Exec(ctx, `delete from manydesk.credentials where id = $1 and kind = 'invite' and coalesce(tenant_id, 0) = $2
		and coalesce((data->'invite'->>'provider')::integer, 0) = $3`, id, int32(tenant), int32(provider))
	if err != nil {
		return fmt.Errorf("delete an invitation: %w", err)
	}
	if n == 0 {
		return desk.Missing()
	}
	return nil
}
