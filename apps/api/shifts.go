package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/rota"
)

// Week is when somebody usually works, in their own zone: intervals by day, mon
// to sun. An end that is not after the beginning is on the next day.
type Week map[string][]Hours

// ShiftItem is a stretch of somebody's time.
type ShiftItem struct {
	ID       *string `json:"id" doc:"Of absences, by which they are called off"`
	Person   Person  `json:"person"`
	StartsAt Instant `json:"starts_at"`
	EndsAt   Instant `json:"ends_at"`
	Kind     string  `json:"kind" enum:"shift,on_call,absence"`
	Note     *string `json:"note" doc:"Told to those who keep the person's hours"`
}

// RotaPerson is whose hours they are.
type RotaPerson struct {
	Person    Person   `json:"person"`
	TimeZone  string   `json:"time_zone"`
	Week      Week     `json:"week"`
	Abilities []string `json:"abilities" doc:"hours: may be changed by the reader"`
}

// Shifts are the rota of a tenant's people.
type Shifts struct {
	Items  []ShiftItem  `json:"items"`
	People []RotaPerson `json:"people"`
}

type shiftsIn struct {
	From time.Time `query:"from" doc:"Today when absent"`
	To   time.Time `query:"to" doc:"A week later when absent"`
}

type weekIn struct {
	IDPath
	Body struct {
		TimeZone string `json:"time_zone,omitempty" maxLength:"60"`
		Week     Week   `json:"week"`
	}
}

type absenceIn struct {
	Body struct {
		Person   string    `json:"person"`
		StartsAt time.Time `json:"starts_at"`
		EndsAt   time.Time `json:"ends_at"`
		Note     string    `json:"note,omitempty" maxLength:"200"`
	}
}

type availabilityIn struct {
	Body struct {
		AbsentUntil Maybe[time.Time] `json:"absent_until"`
	}
}

// Availability is whether the person is there.
type Availability struct {
	AbsentUntil *Instant `json:"absent_until"`
	OnShift     bool     `json:"on_shift"`
	Until       *Instant `json:"until"`
}

// longestRota bounds what is asked for at once.
const longestRota = 62 * 24 * time.Hour

