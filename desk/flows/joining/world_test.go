package joining

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const password = "три весёлых гуся"

var from = people.From{IP: netip.MustParseAddr("192.0.2.7"), Agent: "Browser"}

// world is an installation with the tenant Acme and its owner Olga, and the
// provider North with its admin Nina and its agent Petr.
type world struct {
	*Joining
	t     testing.TB
	now   time.Time
	mu    sync.Mutex
	acme  tenants.Tenant
	north people.Provider

	olga, nina, petr people.Session
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// empty is an installation in which nobody is.
func empty(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: start}
	h := stage.House(t, stage.Options{Clock: w.clock})
	guard, log := access.New(h), events.New()
	p := people.New(h, people.Options{Hash: people.Cost{Memory: 8, Passes: 1, Lanes: 1}})
	w.Joining = New(h, p, staff.New(log, guard), guard, log, nil)
	return w
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := empty(t)
	w.olga = w.person("Ольга", "olga@acme.example")
	user := w.olga.User
	var err error
	if w.acme, err = w.house.Create(t.Context(), tenants.New{Slug: "acme", Name: "ACME"}, user.Actor(), w.Fill(user)); err != nil {
		t.Fatal(err)
	}
	if w.north, err = w.people.NewProvider(t.Context(), "north", "Север"); err != nil {
		t.Fatal(err)
	}
	w.nina, w.petr = w.person("Нина", "nina@north.example"), w.person("Пётр", "petr@north.example")
	err = w.house.Shared(t.Context(), desk.Automaton("setup"), func(ctx context.Context, tx tenants.SharedTx) error {
		if err := w.people.SetProviderMember(ctx, tx, w.north.ID, w.nina.User.ID, []string{people.ProviderAdmin}, true); err != nil {
			return err
		}
		return w.people.SetProviderMember(ctx, tx, w.north.ID, w.petr.User.ID, nil, true)
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// person is a user with a session.
func (w *world) person(name, email string) people.Session {
	w.t.Helper()
	u, err := w.people.NewUser(w.t.Context(), people.NewUser{Name: name, Email: email, Password: password})
	if err != nil {
		w.t.Fatal(err)
	}
	g, err := w.people.Start(w.t.Context(), u, from)
	if err != nil {
		w.t.Fatal(err)
	}
	return g.Session
}

// tenant is Acme as the registry knows it now.
func (w *world) tenant() tenants.Tenant {
	w.t.Helper()
	now, err := w.house.ByID(w.t.Context(), w.acme.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return now
}

// as is the actor of a session in Acme.
func (w *world) as(s people.Session) desk.Actor {
	w.t.Helper()
	a, err := w.people.ActorIn(w.t.Context(), s, w.tenant())
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// opens is how Acme answers a session that wants in.
func (w *world) opens(s people.Session) desk.Code {
	w.t.Helper()
	_, err := w.people.ActorIn(w.t.Context(), s, w.tenant())
	return desk.CodeOf(err)
}

// may is how Acme's rights answer a session, whatever its membership says.
func (w *world) may(s people.Session, p access.Permission, typ string) desk.Code {
	w.t.Helper()
	a := s.Actor()
	return desk.CodeOf(w.guard.Check(w.t.Context(), w.house.Reader(w.tenant(), a), p, access.Object{Type: typ}))
}

// admin speaks for North.
func (w *world) admin() desk.Actor {
	w.t.Helper()
	a, err := w.people.ActorFor(w.t.Context(), w.nina, w.north.ID, true)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) want(err error, code desk.Code) {
	w.t.Helper()
	if desk.CodeOf(err) != code {
		w.t.Errorf("answered %v, want %q", err, code)
	}
}

// token is the link of the last invitation's letter.
func (w *world) token() string {
	w.t.Helper()
	var subject desk.AnyID
	var data string
	err := w.house.SharedReader(desk.Automaton("test")).QueryRow(w.t.Context(), "select subject_id, data::text from manydesk.outbox where name = $1 order by id desc limit 1",
		[]any{people.InvitationLetter}, &subject, &data)
	if err != nil {
		w.t.Fatal(err)
	}
	_, secret, err := people.OpenLetter(w.house, subject, []byte(data))
	if err != nil {
		w.t.Fatal(err)
	}
	return secret.Token
}

// facts are the types of Acme's facts about members and engagements, in order.
func (w *world) facts() []string {
	w.t.Helper()
	var rows []struct{ Type string }
	err := w.house.Reader(w.acme, desk.Automaton("test")).Query(w.t.Context(), &rows,
		"select type from ?tenant.facts where subject_kind in ('member', 'engagement', 'invitation') order by at, type")
	if err != nil {
		w.t.Fatal(err)
	}
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r.Type
	}
	return all
}

// member is a staff row of Acme.
func (w *world) member(s people.Session) staff.Member {
	w.t.Helper()
	m, err := w.staff.Get(w.t.Context(), w.house.Reader(w.tenant(), desk.Automaton("setup")), s.User.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func fields(err error) map[string]desk.FieldCode {
	var e *desk.Error
	m := map[string]desk.FieldCode{}
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			m[f.Pointer] = f.Code
		}
	}
	return m
}

// engaged is an active engagement of North, accepted by Nina, with Petr at work.
func (w *world) engaged(o Offer) people.Engagement {
	w.t.Helper()
	o.Provider = w.north.ProviderRef
	e, err := w.Offer(w.t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, o)
	if err != nil {
		w.t.Fatal(err)
	}
	if e, err = w.Answer(w.t.Context(), w.tenant(), w.admin(), people.ProviderSide, e.ID, e.Version, true); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Assign(w.t.Context(), w.tenant(), w.admin(), e.ID, []desk.UserID{w.petr.User.ID}); err != nil {
		w.t.Fatal(err)
	}
	return e
}
