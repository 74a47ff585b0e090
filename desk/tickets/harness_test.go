package tickets_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func asRefusal(err error, into **desk.Error) bool { return errors.As(err, into) }

// verb is a verb of a ticket with its refusal.
func verb[O any](w *ticketstest.World, who desk.Actor, fn func(ctx context.Context, tx tenants.Tx) (O, error)) (O, error) {
	var out O
	err := w.Do(who, func(ctx context.Context, tx tenants.Tx) (err error) {
		out, err = fn(ctx, tx)
		return err
	})
	return out, err
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func reply(w *ticketstest.World, who desk.Actor, in tickets.Reply) (*tickets.Comment, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Comment, error) {
		return w.Tickets.Reply(ctx, tx, in)
	})
}

func status(w *ticketstest.World, who desk.Actor, in tickets.SetStatus) (*tickets.Ticket, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.SetStatus(ctx, tx, in)
	})
}

func assign(w *ticketstest.World, who desk.Actor, in tickets.Assign) (*tickets.Ticket, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Assign(ctx, tx, in)
	})
}

func answer(w *ticketstest.World, who desk.Actor, in tickets.ClientReply) (*tickets.Comment, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Comment, error) {
		return w.Tickets.ClientReply(ctx, tx, in)
	})
}

func view(t *testing.T, w *ticketstest.World, who desk.Actor, number int64) *tickets.View {
	t.Helper()
	v, err := w.Tickets.View(t.Context(), w.Read(who), number, 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func refused(t *testing.T, err error, want desk.Code) {
	t.Helper()
	if desk.CodeOf(err) != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}

func equal(a, b []int64) bool {
	return slices.Equal(a, b)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

func ptr[T any](v T) *T { return &v }
