package people

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
)

// Session is somebody let in: a person by cookie or by key, or a tenant's contact.
type Session struct {
	ID   desk.CredentialID
	Kind Kind
	// User is zero for a contact's session.
	User User
	// Tenant and Contact are zero for a person's session.
	Tenant  desk.TenantID
	Contact desk.ContactID
	// Name of an API key. Scopes and Tenants narrow it; nil is no narrowing.
	Name    string
	Scopes  []string
	Tenants []desk.TenantID
	// AuthenticatedAt is when a password or code was last given.
	AuthenticatedAt time.Time
	CreatedAt       time.Time
	SeenAt          time.Time
	ExpiresAt       time.Time // zero: never, for keys only
	IP, Agent       string

	letter bool
}

// Kind of a credential that opens a session.
type Kind string

// The kinds: a browser's session, and an API key.
const (
	Cookie Kind = "session"
	APIKey Kind = "api_key"
)

const (
	sessionLasts = 30 * 24 * time.Hour
	// A person's session ends when it rests; a contact's does not: clients come
	// once a month and their session opens only what is theirs.
	sessionRests = 12 * time.Hour
	// seenEvery bounds how often being here is written down.
	seenEvery = 5 * time.Minute
	// freshLogin is how long a password given is proof enough for dangerous acts.
	freshLogin = 15 * time.Minute
)

// Portal reports a contact's session.
func (s Session) Portal() bool { return !s.Contact.IsZero() }

// Fresh reports whether the password was given lately enough for acts that ask for it again.
func (s Session) Fresh(now time.Time) bool {
	return s.Kind == Cookie && now.Sub(s.AuthenticatedAt) < freshLogin
}

// byHand refuses a key where a person has to be: a key that could make keys or
// change passwords would be worth more than it says.
func (s Session) byHand() error {
	if s.Kind != Cookie || s.Portal() {
		return desk.Refuse(desk.ScopeMissing, "scope", "session")
	}
	return nil
}

// justNow refuses whoever did not give their password lately: a session left
// open, or stolen, must not make what outlives it.
func (p *People) justNow(s Session) error {
	if err := s.byHand(); err != nil {
		return err
	}
	if !s.Fresh(p.house.Clock()()) {
		return desk.Refuse(desk.Reauthenticate)
	}
	return nil
}

// live reports whether the session still lets in at now.
func (s Session) live(now time.Time) bool {
	if !s.ExpiresAt.IsZero() && !now.Before(s.ExpiresAt) {
		return false
	}
	if s.Portal() {
		return true
	}
	return s.User.State == Active && (s.Kind == APIKey || now.Before(s.SeenAt.Add(sessionRests)))
}

// credentialData is the column data of credentials: what only this room reads.
type credentialData struct {
	IP      string    `json:"ip,omitempty"`
	Agent   string    `json:"agent,omitempty"`
	LoginAt time.Time `json:"login_at,omitzero"`
	// Tenants and Shown are an API key's.
	Tenants []desk.TenantID `json:"tenants,omitempty"`
	Shown   string          `json:"shown,omitempty"`
	// Invite is an invitation's.
	Invite *invite `json:"invite,omitempty"`
	// Code, Tries: of mailed codes and of sign-ins that wait for a second factor.
	Code   []byte `json:"code,omitempty"`
	Tries  int    `json:"tries,omitempty"`
	Second bool   `json:"second,omitempty"`
	// Letter marks a client's session that began by a letter.
	Letter bool `json:"letter,omitempty"`
}

type sessionRow struct {
	ID        desk.CredentialID
	Kind      string
	TenantID  sql.NullInt32
	ContactID desk.ContactID
	KeyName   string
	Scopes    []string        `bun:",array"`
	Data      json.RawMessage `bun:"data"`
	MadeAt    time.Time
	SeenAt    bun.NullTime
	ExpiresAt bun.NullTime
	UserID    desk.UserID
	Email     string
	Name      string
	TotpOn    bool
	State     string
	Language  string
	TimeZone  string
	Prefs     json.RawMessage
	Owner     bool
	Version   int
	JoinedAt  bun.NullTime
}

const sessionColumns = `c.id, c.kind, c.tenant_id, c.contact_id, coalesce(c.name, '') as key_name, c.scopes, c.data, c.created_at as made_at, c.seen_at, c.expires_at,
	c.user_id, coalesce(u.email, '') as email, coalesce(u.name, '') as name, coalesce((u.totp->>'on')::boolean, false) as totp_on, coalesce(u.state, '') as state,
	coalesce(u.language, '') as language, coalesce(u.time_zone, '') as time_zone, u.prefs, coalesce(u.owner, false) as owner, coalesce(u.version, 0) as version, u.created_at as joined_at`

