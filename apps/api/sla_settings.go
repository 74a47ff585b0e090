package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// slaSettingRoutes are what a tenant agrees on about its clocks.
func (a *App) slaSettingRoutes(r *Routes) {
	calendars := &noun[sla.CalendarSpec, Calendar]{
		kind: sla.Calendars, coll: "calendars", one: "Calendar", many: "Calendars", called: "calendars",
		name: func(c sla.CalendarSpec) settings.Words { return c.Name },
		check: func(context.Context, tenants.ReadTx, Calendar, sla.CalendarSpec, bool) ([]desk.FieldError, error) {
			return nil, nil
		},
		ready: opens, uses: calendarUses,
	}
	settingRoutes(a, r, calendars)
	a.calendarRoutes(r, calendars)
	settingRoutes(a, r, &noun[sla.Policy, SLAPolicy]{
		kind: sla.Policies, coll: "sla-policies", one: "SlaPolicy", many: "SlaPolicies", called: "SLA policies",
		name: func(p sla.Policy) settings.Words { return p.Name }, check: checkPolicy,
	})
	settingRoutes(a, r, &noun[sla.Exception, SLAException]{
		kind: sla.Exceptions, coll: "sla-exceptions", one: "SlaException", many: "SlaExceptions", called: "SLA exceptions",
		name: func(e sla.Exception) settings.Words { return e.Name }, check: checkException,
		approved: func(e sla.Exception) bool { return e.Approval },
	})
	settingRoutes(a, r, &noun[sla.Escalation, SLAEscalation]{
		kind: sla.Escalations, coll: "escalations", one: "Escalation", many: "Escalations", called: "escalations",
		name: func(e sla.Escalation) settings.Words { return e.Name }, check: checkEscalation,
		signs: sla.Escalation.CallsOut, place: sla.WebhookPlace,
	})
	a.conditionRoutes(r)
}

// opens refuses a calendar that has no working time from now on.
func opens(c sla.CalendarSpec, now time.Time) error {
	calendar, wrong := c.Calendar()
	if err := invalid(wrong); err != nil {
		return err
	}
	if _, err := sla.Add(calendar, now, time.Minute); errors.Is(err, sla.ErrNeverOpens) || errors.Is(err, sla.ErrTooFar) {
		return desk.Refuse(desk.CalendarNeverOpens)
	}
	return nil
}

// beside are the tenant's other settings that a draft may name.
type beside struct {
	calendars map[string]bool
	options   []conditions.Option
	words     conditions.Vocabulary
	wrong     []desk.FieldError
}

func settingsBeside(ctx context.Context, tx tenants.ReadTx, live bool) (*beside, error) {
	all, err := sla.Calendars.Settings(ctx, tx)
	if err != nil {
		return nil, err
	}
	b := &beside{calendars: map[string]bool{}}
	for _, c := range all {
		if !live || c.Live != nil {
			b.calendars[c.Key] = true
			b.options = append(b.options, conditions.Option{Key: c.Key, Name: conditions.Name(c.Spec().Name)})
		}
	}
	b.words, err = tickets.Vocabulary(ctx, tx, b.options)
	return b, err
}

func (b *beside) refuse(at string, code desk.FieldCode, params ...any) {
	b.wrong = append(b.wrong, desk.Field("spec/"+at, code, params...))
}

func (b *beside) calendar(at, key string) {
	if key != "" && !b.calendars[key] {
		b.refuse(at, desk.UnknownID)
	}
}

func (b *beside) when(t conditions.Tree) {
	b.wrong = append(b.wrong, b.words.Check(t, "/body/spec/when")...)
}

// option reports whether a choice of the vocabulary has the key.
func (b *beside) option(field, key string) bool {
	f, _ := b.words.Field(field)
	return slices.ContainsFunc(f.Choices, func(o conditions.Option) bool { return o.Key == key })
}

// wrong refuses what is no condition at all, before it is read as one.
func (b SLAPolicy) wrong() error { return b.When.wrong() }

func (b SLAException) wrong() error { return b.When.wrong() }

