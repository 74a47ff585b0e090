package access

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"manydesk/desk"
	"manydesk/tenants"
)

// Object is what an act is done to, as far as rights care: the key of its
// ticket type ("" is an object that is not tied to a type), and the third party
// that it was given to, zero for none. A vendor's engineer has rights on what is
// their company's alone: an object that does not say so is not theirs.
type Object struct {
	Type   string
	Vendor desk.CompanyID
}

// Guard answers who may do what. One serves the whole process.
type Guard struct {
	house    *tenants.House
	compiled *lru[desk.TenantID, *rights]
	contacts *lru[contactKey, contactRole]
	loading  singleflight.Group
}

// few thousand tenants' rights stay in memory: about 2 kB each.
const tenantsKept, contactsKept = 4096, 8192

// New makes the guard of a process.
func New(house *tenants.House) *Guard {
	return &Guard{
		house:    house,
		compiled: newLRU[desk.TenantID, *rights](tenantsKept),
		contacts: newLRU[contactKey, contactRole](contactsKept),
	}
}

// Check is the first decision of every verb: nil, or
//
// Errors: NotFound when the actor may not even read the object; ScopeMissing
// when an API key is too narrow; Denied with the right and who can grant it.
func (g *Guard) Check(ctx context.Context, tx tenants.ReadTx, p Permission, o Object) error {
	return g.check(ctx, tx.Tenant(), tx.Actor(), tx.Now(), p, o)
}

func (g *Guard) check(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, now time.Time, p Permission, o Object) error {
	may, r, err := g.granted(ctx, tenant, actor, now)
	if err != nil {
		return err
	}
	if !r.reaches(actor, o) {
		return desk.Missing()
	}
	if may.may(p, o.Type) {
		if !inScope(actor.Scopes, p) {
			return desk.Refuse(desk.ScopeMissing, "scope", p.String())
		}
		return nil
	}
	if read, hides := p.reading(); hides && !may.may(read, o.Type) || may == nothing {
		return desk.Missing()
	}
	return desk.Refuse(desk.Denied, "right", p.String(), "who", r.keepers.In(actor.Language))
}

// Any reports whether the actor may do p to some object or other: the edge's
// cheap early no. The verb's own Check remains the real one.
func (g *Guard) Any(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, p Permission) (bool, error) {
	may, _, err := g.granted(ctx, tenant, actor, g.house.Clock()())
	if err != nil {
		return false, err
	}
	return may.any().has(p) && inScope(actor.Scopes, p), nil
}

// Held names every permission the actor has for some object or other: what a
// screen of the whole tenant offers.
func (g *Guard) Held(ctx context.Context, tenant tenants.Tenant, actor desk.Actor) ([]string, error) {
	may, _, err := g.granted(ctx, tenant, actor, g.house.Clock()())
	if err != nil {
		return nil, err
	}
	return named(may.any(), actor.Scopes, nil), nil
}

// Abilities names which of the given permissions (all, if none are given) the
// actor has on the object; they travel with it.
func (g *Guard) Abilities(ctx context.Context, tx tenants.ReadTx, o Object, of ...Permission) ([]string, error) {
	may, r, err := g.granted(ctx, tx.Tenant(), tx.Actor(), tx.Now())
	if err != nil || !r.reaches(tx.Actor(), o) {
		return []string{}, err
	}
	return named(may.on(o.Type), tx.Actor().Scopes, of), nil
}

// reaches reports whether the object is the actor's to know of at all, whatever
// their roles.
func (r *rights) reaches(actor desk.Actor, o Object) bool {
	vendor := r.people[actor.User()].vendor
	return vendor.IsZero() || vendor == o.Vendor
}

// TypeSet is the ticket types a permission holds for: a filter for lists.
type TypeSet struct {
	All  bool
	Keys []string
}

// Sight is what a list may show: tickets of these types, and of these only a
// vendor's if one is set. A list filters by both.
type Sight struct {
	TypeSet
	Vendor desk.CompanyID
}

