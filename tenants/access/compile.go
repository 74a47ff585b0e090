package access

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/casbin/casbin/v2"

	"manydesk/desk"
)

// rights are one tenant's policies unfolded: a question is two map look-ups and a bit.
type rights struct {
	version int64
	people  map[desk.UserID]seat
	roles   map[string]*grants
	// keepers names the roles whose people can grant rights, by language.
	keepers Words
}

// seat is what one person may do, and when: an engagement has a beginning and an
// end. Little more than two pointers, because ten thousand tenants' people
// lie in memory.
type seat struct {
	may  *grants
	term *engagement // nil for the tenant's own people
	// vendor is the third party whose engineer the person is; zero for others.
	vendor desk.CompanyID
}

// grants are permissions for all types and for single ones.
type grants struct {
	all   mask
	types map[string]mask
}

var nothing = &grants{}

// may answers for one object; the type "" is none in particular and needs all.
func (g *grants) may(p Permission, typ string) bool {
	return g.all.has(p) || g.types[typ].has(p)
}

// any answers for some object or other.
func (g *grants) any() mask {
	m := g.all
	for _, t := range g.types {
		m |= t
	}
	return m
}

// on is the set of permissions for one object.
func (g *grants) on(typ string) mask { return g.all | g.types[typ] }

// cut leaves only what is in the mask.
func (g *grants) cut(to mask) {
	g.all &= to
	for typ := range g.types {
		g.types[typ] &= to
	}
}

func (s seat) at(now time.Time) *grants {
	if s.may == nil || s.term != nil && !s.term.lasts(now) {
		return nothing
	}
	return s.may
}

func (e *engagement) lasts(now time.Time) bool {
	return !now.Before(e.starts) && (e.ends.IsZero() || now.Before(e.ends))
}

// compile asks casbin once for everything it knows of the tenant.
func compile(p *policy, version int64) (*rights, error) {
	e, err := p.enforcer()
	if err != nil {
		return nil, err
	}
	r := &rights{version: version, people: make(map[desk.UserID]seat, len(p.people)), roles: map[string]*grants{}}
	for key := range p.roles {
		r.roles[key] = unfold(e, p.domain, []string{key})
	}
	r.keepers = p.keepers(r.roles)
	// People with the same roles share one set.
	shared, terms := map[string]*grants{}, map[desk.EngagementID]*engagement{}
	for id, term := range p.engagements {
		terms[id] = &term
	}
	for _, who := range p.people {
		roles := e.GetRolesForUserInDomain(who.id.UUID(), p.domain)
		if len(roles) == 0 {
			continue
		}
		slices.Sort(roles)
		key := strings.Join(roles, ",")
		if !who.vendor.IsZero() {
			key = "vendor " + key
		}
		if shared[key] == nil {
			shared[key] = unfold(e, p.domain, roles)
			if !who.vendor.IsZero() {
				shared[key].cut(vendors)
			}
		}
		s := seat{may: shared[key], vendor: who.vendor}
		if who.provider {
			s.term = terms[who.engagement]
		}
		r.people[who.id] = s
	}
	return r, nil
}

// unfold joins the rules of roles into one set.
func unfold(e *casbin.Enforcer, domain string, roles []string) *grants {
	g := &grants{}
	for _, role := range roles {
		for _, rule := range e.GetPermissionsForUserInDomain(role, domain) {
			p, known := Parse(rule[2])
			switch {
			case !known:
			case rule[3] == "*":
				g.all |= 1 << p
			default:
				if g.types == nil {
					g.types = map[string]mask{}
				}
				g.types[rule[3]] |= 1 << p
			}
		}
	}
	return g
}

func (p *policy) keepers(roles map[string]*grants) Words {
	var keys []string
	for key, g := range roles {
		if g.all.has(MemberManage) {
			keys = append(keys, key)
		}
	}
	// The product's own in their order, then the tenant's by key.
	rank := func(key string) string {
		i := slices.IndexFunc(Builtin(), func(k Keyed) bool { return k.Key == key })
		if i < 0 {
			return "~" + key
		}
		return fmt.Sprintf("%02d", i)
	}
	slices.SortFunc(keys, func(a, b string) int { return strings.Compare(rank(a), rank(b)) })
	var ru, en []string
	for _, key := range keys {
		ru = append(ru, p.roles[key].Name.In("ru"))
		en = append(en, p.roles[key].Name.In("en"))
	}
	return Words{strings.Join(ru, ", "), strings.Join(en, ", ")}
}
