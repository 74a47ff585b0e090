package tenants

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/migrations"
)

// New describes a tenant to be made.
type New struct {
	Slug, Name string
	// Code is 2 to 6 capital letters or digits; empty takes it from the slug.
	Code      string
	Languages []string
	TimeZone  string
	Look      Look
	Trial     bool
}

var (
	slugs = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$`)
	codes = regexp.MustCompile(`^[\p{Lu}][\p{Lu}0-9]{1,5}$`)
)

// reserved slugs would collide with hosts of the house itself.
var reserved = map[string]bool{"desk": true, "www": true, "api": true, "files": true, "mail": true, "admin": true, "static": true}

// Validate names every wrong field at once.
func (n *New) Validate() error {
	var wrong []desk.FieldError
	n.Slug, n.Name, n.Code = strings.TrimSpace(n.Slug), strings.TrimSpace(n.Name), strings.TrimSpace(n.Code)
	switch {
	case n.Slug == "":
		wrong = append(wrong, desk.Field("slug", desk.Required))
	case !slugs.MatchString(n.Slug):
		wrong = append(wrong, desk.Field("slug", desk.Pattern, "pattern", "a-z, 0-9, -"))
	case reserved[n.Slug]:
		wrong = append(wrong, desk.Field("slug", desk.Taken))
	}
	if n.Name == "" {
		wrong = append(wrong, desk.Field("name", desk.Required))
	} else if len([]rune(n.Name)) > 120 {
		wrong = append(wrong, desk.Field("name", desk.MaxLength, "max", 120))
	}
	if n.Code == "" {
		n.Code = codeOf(n.Slug)
	}
	if !codes.MatchString(n.Code) {
		wrong = append(wrong, desk.Field("code", desk.Pattern, "pattern", "A-Z, 0-9, 2–6"))
	}
	if n.TimeZone == "" {
		n.TimeZone = "Europe/Moscow"
	}
	if _, err := time.LoadLocation(n.TimeZone); err != nil || n.TimeZone == "Local" {
		wrong = append(wrong, desk.Field("time_zone", desk.TimeZone))
	}
	if len(n.Languages) == 0 {
		n.Languages = []string{"ru", "en"}
	}
	for _, l := range n.Languages {
		if l != "ru" && l != "en" {
			wrong = append(wrong, desk.Field("languages", desk.OneOf, "of", "ru, en"))
		}
	}
	return desk.Invalid(wrong...)
}

func codeOf(slug string) string {
	code := strings.ToUpper(strings.ReplaceAll(slug, "-", ""))
	code = strings.TrimLeft(code, "0123456789")
	if len(code) > 4 {
		code = code[:4]
	}
	for len(code) < 2 {
		code += "X"
	}
	return code
}

// Create makes a tenant: the row in the registry, the schema by one prebuilt
// script in one message, and whatever fill writes into it (roles, types, the
// sample article), so that a tenant either stands with its defaults or leaves
// only a row in state "creating", which the next Create of the slug takes over.
//
// Errors: ValidationFailed; Taken on slug.
func (h *House) Create(ctx context.Context, n New, actor desk.Actor, fill func(ctx context.Context, shared SharedTx, tx Tx) error) (Tenant, error) {
	if err := n.Validate(); err != nil {
		return Tenant{}, err
	}
	look, err := json.Marshal(n.Look)
	if err != nil {
		return Tenant{}, fmt.Errorf("encode the look: %w", err)
	}
	var id int32
	err = h.Shared(ctx, actor, func(ctx context.Context, tx SharedTx) error {
		return tx.QueryRow(ctx, `insert into manydesk.tenants (slug, cell_id, name, code, state, languages, time_zone, look, trial)
			values ($1, (select id from manydesk.cells where open order by id limit 1), $2, $3, 'creating', $4, $5, $6, $7)
			on conflict (slug) do update set name = excluded.name, code = excluded.code, languages = excluded.languages,
				time_zone = excluded.time_zone, look = excluded.look where tenants.state = 'creating'
			returning id`, []any{n.Slug, n.Name, n.Code, n.Languages, n.TimeZone, string(look), n.Trial}, &id)
	})
	if isNoRows(err) {
		return Tenant{}, desk.Invalid(desk.Field("slug", desk.Taken))
	}
	if err != nil {
		return Tenant{}, fmt.Errorf("register the tenant: %w", err)
	}
	t, err := h.ByID(ctx, desk.TenantID(id))
	if err != nil {
		return Tenant{}, err
	}
	level, err := h.build(ctx, t)
	if err != nil {
		return Tenant{}, err
	}
	err = h.Both(ctx, t, actor, func(ctx context.Context, shared SharedTx, tx Tx) error {
		if fill != nil {
			if err := fill(ctx, shared, tx); err != nil {
				return err
			}
		}
		_, err := shared.Exec(ctx, "update manydesk.tenants set state = 'active', state_at = $2, schema_version = $3 where id = $1", id, tx.Now(), level)
		return err
	})
	if err != nil {
		return Tenant{}, fmt.Errorf("fill the tenant: %w", err)
	}
	h.registry.forget(t.ID)
	return h.ByID(ctx, t.ID)
}

// build makes the schema as the owner; a half-made one of an earlier try goes first.
func (h *House) build(ctx context.Context, t Tenant) (level int, err error) {
	db, err := h.owner()
	if err != nil {
		return 0, err
	}
	defer db.Close() //nolint:errcheck // nothing is lost with it
	if _, err := db.ExecContext(ctx, "drop schema if exists "+t.schema()+" cascade;\n"+migrations.Script(h.steps, t.schema(), t.role())); err != nil {
		return 0, fmt.Errorf("build schema %s: %w", t.schema(), err)
	}
	return len(h.steps), nil
}

// SetState suspends, resumes or makes a tenant read-only, with the reason people will read.
func (h *House) SetState(ctx context.Context, id desk.TenantID, state State, reason string, actor desk.Actor) error {
	err := h.Shared(ctx, actor, func(ctx context.Context, tx SharedTx) error {
		n, err := tx.Exec(ctx, `update manydesk.tenants set state = $2, state_reason = nullif($3, ''), state_at = $4, access_version = access_version + 1
			where id = $1 and state <> 'creating'`, int32(id), string(state), reason, tx.Now())
		if err == nil && n == 0 {
			return desk.Missing()
		}
		return err
	})
	h.registry.forget(id)
	return err
}
