package joining

import (
	"slices"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

func TestInvitedPersonBecomesAMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made, err := w.Invite(t.Context(), w.tenant(), w.as(w.olga), Invite{Email: "Vera@acme.example", Roles: []string{access.Agent}, Groups: []string{"first"}})
	if err != nil || made.Email != "vera@acme.example" || made.Known {
		t.Fatalf("the invitation is %+v: %v", made, err)
	}
	token := w.token()
	seen, err := w.people.Invitation(t.Context(), token)
	if err != nil || seen.Tenant != w.acme.ID || seen.By != "Ольга" || len(seen.Roles) != 1 {
		t.Fatalf("the link shows %+v: %v", seen, err)
	}
	_, err = w.Accept(t.Context(), token, people.Entrant{Name: " ", Password: "vera@acme.example", Language: "fr"}, from)
	if got := fields(err); got["/body/name"] != desk.Required || got["/body/language"] != desk.OneOf || got["/body/password"] != desk.WeakPassword {
		t.Errorf("wrong fields %v", got)
	}
	g, err := w.Accept(t.Context(), token, people.Entrant{Name: "Вера", Password: password, Language: "ru"}, from)
	if err != nil || g.Token == "" || g.Session.User.Name != "Вера" {
		t.Fatalf("accepted as %+v: %v", g, err)
	}
	if code := w.opens(g.Session); code != "" {
		t.Errorf("the tenant answers %q", code)
	}
	if code := w.may(g.Session, access.TicketReply, "incident"); code != "" {
		t.Errorf("an agent's right: %q", code)
	}
	m := w.member(g.Session)
	if m.Name != "Вера" || !slices.Equal(m.Roles, []string{access.Agent}) || !slices.Equal(m.Groups, []string{"first"}) || !m.Own() {
		t.Errorf("the member is %+v", m)
	}
	if f := w.facts(); !slices.Equal(f, []string{"member.joined", "member.invited", "member.joined"}) && !slices.Equal(f, []string{"member.invited", "member.joined", "member.joined"}) {
		t.Errorf("the facts are %v", f)
	}
	_, err = w.Accept(t.Context(), token, people.Entrant{Name: "Вор", Password: password, Language: "ru"}, from)
	w.want(err, desk.NotFound)
	_, err = w.Invite(t.Context(), w.tenant(), w.as(w.olga), Invite{Email: "vera@acme.example", Roles: []string{access.Agent}})
	w.want(err, desk.AlreadyExists)
}

func TestKnownPersonAcceptsWithTheirOwnPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	vera := w.person("Вера", "vera@other.example")
	invite := func() string {
		t.Helper()
		if _, err := w.Invite(t.Context(), w.tenant(), w.as(w.olga), Invite{Email: "vera@other.example", Roles: []string{access.Observer}}); err != nil {
			t.Fatal(err)
		}
		return w.token()
	}
	token := invite()
	_, err := w.Accept(t.Context(), token, people.Entrant{Name: "Вор", Password: "какой-то другой пароль", Language: "ru"}, from)
	w.want(err, desk.SignInFailed)
	_, err = w.Accept(t.Context(), token, people.Entrant{SignedIn: w.nina}, from)
	w.want(err, desk.SignInFailed)
	g, err := w.Accept(t.Context(), token, people.Entrant{Password: password}, from)
	if err != nil || g.Session.User.ID != vera.User.ID || g.Session.User.Name != "Вера" {
		t.Fatalf("accepted as %+v: %v", g.Session.User, err)
	}
	// One who is signed in as that account is asked for nothing.
	off := false
	m := w.member(vera)
	if _, err := w.Change(t.Context(), w.tenant(), w.as(w.olga), staff.Change{ID: m.ID, Active: &off, Version: m.Version}); err != nil {
		t.Fatal(err)
	}
	if code := w.opens(vera); code != desk.NotFound {
		t.Errorf("one who left is answered %q", code)
	}
	g, err = w.Accept(t.Context(), invite(), people.Entrant{SignedIn: vera}, from)
	if err != nil || g.Token == "" || g.Session.ID == vera.ID || w.opens(g.Session) != "" {
		t.Errorf("accepted as %+v: %v", g, err)
	}
}

func TestInvitationIsNoWayUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent, admin := w.person("Аня", "anya@acme.example"), w.person("Алла", "alla@acme.example")
	for who, role := range map[*people.Session]string{&agent: access.Agent, &admin: access.Admin} {
		if err := w.Add(t.Context(), w.tenant(), desk.Automaton("cli"), who.User, []string{role}, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		who  people.Session
		role string
		want desk.Code
	}{
		{agent, access.Observer, desk.Denied},
		{admin, access.Owner, desk.Denied},
		{admin, access.Agent, ""},
		{admin, access.Client, desk.ValidationFailed},
		{admin, "nothing", desk.ValidationFailed},
	} {
		_, err := w.Invite(t.Context(), w.tenant(), w.as(c.who), Invite{Email: "new@acme.example", Roles: []string{c.role}})
		w.want(err, c.want)
	}
	_, err := w.Invite(t.Context(), w.tenant(), w.as(admin), Invite{Email: "new@acme.example"})
	w.want(err, desk.ValidationFailed)
	_, err = w.Invite(t.Context(), w.tenant(), w.as(admin), Invite{Email: "no address", Roles: []string{access.Agent}})
	w.want(err, desk.ValidationFailed)
}

