package people

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/tenants"
)

// Provider is an outsourcing company.
type Provider struct {
	ProviderRef
	State string
}

// ProviderAdmin is the role of a provider's people who speak for it: they offer
// and end engagements and say who works where. Everybody else has none.
const ProviderAdmin = "admin"

// ProviderMember is one of a provider's own people.
type ProviderMember struct {
	User        desk.UserID
	Name, Email string
	Provider    ProviderRef
	Roles       []string
	Active      bool
}

// Admin reports whether the member speaks for the provider.
func (m ProviderMember) Admin() bool { return m.Active && slices.Contains(m.Roles, ProviderAdmin) }

var slugs = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$`)

// NewProvider registers a provider, for the command line and the demo.
//
// Errors: ValidationFailed; taken on slug.
func (p *People) NewProvider(ctx context.Context, slug, name string) (Provider, error) {
	slug, name = strings.TrimSpace(slug), strings.TrimSpace(name)
	var wrong []desk.FieldError
	if !slugs.MatchString(slug) {
		wrong = append(wrong, desk.Field("slug", desk.Pattern, "pattern", "a-z, 0-9, -"))
	}
	name, w := checkName("name", name)
	if err := desk.Invalid(append(wrong, w...)...); err != nil {
		return Provider{}, err
	}
	made := Provider{ProviderRef{Slug: slug, Name: name}, "active"}
	err := p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		var id int32
		err := tx.QueryRow(ctx, `insert into manydesk.providers (slug, name, created_at) values ($1, $2, $3) on conflict (slug) do nothing returning id`,
			[]any{slug, name, tx.Now()}, &id)
		if isNoRows(err) {
			return desk.Invalid(desk.Field("slug", desk.Taken))
		}
		if err != nil {
			return fmt.Errorf("insert a provider: %w", err)
		}
		made.ID = desk.ProviderID(id)
		return p.note(ctx, tx, note{what: providerMade, ok: true, data: map[string]any{"provider": slug}})
	})
	return made, err
}

// ProviderBySlug finds a provider. NotFound for none.
func (p *People) ProviderBySlug(ctx context.Context, slug string) (Provider, error) {
	return p.provider(ctx, "slug = $1", slug)
}

// Provider finds a provider by its registry number. NotFound for none.
func (p *People) Provider(ctx context.Context, id desk.ProviderID) (Provider, error) {
	return p.provider(ctx, "id = $1", int32(id))
}

func (p *People) provider(ctx context.Context, where string, arg any) (found Provider, err error) {
	var id int32
	err = p.house.SharedReader(me).QueryRow(ctx, "select id, slug, name, state from manydesk.providers where "+where, []any{arg},
		&id, &found.Slug, &found.Name, &found.State)
	found.ID = desk.ProviderID(id)
	return found, absent(err, "find a provider")
}

// ProviderStaff lists a provider's people by name.
func (p *People) ProviderStaff(ctx context.Context, provider desk.ProviderID) ([]ProviderMember, error) {
	return p.providerMembers(ctx, "m.provider_id = $1", int32(provider))
}

// ProvidersOf lists the providers a person works for.
func (p *People) ProvidersOf(ctx context.Context, user desk.UserID) ([]ProviderMember, error) {
	return p.providerMembers(ctx, "m.user_id = $1 and m.active and p.state = 'active'", user)
}

func (p *People) providerMembers(ctx context.Context, where string, arg any) ([]ProviderMember, error) {
	var rows []struct {
		UserID       desk.UserID
		Name         string
		Email        string
		ProviderID   int32
		ProviderSlug string
		ProviderName string
		Roles        []string `bun:",array"`
		Active       bool
	}
	err := p.house.SharedReader(me).Query(ctx, &rows, `select m.user_id, u.name, u.email, m.provider_id, p.slug as provider_slug, p.name as provider_name, m.roles, m.active
		from manydesk.provider_members m join manydesk.users u on u.id = m.user_id join manydesk.providers p on p.id = m.provider_id
		where `+where+" order by u.name, u.id, p.slug", arg)
	if err != nil {
		return nil, fmt.Errorf("list a provider's people: %w", err)
	}
	all := make([]ProviderMember, len(rows))
	for i, r := range rows {
		all[i] = ProviderMember{r.UserID, r.Name, r.Email, ProviderRef{desk.ProviderID(r.ProviderID), r.ProviderSlug, r.ProviderName}, r.Roles, r.Active}
	}
	return all, nil
}

// ActorFor makes the actor by which a session speaks for a provider.
//
// Errors: NotFound for who is not its member; Denied when admin is wanted and
// the member is none; ScopeMissing for an API key, which never speaks for a provider.
func (p *People) ActorFor(ctx context.Context, s Session, provider desk.ProviderID, admin bool) (desk.Actor, error) {
	all, err := p.ProvidersOf(ctx, s.User.ID)
	if err != nil {
		return desk.Actor{}, err
	}
	i := slices.IndexFunc(all, func(m ProviderMember) bool { return m.Provider.ID == provider })
	switch {
	case i < 0:
		return desk.Actor{}, desk.Missing()
	case admin && s.Scopes != nil:
		return desk.Actor{}, desk.Refuse(desk.ScopeMissing, "scope", "engagement.manage")
	case admin && !all[i].Admin():
		return desk.Actor{}, desk.Refuse(desk.Denied, "right", "engagement.manage", "who", all[i].Provider.Name)
	}
	a := s.Actor()
	a.Provider = provider
	return a, nil
}

// SetProviderMember makes a user one of a provider's people, or changes what they are there.
func (p *People) SetProviderMember(ctx context.Context, tx tenants.SharedTx, provider desk.ProviderID, user desk.UserID, roles []string, active bool) error {
	if roles == nil {
		roles = []string{}
	}
	_, err := tx.Exec(ctx, `insert into manydesk.provider_members (provider_id, user_id, roles, active) values ($1, $2, $3, $4)
		on conflict (user_id, provider_id) do update set roles = excluded.roles, active = excluded.active`, int32(provider), user, roles, active)
	if err != nil {
		return fmt.Errorf("set a provider's member: %w", err)
	}
	return p.note(ctx, tx, note{user: user, what: providerMember, ok: true, data: map[string]any{"provider": provider, "roles": roles, "active": active, "by": tx.Actor().ID}})
}
