//go:build !unix

package postgres

import "context"

// Server is a running private Postgres. This system cannot have one.
type Server struct{}

// Start always answers with a *Refusal: the child's life cannot be kept here.
func Start(context.Context, Options) (*Server, error) {
	return nil, refuse(
		"Встроенный Postgres работает только на Linux и macOS: укажите DATABASE_URL.",
		"The embedded Postgres runs on Linux and macOS only: set DATABASE_URL.")
}

// Failed never hears anything.
func (*Server) Failed() <-chan error { return nil }

// DSN is empty.
func (*Server) DSN(string) string { return "" }

// Password is empty.
func (*Server) Password(string) string { return "" }

// Stop has nothing to stop.
func (*Server) Stop(context.Context) error { return nil }
