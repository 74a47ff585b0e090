package people

import (
	"context"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/tenants"
)

// Engaged lists who works under which of the engagements.
func (p *People) Engaged(ctx context.Context, ids ...desk.EngagementID) (map[desk.EngagementID][]ProviderMember, error) {
	var rows []struct {
		EngagementID desk.EngagementID
		UserID       desk.UserID
		Name         string
		Email        string
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = id.UUID()
	}
	err := p.house.SharedReader(me).Query(ctx, &rows, `select m.engagement_id, m.user_id, u.name, u.email from manydesk.memberships m
		join manydesk.users u on u.id = m.user_id where m.engagement_id = any($1::uuid[]) and m.active order by u.name, u.id`, keys)
	if err != nil {
		return nil, fmt.Errorf("list who is engaged: %w", err)
	}
	all := map[desk.EngagementID][]ProviderMember{}
	for _, r := range rows {
		all[r.EngagementID] = append(all[r.EngagementID], ProviderMember{User: r.UserID, Name: r.Name, Email: r.Email, Active: true})
	}
	return all, nil
}

// Staffing locks an active engagement and tells who works under it, and which
// of the wanted users are the provider's active people, with their names.
//
// Errors: NotFound; EngagementEnded when it is not active; unknown_id for a user
// who is not of the provider or is the tenant's own.
func (p *People) Staffing(ctx context.Context, tx tenants.SharedTx, id desk.EngagementID, wanted []desk.UserID) (e Engagement, now []desk.UserID, people []ProviderMember, err error) {
	if e, err = lockEngagement(ctx, tx, id); err != nil {
		return e, nil, nil, err
	}
	if e.State != EngagementActive {
		return e, nil, nil, desk.Refuse(desk.EngagementEnded, "customer", "")
	}
	var rows []struct {
		UserID  desk.UserID
		Name    string
		Email   string
		Engaged bool
		Member  bool
		Own     bool
	}
	err = tx.Query(ctx, &rows, `select u.id as user_id, u.name, u.email, coalesce(m.active and m.engagement_id = $1, false) as engaged,
			exists (select from manydesk.provider_members pm where pm.user_id = u.id and pm.provider_id = $2 and pm.active) as member,
			coalesce(m.active and m.engagement_id is null, false) as own
		from manydesk.users u left join manydesk.memberships m on m.user_id = u.id and m.tenant_id = $3
		where u.id = any($4::uuid[]) or m.engagement_id = $1 and m.active`, id, int32(e.Provider.ID), int32(e.Tenant), uuids(wanted))
	if err != nil {
		return e, nil, nil, fmt.Errorf("read who is engaged: %w", err)
	}
	found := map[desk.UserID]bool{}
	for _, r := range rows {
		if r.Engaged {
			now = append(now, r.UserID)
		}
		if slices.Contains(wanted, r.UserID) && r.Member && !r.Own {
			found[r.UserID] = true
			people = append(people, ProviderMember{User: r.UserID, Name: r.Name, Email: r.Email, Provider: e.Provider, Active: true})
		}
	}
	var wrong []desk.FieldError
	for i, id := range wanted {
		if !found[id] {
			wrong = append(wrong, desk.Field(fmt.Sprintf("users/%d", i), desk.UnknownID))
		}
	}
	return e, now, people, desk.Invalid(wrong...)
}
