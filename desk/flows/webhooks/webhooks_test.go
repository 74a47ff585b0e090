package webhooks_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/webhook"
	"manydesk/desk/flows/webhooks"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/jobs"
	"manydesk/tenants"
)

// receiver is a tenant's system.
type receiver struct {
	mu     sync.Mutex
	status int
	heads  []http.Header
	bodies []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, in *http.Request) {
	body, _ := io.ReadAll(in.Body)
	r.mu.Lock()
	r.heads, r.bodies = append(r.heads, in.Header.Clone()), append(r.bodies, string(body))
	status := r.status
	r.mu.Unlock()
	w.WriteHeader(status)
}

func (r *receiver) answers(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func TestACallIsSignedWrittenDownAndTriedAgain(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	system := &receiver{status: http.StatusServiceUnavailable}
	server := httptest.NewServer(system)
	t.Cleanup(server.Close)
	secret, err := webhook.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	made := w.Request(w.Ivan)
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		sealed, err := w.House.Seal([]byte(secret), sla.WebhookPlace(tx.Tenant().ID, "warn"))
		if err != nil {
			return err
		}
		_, err = sla.Escalations.Put(ctx, tx, settings.Draft[sla.Escalation]{Key: "warn", Secret: sealed, Spec: sla.Escalation{
			Name: settings.Words{RU: "Предупредить", EN: "Warn"}, Levels: []sla.Level{{Clock: sla.Resolution, At: sla.Breach, Actions: []sla.Action{{Kind: sla.Webhook, URL: "https://a.example/"}}}},
		}})
		return err
	})
	sender := webhook.New(webhook.Options{Clock: w.House.Clock(), Loopback: true})
	t.Cleanup(sender.Close)
	flow := webhooks.New(w.House, w.Tickets, sender, func(path string) string { return "https://desk.example" + path })
	handlers := map[string]func(ctx context.Context, w *jobs.Work) error{"webhooks.escalated": flow.Escalated, webhooks.JobSend: flow.Send}
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		data, err := json.Marshal(map[string]any{"url": server.URL + "/hook", "clock": "resolution", "rule": map[string]any{"key": "warn", "version": 1}, "level": 0})
		if err != nil {
			return err
		}
		return jobs.Enqueue(ctx, tx, desk.Job{Name: "webhooks.escalated", Lane: desk.Default, Subject: made.ID.Any(), Seq: 1, Data: data})
	})
	if err := work(w, handlers); err == nil {
		t.Fatal("a call that was refused for now must be made again")
	}
	if got := fate(w, made.ID); got != "queued 503 1" {
		t.Fatalf("after the first try: %s", got)
	}
	system.answers(http.StatusNoContent)
	w.Pass(time.Minute)
	if err := work(w, handlers); err != nil {
		t.Fatal(err)
	}
	if got := fate(w, made.ID); got != "sent 204 1" {
		t.Fatalf("after the second: %s", got)
	}
	if err := work(w, handlers); err != nil || len(system.bodies) != 2 {
		t.Fatalf("%d calls, %v", len(system.bodies), err)
	}
	first, again := system.heads[0], system.heads[1]
	if first.Get("Webhook-Id") == "" || first.Get("Webhook-Id") != again.Get("Webhook-Id") || system.bodies[0] != system.bodies[1] {
		t.Errorf("ids %q and %q", first.Get("Webhook-Id"), again.Get("Webhook-Id"))
	}
	if !strings.HasPrefix(first.Get("Webhook-Signature"), "v1,") {
		t.Errorf("signature %q", first.Get("Webhook-Signature"))
	}
	if _, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(first.Get("Webhook-Signature"), "v1,")); err != nil {
		t.Errorf("signature: %v", err)
	}
	var body webhooks.Body
	if err := json.Unmarshal([]byte(system.bodies[0]), &body); err != nil {
		t.Fatal(err)
	}
	if body.Type != "ticket.escalated" || body.Data.Number != made.Number || body.Data.Clock != sla.Resolution || !strings.HasPrefix(body.Data.URL, "https://desk.example/t/") {
		t.Errorf("body %+v", body)
	}
}

// work does the one job that waits; nil when there is none.
func work(w *ticketstest.World, handlers map[string]func(ctx context.Context, w *jobs.Work) error) error {
	w.T.Helper()
	var rows []struct {
		ID        int64
		Name      string
		SubjectID desk.AnyID
		Seq       int
		Data      string
		CreatedAt time.Time
	}
	err := w.House.SharedReader(desk.Automaton("webhooks")).Query(context.Background(), &rows, `select id, name, subject_id, coalesce(seq, 0) as seq, coalesce(data::text, '') as data, created_at
		from manydesk.outbox where name like 'webhooks.%' limit 1`)
	if err != nil {
		w.T.Fatal(err)
	}
	if len(rows) == 0 {
		return nil
	}
	r := rows[0]
	return handlers[r.Name](context.Background(), &jobs.Work{ID: r.ID, Tenant: w.Tenant, Name: r.Name, Subject: r.SubjectID, Seq: r.Seq, Data: json.RawMessage(r.Data), Tries: 1, Created: r.CreatedAt})
}

// fate is what the log of calls says of the ticket's only one.
func fate(w *ticketstest.World, id desk.TicketID) string {
	w.T.Helper()
	var text string
	err := w.Read(desk.Automaton("webhooks")).QueryRow(context.Background(), "select state || ' ' || code || ' ' || tries from ?tenant.messages where subject_id = $1 and channel = 'webhook'", []any{id}, &text)
	if err != nil {
		w.T.Fatal(err)
	}
	return text
}
