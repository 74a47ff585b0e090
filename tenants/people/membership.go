package people

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
)

// Membership opens a tenant to a person: as its own member, or by an engagement
// of their provider. What they may do there is in the tenant (staff, roles).
type Membership struct {
	User       desk.UserID
	Tenant     desk.TenantID
	Engagement desk.EngagementID // zero for own people
	Provider   ProviderRef       // zero for own people
	// Pin is the key 1 to 9 under which the person keeps the tenant; 0 is none.
	Pin   int
	Since time.Time

	active       bool
	state        string
	starts, ends time.Time
}

// ProviderRef names a provider.
type ProviderRef struct {
	ID   desk.ProviderID
	Slug string
	Name string
}

// Live reports whether the membership opens its tenant at now. An engagement's
// end is looked at here, so that it needs no job to take hold.
func (m Membership) Live(now time.Time) bool {
	if !m.active {
		return false
	}
	if m.Engagement.IsZero() {
		return true
	}
	return m.state == string(EngagementActive) && !now.Before(m.starts) && (m.ends.IsZero() || now.Before(m.ends))
}

type membershipRow struct {
	UserID       desk.UserID
	TenantID     int32
	EngagementID desk.EngagementID
	Active       bool
	Pin          int
	Since        time.Time
	State        string
	StartsAt     bun.NullTime
	EndsAt       bun.NullTime
	ProviderID   sql.NullInt32
	ProviderSlug string
	ProviderName string
}

func (r membershipRow) membership() Membership {
	return Membership{
		User: r.UserID, Tenant: desk.TenantID(r.TenantID), Engagement: r.EngagementID, Pin: r.Pin, Since: r.Since,
		Provider: ProviderRef{desk.ProviderID(r.ProviderID.Int32), r.ProviderSlug, r.ProviderName},
		active:   r.Active, state: r.State, starts: r.StartsAt.Time, ends: r.EndsAt.Time,
	}
}

const membershipColumns = `m.user_id, m.tenant_id, m.engagement_id, m.active, coalesce(m.pin, 0) as pin, m.since,
	case when p.state = 'active' then e.state else coalesce(p.state, '') end as state, e.starts_at, e.ends_at,
	e.provider_id, coalesce(p.slug, '') as provider_slug, coalesce(p.name, '') as provider_name
	from manydesk.memberships m left join manydesk.engagements e on e.id = m.engagement_id left join manydesk.providers p on p.id = e.provider_id`

// Memberships are all of a person's, ended ones too, by tenant; remembered for a second.
func (p *People) Memberships(ctx context.Context, user desk.UserID) ([]Membership, error) {
	if known, ok := p.members.get(user); ok {
		return known, nil
	}
	now := p.house.Clock()()
	var rows []membershipRow
	if err := p.house.SharedReader(me).Query(ctx, &rows, "select "+membershipColumns+" where m.user_id = $1 order by m.tenant_id", user); err != nil {
		return nil, fmt.Errorf("read memberships: %w", err)
	}
	all := make([]Membership, len(rows))
	for i, row := range rows {
		all[i] = row.membership()
	}
	p.members.put(user, all, now)
	return slices.Clip(all), nil
}

// Tenants are the memberships that open a tenant to this session now.
func (p *People) Tenants(ctx context.Context, s Session) ([]Membership, error) {
	all, err := p.Memberships(ctx, s.User.ID)
	if err != nil {
		return nil, err
	}
	now := p.house.Clock()()
	live := make([]Membership, 0, len(all))
	for _, m := range all {
		if m.Live(now) && s.reaches(m.Tenant) {
			live = append(live, m)
		}
	}
	return live, nil
}

func (s Session) reaches(tenant desk.TenantID) bool {
	return s.Tenants == nil || slices.Contains(s.Tenants, tenant)
}

// ActorIn makes the actor by which a session works in a tenant.
//
// Errors: NotFound for a tenant that is not the person's; EngagementEnded for
// one that was by an engagement and is no more.
func (p *People) ActorIn(ctx context.Context, s Session, tenant tenants.Tenant) (desk.Actor, error) {
	all, err := p.Memberships(ctx, s.User.ID)
	if err != nil {
		return desk.Actor{}, err
	}
	i := slices.IndexFunc(all, func(m Membership) bool { return m.Tenant == tenant.ID })
	if i < 0 || !s.reaches(tenant.ID) {
		return desk.Actor{}, desk.Missing()
	}
	m := all[i]
	if !m.Live(p.house.Clock()()) {
		if m.Engagement.IsZero() {
			return desk.Actor{}, desk.Missing()
		}
		return desk.Actor{}, desk.Refuse(desk.EngagementEnded, "customer", tenant.Name)
	}
	return m.actor(s), nil
}

