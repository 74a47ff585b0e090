package people

import (
	"net/netip"
	"testing"
	"time"

	"manydesk/desk"
)

func TestResetByLetterWorksOnceAndEndsSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	w.want(w.WantReset(t.Context(), "Vera@a.example", from), "")
	letter, secret, ok := w.letter(ResetLetter)
	if !ok || letter.To != "vera@a.example" || letter.Name != "Вера" || letter.Language != "ru" {
		t.Fatalf("the letter is %+v", letter)
	}
	if email, err := w.Resetting(t.Context(), secret.Token); err != nil || email != "vera@a.example" {
		t.Errorf("the link is for %q: %v", email, err)
	}
	if w.knows(secret.Token) {
		t.Error("a reset is a session")
	}
	_, err := w.Reset(t.Context(), secret.Token, "коротко", from)
	w.want(err, desk.ValidationFailed)
	in, err := w.Reset(t.Context(), secret.Token, "совсем другие слова", from)
	if err != nil || !w.knows(in.Token) || w.knows(g.Token) {
		t.Fatalf("after the reset: %v", err)
	}
	_, err = w.Reset(t.Context(), secret.Token, "и снова другие слова", from)
	w.want(err, desk.NotFound)
	w.in("vera@a.example", "совсем другие слова")
}

func TestResetForAStrangerIsAnsweredAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.want(w.WantReset(t.Context(), "nobody@a.example", from), "")
	if _, _, ok := w.letter(ResetLetter); ok {
		t.Error("a stranger got a letter")
	}
	_, err := w.Resetting(t.Context(), "junk")
	w.want(err, desk.NotFound)
}

func TestNewLetterVoidsTheOneBeforeAndAllEndInAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	w.want(w.WantReset(t.Context(), "vera@a.example", from), "")
	_, first, _ := w.letter(ResetLetter)
	w.want(w.WantReset(t.Context(), "vera@a.example", from), "")
	_, second, _ := w.letter(ResetLetter)
	_, err := w.Resetting(t.Context(), first.Token)
	w.want(err, desk.NotFound)
	_, err = w.Resetting(t.Context(), second.Token)
	w.want(err, "")
	w.pass(time.Hour)
	_, err = w.Reset(t.Context(), second.Token, "совсем другие слова", from)
	w.want(err, desk.NotFound)
}

func TestLettersAreLimitedForStrangersToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, email := range []string{"vera@a.example", "nobody@a.example"} {
		if email[0] == 'v' {
			w.person(email)
		}
		for i := range lettersByAccount.Quota {
			w.want(w.WantReset(t.Context(), email, From{IP: netip.AddrFrom4([4]byte{198, 51, 100, byte(i)})}), "")
		}
		w.want(w.WantReset(t.Context(), email, from), desk.RateLimited)
	}
}

func TestResetDoesNotTakeTheSecondFactorsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	w.secondFactor(g)
	w.want(w.WantReset(t.Context(), "vera@a.example", from), "")
	_, secret, _ := w.letter(ResetLetter)
	_, err := w.Reset(t.Context(), secret.Token, "совсем другие слова", from)
	w.want(err, desk.SecondFactor)
	if extra(err, "challenge") == "" {
		t.Error("no challenge was given")
	}
}

func TestResetFromTheCommandLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	_, err := w.ResetByHand(t.Context(), "nobody@a.example")
	w.want(err, desk.NotFound)
	token, err := w.ResetByHand(t.Context(), "vera@a.example")
	w.want(err, "")
	_, err = w.Reset(t.Context(), token, "совсем другие слова", from)
	w.want(err, "")
}
