package staff

import (
	"context"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// SetGroup says who is in a group: exactly these of those who work here now.
// Rights: member.manage. Fact member.changed for each who comes or goes.
//
// Errors: Denied; unknown_id on members for who does not work here.
func (s *Staff) SetGroup(ctx context.Context, tx tenants.Tx, group string, members []desk.UserID) error {
	if err := s.guard.Check(ctx, tx.ReadTx, access.MemberManage, access.Object{}); err != nil {
		return err
	}
	all, err := list(ctx, tx.ReadTx, "active")
	if err != nil {
		return err
	}
	var wrong []desk.FieldError
	for i, id := range members {
		if !slices.ContainsFunc(all, func(m Member) bool { return m.ID == id }) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("members/%d", i), desk.UnknownID))
		}
	}
	if err := desk.Invalid(wrong...); err != nil {
		return err
	}
	for _, m := range all {
		groups := slices.DeleteFunc(slices.Clone(m.Groups), func(g string) bool { return g == group })
		if slices.Contains(members, m.ID) {
			groups = append(groups, group)
		}
		if slices.Contains(groups, group) == slices.Contains(m.Groups, group) {
			continue
		}
		if _, err := s.Change(ctx, tx, Change{ID: m.ID, Groups: groups, Version: m.Version}); err != nil {
			return err
		}
	}
	return nil
}
