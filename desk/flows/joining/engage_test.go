package joining

import (
	"context"
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

func TestEngagementOpensTheTenantForWhatItGrants(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if code := w.opens(w.petr); code != desk.NotFound {
		t.Fatalf("before it the tenant answers %q", code)
	}
	e := w.engaged(Offer{Roles: []string{access.Engineer}, Types: []string{"incident"}})
	a := w.as(w.petr)
	if a.Provider != w.north.ID || a.Engagement != e.ID {
		t.Errorf("the actor is %+v", a)
	}
	for _, c := range []struct {
		p    access.Permission
		typ  string
		want desk.Code
	}{
		{access.TicketReply, "incident", ""},
		{access.TicketReply, "request", desk.NotFound},
		{access.TicketOpen, "incident", desk.Denied},
		{access.CustomerRead, "", ""},
		{access.MemberManage, "", desk.Denied},
		{access.EngagementManage, "", desk.Denied},
	} {
		if got := w.may(w.petr, c.p, c.typ); got != c.want {
			t.Errorf("%s on %q: %q, want %q", c.p, c.typ, got, c.want)
		}
	}
	if code := w.opens(w.nina); code != desk.NotFound {
		t.Errorf("the provider's admin, who is not assigned, is answered %q", code)
	}
	for _, want := range []string{"engagement.offered", "engagement.active"} {
		if !slices.Contains(w.facts(), want) {
			t.Errorf("no fact %s in %v", want, w.facts())
		}
	}
	by, err := w.people.Engaged(t.Context(), e.ID)
	if err != nil || len(by[e.ID]) != 1 || by[e.ID][0].Name != "Пётр" {
		t.Errorf("engaged are %+v: %v", by, err)
	}
}

func TestEitherSideEndsItAndAccessEndsAtOnce(t *testing.T) {
	t.Parallel()
	for _, side := range []people.Side{people.TenantSide, people.ProviderSide} {
		w := newWorld(t)
		e := w.engaged(Offer{Roles: []string{access.Agent}})
		actor := w.as(w.olga)
		if side == people.ProviderSide {
			actor = w.admin()
		}
		_, err := w.End(t.Context(), w.tenant(), actor, side, e.ID, e.Version+7)
		w.want(err, desk.ChangedMeanwhile)
		ended, err := w.End(t.Context(), w.tenant(), actor, side, e.ID, e.Version)
		if err != nil || ended.State != people.Ended || ended.EndedBy != actor.User() {
			t.Fatalf("%s ended %+v: %v", side, ended, err)
		}
		if code := w.opens(w.petr); code != desk.EngagementEnded {
			t.Errorf("%s: the tenant answers %q", side, code)
		}
		if code := w.may(w.petr, access.TicketRead, "incident"); code != desk.NotFound {
			t.Errorf("%s: the rights answer %q", side, code)
		}
		if w.member(w.petr).Active {
			t.Errorf("%s: the staff row is active", side)
		}
		again, err := w.End(t.Context(), w.tenant(), actor, side, e.ID, 0)
		if err != nil || again.Version != ended.Version {
			t.Errorf("%s: ended twice %+v: %v", side, again, err)
		}
		if n := count(w.facts(), "engagement.ended"); n != 1 {
			t.Errorf("%s: %d facts of the end", side, n)
		}
		// Another may follow, with the same people.
		w.engaged(Offer{Roles: []string{access.Observer}})
		if w.opens(w.petr) != "" || w.may(w.petr, access.TicketReply, "incident") != desk.Denied {
			t.Errorf("%s: the second engagement does not hold", side)
		}
	}
}

func TestOnlyTheOtherSideAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := Offer{Provider: w.north.ProviderRef, Roles: []string{access.Agent}}
	e, err := w.Offer(t.Context(), w.tenant(), w.admin(), people.ProviderSide, o)
	w.want(err, "")
	_, err = w.Offer(t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, o)
	w.want(err, desk.AlreadyExists)
	_, err = w.Answer(t.Context(), w.tenant(), w.admin(), people.ProviderSide, e.ID, 1, true)
	w.want(err, desk.Denied)
	_, err = w.Answer(t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, e.ID, 9, true)
	w.want(err, desk.ChangedMeanwhile)
	e, err = w.Answer(t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, e.ID, 1, false)
	if err != nil || e.State != people.Refused {
		t.Errorf("refused %+v: %v", e, err)
	}
	_, err = w.Answer(t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, e.ID, 2, true)
	w.want(err, desk.InUse)
	_, err = w.Assign(t.Context(), w.tenant(), w.admin(), e.ID, []desk.UserID{w.petr.User.ID})
	w.want(err, desk.EngagementEnded)
	// An offer may be taken back.
	e, err = w.Offer(t.Context(), w.tenant(), w.admin(), people.ProviderSide, o)
	w.want(err, "")
	_, err = w.End(t.Context(), w.tenant(), w.admin(), people.ProviderSide, e.ID, 1)
	w.want(err, "")
	_, err = w.Answer(t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, e.ID, 0, true)
	w.want(err, desk.InUse)
}

func TestWrongOffersAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, o := range map[string]Offer{
		"no roles":           {},
		"a role that is not": {Roles: []string{"nothing"}},
		"the owner's":        {Roles: []string{access.Owner}},
		"a client's":         {Roles: []string{access.Client}},
		"no types":           {Roles: []string{access.Agent}, Types: []string{}},
		"a type that is not": {Roles: []string{access.Agent}, Types: []string{"nothing"}},
		"over already":       {Roles: []string{access.Agent}, EndsAt: start},
		"ends before":        {Roles: []string{access.Agent}, StartsAt: start.Add(time.Hour), EndsAt: start.Add(time.Minute)},
	} {
		o.Provider = w.north.ProviderRef
		_, err := w.Offer(t.Context(), w.tenant(), w.admin(), people.ProviderSide, o)
		if desk.CodeOf(err) != desk.ValidationFailed {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Nobody offers for a provider that is not theirs, nor for a tenant without the right.
	_, err := w.Offer(t.Context(), w.tenant(), w.olga.Actor(), people.ProviderSide, Offer{Provider: w.north.ProviderRef, Roles: []string{access.Agent}})
	w.want(err, desk.NotFound)
	_, err = w.Offer(t.Context(), w.tenant(), w.petr.Actor(), people.TenantSide, Offer{Provider: w.north.ProviderRef, Roles: []string{access.Agent}})
	w.want(err, desk.NotFound)
	_, err = w.people.ActorFor(t.Context(), w.petr, w.north.ID, true)
	w.want(err, desk.Denied)
	_, err = w.people.ActorFor(t.Context(), w.olga, w.north.ID, false)
	w.want(err, desk.NotFound)
}

func TestProvidersAdministratorInTheTenantDoesNotAcceptForIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.engaged(Offer{Roles: []string{access.Admin}})
	w.want(codeError(w.may(w.petr, access.EngagementManage, "")), "")
	_, err := w.End(t.Context(), w.tenant(), w.as(w.petr), people.TenantSide, e.ID, 0)
	w.want(err, "")
	// Petr's old actor, as a node that has not heard yet would make it.
	w.engaged(Offer{Roles: []string{access.Admin}})
	_, err = w.Offer(t.Context(), w.tenant(), w.as(w.petr), people.TenantSide, Offer{Provider: w.north.ProviderRef, Roles: []string{access.Admin}})
	w.want(err, desk.Denied)
}

func TestAssignIsExactlyWhoWorks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.engaged(Offer{Roles: []string{access.Agent}})
	_, err := w.Assign(t.Context(), w.tenant(), w.admin(), e.ID, []desk.UserID{w.nina.User.ID})
	w.want(err, "")
	if w.opens(w.nina) != "" || w.opens(w.petr) == "" || w.may(w.petr, access.TicketRead, "") != desk.NotFound {
		t.Error("the wrong people work")
	}
	_, err = w.Assign(t.Context(), w.tenant(), w.admin(), e.ID, []desk.UserID{w.nina.User.ID, w.olga.User.ID, desk.NewUserID(start)})
	if got := fields(err); len(got) != 2 || got["/body/users/1"] != desk.UnknownID {
		t.Errorf("a tenant's own person was assigned: %v", got)
	}
	_, err = w.Assign(t.Context(), stageTenant(t, w), w.admin(), e.ID, nil)
	w.want(err, desk.NotFound)
	_, err = w.Assign(t.Context(), w.tenant(), w.admin(), e.ID, nil)
	w.want(err, "")
	if w.opens(w.nina) == "" {
		t.Error("one who is not assigned any more works")
	}
}

func TestEngagementEndsByTimeWithoutAJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.engaged(Offer{Roles: []string{access.Agent}, EndsAt: start.Add(time.Hour)})
	w.pass(time.Hour - time.Second)
	if w.opens(w.petr) != "" || w.may(w.petr, access.TicketRead, "") != "" {
		t.Fatal("it ended too early")
	}
	w.pass(time.Second)
	if code := w.opens(w.petr); code != desk.EngagementEnded {
		t.Errorf("the tenant answers %q", code)
	}
	if code := w.may(w.petr, access.TicketRead, ""); code != desk.NotFound {
		t.Errorf("the rights answer %q", code)
	}
	if got, err := w.people.Engagement(t.Context(), e.ID); err != nil || got.State != people.Ended {
		t.Errorf("it shows as %+v: %v", got, err)
	}
	// The timer writes it down.
	var due time.Time
	if err := w.house.SharedReader(desk.Automaton("test")).QueryRow(t.Context(), "select due_at from manydesk.timers where subject_id = $1 and kind = $2", []any{e.ID, EndTimer}, &due); err != nil || !due.Equal(start.Add(time.Hour)) {
		t.Errorf("the timer is at %v: %v", due, err)
	}
	err := w.house.Do(t.Context(), w.tenant(), desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		return w.Due(ctx, tx, desk.Timer{Subject: e.ID.Any(), Kind: EndTimer})
	})
	w.want(err, "")
	var id int64
	if err := w.house.SharedReader(desk.Automaton("test")).QueryRow(t.Context(), "select id from manydesk.outbox where name = $1", []any{EndJob}, &id); err != nil {
		t.Fatal(err)
	}
	work := &jobs.Work{ID: id, Tenant: w.tenant(), Name: EndJob, Subject: e.ID.Any()}
	w.want(w.EndDue(t.Context(), work), "")
	w.want(w.EndDue(t.Context(), &jobs.Work{ID: id, Tenant: w.tenant(), Name: EndJob, Subject: e.ID.Any()}), "")
	if w.member(w.petr).Active {
		t.Error("the staff row is active")
	}
	if n := count(w.facts(), "engagement.ended"); n != 1 {
		t.Errorf("%d facts of the end", n)
	}
}

func TestEngagementMayBeginLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.engaged(Offer{Roles: []string{access.Agent}, StartsAt: start.Add(time.Hour)})
	if w.opens(w.petr) == "" || w.may(w.petr, access.TicketRead, "") != desk.NotFound {
		t.Error("it began too early")
	}
	w.pass(time.Hour)
	if w.opens(w.petr) != "" || w.may(w.petr, access.TicketRead, "") != "" {
		t.Error("it did not begin")
	}
}

func TestSuspendedProvidersPeopleAreOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.engaged(Offer{Roles: []string{access.Agent}})
	err := w.house.Shared(t.Context(), desk.Automaton("cli"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.providers set state = 'suspended' where id = $1", int32(w.north.ID))
		return err
	})
	w.want(err, "")
	w.people.Forget()
	if code := w.opens(w.petr); code != desk.EngagementEnded {
		t.Errorf("the tenant answers %q", code)
	}
}

func TestWhoLeftComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.engaged(Offer{Roles: []string{access.Agent}})
	off, on := false, true
	change := func(active *bool) error {
		m := w.member(w.petr)
		_, err := w.Change(t.Context(), w.tenant(), w.as(w.olga), staff.Change{ID: m.ID, Active: active, Version: m.Version})
		return err
	}
	w.want(change(&off), "")
	if w.opens(w.petr) == "" {
		t.Error("one who was sent away works")
	}
	w.want(change(&on), "")
	if w.opens(w.petr) != "" {
		t.Error("one who was let back does not work")
	}
	_, err := w.End(t.Context(), w.tenant(), w.as(w.olga), people.TenantSide, e.ID, 0)
	w.want(err, "")
	w.want(change(&on), desk.EngagementEnded)
}

func count(all []string, one string) (n int) {
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

// codeError makes an error of a code, to compare it as one.
func codeError(code desk.Code) error {
	if code == "" {
		return nil
	}
	return desk.Refuse(code)
}
