package staff

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Change is what is changed of a member; nil leaves it as it is.
type Change struct {
	ID     desk.UserID
	Roles  []string
	Groups []string
	Lines  []int
	// Skills nil leaves them; an empty map takes all away.
	Skills    map[string]int
	Languages []string
	// Vendor of the zero id is none; that the company is a vendor is seen to by
	// whoever asks.
	Vendor *desk.CompanyID
	Active *bool
	// Version the change was made from.
	Version int
}

// Change gives a member other roles, groups, lines, skills, languages or another
// vendor, ends their work or lets them come back. Rights: member.manage, and for roles nothing beyond the actor's own
// rights, before as after: an administrator cannot take an owner's place away.
// Fact member.changed.
//
// Errors: NotFound; ChangedMeanwhile; unknown_id on roles or groups; LastOwner;
// EngagementEnded for bringing back one whose engagement is over.
func (s *Staff) Change(ctx context.Context, tx tenants.Tx, in Change) (Member, error) {
	if err := s.guard.Check(ctx, tx.ReadTx, access.MemberManage, access.Object{}); err != nil {
		return Member{}, err
	}
	// Owners first and in one order: two of them who change each other take turns.
	if _, err := owners(ctx, tx); err != nil {
		return Member{}, err
	}
	before, err := one(ctx, tx.ReadTx, in.ID, "for update")
	if err != nil {
		return Member{}, err
	}
	if before.Version != in.Version {
		return Member{}, desk.Refuse(desk.ChangedMeanwhile).With("current", before.Version)
	}
	if err := s.mayChange(ctx, tx, before, in); err != nil {
		return Member{}, err
	}
	after := before
	if in.Roles != nil {
		after.Roles = unique(in.Roles)
	}
	if in.Groups != nil {
		after.Groups = unique(in.Groups)
	}
	if in.Lines != nil {
		after.Lines = append([]int{}, slices.Compact(slices.Sorted(slices.Values(in.Lines)))...)
	}
	if in.Skills != nil {
		after.Skills = in.Skills
	}
	if in.Languages != nil {
		after.Languages = unique(in.Languages)
	}
	if in.Vendor != nil {
		after.Vendor = *in.Vendor
	}
	if in.Active != nil {
		after.Active = *in.Active
	}
	changes, err := settings.Compare(told(before), told(after))
	if err != nil || len(changes) == 0 {
		return before, err
	}
	after.Version++
	if err := keep(ctx, tx, after); err != nil {
		return Member{}, err
	}
	if before.owner() && !(after.owner() && after.Active) {
		if err := ownerStays(ctx, tx); err != nil {
			return Member{}, err
		}
	}
	return after, s.record(ctx, tx, FactChanged, in.ID, map[string]any{"changes": changes})
}

func keep(ctx context.Context, tx tenants.Tx, m Member) error {
	skills, err := json.Marshal(m.Skills)
	if err != nil {
		return fmt.Errorf("encode skills: %w", err)
	}
	_, err = tx.Exec(ctx, `update ?tenant.staff set roles = $2, groups = $3, active = $4, version = $5, lines = $6::smallint[], skills = coalesce(nullif($7::jsonb, 'null'), '{}'), languages = $8, vendor_id = $9
		where user_id = $1`, m.ID, m.Roles, m.Groups, m.Active, m.Version, m.Lines, string(skills), m.Languages, m.Vendor)
	if err != nil {
		return fmt.Errorf("change a member: %w", err)
	}
	return nil
}

// mayChange asks for the rights over what the member has and is to have.
func (s *Staff) mayChange(ctx context.Context, tx tenants.Tx, before Member, in Change) error {
	known, err := s.known(ctx, tx.ReadTx, before.Roles)
	if err != nil {
		return err
	}
	if in.Roles != nil || in.Active != nil || in.Vendor != nil {
		if err := s.guard.Grantable(ctx, tx.ReadTx, "roles", known...); err != nil {
			return err
		}
	}
	if in.Roles != nil {
		if err := s.guard.Grantable(ctx, tx.ReadTx, "roles", in.Roles...); err != nil {
			return err
		}
		if i := slices.Index(in.Roles, access.Owner); i >= 0 && !before.Own() {
			return desk.Invalid(desk.Field(fmt.Sprintf("roles/%d", i), desk.UnknownID))
		}
	}
	var wrong []desk.FieldError
	for i, key := range in.Groups {
		if known, err := published(ctx, tx.ReadTx, settings.Groups, key); err != nil {
			return err
		} else if !known && !slices.Contains(before.Groups, key) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("groups/%d", i), desk.UnknownID))
		}
	}
	more, err := able(ctx, tx.ReadTx, in)
	if err != nil {
		return err
	}
	return desk.Invalid(append(wrong, more...)...)
}

// known leaves out roles that were removed since they were given.
func (s *Staff) known(ctx context.Context, tx tenants.ReadTx, roles []string) ([]string, error) {
	var kept []string
	for _, key := range roles {
		err := s.guard.Exists(ctx, tx, key)
		if err == nil {
			kept = append(kept, key)
		} else if !desk.Is(err, desk.NotFound) {
			return nil, err
		}
	}
	return kept, nil
}

// owner reports one of the tenant's own people who has its highest role.
func (m Member) owner() bool {
	return m.Own() && m.Vendor.IsZero() && slices.Contains(m.Roles, access.Owner)
}

// ownerStays holds that somebody of the tenant's own owns it.
func ownerStays(ctx context.Context, tx tenants.Tx) error {
	n, err := owners(ctx, tx)
	if err == nil && n == 0 {
		return desk.Refuse(desk.LastOwner)
	}
	return err
}

// owners locks the rows of the tenant's owners and counts them, so that two of
// them cannot send each other away.
func owners(ctx context.Context, tx tenants.Tx) (int, error) {
	var rows []struct{ UserID desk.UserID }
	err := tx.Query(ctx, &rows, `select user_id from ?tenant.staff where $1 = any(roles) and active and provider_id is null and engagement_id is null and vendor_id is null
		order by user_id for update`, access.Owner)
	if err != nil {
		return 0, fmt.Errorf("count owners: %w", err)
	}
	return len(rows), nil
}

// told is a member as the audit compares it.
func told(m Member) map[string]any {
	t := map[string]any{"roles": m.Roles, "groups": m.Groups, "lines": m.Lines, "skills": m.Skills, "languages": m.Languages, "active": m.Active}
	if !m.Vendor.IsZero() {
		t["vendor"] = m.Vendor
	}
	return t
}

func unique(keys []string) []string {
	kept := make([]string, 0, len(keys))
	for _, k := range keys {
		if !slices.Contains(kept, k) {
			kept = append(kept, k)
		}
	}
	return kept
}
