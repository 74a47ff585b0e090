package webhooks_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/webhook"
	"manydesk/desk/flows/webhooks"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

func TestBothSecretsSignForADayAfterARotation(t *testing.T) {
	t.Parallel()
	here := settings.Words{RU: "Вызов", EN: "Call"}
	type spec = func(ctx context.Context, tx tenants.Tx, url string, sealed []byte) error
	type rotation = func(ctx context.Context, e *settings.Editor, tx tenants.Tx, seal func([]byte) ([]byte, error)) error
	for name, c := range map[string]struct {
		place  func(t desk.TenantID) string
		put    spec
		rotate rotation
		job    string
		data   map[string]any
	}{
		"an escalation": {
			place: func(t desk.TenantID) string { return sla.WebhookPlace(t, "call") },
			put: func(ctx context.Context, tx tenants.Tx, url string, sealed []byte) error {
				_, err := sla.Escalations.Put(ctx, tx, settings.Draft[sla.Escalation]{Key: "call", Secret: sealed, Spec: sla.Escalation{
					Name: here, Levels: []sla.Level{{Clock: sla.Resolution, At: sla.Breach, Actions: []sla.Action{{Kind: sla.Webhook, URL: url}}}},
				}})
				return err
			},
			rotate: func(ctx context.Context, e *settings.Editor, tx tenants.Tx, seal func([]byte) ([]byte, error)) error {
				return settings.Rotate(ctx, e, tx, sla.Escalations, "call", seal)
			},
			job:  "webhooks.escalated",
			data: map[string]any{"clock": "resolution", "rule": map[string]any{"key": "call", "version": 1}},
		},
		"a trigger": {
			place: func(t desk.TenantID) string { return triggers.SecretPlace(t, "call") },
			put: func(ctx context.Context, tx tenants.Tx, url string, sealed []byte) error {
				_, err := triggers.Triggers.Put(ctx, tx, settings.Draft[triggers.Trigger]{Key: "call", Secret: sealed, Spec: triggers.Trigger{
					Name: here, On: triggers.Opened, Actions: []triggers.Action{{Kind: triggers.Webhook, URL: url}},
				}})
				return err
			},
			rotate: func(ctx context.Context, e *settings.Editor, tx tenants.Tx, seal func([]byte) ([]byte, error)) error {
				return settings.Rotate(ctx, e, tx, triggers.Triggers, "call", seal)
			},
			job:  "webhooks.triggered",
			data: map[string]any{"trigger": "call", "version": 1, "on": triggers.Opened, "chain": []string{"call"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ticketstest.New(t)
			system := &receiver{status: http.StatusNoContent}
			server := httptest.NewServer(system)
			t.Cleanup(server.Close)
			sender := webhook.New(webhook.Options{Clock: w.House.Clock(), Loopback: true})
			t.Cleanup(sender.Close)
			flow := webhooks.New(w.House, w.Tickets, sender, func(path string) string { return path })
			handlers := map[string]func(ctx context.Context, w *jobs.Work) error{"webhooks.escalated": flow.Escalated, "webhooks.triggered": flow.Triggered, webhooks.JobSend: flow.Send}
			made := w.Request(w.Ivan)
			editor := settings.NewEditor(w.Log, w.Guard)
			old, fresh := newSecret(t), newSecret(t)
			w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
				sealed, err := w.House.Seal([]byte(old), c.place(tx.Tenant().ID))
				if err != nil {
					return err
				}
				return c.put(ctx, tx, "https://a.example/", sealed)
			})
			seq := 0
			// calls makes one call and says which of the two secrets have signed what came.
			calls := func() (signed []string) {
				t.Helper()
				seq++
				w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
					c.data["url"], c.data["seq"] = server.URL+"/hook", seq
					data, err := json.Marshal(c.data)
					if err != nil {
						return err
					}
					return jobs.Enqueue(ctx, tx, desk.Job{Name: c.job, Lane: desk.Default, Subject: made.ID.Any(), Seq: seq, Data: data})
				})
				if err := work(w, handlers); err != nil {
					t.Fatal(err)
				}
				system.mu.Lock()
				defer system.mu.Unlock()
				if len(system.heads) != seq {
					t.Fatalf("%d calls came, not %d", len(system.heads), seq)
				}
				head, body := system.heads[seq-1], system.bodies[seq-1]
				given := strings.Fields(head.Get("Webhook-Signature"))
				for who, secret := range map[string]string{"old": old, "fresh": fresh} {
					if slices.Contains(given, signature(t, secret, head, body)) {
						signed = append(signed, who)
					}
				}
				if len(signed) != len(given) {
					t.Fatalf("of the signatures %v these verify: %v", given, signed)
				}
				slices.Sort(signed)
				return signed
			}
			expect := func(when string, want ...string) {
				t.Helper()
				if got := calls(); !slices.Equal(got, want) {
					t.Errorf("%s: signed by %v, not %v", when, got, want)
				}
			}
			expect("before", "old")
			w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
				place := c.place(tx.Tenant().ID)
				return c.rotate(ctx, editor, tx, func(sealed []byte) ([]byte, error) {
					kept, err := w.House.Unseal(sealed, place)
					if err != nil {
						return nil, err
					}
					return w.House.Seal([]byte(webhook.Rotated(string(kept), fresh, tx.Now())), place)
				})
			})
			expect("at once after it", "fresh", "old")
			w.Pass(webhook.Overlap - time.Minute)
			expect("a minute before a day has passed", "fresh", "old")
			w.Pass(time.Minute)
			expect("a day after", "fresh")
		})
	}
}

func newSecret(t *testing.T) string {
	t.Helper()
	secret, err := webhook.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// signature is what a receiver reckons by Standard Webhooks with a secret.
func signature(t *testing.T, secret string, head http.Header, body string) string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(head.Get("Webhook-Id") + "." + head.Get("Webhook-Timestamp") + "." + body))
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
