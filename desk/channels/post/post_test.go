package post_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

var intake = desk.Automaton("intake")

func TestAMessageIsStoredOnce(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	receive := func(account, raw string) (id desk.MessageID, fresh bool) {
		t.Helper()
		err := h.Do(t.Context(), acme, intake, func(ctx context.Context, tx tenants.Tx) (err error) {
			id, fresh, err = post.Receive(ctx, tx, post.Incoming{Channel: "mail", Account: account, ExternalID: "1@client.example", Raw: []byte(raw)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return id, fresh
	}
	first, fresh := receive("support", "one")
	if !fresh {
		t.Fatal("the first is not fresh")
	}
	if again, fresh := receive("support", "one"); fresh || again != first {
		t.Fatal("the same message was stored twice")
	}
	if other, fresh := receive("sales", "one"); !fresh || other == first {
		t.Fatal("another mailbox's copy was lost")
	}
	other, fresh := receive("support", "two under a repeated id")
	if !fresh || other == first {
		t.Fatal("another content under the same id was lost")
	}
	if again, fresh := receive("support", "two under a repeated id"); fresh || again != other {
		t.Fatal("and then stored twice")
	}
	m, err := post.Load(t.Context(), h.Reader(acme, intake), other)
	if err != nil || string(m.Raw) != "two under a repeated id" || m.State != post.Stored {
		t.Fatalf("%+v %v", m, err)
	}
}

func TestWhatWentOutIsFoundByItsAnswer(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	ticket := desk.NewTicketID(desk.System())
	var id desk.MessageID
	err := h.Do(t.Context(), acme, intake, func(ctx context.Context, tx tenants.Tx) (err error) {
		out, err := post.Post(ctx, tx, post.Outgoing{Channel: "mail", Address: "ivan@client.example", Subject: ticket.Any(), Seq: 1, Data: map[string]any{"automatic": true}})
		if err != nil {
			return err
		}
		id = out.ID
		if err := post.Tried(ctx, tx, id, "451", "later"); err != nil {
			return err
		}
		return post.Settle(ctx, tx, post.Settled{ID: id, State: post.Failed, Code: "550", Error: "no such user", ExternalID: "md.x@acme.example", Data: map[string]any{"kind": "received"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	r := h.Reader(acme, intake)
	found, err := post.ByExternalIDs(t.Context(), r, "mail", []string{"other", "md.x@acme.example"})
	if err != nil || len(found) != 1 || found[0].SubjectID != ticket.Any() || found[0].Tries != 1 || found[0].State != post.Failed {
		t.Fatalf("%+v %v", found, err)
	}
	list, err := post.Trouble(t.Context(), r, []post.State{post.Failed}, desk.MessageID{}, 10)
	if err != nil || len(list) != 1 || list[0].Error != "no such user" {
		t.Fatalf("%+v %v", list, err)
	}
	if rest, err := post.Trouble(t.Context(), r, []post.State{post.Failed}, id, 10); err != nil || len(rest) != 0 {
		t.Fatalf("%v %v", rest, err)
	}
}