func (a *App) shiftRoutes(r *Routes) {
	const tag, base = "Team", "/v1/tenants/{tenant}"
	view(r, "GET "+base+"/shifts", Op{ID: "listShifts", Tag: tag, Summary: "Shifts and absences of the people who work here", Needs: teamReads}, a.shifts)
	flow(r, "PUT "+base+"/members/{id}/week", Op{ID: "setWeek", Tag: tag, Summary: "Somebody's usual hours; shifts follow five weeks ahead", Needs: teamReads},
		func(ctx context.Context, c Caller, in *weekIn) (*Member, error) {
			id, err := userID(in.ID)
			if err != nil {
				return nil, err
			}
			tx := a.house.Reader(c.Tenant, c.Actor)
			m, err := a.ofTeam(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			week := rota.Week{}
			for day, spans := range in.Body.Week {
				for _, h := range spans {
					week[day] = append(week[day], rota.Hours(h))
				}
			}
			err = a.house.Shared(ctx, c.Actor, func(ctx context.Context, tx tenants.SharedTx) error {
				return a.Rota.SetWeek(ctx, tx, rota.Plan{User: id, Week: week, TimeZone: in.Body.TimeZone})
			})
			if err != nil {
				return nil, err
			}
			return a.memberView(ctx, tx, m)
		})
	flow(r, "POST "+base+"/absences", Op{ID: "addAbsence", Tag: tag, Summary: "Somebody will not be there", Needs: teamReads, Answers: 201},
		func(ctx context.Context, c Caller, in *absenceIn) (*ShiftItem, error) {
			var id desk.UserID
			if id.UnmarshalText([]byte(in.Body.Person)) != nil || id.IsZero() {
				return nil, desk.Invalid(desk.Field("person", desk.UnknownID))
			}
			m, err := a.ofTeam(ctx, a.house.Reader(c.Tenant, c.Actor), id)
			if desk.Is(err, desk.NotFound) {
				return nil, desk.Invalid(desk.Field("person", desk.UnknownID))
			}
			if err != nil {
				return nil, err
			}
			var made rota.Shift
			err = a.house.Shared(ctx, c.Actor, func(ctx context.Context, tx tenants.SharedTx) (err error) {
				made, err = a.Rota.Away(ctx, tx, rota.Shift{User: id, StartsAt: in.Body.StartsAt, EndsAt: in.Body.EndsAt, Note: in.Body.Note})
				return err
			})
			if err != nil {
				return nil, err
			}
			v := shiftItem(made, m.Name, true)
			return &v, nil
		})
	flow(r, "DELETE "+base+"/absences/{id}", Op{ID: "removeAbsence", Tag: tag, Summary: "Call an absence off; one that has begun ends now", Needs: teamReads},
		func(ctx context.Context, c Caller, in *IDPath) (Nothing, error) {
			id, from, err := rota.ReadAbsenceID(in.ID)
			if err != nil {
				return Nothing{}, err
			}
			if _, err := a.ofTeam(ctx, a.house.Reader(c.Tenant, c.Actor), id); err != nil {
				return Nothing{}, err
			}
			return Nothing{}, a.house.Shared(ctx, c.Actor, func(ctx context.Context, tx tenants.SharedTx) error { return a.Rota.CallOff(ctx, tx, id, from) })
		})
	mine(r, "GET /v1/me/availability", Op{ID: "readAvailability", Tag: "Me", Summary: "Whether the person is there", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*Availability, error) {
			return a.available(ctx, c.visitor.session.User.ID)
		})
	mine(r, "PUT /v1/me/availability", Op{ID: "setAvailability", Tag: "Me", Summary: "Not there until a moment, or there again", Anyone: themselves},
		func(ctx context.Context, c Caller, in *availabilityIn) (*Availability, error) {
			until := time.Time{}
			if in.Body.AbsentUntil.Set && !in.Body.AbsentUntil.Null {
				until = in.Body.AbsentUntil.Value
			}
			id := c.visitor.session.User.ID
			if c.visitor.session.Scopes != nil {
				return nil, desk.Refuse(desk.ScopeMissing, "scope", "session")
			}
			err := a.house.Shared(ctx, c.visitor.session.Actor(), func(ctx context.Context, tx tenants.SharedTx) error { return a.Rota.Available(ctx, tx, id, until) })
			if err != nil {
				return nil, err
			}
			return a.available(ctx, id)
		})
}

func (a *App) available(ctx context.Context, id desk.UserID) (*Availability, error) {
	all, err := a.Rota.Standings(ctx, a.house.Clock()(), id)
	s := all[id]
	return &Availability{at(s.AbsentUntil), s.OnShift, at(s.Until)}, err
}

// ofTeam finds one of those who work here whose hours the caller may keep: their
// own, those of the tenant's people with member.manage, those of a provider's
// people as one who speaks for it.
//
// Errors: NotFound; Denied with who may.
func (a *App) ofTeam(ctx context.Context, tx tenants.ReadTx, id desk.UserID) (staff.Member, error) {
	m, err := a.Staff.Get(ctx, tx, id)
	if err != nil {
		return m, err
	}
	if !m.Active {
		return m, desk.Missing()
	}
	keeps, err := a.keeper(ctx, tx)
	if err != nil || keeps(m) {
		return m, err
	}
	who := tx.Tenant().Name
	if !m.Own() {
		if p, err := a.People.Provider(ctx, m.Provider); err == nil {
			who = p.Name
		}
	}
	return m, desk.Refuse(desk.Denied, "right", access.MemberManage.String(), "who", who)
}

// keeper tells whose hours and capacity the actor may change.
func (a *App) keeper(ctx context.Context, tx tenants.ReadTx) (func(m staff.Member) bool, error) {
	manages, err := a.Guard.Any(ctx, tx.Tenant(), tx.Actor(), access.MemberManage)
	if err != nil {
		return nil, err
	}
	me := tx.Actor()
	if me.Scopes != nil {
		return func(m staff.Member) bool { return m.Own() && manages }, nil
	}
	speaks := map[desk.ProviderID]bool{}
	all, err := a.People.ProvidersOf(ctx, me.User())
	for _, p := range all {
		speaks[p.Provider.ID] = p.Admin()
	}
	return func(m staff.Member) bool {
		return m.ID == me.User() || m.Own() && manages || !m.Own() && speaks[m.Provider]
	}, err
}

func (a *App) shifts(ctx context.Context, tx tenants.ReadTx, in *shiftsIn) (*Shifts, error) {
	from, to := in.From, in.To
	if from.IsZero() {
		from = tx.Now().Truncate(24 * time.Hour)
	}
	if to.IsZero() {
		to = from.AddDate(0, 0, 7)
	}
	switch {
	case !to.After(from):
		return nil, desk.Invalid(desk.Field("/query/to", desk.NotAfter))
	case to.Sub(from) > longestRota:
		return nil, desk.Invalid(desk.Field("/query/to", desk.Maximum, "max", "62 d"))
	}
	all, err := a.Staff.List(ctx, tx)
	if err != nil {
		return nil, err
	}
	may, err := a.keeper(ctx, tx)
	if err != nil {
		return nil, err
	}
	var ids []desk.UserID
	names, keeps := map[desk.UserID]string{}, map[desk.UserID]bool{}
	v := &Shifts{Items: []ShiftItem{}, People: []RotaPerson{}}
	for _, m := range all {
		if m.Active {
			ids, names[m.ID] = append(ids, m.ID), m.Name
			keeps[m.ID] = may(m)
		}
	}
	standings, err := a.Rota.Standings(ctx, tx.Now(), ids...)
	if err != nil {
		return nil, err
	}
	found, err := a.Rota.Between(ctx, from, to, ids...)
	if err != nil {
		return nil, err
	}
	for _, s := range found {
		v.Items = append(v.Items, shiftItem(s, names[s.User], keeps[s.User]))
	}
	for _, id := range ids {
		s := standings[id]
		p := RotaPerson{Person: personOf("staff", id.Any(), names[id]), TimeZone: s.TimeZone, Week: weekView(s.Week), Abilities: []string{}}
		if keeps[id] {
			p.Abilities = append(p.Abilities, "hours")
		}
		v.People = append(v.People, p)
	}
	return v, nil
}

func shiftItem(s rota.Shift, name string, keeps bool) ShiftItem {
	v := ShiftItem{Person: personOf("staff", s.User.Any(), name), StartsAt: Instant(s.StartsAt), EndsAt: Instant(s.EndsAt), Kind: string(s.Kind)}
	if s.Kind == rota.Absence {
		v.ID = orNil(s.AbsenceID())
	}
	if keeps {
		v.Note = orNil(s.Note)
	}
	return v
}

func weekView(w rota.Week) Week {
	v := Week{}
	for day, spans := range w {
		for _, h := range spans {
			v[day] = append(v[day], Hours(h))
		}
	}
	return v
}
