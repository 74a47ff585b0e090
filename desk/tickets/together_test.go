package tickets_test

import (
	"context"
	"crypto/sha256"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func TestOfTwoAnswersAtOnceTheSecondIsAskedFirst(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, who := range []desk.Actor{w.Vera, w.Oleg} {
		all.Go(func() { _, errs[i] = reply(w, who, tickets.Reply{Ticket: n, Text: "Уже смотрю", Seen: 1}) })
	}
	all.Wait()
	first, second := desk.CodeOf(errs[0]), desk.CodeOf(errs[1])
	if !(first == "" && second == desk.ArrivedMeanwhile || first == desk.ArrivedMeanwhile && second == "") {
		t.Fatalf("%v and %v", errs[0], errs[1])
	}
	var refusal *desk.Error
	asRefusal(errs[0], &refusal)
	asRefusal(errs[1], &refusal)
	arrived, ok := refusal.Extra["arrived"].([]tickets.Entry)
	if !ok || len(arrived) != 1 || arrived[0].Comment == nil || arrived[0].Comment.Body != "Уже смотрю" {
		t.Fatalf("arrived %+v", refusal.Extra)
	}
	who := w.Vera
	if first == "" {
		who = w.Oleg
	}
	if _, err := reply(w, who, tickets.Reply{Ticket: n, Text: "И всё же", Seen: 1, Anyway: true}); err != nil {
		t.Fatalf("anyway: %v", err)
	}
}

func TestAChangeOfPriorityDoesNotStopAnAnswer(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err := verb(w, w.Oleg, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.SetPriority(ctx, tx, tickets.SetPriority{Ticket: n, Priority: 1})
	})
	check(t, err)
	_, err = status(w, w.Oleg, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "in_progress"}})
	check(t, err)
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Смотрю", Seen: 1})
	check(t, err)
}

func TestFiftyTwinsMakeOneTicket(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	key := sha256.Sum256([]byte("acme vera 1"))
	print := sha256.Sum256([]byte("POST /v1/tenants/acme/tickets"))
	var all sync.WaitGroup
	var mu sync.Mutex
	made, twins := 0, 0
	for range 50 {
		all.Go(func() {
			_, err := verb(w, w.Vera, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
				return w.Tickets.Open(ctx, tx, tickets.Open{Subject: "a", Type: "question", Key: &tenants.Key{
					Hash16: key[:16], Fingerprint: print[:16], Status: 201, Location: "/v1/tenants/acme/tickets/",
				}})
			})
			mu.Lock()
			defer mu.Unlock()
			var refusal *desk.Error
			switch {
			case err == nil:
				made++
			case asRefusal(err, &refusal) && refusal.Code == desk.AlreadyExists && refusal.Params["what"] == "idempotency_pk":
				twins++
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if made != 1 || twins != 49 || indexed(t, w) != 1 {
		t.Fatalf("%d made, %d twins, %d listed", made, twins, indexed(t, w))
	}
	var location string
	check(t, w.House.SharedReader(w.Vera).QueryRow(t.Context(), "select location from manydesk.idempotency", nil, &location))
	l, err := w.Tickets.List(t.Context(), w.Read(w.Vera), tickets.ListQuery{})
	check(t, err)
	if want := "/v1/tenants/acme/tickets/" + decimal(l.Rows[0].Number); location != want {
		t.Fatalf("%s, want %s", location, want)
	}
}

func TestManyVerbsAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Request(w.Ivan)
	n := tickets.Number(made.Number)
	var all sync.WaitGroup
	const each = 10
	for range each {
		all.Go(func() {
			_, err := verb(w, w.Vera, func(ctx context.Context, tx tenants.Tx) (*tickets.Comment, error) {
				return w.Tickets.Note(ctx, tx, tickets.Note{Ticket: n, Text: "a"})
			})
			if err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			if _, err := answer(w, w.Ivan, tickets.ClientReply{Ticket: n, Text: "b"}); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			if _, err := reply(w, w.Oleg, tickets.Reply{Ticket: n, Text: "c", Anyway: true}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	p, err := w.Tickets.Timeline(t.Context(), w.Read(w.Vera), tickets.TimelineQuery{Ticket: n, Limit: 200})
	check(t, err)
	if len(p.Entries) != 1+3*each {
		t.Fatalf("%d entries", len(p.Entries))
	}
	for i, e := range p.Entries {
		if e.Seq != i+1 || e.Comment == nil {
			t.Fatalf("entry %d is %+v", i, e)
		}
	}
}
