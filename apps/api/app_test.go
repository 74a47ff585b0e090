package api

import (
	"net"
	"testing"
	"time"
)

// A server that was stopped in the moment of its start went on listening for ever.
func TestAStopThatComesBeforeTheServerIsHeard(t *testing.T) {
	t.Parallel()
	a, err := New(open(t).app.Deps, Config{Public: "http://localhost", Base: "localhost", Drain: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Listen(l) }()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(30 * time.Second):
		_ = l.Close()
		t.Fatal("it serves after its stop")
	}
}
