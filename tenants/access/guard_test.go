package access

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

func TestCheckRefusesAsTheObjectIsSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.setRole(t, "night", `{"name": {"ru": "Ночь", "en": "Night"}, "permissions": [{"permission": "ticket.read", "types": ["incident"]}, {"permission": "ticket.reply", "types": ["incident"]}]}`)
	observer, night, stranger := w.hire(t, desk.EngagementID{}, Observer), w.hire(t, desk.EngagementID{}, "night"), desk.Actor{Kind: desk.StaffActor, ID: desk.NewUserID(start).Any()}
	for _, c := range []struct {
		who  desk.Actor
		p    Permission
		typ  string
		want desk.Code
	}{
		{observer, TicketRead, "incident", ""},
		{observer, TicketReply, "incident", desk.Denied},
		{observer, MemberManage, "", desk.Denied},
		{observer, AuditRead, "", desk.Denied},
		{observer, RequestRead, "", desk.NotFound},
		{night, TicketReply, "incident", ""},
		{night, TicketReply, "request", desk.NotFound},
		{night, TicketRead, "", desk.NotFound},
		{night, TicketAssign, "incident", desk.Denied},
		{night, CustomerRead, "", desk.NotFound},
		{stranger, TicketRead, "incident", desk.NotFound},
		{stranger, AuditRead, "", desk.NotFound},
		{desk.Automaton("intake"), TicketOpen, "incident", ""},
		{desk.Automaton("intake"), MemberManage, "", desk.NotFound},
		{desk.Automaton("intake"), BrandEdit, "", desk.Denied},
		{desk.Automaton("nobody"), TicketRead, "", desk.NotFound},
		{desk.Actor{}, TicketRead, "", desk.NotFound},
	} {
		if got := w.check(t, c.who, c.p, c.typ); got != c.want {
			t.Errorf("%s on %q by %s: %q, want %q", c.p, c.typ, c.who.Name, got, c.want)
		}
	}
	err := w.guard.Check(t.Context(), w.Reader(w.tenant(t), observer), TicketReply, Object{Type: "incident"})
	if e, ok := err.(*desk.Error); !ok || e.Params["right"] != "ticket.reply" || e.Params["who"] != "Владелец, Администратор" { //nolint:errorlint // ours
		t.Errorf("the refusal says %+v", err)
	}
}

func TestListsGetTheTypesThatMayBeSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.setRole(t, "night", `{"permissions": [{"permission": "ticket.read", "types": ["request", "incident"]}, {"permission": "ticket.reply", "types": ["incident"]}]}`)
	night, agent := w.hire(t, desk.EngagementID{}, "night"), w.hire(t, desk.EngagementID{}, Agent)
	types := func(a desk.Actor, p Permission) TypeSet {
		s, err := w.guard.Types(t.Context(), w.Reader(w.tenant(t), a), p)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := types(night, TicketRead); s.All || len(s.Keys) != 2 || s.Keys[0] != "incident" || !s.Has("request") || s.Has("question") {
		t.Errorf("night sees %+v", s)
	}
	if s := types(agent, TicketRead); !s.All || s.None() {
		t.Errorf("an agent sees %+v", s)
	}
	if s := types(agent, BrandEdit); !s.None() {
		t.Errorf("an agent edits the brand of %+v", s)
	}
	got, err := w.guard.Abilities(t.Context(), w.Reader(w.tenant(t), night), Object{Type: "incident"}, TicketReply, TicketAssign, TicketRead)
	if err != nil || len(got) != 2 || got[0] != "ticket.reply" || got[1] != "ticket.read" {
		t.Errorf("abilities %v: %v", got, err)
	}
	if any, err := w.guard.Any(t.Context(), w.tenant(t), night, TicketReply); err != nil || !any {
		t.Errorf("the early no was said to somebody who may: %v", err)
	}
	if held, err := w.guard.Held(t.Context(), w.tenant(t), night); err != nil || len(held) != 2 {
		t.Errorf("night holds %v: %v", held, err)
	}
}

func TestKeyDoesLessThanItsOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := w.hire(t, desk.EngagementID{}, Agent)
	for scope, allowed := range map[string][]Permission{
		"ticket.read": {TicketRead}, "ticket.*": {TicketRead, TicketReply}, "read": {TicketRead, CustomerRead}, "brand.edit": {},
	} {
		key := agent
		key.Scopes = []string{scope}
		for _, p := range []Permission{TicketRead, TicketReply, CustomerRead, BrandEdit} {
			want := desk.ScopeMissing
			for _, a := range allowed {
				if a == p {
					want = ""
				}
			}
			if p == BrandEdit {
				want = desk.Denied
			}
			if got := w.check(t, key, p, "incident"); got != want {
				t.Errorf("%s by a key for %s: %q, want %q", p, scope, got, want)
			}
		}
	}
	key := agent
	key.Scopes = []string{}
	if held, err := w.guard.Held(t.Context(), w.tenant(t), key); err != nil || len(held) != 0 {
		t.Errorf("a key for nothing holds %v: %v", held, err)
	}
	for scope, want := range map[string]bool{"ticket.read": true, "ticket.*": true, "read": true, "ticket": false, "": false, "*": false} {
		if ValidScope(scope) != want {
			t.Errorf("scope %q is %v", scope, !want)
		}
	}
}

