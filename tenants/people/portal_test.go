package people

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

func TestClientComesInByCodeOrLinkOfOneLetter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	ivan := w.client(acme, "Иван", "ivan@c.example")
	w.want(w.WantCode(t.Context(), acme, " Ivan@C.example", from), "")
	letter, secret, ok := w.letter(CodeLetter)
	if !ok || letter.To != "ivan@c.example" || letter.Language != "ru" || len(secret.Code) != 6 {
		t.Fatalf("the letter is %+v", letter)
	}
	g, err := w.ByCode(t.Context(), acme, "ivan@c.example", secret.Code, from)
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.ByToken(t.Context(), g.Token)
	if err != nil || !s.Portal() || s.Contact != ivan || s.Tenant != acme.ID || !s.User.ID.IsZero() {
		t.Fatalf("the session is %+v: %v", s, err)
	}
	if a, err := w.ContactActor(t.Context(), s, acme); err != nil || a.Kind != desk.ContactActor || a.Contact() != ivan || a.Name != "Иван" {
		t.Errorf("the actor is %+v: %v", a, err)
	}
	// Code and link are spent together.
	_, err = w.ByCode(t.Context(), acme, "ivan@c.example", secret.Code, from)
	w.want(err, desk.ValidationFailed)
	_, err = w.ByLink(t.Context(), acme, secret.Token, from)
	w.want(err, desk.NotFound)

	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
	_, secret, _ = w.letter(CodeLetter)
	if w.knows(secret.Token) {
		t.Error("a link is a session")
	}
	g, err = w.ByLink(t.Context(), acme, secret.Token, from)
	if err != nil || !w.knows(g.Token) {
		t.Errorf("the link did not let in: %v", err)
	}
	w.pass(20 * 24 * time.Hour)
	if !w.knows(g.Token) {
		t.Error("a client who comes once a month has to sign in each time")
	}
	w.pass(10 * 24 * time.Hour)
	if w.knows(g.Token) {
		t.Error("a client's session lives after 30 days")
	}
}

func TestStrangerToThePortalIsAnsweredAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	w.want(w.WantCode(t.Context(), acme, "nobody@c.example", from), "")
	if _, _, ok := w.letter(CodeLetter); ok {
		t.Error("a stranger got a letter")
	}
	_, err := w.ByCode(t.Context(), acme, "nobody@c.example", "123456", from)
	w.want(err, desk.ValidationFailed)
	_, err = w.ByPassword(t.Context(), acme, Credentials{"nobody@c.example", password}, from)
	w.want(err, desk.SignInFailed)
}

func TestCodeIsGoodForFiveTriesAndTenMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	w.client(acme, "Иван", "ivan@c.example")
	ask := func() string {
		w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
		_, s, _ := w.letter(CodeLetter)
		return s.Code
	}
	code := ask()
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	for range codeTries {
		_, err := w.ByCode(t.Context(), acme, "ivan@c.example", wrong, from)
		w.want(err, desk.ValidationFailed)
	}
	_, err := w.ByCode(t.Context(), acme, "ivan@c.example", code, from)
	w.want(err, desk.ValidationFailed)
	w.pass(time.Hour)
	code = ask()
	w.pass(codeLasts)
	_, err = w.ByCode(t.Context(), acme, "ivan@c.example", code, from)
	w.want(err, desk.ValidationFailed)
}

func TestSamePersonInTwoTenantsNeverMeets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme, rival := stage.Tenant(t, w.house, nil), stage.Tenant(t, w.house, nil)
	w.client(acme, "Иван", "ivan@c.example")
	w.client(rival, "Ivan P.", "ivan@c.example")
	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
	_, secret, _ := w.letter(CodeLetter)
	_, err := w.ByCode(t.Context(), rival, "ivan@c.example", secret.Code, from)
	w.want(err, desk.ValidationFailed)
	_, err = w.ByLink(t.Context(), rival, secret.Token, from)
	w.want(err, desk.NotFound)
	g, err := w.ByCode(t.Context(), acme, "ivan@c.example", secret.Code, from)
	w.want(err, "")
	_, err = w.Contact(t.Context(), g.Session, rival)
	w.want(err, desk.SignInRequired)
	// A user's session is no client's, a client's no user's.
	staff := w.signedIn("ivan@c.example")
	_, err = w.Contact(t.Context(), staff.Session, acme)
	w.want(err, desk.SignInRequired)
	_, err = w.ActorIn(t.Context(), g.Session, acme)
	w.want(err, desk.NotFound)
}

func TestClientSetsAPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	w.client(acme, "Иван", "ivan@c.example")
	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
	_, secret, _ := w.letter(CodeLetter)
	g, err := w.ByLink(t.Context(), acme, secret.Token, from)
	w.want(err, "")
	w.want(w.SetPortalPassword(t.Context(), g.Session, acme, "", "коротко", from), desk.ValidationFailed)
	w.want(w.SetPortalPassword(t.Context(), g.Session, acme, "", password, from), "")
	in, err := w.ByPassword(t.Context(), acme, Credentials{"ivan@c.example", password}, from)
	w.want(err, "")
	if c, err := w.Contact(t.Context(), in.Session, acme); err != nil || !c.HasPassword {
		t.Errorf("the client is %+v: %v", c, err)
	}
	// Without a letter the old password is asked for.
	w.want(w.SetPortalPassword(t.Context(), in.Session, acme, "not this one", "совсем другие слова", from), desk.SignInFailed)
	w.want(w.SetPortalPassword(t.Context(), in.Session, acme, password, "совсем другие слова", from), "")
	if w.knows(g.Token) || !w.knows(in.Token) {
		t.Error("the wrong session ended")
	}
	_, err = w.ByPassword(t.Context(), acme, Credentials{"ivan@c.example", password}, from)
	w.want(err, desk.SignInFailed)
}

func TestClientWhoHasLeftIsSignedOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	ivan := w.client(acme, "Иван", "ivan@c.example")
	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
	_, secret, _ := w.letter(CodeLetter)
	g, err := w.ByLink(t.Context(), acme, secret.Token, from)
	w.want(err, "")
	err = w.house.Both(t.Context(), acme, desk.Automaton("setup"), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if _, err := tx.Exec(ctx, "update ?tenant.contacts set archived_at = now() where id = $1", ivan); err != nil {
			return err
		}
		return w.EndContact(ctx, shared, acme.ID, ivan)
	})
	w.want(err, "")
	if w.knows(g.Token) {
		t.Error("the session lives")
	}
	_, err = w.Contact(t.Context(), g.Session, acme)
	w.want(err, desk.SignInRequired)
	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", From{IP: netip.MustParseAddr("192.0.2.8")}), "")
	if _, s, _ := w.letter(CodeLetter); s.Token != secret.Token {
		t.Error("one who has left got a letter")
	}
}

func TestSuspendedTenantsPortalIsClosed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	w.client(acme, "Иван", "ivan@c.example")
	if err := w.house.SetState(t.Context(), acme.ID, tenants.Suspended, "unpaid", me); err != nil {
		t.Fatal(err)
	}
	acme, err := w.house.ByID(t.Context(), acme.ID)
	w.want(err, "")
	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), desk.TenantSuspended)
	_, err = w.ByCode(t.Context(), acme, "ivan@c.example", "123456", from)
	w.want(err, desk.TenantSuspended)
	_, err = w.ByLink(t.Context(), acme, "x", from)
	w.want(err, desk.TenantSuspended)
	_, err = w.ByPassword(t.Context(), acme, Credentials{"ivan@c.example", password}, from)
	w.want(err, desk.TenantSuspended)
}

func TestTenantClosesAWayIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return settings.Fill(ctx, tx, settings.Default{Kind: "portal", Key: settings.Main, Spec: settings.Portal{SignInCode: true}})
	})
	w.client(acme, "Иван", "ivan@c.example")
	_, err := w.ByPassword(t.Context(), acme, Credentials{"ivan@c.example", password}, from)
	w.want(err, desk.NotFound)
	w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
}

func TestClientSeesWhereTheyAreSignedIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme := stage.Tenant(t, w.house, nil)
	w.client(acme, "Иван", "ivan@c.example")
	var g Granted
	for range 2 {
		w.want(w.WantCode(t.Context(), acme, "ivan@c.example", from), "")
		_, secret, _ := w.letter(CodeLetter)
		var err error
		g, err = w.ByLink(t.Context(), acme, secret.Token, from)
		w.want(err, "")
	}
	if all, err := w.PortalSessions(t.Context(), g.Session); err != nil || len(all) != 2 {
		t.Errorf("sessions %+v: %v", all, err)
	}
}
