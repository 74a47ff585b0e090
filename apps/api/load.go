package api

import (
	"context"
	"maps"
	"slices"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/rota"
)

// SkillHeld is a skill at a level.
type SkillHeld struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Level int    `json:"level"`
}

// VendorRef names a third party.
type VendorRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PersonLoad is how much somebody has to do and whether they are there.
type PersonLoad struct {
	Person      Person      `json:"person"`
	Groups      []Named     `json:"groups"`
	Lines       []int       `json:"lines"`
	Skills      []SkillHeld `json:"skills"`
	Languages   []string    `json:"languages"`
	Points      int         `json:"points" doc:"Over all tenants: 8, 4, 2 or 1 an open ticket by priority"`
	Tickets     int         `json:"tickets" doc:"Open ones over all tenants"`
	Here        int         `json:"here" doc:"Of this tenant"`
	Capacity    int         `json:"capacity" doc:"Tickets at once, over all tenants"`
	OnShift     bool        `json:"on_shift"`
	Until       *Instant    `json:"until" doc:"When the shift ends"`
	AbsentUntil *Instant    `json:"absent_until"`
	NextShift   *Instant    `json:"next_shift"`
	Vendor      *VendorRef  `json:"vendor"`
}

// GroupLoad is what lies in a group.
type GroupLoad struct {
	Key        string `json:"key"`
	Name       string `json:"name"`
	Tickets    int    `json:"tickets"`
	Unassigned int    `json:"unassigned"`
	Limit      *int   `json:"limit"`
}

// Load is who has how much to do.
type Load struct {
	Items  []PersonLoad `json:"items"`
	Groups []GroupLoad  `json:"groups"`
}

func (a *App) loadRoutes(r *Routes) {
	view(r, "GET /v1/tenants/{tenant}/load", Op{ID: "readLoad", Tag: "Team", Summary: "Who has how much to do, who is there, what lies in groups", Needs: teamReads}, a.load)
}

func (a *App) load(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*Load, error) {
	all, err := a.Staff.List(ctx, tx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m staff.Member) bool { return !m.Active })
	words, err := a.teamWords(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	open, err := openByPlace(ctx, tx)
	if err != nil {
		return nil, err
	}
	v := &Load{Items: []PersonLoad{}, Groups: []GroupLoad{}}
	for _, m := range all {
		s := words.standings[m.ID]
		v.Items = append(v.Items, PersonLoad{
			Person: personOf("staff", m.ID.Any(), m.Name), Groups: namesOf(m.Groups, words.groups), Lines: m.Lines, Skills: words.held(m), Languages: m.Languages,
			Points: s.Points, Tickets: s.Tickets, Here: open.here[m.ID], Capacity: s.Takes(), OnShift: s.OnShift, Until: at(s.Until),
			AbsentUntil: at(s.AbsentUntil), NextShift: at(s.Next), Vendor: words.vendor(m),
		})
	}
	groups, err := settings.Groups.All(ctx, tx)
	for _, g := range groups {
		l := GroupLoad{Key: g.Key, Name: g.Spec.Name.In(tx.Actor().Language), Tickets: open.inGroup[g.Key], Unassigned: open.free[g.Key]}
		if g.Spec.Limit > 0 {
			l.Limit = &g.Spec.Limit
		}
		v.Groups = append(v.Groups, l)
	}
	return v, err
}

// teamWords are what members are shown with.
type teamWords struct {
	groups, skills map[string]string
	vendors        map[desk.CompanyID]string
	standings      map[desk.UserID]rota.Standing
}

func (a *App) teamWords(ctx context.Context, tx tenants.ReadTx, all []staff.Member) (*teamWords, error) {
	w := &teamWords{skills: map[string]string{}, vendors: map[desk.CompanyID]string{}}
	var err error
	if w.groups, err = groupNames(ctx, tx, tx.Actor().Language); err != nil {
		return nil, err
	}
	skills, err := settings.Skills.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, s := range skills {
		w.skills[s.Key] = s.Spec.Name.In(tx.Actor().Language)
	}
	ids := make([]desk.UserID, len(all))
	third := false
	for i, m := range all {
		ids[i], third = m.ID, third || !m.Vendor.IsZero()
	}
	if third {
		vendors, err := a.Customers.Vendors(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, v := range vendors {
			w.vendors[v.ID] = v.Name
		}
	}
	w.standings, err = a.Rota.Standings(ctx, tx.Now(), ids...)
	return w, err
}

// held are a member's skills that are still published, by key.
func (w *teamWords) held(m staff.Member) []SkillHeld {
	all := []SkillHeld{}
	for _, key := range slices.Sorted(maps.Keys(m.Skills)) {
		if name, ok := w.skills[key]; ok {
			all = append(all, SkillHeld{key, name, m.Skills[key]})
		}
	}
	return all
}

func (w *teamWords) vendor(m staff.Member) *VendorRef {
	if m.Vendor.IsZero() {
		return nil
	}
	return &VendorRef{m.Vendor.String(), w.vendors[m.Vendor]}
}