func (r sessionRow) session() (Session, error) {
	var d credentialData
	if err := json.Unmarshal(r.Data, &d); err != nil {
		return Session{}, fmt.Errorf("read a credential: %w", err)
	}
	s := Session{
		ID: r.ID, Kind: Kind(r.Kind), Tenant: desk.TenantID(r.TenantID.Int32), Contact: r.ContactID,
		Name: r.KeyName, Scopes: r.Scopes, Tenants: d.Tenants, AuthenticatedAt: d.LoginAt,
		CreatedAt: r.MadeAt, SeenAt: r.SeenAt.Time, ExpiresAt: r.ExpiresAt.Time, IP: d.IP, Agent: d.Agent, letter: d.Letter,
	}
	if s.SeenAt.IsZero() {
		s.SeenAt = s.CreatedAt
	}
	if !r.UserID.IsZero() {
		s.User = User{
			ID: r.UserID, Email: r.Email, Name: r.Name, Language: r.Language, TimeZone: r.TimeZone, Prefs: r.Prefs,
			TOTP: r.TotpOn, Owner: r.Owner, State: UserState(r.State), Version: r.Version, CreatedAt: r.JoinedAt.Time,
		}
	}
	return s, nil
}

// ByToken finds who holds a cookie's value or an API key: one look-up for both,
// remembered for a second.
//
// Errors: SignInRequired for what is unknown, over, rested too long or revoked,
// all alike.
func (p *People) ByToken(ctx context.Context, token string) (Session, error) {
	hash, ok := tokenHash(token)
	if !ok {
		return Session{}, desk.Refuse(desk.SignInRequired)
	}
	now := p.house.Clock()()
	s, known := p.sessions.get(hash)
	if !known {
		var row sessionRow
		err := p.house.SharedReader(me).Query(ctx, &row, "select "+sessionColumns+` from manydesk.credentials c
			left join manydesk.users u on u.id = c.user_id where c.hash = $1 and c.kind in ('session', 'api_key')`, hash[:])
		if isNoRows(err) {
			return Session{}, desk.Refuse(desk.SignInRequired)
		}
		if err != nil {
			return Session{}, fmt.Errorf("find a session: %w", err)
		}
		if s, err = row.session(); err != nil {
			return Session{}, err
		}
		p.sessions.put(hash, s, now)
	}
	if !s.live(now) {
		return Session{}, desk.Refuse(desk.SignInRequired)
	}
	if now.Sub(s.SeenAt) >= seenEvery {
		if err := p.seen(ctx, hash); err != nil {
			return Session{}, err
		}
		s.SeenAt = now
		p.sessions.put(hash, s, now)
	}
	return s, nil
}

func (p *People) seen(ctx context.Context, hash [32]byte) error {
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.credentials set seen_at = $2 where hash = $1 and coalesce(seen_at, created_at) <= $3",
			hash[:], tx.Now(), tx.Now().Add(-seenEvery))
		if err != nil {
			return fmt.Errorf("write down who was here: %w", err)
		}
		return nil
	})
}

// Granted is what signing in gives: the token goes to the browser once.
type Granted struct {
	Token   string
	Session Session
}

// startSession lets a person in; every sign-in makes a token anew.
func (p *People) startSession(ctx context.Context, tx tenants.SharedTx, u User, from From) (Granted, error) {
	token, hash := newToken()
	data := credentialData{IP: address(from), Agent: from.Agent, LoginAt: tx.Now()}
	s := Session{
		ID: desk.NewCredentialID(tx.Now()), Kind: Cookie, User: u, AuthenticatedAt: tx.Now(), CreatedAt: tx.Now(),
		SeenAt: tx.Now(), ExpiresAt: tx.Now().Add(sessionLasts), IP: data.IP, Agent: data.Agent,
	}
	if err := insertCredential(ctx, tx, credential{hash: hash, id: s.ID, kind: string(Cookie), user: u.ID, data: data, expires: s.ExpiresAt}); err != nil {
		return Granted{}, err
	}
	return Granted{token, s}, sweep(ctx, tx)
}

// sweep removes some credentials that are over: each sign-in makes one row and
// takes away more, so that nothing has to look for them while all is quiet.
func sweep(ctx context.Context, tx tenants.SharedTx) error {
	_, err := tx.Exec(ctx, `delete from manydesk.credentials where hash in
		(select hash from manydesk.credentials where expires_at < $1 order by expires_at limit 20 for update skip locked)`, tx.Now().Add(-24*time.Hour))
	if err != nil {
		return fmt.Errorf("sweep credentials that are over: %w", err)
	}
	return nil
}

// credential is a row to be.
type credential struct {
	hash    [32]byte
	id      desk.CredentialID
	kind    string
	user    desk.UserID
	tenant  desk.TenantID
	contact desk.ContactID
	name    string
	scopes  []string
	data    credentialData
	expires time.Time
}

func insertCredential(ctx context.Context, tx tenants.SharedTx, c credential) error {
	data, err := json.Marshal(c.data)
	if err != nil {
		return fmt.Errorf("encode a credential: %w", err)
	}
	var expires *time.Time
	if !c.expires.IsZero() {
		expires = &c.expires
	}
	_, err = tx.Exec(ctx, `insert into manydesk.credentials (hash, id, kind, user_id, tenant_id, contact_id, name, scopes, data, created_at, expires_at)
		values ($1, $2, $3, $4, nullif($5, 0), $6, nullif($7, ''), $8, $9, $10, $11)`,
		c.hash[:], c.id, c.kind, c.user, int32(c.tenant), c.contact, c.name, c.scopes, string(data), tx.Now(), expires)
	if err != nil {
		return fmt.Errorf("insert a credential: %w", err)
	}
	return nil
}

func address(from From) string {
	if !from.IP.IsValid() {
		return ""
	}
	return from.IP.String()
}

func sha(b []byte) [32]byte { return sha256.Sum256(b) }

func isNoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
