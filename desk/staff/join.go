package staff

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Joining is who begins to work here, and as what.
type Joining struct {
	ID         desk.UserID
	Email      string
	Name       string
	Provider   desk.ProviderID
	Engagement desk.EngagementID
	Roles      []string
	Groups     []string
	// Why is told in the fact: "invitation", "engagement", "setup".
	Why string
}

// Join adds a member, or brings back one who left. It asks for no right: whoever
// invited or engaged them was asked (desk/flows/joining). Fact member.joined.
func (s *Staff) Join(ctx context.Context, tx tenants.Tx, in Joining) (Member, error) {
	if in.Groups == nil {
		in.Groups = []string{}
	}
	var row memberRow
	err := tx.Query(ctx, &row, `insert into ?tenant.staff as s (user_id, email, name, provider_id, engagement_id, roles, groups, created_at)
			values ($1, $2, $3, nullif($4, 0), $5, $6, $7, $8)
		on conflict (user_id) do update set email = excluded.email, name = excluded.name, provider_id = excluded.provider_id,
			engagement_id = excluded.engagement_id, roles = excluded.roles,
			groups = case when cardinality(excluded.groups) > 0 then excluded.groups else s.groups end, active = true, version = s.version + 1
		returning `+columns, in.ID, in.Email, in.Name, int32(in.Provider), in.Engagement, in.Roles, in.Groups, tx.Now())
	if err != nil {
		return Member{}, fmt.Errorf("insert a member: %w", err)
	}
	return row.member(), s.record(ctx, tx, FactJoined, in.ID, map[string]any{
		"name": in.Name, "email": in.Email, "roles": in.Roles, "groups": in.Groups, "engagement": in.Engagement, "why": in.Why,
	})
}

// Leave ends the work of these members; their rows stay. It asks for no right.
// Fact member.left for each who was active.
//
// Errors: LastOwner.
func (s *Staff) Leave(ctx context.Context, tx tenants.Tx, why string, ids ...desk.UserID) error {
	if len(ids) == 0 {
		return nil
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = id.UUID()
	}
	if _, err := owners(ctx, tx); err != nil {
		return err
	}
	var rows []memberRow
	err := tx.Query(ctx, &rows, "update ?tenant.staff set active = false, version = version + 1 where user_id = any($1::uuid[]) and active returning "+columns, keys)
	if err != nil {
		return fmt.Errorf("end the work of members: %w", err)
	}
	for _, row := range rows {
		if row.member().owner() {
			if err := ownerStays(ctx, tx); err != nil {
				return err
			}
		}
		if err := s.record(ctx, tx, FactLeft, row.UserID, map[string]any{"why": why}); err != nil {
			return err
		}
	}
	return nil
}

// LeaveEngagement ends the work of everybody who is here by an engagement. Facts as of Leave.
func (s *Staff) LeaveEngagement(ctx context.Context, tx tenants.Tx, engagement desk.EngagementID) error {
	members, err := list(ctx, tx.ReadTx, "engagement_id = $1 and active", engagement)
	if err != nil {
		return err
	}
	ids := make([]desk.UserID, len(members))
	for i, m := range members {
		ids[i] = m.ID
	}
	return s.Leave(ctx, tx, "engagement", ids...)
}

// Rename gives a member's row the name and address of their account. It asks for
// no right: it repeats what the person said of themself.
func (s *Staff) Rename(ctx context.Context, tx tenants.Tx, id desk.UserID, name, email string) error {
	if _, err := tx.Exec(ctx, "update ?tenant.staff set name = $2, email = $3 where user_id = $1", id, name, email); err != nil {
		return fmt.Errorf("rename a member: %w", err)
	}
	return nil
}