// wrong also refuses ids that are none, which could not be read either.
func (b SLAEscalation) wrong() error {
	wrong, err := fieldsOf(b.When.wrong())
	if err != nil {
		return err
	}
	for i, l := range b.Levels {
		for j, act := range l.Actions {
			at := fmt.Sprintf("spec/levels/%d/actions/%d", i, j)
			for k, text := range act.People {
				wrong = append(wrong, personKey(fmt.Sprintf("%s/people/%d", at, k), text)...)
			}
			if act.Person != "" {
				wrong = append(wrong, personKey(at+"/person", act.Person)...)
			}
		}
	}
	return invalid(wrong)
}

func personKey(at, text string) []desk.FieldError {
	var id desk.UserID
	if id.UnmarshalText([]byte(text)) != nil || id.IsZero() {
		return []desk.FieldError{desk.Field(at, desk.UnknownID)}
	}
	return nil
}

func checkPolicy(ctx context.Context, tx tenants.ReadTx, _ SLAPolicy, p sla.Policy, live bool) ([]desk.FieldError, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	b.when(p.When)
	for priority, t := range p.Targets {
		b.calendar("targets/"+priority+"/calendar", t.Calendar)
	}
	for i, key := range p.PauseIn {
		switch at := fmt.Sprintf("pause_in/%d", i); {
		case !b.option("status", key):
			b.refuse(at, desk.UnknownID)
		case slices.Index(p.PauseIn, key) < i:
			b.refuse(at, desk.Unique)
		}
	}
	slices.SortFunc(b.wrong, func(x, y desk.FieldError) int { return strings.Compare(x.Pointer, y.Pointer) })
	return b.wrong, nil
}

func checkException(ctx context.Context, tx tenants.ReadTx, _ SLAException, e sla.Exception, live bool) ([]desk.FieldError, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	b.when(e.When)
	b.calendar("effect/calendar", e.Effect.Calendar)
	b.calendar("effect/targets/calendar", e.Effect.Targets.Calendar)
	return b.wrong, nil
}

func checkEscalation(ctx context.Context, tx tenants.ReadTx, _ SLAEscalation, e sla.Escalation, live bool) ([]desk.FieldError, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	b.when(e.When)
	var named []desk.UserID
	for _, l := range e.Levels {
		for _, act := range l.Actions {
			named = append(append(named, act.People...), act.Person)
		}
	}
	who, err := knownPeople(ctx, tx, named)
	if err != nil {
		return nil, err
	}
	for i, l := range e.Levels {
		for j, act := range l.Actions {
			b.people(fmt.Sprintf("levels/%d/actions/%d", i, j), who, addressed{act.Roles, act.People, act.Person, act.Group})
		}
	}
	return b.wrong, nil
}

// addressed are those whom an action names.
type addressed struct {
	roles  []string
	people []desk.UserID
	person desk.UserID
	group  string
}

// acquaintance is who is there to be named.
type acquaintance struct {
	names map[desk.UserID]string
	roles map[string]bool
}

func knownPeople(ctx context.Context, tx tenants.ReadTx, named []desk.UserID) (who acquaintance, err error) {
	if who.names, err = staff.Names(ctx, tx, named...); err != nil {
		return who, err
	}
	roles, err := settings.Roles.All(ctx, tx)
	if err != nil {
		return who, err
	}
	who.roles = make(map[string]bool, len(roles))
	for _, r := range roles {
		who.roles[r.Key] = true
	}
	return who, nil
}

// people refuses those who are named and not there.
func (b *beside) people(at string, who acquaintance, a addressed) {
	for i, key := range a.roles {
		if !who.roles[key] {
			b.refuse(fmt.Sprintf("%s/roles/%d", at, i), desk.UnknownID)
		}
	}
	for i, id := range a.people {
		if who.names[id] == "" {
			b.refuse(fmt.Sprintf("%s/people/%d", at, i), desk.UnknownID)
		}
	}
	if !a.person.IsZero() && who.names[a.person] == "" {
		b.refuse(at+"/person", desk.UnknownID)
	}
	if a.group != "" && !b.option("group", a.group) {
		b.refuse(at+"/group", desk.UnknownID)
	}
}
