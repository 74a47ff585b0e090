package people

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// SignIn is a line of the audit of sign-ins, keys and shared settings.
type SignIn struct {
	ID      int64           `json:"-"`
	At      time.Time       `json:"at"`
	User    desk.UserID     `json:"user"`
	Tenant  desk.TenantID   `json:"-"`
	Contact desk.ContactID  `json:"contact"`
	What    string          `json:"what"`
	OK      bool            `json:"ok"`
	IP      string          `json:"ip"`
	Agent   string          `json:"agent"`
	Data    json.RawMessage `json:"data"`
}

// What the audit tells of.
const (
	signedIn         = "sign_in"
	secondFactor     = "second_factor"
	signedOut        = "sign_out"
	reauthenticated  = "reauthentication"
	passwordChanged  = "password_changed"
	passwordReset    = "password_reset"
	resetWanted      = "password_reset_wanted"
	totpOn           = "totp_on"
	totpOff          = "totp_off"
	keyMade          = "api_key_made"
	keyRevoked       = "api_key_revoked"
	sessionRevoked   = "session_revoked"
	invitationMade   = "invitation_made"
	invitationTaken  = "invitation_accepted"
	codeWanted       = "code_wanted"
	portalSignedIn   = "portal_sign_in"
	portalPassword   = "portal_password_changed"
	ownerMade        = "owner_made"
	userBlocked      = "user_blocked"
	userUnblocked    = "user_unblocked"
	providerMade     = "provider_made"
	providerMember   = "provider_member"
	engagementTold   = "engagement_"
	recoveryCodeUsed = "recovery_code_used"
)

// note is a line to be.
type note struct {
	user    desk.UserID
	tenant  desk.TenantID
	contact desk.ContactID
	what    string
	ok      bool
	from    From
	data    map[string]any
}

func (p *People) note(ctx context.Context, tx tenants.SharedTx, n note) error {
	if n.data == nil {
		n.data = map[string]any{}
	}
	data, err := json.Marshal(n.data)
	if err != nil {
		return fmt.Errorf("encode an audit line: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into manydesk.sign_ins (at, user_id, tenant_id, contact_id, what, ok, ip, agent, data)
		values ($1, $2, nullif($3, 0), $4, $5, $6, nullif($7, '')::inet, nullif($8, ''), $9)`,
		tx.Now(), n.user, int32(n.tenant), n.contact, n.what, n.ok, address(n.from), n.from.Agent, string(data))
	if err != nil {
		return fmt.Errorf("insert an audit line: %w", err)
	}
	return nil
}

// noteAlone writes a line in a unit of its own: a refusal is told although
// nothing else came of it.
func (p *People) noteAlone(ctx context.Context, n note) error {
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error { return p.note(ctx, tx, n) })
}

// SignInsOf pages through the audit of one person, newest first; before 0 begins.
func (p *People) SignInsOf(ctx context.Context, user desk.UserID, before int64, limit int) ([]SignIn, error) {
	return p.signIns(ctx, "user_id = $1", user, before, limit)
}

// SignInsIn pages through the audit of a tenant: its portal's sign-ins, its
// invitations, and the sign-ins of its members.
func (p *People) SignInsIn(ctx context.Context, tenant desk.TenantID, before int64, limit int) ([]SignIn, error) {
	return p.signIns(ctx, "(tenant_id = $1 or tenant_id is null and user_id in (select user_id from manydesk.memberships where tenant_id = $1))", int32(tenant), before, limit)
}

func (p *People) signIns(ctx context.Context, where string, arg any, before int64, limit int) ([]SignIn, error) {
	var rows []struct {
		ID        int64
		At        time.Time
		UserID    desk.UserID
		TenantID  int32
		ContactID desk.ContactID
		What      string
		OK        bool `bun:"ok"`
		IP        string
		Agent     string
		Data      json.RawMessage
	}
	err := p.house.SharedReader(me).Query(ctx, &rows, `select id, s.at as at, user_id, coalesce(tenant_id, 0) as tenant_id, contact_id, what, ok,
			coalesce(host(ip), '') as ip, coalesce(agent, '') as agent, data
		from manydesk.sign_ins s where `+where+" and ($2 = 0 or id < $2) order by id desc limit $3", arg, before, min(max(limit, 1), 200))
	if err != nil {
		return nil, fmt.Errorf("read the audit of sign-ins: %w", err)
	}
	all := make([]SignIn, len(rows))
	for i, r := range rows {
		all[i] = SignIn{r.ID, r.At, r.UserID, desk.TenantID(r.TenantID), r.ContactID, r.What, r.OK, r.IP, r.Agent, r.Data}
	}
	return all, nil
}
