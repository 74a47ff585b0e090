package people

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"manydesk/desk"
	"manydesk/tenants"
)

func TestSignInGivesASessionThatEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	s, err := w.ByToken(t.Context(), g.Token)
	if err != nil || s.User.Email != "vera@a.example" || s.Kind != Cookie || s.ID != g.Session.ID || s.IP != "192.0.2.7" {
		t.Fatalf("the session is %+v: %v", s, err)
	}
	if !s.Fresh(w.now()) || s.Portal() {
		t.Error("a new session is stale, or a client's")
	}
	w.pass(11 * time.Hour)
	if !w.knows(g.Token) {
		t.Error("the session ended after 11 hours of rest")
	}
	// Being here was written down: the rest begins anew.
	w.pass(11 * time.Hour)
	if !w.knows(g.Token) {
		t.Error("the session did not live by being used")
	}
	w.pass(12 * time.Hour)
	if w.knows(g.Token) {
		t.Error("the session lives after 12 hours of rest")
	}
	g = w.in("vera@a.example", password)
	for range 80 {
		w.pass(9 * time.Hour)
		w.knows(g.Token)
	}
	if w.knows(g.Token) {
		t.Error("the session lives after 30 days")
	}
}

func TestWrongPasswordAndStrangerAreAnsweredAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	blocked := w.person("boris@a.example")
	if err := w.Block(t.Context(), blocked.ID); err != nil {
		t.Fatal(err)
	}
	for _, c := range []Credentials{{"vera@a.example", "not this one"}, {"nobody@a.example", password}, {"boris@a.example", password}, {"", ""}} {
		_, err := w.SignIn(t.Context(), c, from)
		w.want(err, desk.SignInFailed)
	}
	if n := w.lines(signedIn, false); n != 4 {
		t.Errorf("the audit has %d lines of 4", n)
	}
	if _, err := w.SignIn(t.Context(), Credentials{" VERA@a.Example ", password}, from); err != nil {
		t.Errorf("the address in another spelling: %v", err)
	}
}

func TestGuessingIsLimitedByAccountAndByAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	for i := range signInsByAccount.Quota {
		// A guesser with many addresses.
		here := From{IP: netip.AddrFrom4([4]byte{198, 51, 100, byte(i)})}
		_, err := w.SignIn(t.Context(), Credentials{"vera@a.example", "guess"}, here)
		w.want(err, desk.SignInFailed)
	}
	_, err := w.SignIn(t.Context(), Credentials{"vera@a.example", password}, from)
	w.want(err, desk.RateLimited)
	w.pass(signInsByAccount.Window)
	w.in("vera@a.example", password)

	guesser := From{IP: netip.MustParseAddr("203.0.113.9")}
	for i := range signInsByAddress.Quota {
		_, err := w.SignIn(t.Context(), Credentials{"person" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@a.example", "guess"}, guesser)
		w.want(err, desk.SignInFailed)
	}
	_, err = w.SignIn(t.Context(), Credentials{"another@a.example", "guess"}, guesser)
	w.want(err, desk.RateLimited)
}

func TestHouseholdOfIPv6IsOneAddress(t *testing.T) {
	t.Parallel()
	a, b := From{IP: netip.MustParseAddr("2001:db8:1:2:3::1")}, From{IP: netip.MustParseAddr("2001:db8:1:2:ffff::9")}
	if network(a) != network(b) || network(a) == network(From{IP: netip.MustParseAddr("2001:db8:1:3::1")}) {
		t.Errorf("%s and %s", network(a), network(b))
	}
	if network(From{IP: netip.MustParseAddr("::ffff:192.0.2.1")}) != "192.0.2.1" {
		t.Error("an address mapped into IPv6 is another")
	}
}

func TestPasswordIsHashedAnewAtTodaysCost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	dearer := New(w.house, Options{Hash: Cost{Memory: 16, Passes: 1, Lanes: 1}})
	if _, err := dearer.SignIn(t.Context(), Credentials{"vera@a.example", password}, from); err != nil {
		t.Fatal(err)
	}
	row, err := w.find(t.Context(), w.house.SharedReader(me), "u.email = $1", "vera@a.example")
	if err != nil {
		t.Fatal(err)
	}
	if ok, cost := fits(password, row.PasswordHash); !ok || cost.Memory != 16 {
		t.Errorf("the hash is %s", row.PasswordHash)
	}
}

