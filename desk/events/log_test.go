package events

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
)

type opened struct{ notes []string }

type closed struct{ notes []string }

func TestReactionsRunInOrderForTheirTypeOnly(t *testing.T) {
	t.Parallel()
	l := New()
	say := func(word string) func(context.Context, tenants.Tx, *opened) error {
		return func(_ context.Context, _ tenants.Tx, e *opened) error { e.notes = append(e.notes, word); return nil }
	}
	Inside(l, say("entitlement"))
	Inside(l, say("clock"))
	Inside(l, func(_ context.Context, _ tenants.Tx, e *closed) error {
		e.notes = append(e.notes, "closed")
		return nil
	})
	e := &opened{}
	if err := React(t.Context(), l, tenants.Tx{}, e); err != nil || !slices.Equal(e.notes, []string{"entitlement", "clock"}) {
		t.Errorf("%v %v", e.notes, err)
	}
	type unknown struct{}
	if err := React(t.Context(), l, tenants.Tx{}, &unknown{}); err != nil {
		t.Error(err)
	}
}

func TestTheFirstErrorEndsTheReactions(t *testing.T) {
	t.Parallel()
	l, sorry := New(), errors.New("no contract")
	Inside(l, func(context.Context, tenants.Tx, *opened) error { return sorry })
	Inside(l, func(context.Context, tenants.Tx, *opened) error { panic("not reached") })
	if err := React(t.Context(), l, tenants.Tx{}, &opened{}); err != sorry { //nolint:errorlint // it must come out as it is
		t.Error(err)
	}
}

func TestEachFactLeavesItsJobs(t *testing.T) {
	t.Parallel()
	l := New()
	After(l, "ticket.opened", "notify.opened", desk.MailLane)
	After(l, "ticket.opened", "live.ticket.opened", desk.Critical)
	After(l, "ticket.noted", "live.ticket.changed", desk.Critical)
	a, b := desk.NewTicketID(desk.System()).Any(), desk.NewTicketID(desk.System()).Any()
	got := l.Jobs(desk.Fact{Subject: a, Seq: 1, Type: "ticket.opened"}, desk.Fact{Subject: b, Seq: 7, Type: "ticket.noted"}, desk.Fact{Subject: b, Seq: 8, Type: "ticket.rated"})
	want := []desk.Job{
		{Name: "notify.opened", Lane: desk.MailLane, Subject: a, Seq: 1},
		{Name: "live.ticket.opened", Lane: desk.Critical, Subject: a, Seq: 1},
		{Name: "live.ticket.changed", Lane: desk.Critical, Subject: b, Seq: 7},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	names := l.JobNames()
	slices.Sort(names)
	if !slices.Equal(names, []string{"live.ticket.changed", "live.ticket.opened", "notify.opened"}) {
		t.Error(names)
	}
	defer func() {
		if recover() == nil {
			t.Error("the same job twice went unnoticed")
		}
	}()
	After(l, "ticket.opened", "notify.opened", desk.Bulk)
}

func TestAnActorIsWrittenAndReadBack(t *testing.T) {
	t.Parallel()
	id := desk.NewUserID(desk.System()).Any()
	for _, a := range []desk.Actor{
		{Kind: desk.StaffActor, ID: id, Provider: 3},
		{Kind: desk.ContactActor, ID: id},
		{Kind: desk.SystemActor, Name: "system:intake"},
	} {
		if got := ActorOf(ActorKind(a), a.ID, a.Provider); fmt.Sprint(got) != fmt.Sprint(a) {
			t.Errorf("%+v came back as %+v", a, got)
		}
	}
	if got := ActorOf("system", desk.AnyID{}, 0); got.Kind != desk.SystemActor {
		t.Errorf("%+v", got)
	}
}