func TestEndedEngagementIsGoneWithinASecond(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	eng := desk.NewEngagementID(start)
	w.do(t, func(ctx context.Context, shared tenants.SharedTx, _ tenants.Tx) error {
		if _, err := shared.Exec(ctx, "insert into manydesk.providers (slug, name) values ('north', 'North')"); err != nil {
			return err
		}
		_, err := shared.Exec(ctx, `insert into manydesk.engagements (id, provider_id, tenant_id, state, offered_by, roles, types, starts_at)
			values ($1, 1, $2, 'active', 'tenant', '{agent}', '{incident}', $3)`, eng, int32(w.acme.ID), start)
		return err
	})
	petr := w.hire(t, eng, Agent, Admin)
	if got := w.check(t, petr, TicketReply, "incident"); got != "" {
		t.Fatalf("an engaged agent was refused: %s", got)
	}
	if got := w.check(t, petr, TicketReply, "request"); got != desk.NotFound {
		t.Errorf("a type outside the engagement: %q", got)
	}
	if got := w.check(t, petr, MemberManage, ""); got != desk.Denied {
		t.Errorf("a role outside the engagement: %q", got)
	}
	// Another node ends it: this one gets no message and has the tenant in memory.
	other := stage.Open(t, w.dsn, stage.Options{Clock: w.clock})
	there, err := other.ByID(t.Context(), w.acme.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = other.Both(t.Context(), there, desk.Automaton("setup"), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if _, err := shared.Exec(ctx, "update manydesk.engagements set state = 'ended' where id = $1", eng); err != nil {
			return err
		}
		return tx.AccessChanged(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.pass(time.Second)
	if got := w.check(t, petr, TicketReply, "incident"); got != desk.NotFound {
		t.Errorf("a second after the end: %q", got)
	}
}

func TestContactsSeeByWhatTheirRowSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	add := func(sees, kind string, archived bool) desk.Actor {
		id, company := desk.NewContactID(start), desk.NewCompanyID(start)
		w.do(t, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
			if _, err := tx.Exec(ctx, "insert into ?tenant.companies (id, kind, name) values ($1, $2, 'Roga')", company, kind); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, "insert into ?tenant.contacts (id, company_id, name, sees, archived_at) values ($1, $2, 'Ivan', $3, case when $4 then now() end)", id, company, sees, archived)
			return err
		})
		return desk.Actor{Kind: desk.ContactActor, ID: id.Any()}
	}
	client, manager, vendor, gone := add("own", "customer", false), add("company", "customer", false), add("own", "vendor", false), add("own", "customer", true)
	for _, c := range []struct {
		who  desk.Actor
		p    Permission
		want desk.Code
	}{
		{client, RequestOpen, ""},
		{client, RequestCompany, desk.Denied},
		{client, TicketRead, desk.NotFound},
		{manager, RequestCompany, ""},
		{vendor, RequestReply, ""},
		{vendor, RequestOpen, desk.Denied},
		{gone, RequestRead, desk.NotFound},
		{desk.Actor{Kind: desk.ContactActor, ID: desk.NewContactID(start).Any()}, RequestRead, desk.NotFound},
	} {
		if got := w.check(t, c.who, c.p, ""); got != c.want {
			t.Errorf("%s: %q, want %q", c.p, got, c.want)
		}
	}
	// What a contact sees is taken away: within a second it is gone.
	w.do(t, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.contacts set sees = 'own' where id = $1", manager.ID)
		return err
	})
	w.pass(time.Second)
	if got := w.check(t, manager, RequestCompany, ""); got != desk.Denied {
		t.Errorf("a second after: %q", got)
	}
}

func TestNobodyGrantsMoreThanTheyHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, admin := w.hire(t, desk.EngagementID{}, Owner), w.hire(t, desk.EngagementID{}, Admin)
	for _, c := range []struct {
		who  desk.Actor
		role string
		want desk.Code
	}{{owner, Owner, ""}, {admin, Owner, desk.Denied}, {admin, Admin, ""}, {owner, "gone", desk.ValidationFailed}, {owner, Client, desk.ValidationFailed}} {
		err := w.guard.Grantable(t.Context(), w.Reader(w.tenant(t), c.who), "roles", c.role)
		if got := desk.CodeOf(err); got != c.want {
			t.Errorf("granting %s: %v, want %q", c.role, err, c.want)
		}
	}
	for _, c := range []struct {
		grant Grant
		want  desk.Code
	}{
		{Grant{Permission: "ticket.read"}, ""},
		{Grant{Permission: "tenant.manage"}, desk.Denied},
		{Grant{Permission: "request.read"}, desk.ValidationFailed},
		{Grant{Permission: "member.read", Types: []string{"incident"}}, desk.ValidationFailed},
		{Grant{Permission: "ticket.export", Types: []string{"incident"}}, ""},
	} {
		err := w.guard.Allowable(t.Context(), w.Reader(w.tenant(t), admin), Role{Grants: []Grant{c.grant}})
		if got := desk.CodeOf(err); got != c.want {
			t.Errorf("a role with %+v: %v, want %q", c.grant, err, c.want)
		}
	}
}

func TestOwnersRoleCannotBeRewritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.setRole(t, Owner, `{"permissions": []}`)
	w.setRole(t, Agent, `{"permissions": [{"permission": "ticket.read"}]}`)
	if got := w.check(t, w.hire(t, desk.EngagementID{}, Owner), TenantManage, ""); got != "" {
		t.Errorf("an owner was locked out: %s", got)
	}
	if got := w.check(t, w.hire(t, desk.EngagementID{}, Agent), TicketReply, ""); got != desk.Denied {
		t.Errorf("the tenant's own agent role does not hold: %q", got)
	}
}

func BenchmarkCheck(b *testing.B) {
	w := newWorld(b)
	agent := w.hire(b, desk.EngagementID{}, Agent)
	tx := w.Reader(w.tenant(b), agent)
	b.ReportAllocs()
	for b.Loop() {
		if err := w.guard.Check(b.Context(), tx, TicketReply, Object{Type: "incident"}); err != nil {
			b.Fatal(err)
		}
	}
}
