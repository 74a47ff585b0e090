package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/rota"
)

// changeMember changes what the tenant says of a member and what holds in all
// tenants, their capacity: both or neither.
func (a *App) changeMember(ctx context.Context, c Caller, id desk.UserID, in *memberIn) (staff.Member, error) {
	tx := a.house.Reader(c.Tenant, c.Actor)
	change, said, err := a.memberChange(ctx, tx, id, in)
	if err != nil {
		return staff.Member{}, err
	}
	if !in.Body.Capacity.Set {
		return a.Joining.Change(ctx, c.Tenant, c.Actor, change)
	}
	m, err := a.ofTeam(ctx, tx, id)
	if err != nil {
		return m, err
	}
	if m.Version != in.Version() {
		return m, desk.Refuse(desk.ChangedMeanwhile).With("current", m.Version)
	}
	capacity := func(ctx context.Context, tx tenants.SharedTx) error {
		return a.Rota.SetCapacity(ctx, tx, id, in.Body.Capacity.Or(0))
	}
	if said {
		return a.Joining.Change(ctx, c.Tenant, c.Actor, change, capacity)
	}
	return m, a.house.Shared(ctx, c.Actor, capacity)
}

// memberChange reads the body; said is false when it says nothing that the tenant keeps.
func (a *App) memberChange(ctx context.Context, tx tenants.ReadTx, id desk.UserID, in *memberIn) (change staff.Change, said bool, err error) {
	b := &in.Body
	change = staff.Change{ID: id, Active: b.Active, Version: in.Version()}
	if b.Roles != nil {
		change.Roles = append([]string{}, *b.Roles...)
	}
	if b.Groups != nil {
		change.Groups = append([]string{}, *b.Groups...)
	}
	if b.Lines != nil {
		change.Lines = append([]int{}, *b.Lines...)
	}
	if b.Languages != nil {
		change.Languages = append([]string{}, *b.Languages...)
	}
	if b.Skills != nil {
		if change.Skills = *b.Skills; change.Skills == nil {
			change.Skills = map[string]int{}
		}
	}
	if b.Vendor.Set {
		var vendor desk.CompanyID
		if !b.Vendor.Null {
			if vendor.UnmarshalText([]byte(b.Vendor.Value)) != nil || vendor.IsZero() {
				return change, false, desk.Invalid(desk.Field("vendor", desk.UnknownID))
			}
			v, err := a.Customers.Vendor(ctx, tx, vendor)
			switch {
			case desk.Is(err, desk.NotFound):
				return change, false, desk.Invalid(desk.Field("vendor", desk.UnknownID))
			case err != nil:
				return change, false, err
			case !v.EndedAt.IsZero():
				return change, false, desk.Invalid(desk.Field("vendor", desk.Archived))
			}
		}
		change.Vendor = &vendor
	}
	said = b.Active != nil || b.Roles != nil || b.Groups != nil || b.Lines != nil || b.Languages != nil || b.Skills != nil || b.Vendor.Set
	return change, said, nil
}

// absences are those that run or come within a year, by whose they are.
func (a *App) absences(ctx context.Context, tx tenants.ReadTx, all []staff.Member) (map[desk.UserID][]ShiftItem, error) {
	ids, members := make([]desk.UserID, len(all)), make(map[desk.UserID]staff.Member, len(all))
	for i, m := range all {
		ids[i], members[m.ID] = m.ID, m
	}
	found, err := a.Rota.Between(ctx, tx.Now(), tx.Now().AddDate(1, 0, 0), ids...)
	if err != nil {
		return nil, err
	}
	keeps, err := a.keeper(ctx, tx)
	if err != nil {
		return nil, err
	}
	away := map[desk.UserID][]ShiftItem{}
	for _, s := range found {
		if s.Kind == rota.Absence {
			m := members[s.User]
			away[s.User] = append(away[s.User], shiftItem(s, m.Name, keeps(m)))
		}
	}
	return away, nil
}
