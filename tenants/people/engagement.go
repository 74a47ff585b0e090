package people

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
)

// Engagement joins a provider to a tenant: the roles it grants, the ticket types
// it covers, its beginning and end. One side offers it, the other accepts;
// either may end it.
type Engagement struct {
	ID        desk.EngagementID
	Provider  ProviderRef
	Tenant    desk.TenantID
	State     EngagementState
	OfferedBy Side
	Roles     []string
	// Types nil covers all ticket types.
	Types      []string
	StartsAt   time.Time
	EndsAt     time.Time // zero: open
	AcceptedAt time.Time
	EndedAt    time.Time
	EndedBy    desk.UserID
	Version    int
}

// EngagementState of an engagement.
type EngagementState string

// The states of an engagement. One whose end has come is ended, whatever its row still says.
const (
	Offered          EngagementState = "offered"
	EngagementActive EngagementState = "active"
	Ended            EngagementState = "ended"
	Refused          EngagementState = "refused"
)

// Side of an engagement.
type Side string

// The sides of an engagement.
const (
	ProviderSide Side = "provider"
	TenantSide   Side = "tenant"
)

// Other is who must accept what this side offered.
func (s Side) Other() Side {
	if s == ProviderSide {
		return TenantSide
	}
	return ProviderSide
}

// At is the engagement as it stands at now.
func (e Engagement) At(now time.Time) Engagement {
	if e.State == EngagementActive && !e.EndsAt.IsZero() && !now.Before(e.EndsAt) {
		e.State, e.EndedAt = Ended, e.EndsAt
	}
	return e
}

type engagementRow struct {
	ID           desk.EngagementID
	ProviderID   int32
	ProviderSlug string
	ProviderName string
	TenantID     int32
	State        string
	OfferedBy    string
	Roles        []string `bun:",array"`
	Types        []string `bun:",array"`
	StartsAt     time.Time
	EndsAt       bun.NullTime
	AcceptedAt   bun.NullTime
	EndedAt      bun.NullTime
	EndedBy      desk.UserID
	Version      int
}

const engagementColumns = `e.id, e.provider_id, p.slug as provider_slug, p.name as provider_name, e.tenant_id, e.state, e.offered_by, e.roles, e.types,
	e.starts_at, e.ends_at, e.accepted_at, e.ended_at, e.ended_by, e.version
	from manydesk.engagements e join manydesk.providers p on p.id = e.provider_id`

func (r engagementRow) engagement() Engagement {
	return Engagement{
		ID: r.ID, Provider: ProviderRef{desk.ProviderID(r.ProviderID), r.ProviderSlug, r.ProviderName}, Tenant: desk.TenantID(r.TenantID),
		State: EngagementState(r.State), OfferedBy: Side(r.OfferedBy), Roles: r.Roles, Types: r.Types, StartsAt: r.StartsAt, EndsAt: r.EndsAt.Time,
		AcceptedAt: r.AcceptedAt.Time, EndedAt: r.EndedAt.Time, EndedBy: r.EndedBy, Version: r.Version,
	}
}

// EngagementsOf lists a tenant's engagements, the newest first.
func (p *People) EngagementsOf(ctx context.Context, tenant desk.TenantID) ([]Engagement, error) {
	return p.engagements(ctx, "e.tenant_id = $1", int32(tenant))
}

// EngagementsBy lists a provider's engagements, the newest first.
func (p *People) EngagementsBy(ctx context.Context, provider desk.ProviderID) ([]Engagement, error) {
	return p.engagements(ctx, "e.provider_id = $1", int32(provider))
}

func (p *People) engagements(ctx context.Context, where string, arg any) ([]Engagement, error) {
	tx := p.house.SharedReader(me)
	var rows []engagementRow
	if err := tx.Query(ctx, &rows, "select "+engagementColumns+" where "+where+" order by e.id desc limit 500", arg); err != nil {
		return nil, fmt.Errorf("list engagements: %w", err)
	}
	all := make([]Engagement, len(rows))
	for i, row := range rows {
		all[i] = row.engagement().At(tx.Now())
	}
	return all, nil
}

// Engagement finds one. NotFound for none.
func (p *People) Engagement(ctx context.Context, id desk.EngagementID) (Engagement, error) {
	tx := p.house.SharedReader(me)
	var row engagementRow
	err := tx.Query(ctx, &row, "select "+engagementColumns+" where e.id = $1", id)
	return row.engagement().At(tx.Now()), absent(err, "find an engagement")
}

// lockEngagement reads one and holds it, so that two ends of one take turns.
func lockEngagement(ctx context.Context, tx tenants.SharedTx, id desk.EngagementID) (Engagement, error) {
	var row engagementRow
	err := tx.Query(ctx, &row, "select "+engagementColumns+" where e.id = $1 for update of e", id)
	return row.engagement().At(tx.Now()), absent(err, "lock an engagement")
}

