package email

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
)

var (
	noon = time.Date(2026, 11, 23, 9, 4, 5, 0, time.UTC)
	acme = Signer{Tenant: 1, Keys: [][]byte{[]byte("acme key of this month")}}
)

func TestSignedAddressAndIDReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := Token{Ticket: desk.NewTicketID(noon), Seq: rapid.IntRange(0, 1<<20).Draw(t, "seq")}
		address := acme.Address("support@acme.example", want)
		if local, _, _ := strings.Cut(address, "@"); len(local) > 64 || local == "support" {
			t.Fatalf("local part %q", local)
		}
		if got, ok := acme.ReadAddress(strings.ToUpper(address)); !ok || got != want {
			t.Fatalf("%s came back as %v", address, got)
		}
		id := acme.MessageID(want, rapid.String().Draw(t, "nonce"), "acme.example")
		if got, ok := acme.ReadMessageID("<" + id + ">"); !ok || got != want {
			t.Fatalf("%s came back as %v", id, got)
		}
		if strings.ContainsAny(id, " <>\r\n") || strings.Count(id, "@") != 1 {
			t.Fatalf("%q is no id", id)
		}
	})
}

func TestNoOtherHandSigns(t *testing.T) {
	t.Parallel()
	token := Token{Ticket: desk.NewTicketID(noon), Seq: 7}
	address, id, mark := acme.Address("support@acme.example", token), acme.MessageID(token, "1", "acme.example"), acme.Mark("ACME-1042")
	for name, other := range map[string]Signer{
		"another tenant with the same keys": {Tenant: 2, Keys: acme.Keys},
		"another key":                       {Tenant: 1, Keys: [][]byte{[]byte("guess")}},
		"no key":                            {Tenant: 1},
	} {
		_, byAddress := other.ReadAddress(address)
		_, byID := other.ReadMessageID(id)
		m := Message{Text: mark}
		if byAddress || byID || len(other.Thread(m)) != 0 {
			t.Errorf("%s took our signature", name)
		}
	}
	for i := range address {
		bad := []byte(address)
		if bad[i] == 'a' {
			bad[i] = 'b'
		} else {
			bad[i] = 'a'
		}
		if got, ok := acme.ReadAddress(string(bad)); ok && got != token {
			t.Fatalf("%s was taken for %v", bad, got)
		}
	}
	tag := strings.TrimSuffix(strings.TrimPrefix(address, "support+"), "@acme.example")
	if _, ok := acme.ReadMessageID("md." + tag + "@acme.example"); ok {
		t.Error("a tag of an address passed for an id")
	}
}

func TestBothKeysAreKnownWhileTheyRotate(t *testing.T) {
	t.Parallel()
	token := Token{Ticket: desk.NewTicketID(noon), Seq: 7}
	later := Signer{Tenant: 1, Keys: [][]byte{[]byte("next month"), acme.Keys[0]}}
	if got, ok := later.ReadAddress(acme.Address("s@acme.example", token)); !ok || got != token {
		t.Error("the old key is forgotten")
	}
	if _, ok := acme.ReadAddress(later.Address("s@acme.example", token)); ok {
		t.Error("the new key is not used")
	}
}

func TestMailboxWithoutRoomStaysAsItIs(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40) + "@acme.example"
	if got := acme.Address(long, Token{Ticket: desk.NewTicketID(noon)}); got != long {
		t.Errorf("got %s", got)
	}
}

func TestReferencesComeInOrderOfTrust(t *testing.T) {
	t.Parallel()
	a, b := Token{Ticket: desk.NewTicketID(noon), Seq: 1}, Token{Ticket: desk.NewTicketID(noon), Seq: 2}
	m := Message{
		To:         []string{"support@acme.example", acme.Address("support@acme.example", a)},
		InReplyTo:  []string{"client-2@x"},
		References: []string{"client-1@x", acme.MessageID(b, "n", "acme.example"), "client-2@x"},
		Text:       "> " + acme.Mark("ACME-1042") + "\n[#ACME-7:aaaaaaaaaaaaa]",
		Subject:    "Re: [ACME-1042] UTF-8 и ЛИС-12 broke",
	}
	want := []Reference{
		{Way: BySignedAddress, Token: a},
		{Way: BySignedMessageID, Token: b, MessageID: m.References[1]},
		{Way: ByMessageID, MessageID: "client-2@x"},
		{Way: ByMessageID, MessageID: "client-1@x"},
		{Way: ByMark, Number: "ACME-1042"},
		{Way: BySubject, Number: "ACME-1042", Weak: true},
		{Way: BySubject, Number: "UTF-8", Weak: true},
		{Way: BySubject, Number: "ЛИС-12", Weak: true},
	}
	got := acme.Thread(m)
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestBounceLeadsToTheLetterThatFailed(t *testing.T) {
	t.Parallel()
	token := Token{Ticket: desk.NewTicketID(noon), Seq: 3}
	m := Message{Kind: Bounce, Bounce: &Bounced{OriginalMessageID: acme.MessageID(token, "", "acme.example")}}
	if got := acme.Thread(m); len(got) != 1 || got[0].Token != token {
		t.Errorf("got %+v", got)
	}
}

func TestStormFallsSilent(t *testing.T) {
	t.Parallel()
	var sent []time.Time
	// A machine that answers every letter at once, for three days.
	for now := noon; now.Before(noon.Add(72 * time.Hour)); now = now.Add(time.Minute) {
		if ok, _ := Gentle.MaySend(sent, now); ok {
			sent = append(sent, now)
		}
	}
	if len(sent) > 9 {
		t.Errorf("%d letters went in three days", len(sent))
	}
	// A person who writes once a day is always answered.
	sent = nil
	for day := range 30 {
		now := noon.AddDate(0, 0, day)
		ok, until := Gentle.MaySend(sent, now)
		if !ok {
			t.Fatalf("day %d: silent until %v", day, until)
		}
		sent = append(sent, now)
	}
	three := []time.Time{noon, noon.Add(time.Minute), noon.Add(2 * time.Minute)}
	if ok, until := Gentle.MaySend(three, noon.Add(time.Hour)); ok || !until.Equal(three[2].Add(24*time.Hour)) {
		t.Errorf("the fourth may go: %v, until %v", ok, until)
	}
}
