package access

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	"github.com/casbin/casbin/v2/persist"

	"manydesk/desk"
)

// rules is the law in casbin's words: a person has roles in a tenant (the
// domain); a role may do an act on a ticket type, or on all of them.
const rules = `
[request_definition]
r = sub, dom, act, typ

[policy_definition]
p = sub, dom, act, typ

[role_definition]
g = _, _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.dom == p.dom && r.act == p.act && (p.typ == "*" || p.typ == r.typ) && g(r.sub, p.sub, r.dom)
`

// policy is what one tenant's rights are made of: the adapter between its rows and casbin.
type policy struct {
	domain      string
	roles       map[string]Role
	people      []person
	engagements map[desk.EngagementID]engagement
}

// person is a staff row.
type person struct {
	id         desk.UserID
	engagement desk.EngagementID
	provider   bool
	// vendor is set for the engineers of a third party.
	vendor desk.CompanyID
	roles  []string
}

// engagement narrows a provider's people to its roles and ticket types while it lasts.
type engagement struct {
	roles  []string
	types  []string // nil: all
	starts time.Time
	ends   time.Time // zero: open
}

// enforcer loads the policy. It is asked while compiling and then let go.
func (p *policy) enforcer() (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(rules)
	if err != nil {
		return nil, fmt.Errorf("read the access model: %w", err)
	}
	e, err := casbin.NewEnforcer(m, adapter{p})
	if err != nil {
		return nil, fmt.Errorf("load policies: %w", err)
	}
	return e, nil
}

// adapter is casbin's door to the rows. It only reads: roles and staff are
// written by desk/staff, in units of work that casbin knows nothing of.
type adapter struct{ p *policy }

var errReadOnly = errors.New("policies are written as settings and staff rows")

// LoadPolicy is persist.Adapter.
func (a adapter) LoadPolicy(m model.Model) error {
	for _, rule := range a.p.lines() {
		if err := persist.LoadPolicyArray(rule, m); err != nil {
			return fmt.Errorf("load %v: %w", rule, err)
		}
	}
	return nil
}

// SavePolicy is refused.
func (adapter) SavePolicy(model.Model) error { return errReadOnly }

// AddPolicy is refused.
func (adapter) AddPolicy(string, string, []string) error { return errReadOnly }

// RemovePolicy is refused.
func (adapter) RemovePolicy(string, string, []string) error { return errReadOnly }

// RemoveFilteredPolicy is refused.
func (adapter) RemoveFilteredPolicy(string, string, int, ...string) error { return errReadOnly }

// lines are the rules of the tenant. A person under an engagement that covers
// only some types gets roles of the engagement's own, cut down to those.
func (p *policy) lines() [][]string {
	var all [][]string
	for key, role := range p.roles {
		all = append(all, p.granting(key, role, nil)...)
	}
	narrowed := map[string]bool{}
	for _, who := range p.people {
		for _, key := range who.roles {
			role, known := p.roles[key]
			if !known || OnPortal(key) {
				continue
			}
			if who.provider {
				e, live := p.engagements[who.engagement]
				if !live || !slices.Contains(e.roles, key) || key == Owner {
					continue
				}
				if e.types != nil {
					key += "@" + who.engagement.UUID()
					if !narrowed[key] {
						narrowed[key] = true
						all = append(all, p.granting(key, role, e.types)...)
					}
				}
			}
			all = append(all, []string{"g", who.id.UUID(), key, p.domain})
		}
	}
	return all
}

// granting writes a role as rules, cut to the types of only; nil is all of them.
func (p *policy) granting(key string, role Role, only []string) [][]string {
	var all [][]string
	add := func(act, typ string) { all = append(all, []string{"p", key, p.domain, act, typ}) }
	for _, g := range role.Grants {
		perm, known := Parse(g.Permission)
		if !known {
			continue
		}
		types := g.Types
		switch {
		case !perm.Typed():
			types = nil
		case only != nil && types == nil:
			types = only
		case only != nil:
			types = slices.DeleteFunc(slices.Clone(types), func(t string) bool { return !slices.Contains(only, t) })
		}
		if types == nil {
			add(g.Permission, "*")
			continue
		}
		for _, t := range types {
			if t != "" && t != "*" {
				add(g.Permission, t)
			}
		}
	}
	return all
}