// Has reports whether the set holds a type.
func (s TypeSet) Has(key string) bool { return s.All || slices.Contains(s.Keys, key) }

// None reports the empty set: nothing may be listed.
func (s TypeSet) None() bool { return !s.All && len(s.Keys) == 0 }

// Types tells for which ticket types the actor holds p on all that there is of
// them: for none, if they are a vendor's engineer. Lists ask Sight.
func (g *Guard) Types(ctx context.Context, tx tenants.ReadTx, p Permission) (TypeSet, error) {
	return g.TypesOf(ctx, tx.Tenant(), tx.Actor(), p)
}

// TypesOf is Types without a handle.
func (g *Guard) TypesOf(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, p Permission) (TypeSet, error) {
	s, err := g.SightOf(ctx, tenant, actor, p)
	if !s.Vendor.IsZero() {
		return TypeSet{}, err
	}
	return s.TypeSet, err
}

// Sight tells which tickets a list may show to the actor who holds p.
func (g *Guard) Sight(ctx context.Context, tx tenants.ReadTx, p Permission) (Sight, error) {
	return g.SightOf(ctx, tx.Tenant(), tx.Actor(), p)
}

// SightOf is Sight without a handle, for lists over many tenants.
func (g *Guard) SightOf(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, p Permission) (Sight, error) {
	may, r, err := g.granted(ctx, tenant, actor, g.house.Clock()())
	if err != nil || !inScope(actor.Scopes, p) {
		return Sight{}, err
	}
	s := Sight{Vendor: r.people[actor.User()].vendor}
	if may.all.has(p) {
		s.All = true
		return s, nil
	}
	for key, m := range may.types {
		if m.has(p) {
			s.Keys = append(s.Keys, key)
		}
	}
	slices.Sort(s.Keys)
	return s, nil
}

// Vendor is the third party whose engineer the actor is; zero for anybody else.
func (g *Guard) Vendor(ctx context.Context, tx tenants.ReadTx) (desk.CompanyID, error) {
	_, r, err := g.granted(ctx, tx.Tenant(), tx.Actor(), tx.Now())
	if err != nil {
		return desk.CompanyID{}, err
	}
	return r.people[tx.Actor().User()].vendor, nil
}

// Forget drops what this process knows of a tenant's rights: a message said that they changed.
func (g *Guard) Forget(id desk.TenantID) { g.compiled.drop(id) }

// granted finds what the actor may do in the tenant now; never nil without an error.
func (g *Guard) granted(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, now time.Time) (*grants, *rights, error) {
	r, err := g.rights(ctx, tenant)
	if err != nil {
		return nil, nil, err
	}
	switch actor.Kind {
	case desk.StaffActor:
		return r.people[desk.UserID(actor.ID)].at(now), r, nil
	case desk.ContactActor:
		role, err := g.roleOf(ctx, tenant, desk.ContactID(actor.ID), now)
		if err != nil {
			return nil, nil, err
		}
		if may := r.roles[role]; may != nil {
			return may, r, nil
		}
	case desk.SystemActor:
		if m := automata[actor.Name]; m != 0 {
			return &grants{all: m}, r, nil
		}
	}
	return nothing, r, nil
}

// inScope narrows an API key. A scope is a permission, a noun ("ticket.*") or
// "read", every permission that only reads.
func inScope(scopes []string, p Permission) bool {
	if scopes == nil {
		return true
	}
	for _, s := range scopes {
		if s == p.String() || s == p.Group()+".*" || (s == "read" && strings.HasSuffix(p.String(), ".read")) {
			return true
		}
	}
	return false
}

// ValidScope reports whether a key may carry this scope.
func ValidScope(scope string) bool {
	return slices.ContainsFunc(All(), func(p Permission) bool { return inScope([]string{scope}, p) })
}

func named(m mask, scopes []string, wanted []Permission) []string {
	if wanted == nil {
		wanted = m.list()
	}
	held := make([]string, 0, len(wanted))
	for _, p := range wanted {
		if m.has(p) && inScope(scopes, p) {
			held = append(held, p.String())
		}
	}
	return held
}