func TestInvitationsEndAreReplacedAndWithdrawn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	invite := func() (people.Invitation, string) {
		t.Helper()
		made, token, err := w.InviteByHand(t.Context(), w.tenant(), w.as(w.olga), Invite{Email: "vera@acme.example", Roles: []string{access.Agent}})
		if err != nil {
			t.Fatal(err)
		}
		return made, token
	}
	in := people.Entrant{Name: "Вера", Password: password, Language: "ru"}
	_, first := invite()
	second, token := invite()
	_, err := w.Accept(t.Context(), first, in, from)
	w.want(err, desk.NotFound)
	list, err := w.Invitations(t.Context(), w.house.Reader(w.tenant(), w.as(w.olga)))
	if err != nil || len(list) != 1 || list[0].ID != second.ID {
		t.Errorf("the list is %+v: %v", list, err)
	}
	rival := stageTenant(t, w)
	w.want(w.Withdraw(t.Context(), rival, desk.Automaton("cli"), second.ID), desk.NotFound)
	w.want(w.Withdraw(t.Context(), w.tenant(), w.as(w.olga), second.ID), "")
	_, err = w.Accept(t.Context(), token, in, from)
	w.want(err, desk.NotFound)
	_, token = invite()
	w.pass(7 * 24 * time.Hour)
	_, err = w.Accept(t.Context(), token, in, from)
	w.want(err, desk.NotFound)
}

func TestInvitationToAProvider(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stranger := w.olga.Actor()
	_, err := w.InviteToProvider(t.Context(), w.north.ProviderRef, stranger, "vera@north.example", true)
	w.want(err, desk.NotFound)
	_, err = w.InviteToProvider(t.Context(), w.north.ProviderRef, w.admin(), "petr@north.example", false)
	w.want(err, desk.AlreadyExists)
	_, err = w.InviteToProvider(t.Context(), w.north.ProviderRef, w.admin(), "vera@north.example", true)
	w.want(err, "")
	g, err := w.Accept(t.Context(), w.token(), people.Entrant{Name: "Вера", Password: password, Language: "ru"}, from)
	w.want(err, "")
	if _, err := w.people.ActorFor(t.Context(), g.Session, w.north.ID, true); err != nil {
		t.Errorf("she does not speak for the provider: %v", err)
	}
	if code := w.opens(g.Session); code != desk.NotFound {
		t.Errorf("a provider's new person is answered %q by a tenant", code)
	}
}

func TestSetupMakesOwnerAndTenant(t *testing.T) {
	t.Parallel()
	w := empty(t)
	owner := people.NewUser{Name: "Ольга", Email: "olga@acme.example", Password: password, Language: "ru"}
	_, _, err := w.Setup(t.Context(), owner, tenants.New{Slug: "desk"}, from)
	if got := fields(err); got["/body/tenant/slug"] != desk.Taken || got["/body/tenant/name"] != desk.Required {
		t.Errorf("wrong fields %v", got)
	}
	if _, err := w.house.Create(t.Context(), tenants.New{Slug: "rival", Name: "Rival"}, desk.Automaton("cli"), nil); err != nil {
		t.Fatal(err)
	}
	_, _, err = w.Setup(t.Context(), owner, tenants.New{Slug: "rival", Name: "Rival"}, from)
	if got := fields(err); got["/body/tenant/slug"] != desk.Taken {
		t.Errorf("wrong fields %v", got)
	}
	g, acme, err := w.Setup(t.Context(), owner, tenants.New{Slug: "acme", Name: "ACME"}, from)
	if err != nil || !g.Session.User.Owner {
		t.Fatalf("the owner is %+v: %v", g.Session.User, err)
	}
	w.acme = acme
	if w.opens(g.Session) != "" || w.may(g.Session, access.TenantManage, "") != "" {
		t.Error("the owner may not into the tenant")
	}
	_, _, err = w.Setup(t.Context(), owner, tenants.New{Slug: "rival", Name: "Rival"}, from)
	w.want(err, desk.NotFound)
	if _, err := w.Found(t.Context(), g.Session, tenants.New{Slug: "second", Name: "Second"}); err != nil {
		t.Errorf("the owner of the installation made no second tenant: %v", err)
	}
	_, err = w.Found(t.Context(), w.person("Вера", "vera@acme.example"), tenants.New{Slug: "third", Name: "Third"})
	w.want(err, desk.Denied)
	_, err = w.Found(t.Context(), g.Session, tenants.New{Slug: "acme", Name: "Again"})
	w.want(err, desk.ValidationFailed)
}

func TestNewNameReachesTheTenants(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	name := "Ольга Петровна"
	if _, err := w.people.ChangeProfile(t.Context(), w.olga, people.Profile{Name: &name}); err != nil {
		t.Fatal(err)
	}
	var id int64
	if err := w.house.SharedReader(desk.Automaton("test")).QueryRow(t.Context(), "select id from manydesk.outbox where name = $1", []any{people.Renamed}, &id); err != nil {
		t.Fatal(err)
	}
	w.want(w.Renamed(t.Context(), &jobs.Work{ID: id, Tenant: w.tenant(), Subject: w.olga.User.ID.Any()}), "")
	if m := w.member(w.olga); m.Name != name || m.Email != "olga@acme.example" {
		t.Errorf("the member is %+v", m)
	}
}

func stageTenant(t *testing.T, w *world) tenants.Tenant {
	t.Helper()
	rival, err := w.house.Create(t.Context(), tenants.New{Slug: "rival", Name: "Rival"}, desk.Automaton("cli"), w.Fill(people.User{}))
	if err != nil {
		t.Fatal(err)
	}
	return rival
}
