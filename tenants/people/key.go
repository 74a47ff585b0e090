package people

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Key is an API key as its owner sees it again: without the secret.
type Key struct {
	ID desk.CredentialID
	// Shown is its beginning: "mdk_live_a1B2c3D4".
	Shown     string
	Name      string
	Scopes    []string
	Tenants   []desk.TenantID
	CreatedAt time.Time
	SeenAt    time.Time // zero: never used
	ExpiresAt time.Time // zero: never
}

// NewKey describes a key. Scopes and Tenants nil narrow nothing: a key may never
// do more than its owner at that moment.
type NewKey struct {
	Name      string
	Scopes    []string
	Tenants   []desk.TenantID
	ExpiresAt time.Time
}

const mostKeys = 50

// MakeKey makes an API key; secret is shown this once.
//
// Errors: ValidationFailed; LimitReached; ScopeMissing for who came by a key;
// Reauthenticate when the password was given too long ago.
func (p *People) MakeKey(ctx context.Context, s Session, n NewKey, from From) (key Key, secret string, err error) {
	if err := p.justNow(s); err != nil {
		return Key{}, "", err
	}
	if err := p.checkKey(&n); err != nil {
		return Key{}, "", err
	}
	secret, shown, hash := newKey()
	shown = keyPrefix + shown
	err = p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		var have int
		if err := tx.QueryRow(ctx, "select count(*) from manydesk.credentials where user_id = $1 and kind = 'api_key'", []any{s.User.ID}, &have); err != nil {
			return fmt.Errorf("count keys: %w", err)
		}
		if have >= mostKeys {
			return desk.Refuse(desk.LimitReached, "n", mostKeys)
		}
		key = Key{ID: desk.NewCredentialID(tx.Now()), Shown: shown, Name: n.Name, Scopes: n.Scopes, Tenants: n.Tenants, CreatedAt: tx.Now(), ExpiresAt: n.ExpiresAt}
		err := insertCredential(ctx, tx, credential{
			hash: hash, id: key.ID, kind: string(APIKey), user: s.User.ID, name: n.Name, scopes: n.Scopes,
			data: credentialData{Tenants: n.Tenants, Shown: shown}, expires: n.ExpiresAt,
		})
		if err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: s.User.ID, what: keyMade, ok: true, from: from, data: map[string]any{"key": key.ID, "name": n.Name}})
	})
	if err != nil {
		return Key{}, "", err
	}
	return key, secret, nil
}

func (p *People) checkKey(n *NewKey) error {
	var wrong []desk.FieldError
	n.Name = strings.TrimSpace(n.Name)
	switch length := utf8.RuneCountInString(n.Name); {
	case length == 0:
		wrong = append(wrong, desk.Field("name", desk.Required))
	case length > 80:
		wrong = append(wrong, desk.Field("name", desk.MaxLength, "max", 80))
	}
	for i, scope := range n.Scopes {
		if !access.ValidScope(scope) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("scopes/%d", i), desk.OneOf, "of", "read, ticket.*, ticket.reply, …"))
		}
	}
	if !n.ExpiresAt.IsZero() && !n.ExpiresAt.After(p.house.Clock()()) {
		wrong = append(wrong, desk.Field("expires_at", desk.InPast))
	}
	return desk.Invalid(wrong...)
}

// Keys lists a person's API keys, newest first.
func (p *People) Keys(ctx context.Context, user desk.UserID) ([]Key, error) {
	var rows []struct {
		ID        desk.CredentialID
		Name      string
		Scopes    []string `bun:",array"`
		Data      json.RawMessage
		CreatedAt time.Time
		SeenAt    time.Time
		ExpiresAt time.Time
	}
	err := p.house.SharedReader(me).Query(ctx, &rows, `select id, coalesce(name, '') as name, scopes, data, created_at,
			coalesce(seen_at, '0001-01-01T00:00:00Z') as seen_at, coalesce(expires_at, '0001-01-01T00:00:00Z') as expires_at
		from manydesk.credentials where user_id = $1 and kind = 'api_key' order by created_at desc, id`, user)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	keys := make([]Key, len(rows))
	for i, r := range rows {
		var d credentialData
		if err := json.Unmarshal(r.Data, &d); err != nil {
			return nil, fmt.Errorf("read a key: %w", err)
		}
		keys[i] = Key{r.ID, d.Shown, r.Name, r.Scopes, d.Tenants, r.CreatedAt, r.SeenAt, r.ExpiresAt}
	}
	return keys, nil
}

// EndKey revokes one of the person's own keys. NotFound for another's.
func (p *People) EndKey(ctx context.Context, s Session, id desk.CredentialID, from From) error {
	return p.revoke(ctx, s, id, string(APIKey), note{user: s.User.ID, what: keyRevoked, ok: true, from: from, data: map[string]any{"key": id}})
}
