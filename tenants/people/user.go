package people

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/tenants"
)

// User is a person of the console.
type User struct {
	ID       desk.UserID
	Email    string
	Name     string
	Language string
	TimeZone string
	// Prefs are the console's own: theme, density, keys.
	Prefs json.RawMessage
	// TOTP reports that a second factor is on.
	TOTP bool
	// Owner owns the installation: makes tenants, suspends them.
	Owner     bool
	State     UserState
	Version   int
	CreatedAt time.Time
}

// UserState of an account.
type UserState string

// The states of an account; only active ones sign in.
const (
	Invited UserState = "invited"
	Active  UserState = "active"
	Blocked UserState = "blocked"
	Erased  UserState = "erased"
)

// Actor is the person outside any tenant, for what is their own.
func (u User) Actor() desk.Actor {
	return desk.Actor{Kind: desk.StaffActor, ID: u.ID.Any(), Name: u.Name, Language: u.Language}
}

// userRow is a user as stored, with what never leaves this room.
type userRow struct {
	ID           desk.UserID
	Email        string
	Name         string
	PasswordHash string
	TotpSecret   []byte
	Totp         totpState `bun:"type:jsonb"`
	State        string
	Language     string
	TimeZone     string
	Prefs        json.RawMessage
	Owner        bool
	Version      int
	CreatedAt    time.Time
}

const userColumns = `u.id, u.email, u.name, coalesce(u.password_hash, '') as password_hash, u.totp_secret, u.totp, u.state,
	u.language, u.time_zone, u.prefs, u.owner, u.version, u.created_at`

func (r userRow) user() User {
	return User{
		ID: r.ID, Email: r.Email, Name: r.Name, Language: r.Language, TimeZone: r.TimeZone, Prefs: r.Prefs,
		TOTP: r.Totp.On, Owner: r.Owner, State: UserState(r.State), Version: r.Version, CreatedAt: r.CreatedAt,
	}
}

// User finds a person by id. NotFound for none.
func (p *People) User(ctx context.Context, id desk.UserID) (User, error) {
	row, err := p.find(ctx, p.house.SharedReader(me), "u.id = $1", id)
	return row.user(), err
}

// UserByEmail finds a person by address, in any spelling. NotFound for none.
func (p *People) UserByEmail(ctx context.Context, email string) (User, error) {
	row, err := p.find(ctx, p.house.SharedReader(me), "u.email = $1", CanonicalEmail(email))
	return row.user(), err
}

func (p *People) find(ctx context.Context, tx tenants.SharedReadTx, where string, arg any) (row userRow, err error) {
	err = tx.Query(ctx, &row, "select "+userColumns+" from manydesk.users u where "+where, arg)
	return row, absent(err, "find a user")
}

// CanonicalEmail is how addresses are stored and compared.
func CanonicalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// checkEmail gives the canonical form, or what is wrong with it.
func checkEmail(pointer, email string) (string, []desk.FieldError) {
	email = CanonicalEmail(email)
	if email == "" {
		return "", []desk.FieldError{desk.Field(pointer, desk.Required)}
	}
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || len(email) > 254 || !strings.Contains(email[strings.LastIndex(email, "@"):], ".") {
		return "", []desk.FieldError{desk.Field(pointer, desk.Email)}
	}
	return email, nil
}

func checkName(pointer, name string) (string, []desk.FieldError) {
	name = strings.Join(strings.Fields(name), " ")
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", []desk.FieldError{desk.Field(pointer, desk.Required)}
	case n > 120:
		return "", []desk.FieldError{desk.Field(pointer, desk.MaxLength, "max", 120)}
	}
	return name, nil
}

func checkLanguage(pointer, language string) []desk.FieldError {
	if language != "ru" && language != "en" {
		return []desk.FieldError{desk.Field(pointer, desk.OneOf, "of", "ru, en")}
	}
	return nil
}

func checkTimeZone(pointer, zone string) []desk.FieldError {
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		return []desk.FieldError{desk.Field(pointer, desk.TimeZone)}
	}
	return nil
}

// NewUser describes an account that somebody makes for somebody, or for themself.
type NewUser struct {
	Name, Email, Password, Language, TimeZone string
	// Owner of the installation.
	Owner bool
}

// validate names every wrong field; at is put before their names: "owner/".
func (n *NewUser) validate(at string) error {
	var wrong, w []desk.FieldError
	n.Email, wrong = checkEmail(at+"email", n.Email)
	n.Name, w = checkName(at+"name", n.Name)
	wrong = append(wrong, w...)
	if n.Language == "" {
		n.Language = "ru"
	}
	wrong = append(wrong, checkLanguage(at+"language", n.Language)...)
	if n.TimeZone == "" {
		n.TimeZone = "Europe/Moscow"
	}
	wrong = append(wrong, checkTimeZone(at+"time_zone", n.TimeZone)...)
	return desk.Invalid(append(wrong, fieldsOf(CheckPassword(at+"password", n.Password, n.Email, n.Name))...)...)
}

// NewUser makes an active account, for the command line and the demo.
//
// Errors: ValidationFailed; taken on email.
func (p *People) NewUser(ctx context.Context, n NewUser) (User, error) {
	if err := n.validate(""); err != nil {
		return User{}, err
	}
	hash, err := p.hashOf(ctx, n.Password)
	if err != nil {
		return User{}, err
	}
	var u User
	err = p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) (err error) {
		u, err = insertUser(ctx, tx, n, hash, Active)
		return err
	})
	return u, err
}

func insertUser(ctx context.Context, tx tenants.SharedTx, n NewUser, hash string, state UserState) (User, error) {
	var row userRow
	err := tx.Query(ctx, &row, `insert into manydesk.users as u (id, email, name, password_hash, state, language, time_zone, owner, created_at)
		values ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, $9) on conflict (email) do nothing returning `+userColumns,
		desk.NewUserID(tx.Now()), n.Email, n.Name, hash, string(state), n.Language, n.TimeZone, n.Owner, tx.Now())
	if err := absent(err, "insert a user"); err != nil {
		if desk.Is(err, desk.NotFound) {
			return User{}, desk.Invalid(desk.Field("email", desk.Taken))
		}
		return User{}, err
	}
	return row.user(), nil
}

func fieldsOf(err error) []desk.FieldError {
	if e, ok := err.(*desk.Error); ok { //nolint:errorlint // ours, unwrapped
		return e.Fields
	}
	return nil
}

// absent gives a missing row its name in the house; other errors their context.
func absent(err error, doing string) error {
	if err == nil {
		return nil
	}
	if isNoRows(err) {
		return desk.Missing()
	}
	return fmt.Errorf("%s: %w", doing, err)
}