// Offer stores what one side offers. Roles are the caller's to check.
//
// Errors: AlreadyExists while another is offered or active between the two;
// ValidationFailed when it would end before it begins, or has ended.
func (p *People) Offer(ctx context.Context, tx tenants.SharedTx, e Engagement) (Engagement, error) {
	e.ID, e.State, e.Version = desk.NewEngagementID(tx.Now()), Offered, 1
	if e.StartsAt.IsZero() {
		e.StartsAt = tx.Now()
	}
	if !e.EndsAt.IsZero() && (!e.EndsAt.After(e.StartsAt) || !e.EndsAt.After(tx.Now())) {
		return Engagement{}, desk.Invalid(desk.Field("ends_at", desk.InPast))
	}
	if err := p.closeOver(ctx, tx, e.Provider.ID, e.Tenant); err != nil {
		return Engagement{}, err
	}
	_, err := tx.Exec(ctx, `insert into manydesk.engagements (id, provider_id, tenant_id, state, offered_by, roles, types, starts_at, ends_at)
		values ($1, $2, $3, 'offered', $4, $5, $6, $7, $8)`, e.ID, int32(e.Provider.ID), int32(e.Tenant), string(e.OfferedBy), e.Roles, e.Types, e.StartsAt, orNull(e.EndsAt))
	if tenants.Constraint(err) == "engagements_live_uq" {
		return Engagement{}, desk.Refuse(desk.AlreadyExists, "what", e.Provider.Name)
	}
	if err != nil {
		return Engagement{}, fmt.Errorf("insert an engagement: %w", err)
	}
	return e, p.told(ctx, tx, e)
}

// closeOver writes down the end of an engagement whose time is over, so that a new one may follow.
func (p *People) closeOver(ctx context.Context, tx tenants.SharedTx, provider desk.ProviderID, tenant desk.TenantID) error {
	_, err := tx.Exec(ctx, `update manydesk.engagements set state = 'ended', ended_at = ends_at, version = version + 1
		where provider_id = $1 and tenant_id = $2 and state in ('offered', 'active') and ends_at <= $3`, int32(provider), int32(tenant), tx.Now())
	if err != nil {
		return fmt.Errorf("close engagements that are over: %w", err)
	}
	return nil
}

// Answer accepts or refuses, for the side that did not offer.
//
// Errors: NotFound; ChangedMeanwhile for another version; Denied for the side
// that offered; InUse when it is not offered any more.
func (p *People) Answer(ctx context.Context, tx tenants.SharedTx, id desk.EngagementID, side Side, version int, accept bool) (Engagement, error) {
	e, err := lockEngagement(ctx, tx, id)
	switch {
	case err != nil:
		return Engagement{}, err
	case version != 0 && version != e.Version:
		return Engagement{}, desk.Refuse(desk.ChangedMeanwhile).With("current", e.Version)
	case e.State != Offered:
		return Engagement{}, desk.Refuse(desk.InUse, "where", string(e.State))
	case side != e.OfferedBy.Other():
		return Engagement{}, desk.Refuse(desk.Denied, "right", "engagement.manage", "who", string(e.OfferedBy.Other()))
	case accept && !e.EndsAt.IsZero() && !e.EndsAt.After(tx.Now()):
		return Engagement{}, desk.Refuse(desk.Gone)
	}
	e.Version++
	if accept {
		e.State, e.AcceptedAt = EngagementActive, tx.Now()
	} else {
		e.State = Refused
	}
	_, err = tx.Exec(ctx, "update manydesk.engagements set state = $2, accepted_at = $3, version = $4 where id = $1", id, string(e.State), orNull(e.AcceptedAt), e.Version)
	if err != nil {
		return Engagement{}, fmt.Errorf("answer an engagement: %w", err)
	}
	if err := tx.AccessChanged(ctx, e.Tenant); err != nil {
		return Engagement{}, err
	}
	return e, p.told(ctx, tx, e)
}

// End ends an engagement, or takes an offer back: its memberships open nothing
// any more. It answers who has lost access; ending twice changes nothing.
//
// Errors: NotFound; ChangedMeanwhile for another version (0 is any).
func (p *People) End(ctx context.Context, tx tenants.SharedTx, id desk.EngagementID, version int) (e Engagement, left []desk.UserID, err error) {
	var row engagementRow
	if err := tx.Query(ctx, &row, "select "+engagementColumns+" where e.id = $1 for update of e", id); err != nil {
		return Engagement{}, nil, absent(err, "lock an engagement")
	}
	e = row.engagement()
	if version != 0 && version != e.Version {
		return Engagement{}, nil, desk.Refuse(desk.ChangedMeanwhile).With("current", e.Version)
	}
	if e.State == Ended || e.State == Refused {
		return e, nil, nil
	}
	e.State, e.EndedAt, e.EndedBy, e.Version = Ended, tx.Now(), tx.Actor().User(), e.Version+1
	if _, err := tx.Exec(ctx, "update manydesk.engagements set state = 'ended', ended_at = $2, ended_by = $3, version = $4 where id = $1", id, e.EndedAt, e.EndedBy, e.Version); err != nil {
		return Engagement{}, nil, fmt.Errorf("end an engagement: %w", err)
	}
	var gone []struct{ UserID desk.UserID }
	if err := tx.Query(ctx, &gone, "update manydesk.memberships set active = false where engagement_id = $1 and active returning user_id", id); err != nil {
		return Engagement{}, nil, fmt.Errorf("end memberships: %w", err)
	}
	for _, g := range gone {
		left = append(left, g.UserID)
	}
	tx.AfterCommit(p.members.clear)
	if err := tx.AccessChanged(ctx, e.Tenant); err != nil {
		return Engagement{}, nil, err
	}
	return e, left, p.told(ctx, tx, e)
}

// told writes the change into the shared audit; the tenant's log gets its own fact.
func (p *People) told(ctx context.Context, tx tenants.SharedTx, e Engagement) error {
	return p.note(ctx, tx, note{
		user: tx.Actor().User(), tenant: e.Tenant, what: engagementTold + string(e.State), ok: true,
		data: map[string]any{"engagement": e.ID, "provider": e.Provider.Slug, "roles": e.Roles, "types": e.Types},
	})
}

func orNull(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }
