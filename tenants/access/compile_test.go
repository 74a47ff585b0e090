package access

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
)

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// drawPolicy makes a tenant's rights at random: roles of its own and changed
// ones, people of its own and of two providers.
func drawPolicy(t *rapid.T) *policy {
	p := &policy{domain: "7", roles: map[string]Role{}, engagements: map[desk.EngagementID]engagement{}}
	for _, b := range Builtin() {
		p.roles[b.Key] = b.Role
	}
	types := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"incident", "request", "question", "problem"}), rapid.ID[string])
	grant := rapid.Custom(func(t *rapid.T) Grant {
		g := Grant{Permission: rapid.SampledFrom(append(names[:], "ticket.juggle")).Draw(t, "permission")}
		if rapid.Bool().Draw(t, "some types") {
			g.Types = types.Draw(t, "types")
		}
		return g
	})
	for _, key := range []string{"night", "audit", "agent"} {
		p.roles[key] = Role{Name: Words{key, key}, Grants: rapid.SliceOfN(grant, 0, 12).Draw(t, key)}
	}
	var terms []desk.EngagementID
	for range rapid.IntRange(0, 2).Draw(t, "engagements") {
		id := desk.NewEngagementID(start)
		terms = append(terms, id)
		e := engagement{roles: rapid.SliceOf(rapid.SampledFrom([]string{"night", "agent", "engineer", "owner", "gone"})).Draw(t, "granted"), starts: start}
		if rapid.Bool().Draw(t, "narrow") {
			e.types = append([]string{}, types.Draw(t, "covered")...)
		}
		p.engagements[id] = e
	}
	for range rapid.IntRange(0, 8).Draw(t, "people") {
		who := person{id: desk.NewUserID(start), roles: rapid.SliceOf(rapid.SampledFrom([]string{"owner", "agent", "engineer", "night", "audit", "client", "gone"})).Draw(t, "roles")}
		if len(terms) > 0 && rapid.Bool().Draw(t, "provider's") {
			who.provider, who.engagement = true, rapid.SampledFrom(append(terms, desk.NewEngagementID(start))).Draw(t, "engagement")
		}
		p.people = append(p.people, who)
	}
	return p
}

func TestCompiledRightsAnswerAsCasbinDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		e, err := p.enforcer()
		if err != nil {
			t.Fatal(err)
		}
		r, err := compile(p, 1)
		if err != nil {
			t.Fatal(err)
		}
		// Casbin needs 100 µs a question, so each policy is asked some of them.
		held := map[string]*grants{}
		for _, who := range p.people {
			held[who.id.UUID()] = r.people[who.id].at(start)
		}
		for key := range p.roles {
			held[key] = r.roles[key]
		}
		subjects := slices.Sorted(maps.Keys(held))
		for range 60 {
			who := rapid.SampledFrom(subjects).Draw(t, "who")
			perm := rapid.SampledFrom(All()).Draw(t, "act")
			typ := rapid.SampledFrom([]string{"", "incident", "request", "question", "problem", "unheard"}).Draw(t, "type")
			want, err := e.Enforce(who, p.domain, perm.String(), typ)
			if err != nil {
				t.Fatal(err)
			}
			if got := held[who].may(perm, typ); got != want {
				t.Fatalf("%s on %q for %s: compiled %v, casbin %v", perm, typ, who, got, want)
			}
		}
	})
}

// TestEngagementOnlyNarrows compares with the roles themselves: whoever comes
// by an engagement may never do what the role, or the engagement, does not give.
func TestEngagementOnlyNarrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		r, err := compile(p, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range p.people {
			if !who.provider {
				continue
			}
			term, live := p.engagements[who.engagement]
			got := r.people[who.id].at(start)
			for _, perm := range All() {
				for _, typ := range []string{"", "incident", "request"} {
					want := false
					for _, key := range who.roles {
						role := r.roles[key]
						if !live || role == nil || OnPortal(key) || key == Owner || !slices.Contains(term.roles, key) || !role.may(perm, typ) {
							continue
						}
						want = want || term.types == nil || !perm.Typed() || slices.Contains(term.types, typ)
					}
					if got.may(perm, typ) != want {
						t.Fatalf("%s on %q: %v, want %v (roles %v, term %+v)", perm, typ, got.may(perm, typ), want, who.roles, term)
					}
				}
			}
		}
	})
}

func TestEngagementBeginsAndEndsByItself(t *testing.T) {
	t.Parallel()
	id, eng := desk.NewUserID(start), desk.NewEngagementID(start)
	p := &policy{
		domain: "1", roles: map[string]Role{Agent: Builtin()[3].Role},
		people:      []person{{id: id, engagement: eng, provider: true, roles: []string{Agent}}},
		engagements: map[desk.EngagementID]engagement{eng: {roles: []string{Agent}, starts: start, ends: start.Add(time.Hour)}},
	}
	r, err := compile(p, 1)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Duration]bool{-time.Nanosecond: false, 0: true, time.Hour - 1: true, time.Hour: false} {
		if got := r.people[id].at(start.Add(at)).may(TicketRead, ""); got != want {
			t.Errorf("after %v: %v, want %v", at, got, want)
		}
	}
}

func TestEveryPermissionHasANameThatReadsBack(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		got, ok := Parse(p.String())
		if !ok || got != p || p.Group() == "" {
			t.Errorf("%d is %q", p, p)
		}
		if p.Typed() != (p.Group() == "ticket") || p.Portal() != (p.Group() == "request") {
			t.Errorf("%s is in the wrong place of the list", p)
		}
	}
}

func TestOwnerMayDoAllThatStaffMay(t *testing.T) {
	t.Parallel()
	for _, b := range Builtin() {
		if err := b.Role.Validate(); err != nil {
			t.Errorf("%s: %v", b.Key, err)
		}
		for _, g := range b.Role.Grants {
			p, _ := Parse(g.Permission)
			if p.Portal() != OnPortal(b.Key) {
				t.Errorf("%s has %s", b.Key, p)
			}
		}
	}
	if got := len(Builtin()[0].Role.Grants); got != int(RequestRead) {
		t.Errorf("the owner has %d permissions of %d", got, RequestRead)
	}
}

func TestLRUForgetsTheLongestUnused(t *testing.T) {
	t.Parallel()
	c := newLRU[int, string](2)
	c.put(1, "a")
	c.put(2, "b")
	c.get(1)
	c.put(3, "c")
	if _, ok := c.get(2); ok {
		t.Error("the longest unused stayed")
	}
	if v, ok := c.get(1); !ok || v != "a" {
		t.Error("the one used was forgotten")
	}
	c.drop(1)
	if _, ok := c.get(1); ok {
		t.Error("a dropped one stayed")
	}
}

// tenantOf makes the rights of a common tenant: 40 people, 12 roles, 6 types.
func tenantOf(people int) (*policy, []desk.UserID) {
	p := &policy{domain: "1", roles: map[string]Role{}}
	for _, b := range Builtin() {
		p.roles[b.Key] = b.Role
	}
	for i := range 3 {
		p.roles[fmt.Sprintf("own_%d", i)] = Role{Grants: []Grant{{Permission: "ticket.read", Types: []string{"incident", "request"}}, {Permission: "ticket.reply", Types: []string{"incident"}}}}
	}
	ids := make([]desk.UserID, people)
	for i := range ids {
		ids[i] = desk.NewUserID(start)
		p.people = append(p.people, person{id: ids[i], roles: []string{Agent, fmt.Sprintf("own_%d", i%3)}})
	}
	return p, ids
}

func BenchmarkCompile(b *testing.B) {
	p, _ := tenantOf(40)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := compile(p, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemory tells what one tenant's rights keep in memory.
func BenchmarkMemory(b *testing.B) {
	p, _ := tenantOf(40)
	const tenants = 500
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		kept := make([]*rights, tenants)
		for i := range kept {
			r, err := compile(p, 1)
			if err != nil {
				b.Fatal(err)
			}
			kept[i] = r
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/tenants, "B/tenant")
		runtime.KeepAlive(kept)
	}
}