func (m Membership) actor(s Session) desk.Actor {
	a := s.Actor()
	a.Provider, a.Engagement = m.Provider.ID, m.Engagement
	return a
}

// Actor is the person outside any tenant, narrowed by the key they came with.
func (s Session) Actor() desk.Actor {
	a := s.User.Actor()
	a.Key, a.Scopes = s.ID, s.Scopes
	return a
}

// Member is what the shared side knows of a tenant's member.
type Member struct {
	Membership
	Name, Email string
	TOTP        bool
	SeenAt      time.Time // zero: never
}

// Members lists who may open a tenant, live or not, by name.
func (p *People) Members(ctx context.Context, tenant desk.TenantID) ([]Member, error) {
	var rows []struct {
		membershipRow `bun:",extend"`
		Name          string
		Email         string
		TotpOn        bool
		SeenAt        bun.NullTime
	}
	err := p.house.SharedReader(me).Query(ctx, &rows, `select u.name, u.email, coalesce((u.totp->>'on')::boolean, false) as totp_on,
			(select max(coalesce(c.seen_at, c.created_at)) from manydesk.credentials c where c.user_id = u.id and c.kind = 'session') as seen_at, `+
		membershipColumns+" join manydesk.users u on u.id = m.user_id where m.tenant_id = $1 order by u.name, u.id", int32(tenant))
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	all := make([]Member, len(rows))
	for i, row := range rows {
		all[i] = Member{row.membership(), row.Name, row.Email, row.TotpOn, row.SeenAt.Time}
	}
	return all, nil
}

// Join opens the tenant to a user; one who left comes back. The staff row is
// the caller's to write in the same unit (desk/flows/joining).
func (p *People) Join(ctx context.Context, tx tenants.SharedTx, user desk.UserID, tenant desk.TenantID, engagement desk.EngagementID) error {
	_, err := tx.Exec(ctx, `insert into manydesk.memberships (user_id, tenant_id, engagement_id, since) values ($1, $2, $3, $4)
		on conflict (user_id, tenant_id) do update set active = true, engagement_id = excluded.engagement_id,
			since = case when memberships.active then memberships.since else excluded.since end`, user, int32(tenant), engagement, tx.Now())
	if err != nil {
		return fmt.Errorf("insert a membership: %w", err)
	}
	tx.AfterCommit(p.members.clear)
	return tx.AccessChanged(ctx, tenant)
}

// Leave closes the tenant to users, at once in this process and within a second in all.
func (p *People) Leave(ctx context.Context, tx tenants.SharedTx, tenant desk.TenantID, users ...desk.UserID) error {
	_, err := tx.Exec(ctx, "update manydesk.memberships set active = false where tenant_id = $1 and user_id = any($2::uuid[])", int32(tenant), uuids(users))
	if err != nil {
		return fmt.Errorf("end memberships: %w", err)
	}
	tx.AfterCommit(p.members.clear)
	return tx.AccessChanged(ctx, tenant)
}

const mostPins = 9

// Pin keeps tenants under the keys 1 to 9, in the given order; others lose theirs.
//
// Errors: ValidationFailed for more than nine or one twice; ScopeMissing for a
// narrowed key.
func (p *People) Pin(ctx context.Context, s Session, order []desk.TenantID) error {
	if s.Scopes != nil {
		return desk.Refuse(desk.ScopeMissing, "scope", "session")
	}
	if len(order) > mostPins {
		return desk.Invalid(desk.Field("slugs", desk.MaxItems, "max", mostPins))
	}
	ids := make([]int32, len(order))
	for i, id := range order {
		if slices.Contains(order[:i], id) {
			return desk.Invalid(desk.Field(fmt.Sprintf("slugs/%d", i), desk.Unique))
		}
		ids[i] = int32(id)
	}
	return p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.memberships set pin = array_position($2::integer[], tenant_id) where user_id = $1", s.User.ID, ids)
		if err != nil {
			return fmt.Errorf("pin tenants: %w", err)
		}
		tx.AfterCommit(func() { p.members.drop(s.User.ID) })
		return nil
	})
}

func uuids(ids []desk.UserID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.UUID()
	}
	return all
}
