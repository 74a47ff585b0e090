package config

import (
	"errors"
	"net"
	"strings"
	"testing"
)

func TestATakenPortGivesTheNextFreeOne(t *testing.T) {
	t.Parallel()
	first, err := Listen(t.Context(), "MANYDESK_LISTEN", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	addr := first.Addr().(*net.TCPAddr)
	next, err := ListenNear(t.Context(), "MANYDESK_LISTEN", addr.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = next.Close() }()
	if got := next.Addr().(*net.TCPAddr).Port; got <= addr.Port || got > addr.Port+100 {
		t.Errorf("%d after %d", got, addr.Port)
	}
}

func TestATakenPortIsAMistakeOtherwise(t *testing.T) {
	t.Parallel()
	first, err := Listen(t.Context(), "MANYDESK_LISTEN", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	_, err = Listen(t.Context(), "MANYDESK_LISTEN", first.Addr().String())
	var wrong Mistakes
	if !errors.As(err, &wrong) || !strings.Contains(wrong.In("ru")[0], "MANYDESK_LISTEN") || !strings.Contains(wrong.In("en")[0], "already listens") {
		t.Error(err)
	}
	if _, err = ListenNear(t.Context(), "MANYDESK_LISTEN", "192.0.2.1:80"); !errors.As(err, &wrong) {
		t.Errorf("an address of another machine: %v", err)
	}
}
