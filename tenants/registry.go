package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
)

// freshFor bounds how long a change of state, rights or settings may stay
// unknown to a process that got no message: within a second, as promised.
const freshFor = time.Second

// keep bounds the cache: entries beyond it are dropped wholesale.
const keep = 8192

type registry struct {
	db    *bun.DB
	clock desk.Clock
	mu    sync.Mutex
	id    map[desk.TenantID]*entry
	slug  map[string]desk.TenantID
}

type entry struct {
	tenant Tenant
	at     time.Time
}

func newRegistry(db *bun.DB, clock desk.Clock) *registry {
	return &registry{db: db, clock: clock, id: map[desk.TenantID]*entry{}, slug: map[string]desk.TenantID{}}
}

const tenantColumns = `id, slug, cell_id, name, code, state, languages, time_zone, look, calendar_ids,
	schema_version, config_version, access_version, trial, created_at, coalesce(state_reason, '') as state_reason`

type tenantRow struct {
	bun.BaseModel `bun:"table:manydesk.tenants,alias:tn"`
	ID            int32
	Slug          string
	CellID        int16
	Name          string
	Code          string
	State         string
	Languages     []string `bun:",array"`
	TimeZone      string
	Look          Look    `bun:"type:jsonb"`
	CalendarIDs   []int32 `bun:"calendar_ids,array"`
	SchemaVersion int
	ConfigVersion int64
	AccessVersion int64
	Trial         bool
	CreatedAt     time.Time
	StateReason   string
}

func (r tenantRow) tenant() Tenant {
	return Tenant{
		ID: desk.TenantID(r.ID), Slug: r.Slug, Cell: r.CellID, Name: r.Name, Code: r.Code, State: State(r.State),
		Languages: r.Languages, TimeZone: r.TimeZone, Look: r.Look, Calendars: r.CalendarIDs,
		SchemaVersion: r.SchemaVersion, ConfigVersion: r.ConfigVersion, AccessVersion: r.AccessVersion,
		Trial: r.Trial, CreatedAt: r.CreatedAt, StateReason: r.StateReason,
	}
}

// BySlug finds the tenant of a URL. NotFound for none.
func (h *House) BySlug(ctx context.Context, slug string) (Tenant, error) {
	r := h.registry
	r.mu.Lock()
	id, ok := r.slug[slug]
	r.mu.Unlock()
	if ok {
		t, err := h.ByID(ctx, id)
		if err == nil && t.Slug == slug {
			return t, nil
		}
	}
	return r.load(ctx, "slug = ?", slug)
}

// ByID finds a tenant by its registry number. NotFound for none.
func (h *House) ByID(ctx context.Context, id desk.TenantID) (Tenant, error) {
	r := h.registry
	r.mu.Lock()
	e, ok := r.id[id]
	r.mu.Unlock()
	if ok && r.clock().Sub(e.at) < freshFor {
		return e.tenant, nil
	}
	return r.load(ctx, "id = ?", int32(id))
}

// ByEntry finds the tenant behind an address of the outside: a host, a mail
// address, a hook. channel and data are what the entry says beside it. NotFound for none.
func (h *House) ByEntry(ctx context.Context, kind, value string) (t Tenant, channel string, err error) {
	var row struct {
		TenantID int32
		Channel  sql.NullString
	}
	err = h.read.NewRaw("select tenant_id, channel from manydesk.entry_points where kind = ? and value = ?", kind, value).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return Tenant{}, "", desk.Missing()
	}
	if err != nil {
		return Tenant{}, "", fmt.Errorf("find entry point: %w", classify(err))
	}
	t, err = h.ByID(ctx, desk.TenantID(row.TenantID))
	return t, row.Channel.String, err
}

// Many finds tenants by id in one statement, in no order; unknown ids are left out.
func (h *House) Many(ctx context.Context, ids []desk.TenantID) (map[desk.TenantID]Tenant, error) {
	r, found, missing := h.registry, make(map[desk.TenantID]Tenant, len(ids)), []int32(nil)
	now := r.clock()
	r.mu.Lock()
	for _, id := range ids {
		if e, ok := r.id[id]; ok && now.Sub(e.at) < freshFor {
			found[id] = e.tenant
		} else {
			missing = append(missing, int32(id))
		}
	}
	r.mu.Unlock()
	if len(missing) == 0 {
		return found, nil
	}
	var rows []tenantRow
	if err := r.db.NewRaw("select "+tenantColumns+" from manydesk.tenants where id in (?)", bun.List(missing)).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("read tenants: %w", classify(err))
	}
	for _, row := range rows {
		t := row.tenant()
		found[t.ID] = t
		r.remember(t, now)
	}
	return found, nil
}

// List pages through the registry by slug, for the command line and the owner.
func (h *House) List(ctx context.Context, after string, limit int) ([]Tenant, error) {
	var rows []tenantRow
	err := h.read.NewRaw("select "+tenantColumns+" from manydesk.tenants where slug > ? order by slug limit ?", after, limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("list tenants: %w", classify(err))
	}
	all := make([]Tenant, len(rows))
	for i, row := range rows {
		all[i] = row.tenant()
	}
	return all, nil
}

// Forget drops a tenant from this process's cache: a message said that it changed.
func (h *House) Forget(id desk.TenantID) { h.registry.forget(id) }

func (r *registry) load(ctx context.Context, where string, arg any) (Tenant, error) {
	var row tenantRow
	now := r.clock()
	err := r.db.NewRaw("select "+tenantColumns+" from manydesk.tenants where "+where, arg).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return Tenant{}, desk.Missing()
	}
	if err != nil {
		return Tenant{}, fmt.Errorf("read tenant: %w", classify(err))
	}
	t := row.tenant()
	r.remember(t, now)
	return t, nil
}

func (r *registry) remember(t Tenant, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.id) >= keep {
		clear(r.id)
		clear(r.slug)
	}
	r.id[t.ID] = &entry{t, at}
	r.slug[t.Slug] = t.ID
}

func (r *registry) forget(id desk.TenantID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.id, id)
}
