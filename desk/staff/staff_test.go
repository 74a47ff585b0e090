package staff

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// world is a tenant with its defaults, an owner Olga and an administrator Alla.
type world struct {
	*Staff
	t          testing.TB
	house      *tenants.House
	acme       tenants.Tenant
	olga, alla desk.Actor
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, house: stage.House(t)}
	w.Staff = New(events.New(), access.New(w.house))
	w.acme = stage.Tenant(t, w.house, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return settings.Fill(ctx, tx, settings.Defaults("ru")...)
	})
	w.olga, w.alla = w.join("Ольга", access.Owner), w.join("Алла", access.Admin)
	return w
}

func (w *world) tenant() tenants.Tenant {
	w.t.Helper()
	now, err := w.house.ByID(w.t.Context(), w.acme.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return now
}

func (w *world) as(actor desk.Actor, fn func(ctx context.Context, tx tenants.Tx) error) error {
	w.t.Helper()
	return w.house.Do(w.t.Context(), w.tenant(), actor, fn)
}

func (w *world) join(name string, roles ...string) desk.Actor {
	w.t.Helper()
	id := desk.NewUserID(w.house.Clock()())
	err := w.as(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Join(ctx, tx, Joining{ID: id, Name: name, Email: "x@acme.example", Roles: roles, Why: "test"})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return desk.Actor{Kind: desk.StaffActor, ID: id.Any(), Name: name, Language: "ru"}
}

func (w *world) get(a desk.Actor) Member {
	w.t.Helper()
	m, err := w.Get(w.t.Context(), w.house.Reader(w.tenant(), desk.Automaton("setup")), a.User())
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// change lets one change another from the version that is there.
func (w *world) change(by, of desk.Actor, in Change) (m Member, err error) {
	w.t.Helper()
	in.ID = of.User()
	if in.Version == 0 {
		in.Version = w.get(of).Version
	}
	err = w.as(by, func(ctx context.Context, tx tenants.Tx) error {
		m, err = w.Change(ctx, tx, in)
		return err
	})
	return m, err
}

func (w *world) want(err error, code desk.Code) {
	w.t.Helper()
	if desk.CodeOf(err) != code {
		w.t.Errorf("answered %v, want %q", err, code)
	}
}

var off = false

func TestChangedMemberIsRecordedAndTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	vera := w.join("Вера", access.Agent)
	m, err := w.change(w.alla, vera, Change{Roles: []string{access.Dispatcher, access.Agent, access.Agent}, Groups: []string{"second"}})
	if err != nil || !slices.Equal(m.Roles, []string{access.Dispatcher, access.Agent}) || m.Version != 2 {
		t.Fatalf("changed to %+v: %v", m, err)
	}
	if got := w.get(vera); !slices.Equal(got.Groups, []string{"second"}) || got.Version != 2 {
		t.Errorf("stored %+v", got)
	}
	facts, err := events.History(t.Context(), w.house.Reader(w.tenant(), w.olga), events.Query{Subjects: []desk.AnyID{vera.ID}})
	if err != nil || len(facts) != 2 || facts[0].Type != "member.changed" || facts[0].Actor.User() != w.alla.User() {
		t.Fatalf("facts %+v: %v", facts, err)
	}
	var data struct{ Changes []settings.Difference }
	if err := json.Unmarshal(facts[0].Data, &data); err != nil || len(data.Changes) != 3 {
		t.Errorf("the fact says %s: %v", facts[0].Data, err)
	}
	var hints int
	if err := w.house.SharedReader(w.olga).QueryRow(t.Context(), "select count(*) from manydesk.outbox where name = 'live.access.changed' and tenant_id = $1", []any{int32(w.acme.ID)}, &hints); err != nil || hints == 0 {
		t.Errorf("open screens were not told: %v", err)
	}
	// Saving what is there already is no change.
	if m, err := w.change(w.alla, vera, Change{Groups: []string{"second"}}); err != nil || m.Version != 2 {
		t.Errorf("nothing became version %d: %v", m.Version, err)
	}
	_, err = w.change(w.alla, vera, Change{Active: &off, Version: 1})
	w.want(err, desk.ChangedMeanwhile)
	_, err = w.change(w.alla, vera, Change{Groups: []string{"nothing"}})
	w.want(err, desk.ValidationFailed)
	_, err = w.change(w.alla, vera, Change{Roles: []string{"nothing"}})
	w.want(err, desk.ValidationFailed)
	_, err = w.change(vera, w.alla, Change{Active: &off})
	w.want(err, desk.Denied)
	_, err = w.change(w.alla, desk.Actor{Kind: desk.StaffActor, ID: desk.NewUserID(w.house.Clock()()).Any()}, Change{Version: 1})
	w.want(err, desk.NotFound)
}

func TestLastOwnerStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.change(w.olga, w.olga, Change{Roles: []string{access.Admin}})
	w.want(err, desk.LastOwner)
	_, err = w.change(w.olga, w.olga, Change{Active: &off})
	w.want(err, desk.LastOwner)
	w.want(w.as(w.olga, func(ctx context.Context, tx tenants.Tx) error { return w.Leave(ctx, tx, "test", w.olga.User()) }), desk.LastOwner)
	second := w.join("Оскар", access.Owner)
	_, err = w.change(w.olga, w.olga, Change{Roles: []string{access.Admin}})
	w.want(err, "")
	_, err = w.change(second, second, Change{Active: &off})
	w.want(err, desk.LastOwner)
}

func TestTwoOwnersCannotSendEachOtherAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	second := w.join("Оскар", access.Owner)
	a, b := Change{ID: second.User(), Active: &off, Version: 1}, Change{ID: w.olga.User(), Active: &off, Version: 1}
	var both sync.WaitGroup
	codes := make([]desk.Code, 2)
	for i, in := range []Change{a, b} {
		both.Go(func() {
			by := []desk.Actor{w.olga, second}[i]
			tenant, err := w.house.ByID(t.Context(), w.acme.ID)
			if err == nil {
				err = w.house.Do(t.Context(), tenant, by, func(ctx context.Context, tx tenants.Tx) error {
					_, err := w.Change(ctx, tx, in)
					return err
				})
			}
			codes[i] = desk.CodeOf(err)
		})
	}
	both.Wait()
	if w.get(w.olga).Active == w.get(second).Active {
		t.Errorf("both or none are there: %v", codes)
	}
}

func TestAdministratorCannotTouchAnOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join("Оскар", access.Owner)
	_, err := w.change(w.alla, w.olga, Change{Active: &off})
	w.want(err, desk.Denied)
	_, err = w.change(w.alla, w.olga, Change{Roles: []string{access.Observer}})
	w.want(err, desk.Denied)
	_, err = w.change(w.alla, w.alla, Change{Roles: []string{access.Owner}})
	w.want(err, desk.Denied)
	if _, err := w.change(w.alla, w.olga, Change{Groups: []string{"first"}}); err != nil {
		t.Errorf("a group of an owner: %v", err)
	}
}

func TestProvidersPersonIsNoOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := desk.NewUserID(w.house.Clock()())
	err := w.as(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Join(ctx, tx, Joining{ID: id, Name: "Пётр", Email: "petr@north.example", Provider: 7, Engagement: desk.NewEngagementID(tx.Now()), Roles: []string{access.Agent}})
		return err
	})
	w.want(err, "")
	petr := desk.Actor{Kind: desk.StaffActor, ID: id.Any()}
	_, err = w.change(w.olga, petr, Change{Roles: []string{access.Owner}})
	w.want(err, desk.ValidationFailed)
	if m := w.get(petr); m.Own() || m.Provider != 7 {
		t.Errorf("he is %+v", m)
	}
}

func TestTenantsOwnRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	night := access.Role{Name: access.Words{RU: "Ночная смена", EN: "Night shift"}, Grants: []access.Grant{{Permission: "ticket.read"}, {Permission: "ticket.reply", Types: []string{"incident"}}}}
	set := func(by desk.Actor, key string, role access.Role, base int) error {
		return w.as(by, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.SetRole(ctx, tx, key, role, base)
			return err
		})
	}
	remove := func(by desk.Actor, key string, base int) error {
		return w.as(by, func(ctx context.Context, tx tenants.Tx) error { return w.RemoveRole(ctx, tx, key, base) })
	}
	w.want(set(w.alla, "night", night, 0), "")
	w.want(set(w.alla, "night", night, 0), desk.AlreadyExists)
	vera := w.join("Вера", "night")
	if err := w.guard.Check(t.Context(), w.house.Reader(w.tenant(), vera), access.TicketReply, access.Object{Type: "incident"}); err != nil {
		t.Errorf("the new role does not hold: %v", err)
	}
	w.want(w.guard.Check(t.Context(), w.house.Reader(w.tenant(), vera), access.TicketReply, access.Object{Type: "request"}), desk.Denied)
	w.want(set(vera, "night", night, 1), desk.NotFound)
	w.want(remove(w.alla, "night", 1), desk.InUse)
	night.Grants = night.Grants[:1]
	w.want(set(w.alla, "night", night, 1), "")
	w.want(set(w.alla, "night", night, 1), desk.ChangedMeanwhile)
	w.want(w.guard.Check(t.Context(), w.house.Reader(w.tenant(), vera), access.TicketReply, access.Object{Type: "incident"}), desk.Denied)
	if _, err := w.change(w.alla, vera, Change{Roles: []string{access.Agent}}); err != nil {
		t.Fatal(err)
	}
	roles, err := w.Roles(t.Context(), w.house.Reader(w.tenant(), w.olga))
	if err != nil || len(roles) != len(access.Builtin())+1 {
		t.Fatalf("%d roles: %v", len(roles), err)
	}
	for _, r := range roles {
		if r.Key == access.Agent && (r.Members != 1 || !r.Builtin || r.Version != 1) {
			t.Errorf("the agent's role is %+v", r)
		}
	}
	w.want(remove(w.alla, "night", 2), "")
	w.want(remove(w.alla, "night", 2), desk.NotFound)

	for name, c := range map[string]struct {
		key  string
		role access.Role
		want desk.Code
	}{
		"the owner's":           {access.Owner, night, desk.InUse},
		"a client's":            {access.Client, night, desk.InUse},
		"without a name":        {"x", access.Role{}, desk.ValidationFailed},
		"a key that is none":    {"Ночь", night, desk.ValidationFailed},
		"a type that is none":   {"x", access.Role{Name: night.Name, Grants: []access.Grant{{Permission: "ticket.read", Types: []string{"nothing"}}}}, desk.ValidationFailed},
		"more than they hold":   {"x", access.Role{Name: night.Name, Grants: []access.Grant{{Permission: "tenant.manage"}}}, desk.Denied},
		"a client's permission": {"x", access.Role{Name: night.Name, Grants: []access.Grant{{Permission: "request.read"}}}, desk.ValidationFailed},
	} {
		if err := set(w.alla, c.key, c.role, 0); desk.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	w.want(remove(w.olga, access.Agent, 1), desk.InUse)
}

func TestProductsRoleIsMadeTheTenantsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := access.Role{Name: access.Words{RU: "Оператор", EN: "Operator"}, Grants: []access.Grant{{Permission: "ticket.read"}}}
	err := w.as(w.alla, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.SetRole(ctx, tx, access.Agent, agent, 1)
		return err
	})
	w.want(err, "")
	vera := w.join("Вера", access.Agent)
	w.want(w.guard.Check(t.Context(), w.house.Reader(w.tenant(), vera), access.TicketReply, access.Object{Type: "incident"}), desk.Denied)
}