func TestSignOutAndRevokedSessionsAreOverAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.signedIn("vera@a.example")
	b, other := w.in("vera@a.example", password), w.signedIn("petr@a.example")
	if all, err := w.Sessions(t.Context(), a.Session.User.ID); err != nil || len(all) != 2 {
		t.Errorf("sessions %+v: %v", all, err)
	}
	w.want(w.EndSession(t.Context(), other.Session, b.Session.ID, from), desk.NotFound)
	w.want(w.EndSession(t.Context(), a.Session, b.Session.ID, from), "")
	if _, err := w.ByToken(t.Context(), b.Token); !desk.Is(err, desk.SignInRequired) {
		t.Errorf("a revoked session: %v", err)
	}
	w.want(w.SignOut(t.Context(), a.Session, from), "")
	if _, err := w.ByToken(t.Context(), a.Token); !desk.Is(err, desk.SignInRequired) {
		t.Errorf("a session signed out: %v", err)
	}
	if !w.knows(other.Token) {
		t.Error("another person's session ended")
	}
}

func TestRevocationByAnotherNodeIsSeenWithinASecond(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	if _, err := w.ByToken(t.Context(), g.Token); err != nil {
		t.Fatal(err)
	}
	w.shared(func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "delete from manydesk.credentials where id = $1", g.Session.ID)
		return err
	})
	w.pass(time.Second)
	if _, err := w.ByToken(t.Context(), g.Token); !desk.Is(err, desk.SignInRequired) {
		t.Errorf("a second after: %v", err)
	}
}

func TestBeingHereIsWrittenAtMostEveryFiveMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	seen := func() (at time.Time) {
		if err := w.house.SharedReader(me).QueryRow(t.Context(), "select coalesce(seen_at, created_at) from manydesk.credentials where id = $1", []any{g.Session.ID}, &at); err != nil {
			t.Fatal(err)
		}
		return at
	}
	w.pass(4 * time.Minute)
	w.knows(g.Token)
	if !seen().Equal(start) {
		t.Error("written after four minutes")
	}
	w.pass(time.Minute)
	w.knows(g.Token)
	if !seen().Equal(start.Add(5 * time.Minute)) {
		t.Errorf("seen at %v", seen())
	}
}

func TestReauthentication(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	w.pass(time.Hour)
	s, err := w.ByToken(t.Context(), g.Token)
	if err != nil || s.Fresh(w.now()) {
		t.Fatalf("fresh after an hour: %v", err)
	}
	w.want(w.Reauthenticate(t.Context(), s, "not this one", from), desk.SignInFailed)
	w.want(w.Reauthenticate(t.Context(), s, password, from), "")
	if s, err = w.ByToken(t.Context(), g.Token); err != nil || !s.Fresh(w.now()) {
		t.Errorf("not fresh after the password: %v", err)
	}
}

func TestWhatOutlivesASessionNeedsThePasswordAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	w.pass(freshLogin)
	s, err := w.ByToken(t.Context(), g.Token)
	w.want(err, "")
	_, _, err = w.MakeKey(t.Context(), s, NewKey{Name: "Reports"}, from)
	w.want(err, desk.Reauthenticate)
	_, err = w.BeginTOTP(t.Context(), s)
	w.want(err, desk.Reauthenticate)
	w.want(w.Reauthenticate(t.Context(), s, password, from), "")
	s, err = w.ByToken(t.Context(), g.Token)
	w.want(err, "")
	_, _, err = w.MakeKey(t.Context(), s, NewKey{Name: "Reports"}, from)
	w.want(err, "")
	_, err = w.BeginTOTP(t.Context(), s)
	w.want(err, "")
}

func TestChangedPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.signedIn("vera@a.example")
	b := w.in("vera@a.example", password)
	w.want(w.ChangePassword(t.Context(), a.Session, password, "1234567890", from), desk.ValidationFailed)
	w.want(w.ChangePassword(t.Context(), a.Session, "not this one", "совсем другие слова", from), desk.SignInFailed)
	w.want(w.ChangePassword(t.Context(), a.Session, password, "совсем другие слова", from), "")
	if !w.knows(a.Token) || w.knows(b.Token) {
		t.Error("the wrong session ended")
	}
	_, err := w.SignIn(t.Context(), Credentials{"vera@a.example", password}, from)
	w.want(err, desk.SignInFailed)
	w.in("vera@a.example", "совсем другие слова")
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	other := w.in("vera@a.example", password)
	enrol, err := w.BeginTOTP(t.Context(), g.Session)
	if err != nil {
		t.Fatal(err)
	}
	code := func() string {
		c, err := totp.GenerateCode(enrol.Secret, w.now())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	w.in("vera@a.example", password) // not on before it is confirmed
	_, err = w.ConfirmTOTP(t.Context(), g.Session, "000000", from)
	w.want(err, desk.ValidationFailed)
	recovery, err := w.ConfirmTOTP(t.Context(), g.Session, code(), from)
	if err != nil || len(recovery) != 10 {
		t.Fatalf("recovery codes %v: %v", recovery, err)
	}
	if !w.knows(g.Token) || w.knows(other.Token) {
		t.Error("the other session lives on without the second factor")
	}
	_, err = w.BeginTOTP(t.Context(), g.Session)
	w.want(err, desk.AlreadyExists)

	challenge := func() string {
		_, err := w.SignIn(t.Context(), Credentials{"vera@a.example", password}, from)
		w.want(err, desk.SecondFactor)
		return extra(err, "challenge")
	}
	// The code that confirmed it was overheard: it does not work again.
	_, err = w.SecondFactor(t.Context(), challenge(), code(), from)
	w.want(err, desk.ValidationFailed)
	w.pass(30 * time.Second)
	c := challenge()
	in, err := w.SecondFactor(t.Context(), c, code(), from)
	if err != nil || !w.knows(in.Token) || !in.Session.User.TOTP {
		t.Fatalf("the code did not let in: %v", err)
	}
	_, err = w.SecondFactor(t.Context(), c, code(), from)
	w.want(err, desk.SignInRequired)
	if w.knows(c) {
		t.Error("a challenge is a session")
	}
	// A phone whose clock is behind by a step.
	late := code()
	w.pass(time.Minute)
	_, err = w.SecondFactor(t.Context(), challenge(), late, from)
	w.want(err, desk.ValidationFailed)
	// A recovery code works once, in any spelling.
	if _, err = w.SecondFactor(t.Context(), challenge(), " "+recovery[3]+" ", from); err != nil {
		t.Fatal(err)
	}
	_, err = w.SecondFactor(t.Context(), challenge(), recovery[3], from)
	w.want(err, desk.ValidationFailed)
	w.pass(time.Hour)
	// Five tries, then the password again.
	c = challenge()
	for range challengeTry {
		_, err = w.SecondFactor(t.Context(), c, "123123", from)
		w.want(err, desk.ValidationFailed)
	}
	_, err = w.SecondFactor(t.Context(), c, code(), from)
	w.want(err, desk.SignInRequired)
	w.pass(time.Hour)
	c = challenge()
	w.pass(challengeLasts)
	_, err = w.SecondFactor(t.Context(), c, code(), from)
	w.want(err, desk.SignInRequired)

	w.want(w.EndTOTP(t.Context(), in.Session, "not this one", from), desk.SignInFailed)
	w.want(w.EndTOTP(t.Context(), in.Session, password, from), "")
	w.in("vera@a.example", password)
}

func TestSecretOfTheSecondFactorIsSealed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	enrol, err := w.BeginTOTP(t.Context(), g.Session)
	if err != nil {
		t.Fatal(err)
	}
	row, err := w.find(t.Context(), w.house.SharedReader(me), "u.id = $1", g.Session.User.ID)
	if err != nil {
		t.Fatal(err)
	}
	if string(row.TotpSecret) == enrol.Secret {
		t.Error("the secret lies open")
	}
	// Copied to another row it does not open.
	if _, err := w.house.Unseal(row.TotpSecret, totpPlace(desk.NewUserID(start))); err == nil {
		t.Error("the secret opens in another's row")
	}
}

func TestStrangersPasswordIsHashedToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	if _, cost := fits("", w.dummy); cost != w.hash {
		t.Errorf("the stand-in costs %+v, a password %+v", cost, w.hash)
	}
	// Nobody gets their turn to hash: whoever is answered without it shows.
	for range hashers {
		w.working <- struct{}{}
	}
	for _, email := range []string{"vera@a.example", "nobody@a.example"} {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		_, err := w.SignIn(ctx, Credentials{email, "not this one"}, from)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s is answered without hashing: %v", email, err)
		}
	}
}
