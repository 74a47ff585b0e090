package people

import (
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// cheap is a password's cost in tests.
var cheap = Cost{Memory: 8, Passes: 1, Lanes: 1}

const password = "три весёлых гуся"

// world is an installation whose time is set by hand.
type world struct {
	*People
	t    testing.TB
	dsn  string
	mu   sync.Mutex
	time time.Time
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, time: start, dsn: stage.DSN(t)}
	w.People = New(stage.Open(t, w.dsn, stage.Options{Clock: w.now}), Options{Hash: cheap})
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = w.time.Add(d)
}

// from is where everybody in tests comes from, but for those who say otherwise.
var from = From{IP: netip.MustParseAddr("192.0.2.7"), Agent: "Browser"}

func (w *world) person(email string) User {
	w.t.Helper()
	u, err := w.NewUser(w.t.Context(), NewUser{Name: "Вера", Email: email, Password: password})
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// signedIn is a new person with a session.
func (w *world) signedIn(email string) Granted {
	w.t.Helper()
	u := w.person(email)
	return w.in(u.Email, password)
}

func (w *world) in(email, password string) Granted {
	w.t.Helper()
	g, err := w.SignIn(w.t.Context(), Credentials{email, password}, from)
	if err != nil {
		w.t.Fatal(err)
	}
	return g
}

// knows reports whether a token still lets in, asking the database.
func (w *world) knows(token string) bool {
	w.t.Helper()
	w.Forget()
	_, err := w.ByToken(w.t.Context(), token)
	if err != nil && !desk.Is(err, desk.SignInRequired) {
		w.t.Fatal(err)
	}
	return err == nil
}

func (w *world) shared(fn func(ctx context.Context, tx tenants.SharedTx) error) {
	w.t.Helper()
	if err := w.house.Shared(w.t.Context(), me, fn); err != nil {
		w.t.Fatal(err)
	}
}

// letter is the last letter of a kind; ok is false when none was left.
func (w *world) letter(name string) (l Letter, s Secret, ok bool) {
	w.t.Helper()
	var subject desk.AnyID
	var data json.RawMessage
	var text string
	err := w.house.SharedReader(me).QueryRow(w.t.Context(), "select subject_id, data::text from manydesk.outbox where name = $1 order by id desc limit 1", []any{name}, &subject, &text)
	if isNoRows(err) {
		return l, s, false
	}
	data = json.RawMessage(text)
	if err != nil {
		w.t.Fatal(err)
	}
	if l, s, err = OpenLetter(w.house, subject, data); err != nil {
		w.t.Fatal(err)
	}
	return l, s, true
}

// lines counts lines of the audit.
func (w *world) lines(what string, ok bool) (n int) {
	w.t.Helper()
	if err := w.house.SharedReader(me).QueryRow(w.t.Context(), "select count(*) from manydesk.sign_ins where what = $1 and ok = $2", []any{what, ok}, &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) want(err error, code desk.Code) {
	w.t.Helper()
	if desk.CodeOf(err) != code {
		w.t.Errorf("answered %v, want %q", err, code)
	}
}

// extra is a member of a refusal's document.
func extra(err error, name string) string {
	var e *desk.Error
	if errors.As(err, &e) {
		s, _ := e.Extra[name].(string)
		return s
	}
	return ""
}

// client adds a contact with a mail address to a tenant.
func (w *world) client(tenant tenants.Tenant, name, email string) desk.ContactID {
	w.t.Helper()
	id := desk.NewContactID(w.now())
	err := w.house.Do(w.t.Context(), tenant, desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		if _, err := tx.Exec(ctx, "insert into ?tenant.contacts (id, name, language) values ($1, $2, 'ru')", id, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "insert into ?tenant.identifiers (object_id, kind, value, object_kind, shown, main) values ($1, 'email', $2, 'contact', $2, true)", id, email)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// member opens a tenant to a user.
func (w *world) member(tenant desk.TenantID, u User) {
	w.t.Helper()
	w.shared(func(ctx context.Context, tx tenants.SharedTx) error {
		return w.Join(ctx, tx, u.ID, tenant, desk.EngagementID{})
	})
}

// secondFactor turns it on and gives the secret.
func (w *world) secondFactor(g Granted) string {
	w.t.Helper()
	enrol, err := w.BeginTOTP(w.t.Context(), g.Session)
	if err != nil {
		w.t.Fatal(err)
	}
	code, err := totp.GenerateCode(enrol.Secret, w.now())
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.ConfirmTOTP(w.t.Context(), g.Session, code, from); err != nil {
		w.t.Fatal(err)
	}
	return enrol.Secret
}
