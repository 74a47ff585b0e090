package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
)

// rights gives the tenant's compiled rights at its access_version, which the
// registry re-reads every second: an ended engagement is gone with it. Many
// askers of one version wait for one compilation.
func (g *Guard) rights(ctx context.Context, tenant tenants.Tenant) (*rights, error) {
	if r, ok := g.compiled.get(tenant.ID); ok && r.version >= tenant.AccessVersion {
		return r, nil
	}
	key := strconv.Itoa(int(tenant.ID)) + "@" + strconv.FormatInt(tenant.AccessVersion, 10)
	got, err, _ := g.loading.Do(key, func() (any, error) {
		// The first asker may leave; those who wait with it must not fail for that.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		p, err := g.read(ctx, tenant)
		if err != nil {
			return nil, err
		}
		r, err := compile(p, tenant.AccessVersion)
		if err != nil {
			return nil, fmt.Errorf("compile rights of %s: %w", tenant.Slug, err)
		}
		g.compiled.put(tenant.ID, r)
		return r, nil
	})
	if err != nil {
		return nil, err
	}
	return got.(*rights), nil
}

type roleRow struct {
	Key  string
	Spec Role `bun:"type:jsonb"`
}

type staffRow struct {
	UserID       desk.UserID
	EngagementID desk.EngagementID
	ProviderID   sql.NullInt32
	VendorID     desk.CompanyID
	Roles        []string `bun:",array"`
}

type engagementRow struct {
	ID       desk.EngagementID
	Roles    []string `bun:",array"`
	Types    []string `bun:",array"`
	StartsAt time.Time
	EndsAt   bun.NullTime
}

// read collects the tenant's policy from what is committed.
func (g *Guard) read(ctx context.Context, tenant tenants.Tenant) (*policy, error) {
	me := desk.Automaton("access")
	p := &policy{domain: strconv.Itoa(int(tenant.ID)), roles: map[string]Role{}, engagements: map[desk.EngagementID]engagement{}}
	for _, b := range Builtin() {
		p.roles[b.Key] = b.Role
	}
	tx := g.house.Reader(tenant, me)
	var roles []roleRow
	if err := tx.Query(ctx, &roles, "select key, spec from ?tenant.config where kind = 'role' and state = 'published'"); err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	for _, row := range roles {
		if row.Key != Owner {
			p.roles[row.Key] = row.Spec
		}
	}
	var staff []staffRow
	if err := tx.Query(ctx, &staff, "select user_id, engagement_id, provider_id, vendor_id, roles from ?tenant.staff where active"); err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	for _, row := range staff {
		p.people = append(p.people, person{
			id: row.UserID, engagement: row.EngagementID, vendor: row.VendorID, roles: row.Roles,
			provider: row.ProviderID.Valid || !row.EngagementID.IsZero(),
		})
	}
	var terms []engagementRow
	err := g.house.SharedReader(me).Query(ctx, &terms, "select id, roles, types, starts_at, ends_at from manydesk.engagements where tenant_id = $1 and state = 'active'", int32(tenant.ID))
	if err != nil {
		return nil, fmt.Errorf("read engagements: %w", err)
	}
	for _, row := range terms {
		p.engagements[row.ID] = engagement{roles: row.Roles, types: row.Types, starts: row.StartsAt, ends: row.EndsAt.Time}
	}
	return p, nil
}

type contactKey struct {
	tenant  desk.TenantID
	contact desk.ContactID
}

type contactRole struct {
	role string
	at   time.Time
}

// contactFreshFor bounds how long a change of what a contact sees stays unknown.
const contactFreshFor = time.Second

// roleOf finds the portal role of a contact: of vendors' people, of those who
// see their company's requests, of everybody else. Empty for one who has left.
func (g *Guard) roleOf(ctx context.Context, tenant tenants.Tenant, id desk.ContactID, now time.Time) (string, error) {
	key := contactKey{tenant.ID, id}
	if c, ok := g.contacts.get(key); ok && now.Sub(c.at) < contactFreshFor {
		return c.role, nil
	}
	var role string
	err := g.house.Reader(tenant, desk.Automaton("access")).QueryRow(ctx, `select case when co.kind = 'vendor' then 'subcontractor'
			when c.sees in ('company', 'group') then 'client_manager' else 'client' end
		from ?tenant.contacts c left join ?tenant.companies co on co.id = c.company_id
		where c.id = $1 and c.archived_at is null and c.merged_into is null`, []any{id}, &role)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read what the contact sees: %w", err)
	}
	g.contacts.put(key, contactRole{role, now})
	return role, nil
}
