package webhooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/channels/webhook"
	"manydesk/desk/sla"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Send is the handler of JobSend: one try of a call that is written down. A crash
// between the receiver's word and our row makes it again under the same webhook-id.
func (h *Webhooks) Send(ctx context.Context, w *jobs.Work) error {
	var data struct{ Message desk.MessageID }
	if err := json.Unmarshal(w.Data, &data); err != nil {
		return jobs.Never(fmt.Errorf("decode the job: %w", err))
	}
	m, err := post.Load(ctx, h.house.Reader(w.Tenant, actor), data.Message)
	if desk.Is(err, desk.NotFound) || err == nil && m.State != post.Queued {
		return h.close(ctx, w, nil)
	}
	if err != nil {
		return err
	}
	return h.deliver(ctx, w, m)
}

// giveUp ends the tries of a call.
const giveUp = 5 * 24 * time.Hour

func (h *Webhooks) deliver(ctx context.Context, w *jobs.Work, m *post.Message) error {
	var c call
	if err := json.Unmarshal(m.Data, &c); err != nil {
		return jobs.Never(fmt.Errorf("decode a call: %w", err))
	}
	secrets, err := h.secrets(ctx, w.Tenant, c)
	if err != nil {
		return err
	}
	o := h.sender.Send(ctx, webhook.Call{URL: m.Address, ID: m.ID.String(), Body: []byte(c.Body), Secrets: secrets})
	code := string(o.Reason)
	if o.Status != 0 {
		code = strconv.Itoa(o.Status)
	}
	switch {
	case o.Fate == webhook.Delivered:
		return h.close(ctx, w, func(ctx context.Context, tx tenants.Tx) error {
			return post.Settle(ctx, tx, post.Settled{ID: m.ID, State: post.Sent, Code: code})
		})
	case o.Fate == webhook.Temporary && h.house.Clock()().Sub(w.Created) < giveUp:
		err := h.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
			return post.Tried(ctx, tx, m.ID, code, string(o.Reason))
		})
		return jobs.Later(max(pause(w.Tries), o.RetryAfter), errors.Join(fmt.Errorf("the receiver: %s %s", o.Reason, code), o.Cause, err))
	}
	return h.close(ctx, w, func(ctx context.Context, tx tenants.Tx) error {
		if err := post.Tried(ctx, tx, m.ID, code, string(o.Reason)); err != nil {
			return err
		}
		return post.Settle(ctx, tx, post.Settled{ID: m.ID, State: post.Failed, Code: code, Error: string(o.Reason)})
	})
}

// secrets are those that sign a call: they are kept beside the escalation or the
// trigger that makes it.
func (h *Webhooks) secrets(ctx context.Context, tenant tenants.Tenant, c call) ([]string, error) {
	secret, place := sla.Escalations.Secret, sla.WebhookPlace(tenant.ID, c.Key)
	if c.Kind == kindTrigger {
		secret, place = triggers.Triggers.Secret, triggers.SecretPlace(tenant.ID, c.Key)
	}
	sealed, err := secret(ctx, h.house.Reader(tenant, actor), c.Key)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	if len(sealed) == 0 {
		return nil, nil // the call fails for good, and says why
	}
	plain, err := h.house.Unseal(sealed, place)
	if err != nil {
		return nil, fmt.Errorf("unseal the secret of %q: %w", c.Key, err)
	}
	return webhook.Secrets(string(plain), h.house.Clock()()), nil
}

// pause before the next try: growing, and a tenth more or less, so that many
// calls to one system do not all come at once.
func pause(tries int) time.Duration {
	steps := []time.Duration{5 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}
	d := steps[max(0, min(tries, len(steps))-1)]
	return d - d/10 + rand.N(d/5) //nolint:gosec // a spread, not a secret
}

func (h *Webhooks) close(ctx context.Context, w *jobs.Work, also func(ctx context.Context, tx tenants.Tx) error) error {
	return h.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil || also == nil {
			return err
		}
		return also(ctx, tx)
	})
}
