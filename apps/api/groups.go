package api

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Group is a circle of staff that work is given to.
type Group struct {
	Name     Words  `json:"name"`
	Line     int    `json:"line,omitempty" minimum:"0" maximum:"3" doc:"Support line"`
	Calendar string `json:"calendar,omitempty" maxLength:"40"`
	Limit    int    `json:"limit,omitempty" doc:"How many open tickets one of its people takes at once"`
	Queue    bool   `json:"queue,omitempty" doc:"Nobody is given from it: people take"`
}

// Skill is something people can do, at a level from 1 to 3.
type Skill struct {
	Name Words `json:"name"`
}

type groupIn struct {
	SettingPath
	Body struct {
		Spec    Group     `json:"spec"`
		Members *[]string `json:"members,omitempty" maxItems:"500" doc:"Exactly who is in it from now on"`
		Reason  string    `json:"reason,omitempty" maxLength:"1000"`
	}
}

type (
	groupNoun = noun[settings.Group, Group]
	skillNoun = noun[settings.Skill, Skill]
)

func (a *App) groupRoutes(r *Routes) {
	groups := &groupNoun{
		kind: settings.Groups, coll: "groups", tag: "Routing", one: "Group", many: "Groups", called: "groups",
		name: func(g settings.Group) settings.Words { return g.Name },
		check: func(ctx context.Context, tx tenants.ReadTx, _ Group, g settings.Group, live bool) ([]desk.FieldError, error) {
			b, err := settingsBeside(ctx, tx, live)
			if err != nil {
				return nil, err
			}
			b.calendar("calendar", g.Calendar)
			return b.wrong, nil
		},
		uses: groupUses, count: groupCounts,
	}
	settingRoutes(a, r, groups)
	act(r, "PUT "+groups.at()+"/{key}", Op{
		ID: "setGroup", Tag: "Routing", Summary: "Make or change a group at once, and say who is in it", Needs: editsSettings,
		Limit: largestSetting, Errors: []desk.Code{desk.ChangedMeanwhile},
	}, func(ctx context.Context, tx tenants.Tx, in *groupIn) (*Setting[Group], error) {
		return a.setGroup(ctx, tx, groups, in)
	})
	settingRoutes(a, r, &skillNoun{
		kind: settings.Skills, coll: "skills", tag: "Routing", one: "Skill", many: "Skills", called: "skills",
		name: func(s settings.Skill) settings.Words { return s.Name },
		check: func(context.Context, tenants.ReadTx, Skill, settings.Skill, bool) ([]desk.FieldError, error) {
			return nil, nil
		},
		uses: skillUses, count: skillCounts,
	})
}

// setGroup publishes a group in one step; who is in it is the staff's.
func (a *App) setGroup(ctx context.Context, tx tenants.Tx, n *groupNoun, in *groupIn) (*Setting[Group], error) {
	spec, _, err := n.read(ctx, tx.ReadTx, in.Body.Spec, true)
	if err != nil {
		return nil, err
	}
	is, err := n.kind.Setting(ctx, tx.ReadTx, in.Key)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	if is.Live == nil || is.Live.Spec != spec {
		draft, err := settings.Save(ctx, a.Editor, tx, n.kind, settings.Draft[settings.Group]{Key: in.Key, Spec: spec, Reason: in.Body.Reason})
		if err != nil {
			return nil, err
		}
		if _, err := settings.Release(ctx, a.Editor, tx, n.kind, in.Key, draft, in.Body.Reason); err != nil {
			return nil, err
		}
	}
	if in.Body.Members != nil {
		ids, err := userIDs("members", *in.Body.Members)
		if err != nil {
			return nil, err
		}
		if err := a.Staff.SetGroup(ctx, tx, in.Key, ids); err != nil {
			return nil, err
		}
	}
	return n.view(ctx, a, tx.ReadTx, in.Key)
}

func userIDs(at string, texts []string) ([]desk.UserID, error) {
	ids := make([]desk.UserID, len(texts))
	var wrong []desk.FieldError
	for i, text := range texts {
		if ids[i].UnmarshalText([]byte(text)) != nil || ids[i].IsZero() {
			wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d", at, i), desk.UnknownID))
		}
	}
	return ids, invalid(wrong)
}

// standing is what lies with people and groups of a tenant now.
type standing struct {
	// here counts open tickets by who has them, inGroup and free by their group.
	here          map[desk.UserID]int
	inGroup, free map[string]int
}

func openByPlace(ctx context.Context, tx tenants.ReadTx) (standing, error) {
	s := standing{map[desk.UserID]int{}, map[string]int{}, map[string]int{}}
	var rows []struct {
		AssigneeID desk.UserID
		GroupKey   string
		N          int
	}
	err := tx.Query(ctx, &rows, "select assignee_id, coalesce(group_key, '') as group_key, count(*) as n from manydesk.ticket_index where tenant_id = $1 group by 1, 2", int32(tx.Tenant().ID))
	if err != nil {
		return s, fmt.Errorf("count open tickets: %w", err)
	}
	for _, r := range rows {
		s.inGroup[r.GroupKey] += r.N
		if r.AssigneeID.IsZero() {
			s.free[r.GroupKey] += r.N
		} else {
			s.here[r.AssigneeID] += r.N
		}
	}
	return s, nil
}

func groupCounts(ctx context.Context, tx tenants.ReadTx, all []Setting[Group]) error {
	held, err := staff.Holding(ctx, tx)
	if err != nil {
		return err
	}
	open, err := openByPlace(ctx, tx)
	for i := range all {
		members, free := held.Groups[all[i].Key], open.free[all[i].Key]
		all[i].Members, all[i].Unassigned = &members, &free
	}
	return err
}

func skillCounts(ctx context.Context, tx tenants.ReadTx, all []Setting[Skill]) error {
	held, err := staff.Holding(ctx, tx)
	for i := range all {
		members := held.Skills[all[i].Key]
		all[i].Members = &members
	}
	return err
}

// teamReads are the rights of whoever looks at who works how.
var teamReads = []access.Permission{access.MemberRead}
