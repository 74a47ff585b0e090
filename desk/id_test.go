package desk

import (
	"encoding/json"
	"testing"
	"time"
)

func TestIDsAscendWithinOneMillisecond(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	prev := NewTicketID(now)
	for range 10_000 {
		next := NewTicketID(now)
		if next.UUID() <= prev.UUID() {
			t.Fatalf("%s is not after %s", next.UUID(), prev.UUID())
		}
		prev = next
	}
}

func TestIDReadsBackWhatItWrote(t *testing.T) {
	t.Parallel()
	for range 1000 {
		id := NewContactID(time.Now())
		b, err := json.Marshal(id)
		if err != nil {
			t.Fatal(err)
		}
		var got ContactID
		if err := json.Unmarshal(b, &got); err != nil || got != id {
			t.Fatalf("%s came back as %s: %v", b, got.UUID(), err)
		}
		var scanned ContactID
		if err := scanned.Scan(id.UUID()); err != nil || scanned != id {
			t.Fatalf("scan: %v", err)
		}
	}
}

func TestIDOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "con_", NewTicketID(time.Now()).String(), "con_" + "zzzzzzzzzzzzzzzzzzzzzzzzzz", "con_uuuuuuuuuuuuuuuuuuuuuuuuuu", "00000000-0000-0000-0000-00000000000g"} {
		if _, err := ParseID[contactKind](s); err == nil {
			t.Errorf("%q was read as a contact's id", s)
		}
	}
}
