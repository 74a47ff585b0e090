package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Envelope is what the SMTP conversation said beside the letter.
type Envelope struct {
	From       string   `json:"from,omitempty"`
	Recipients []string `json:"recipients,omitempty"`
	Remote     string   `json:"remote,omitempty"`
}

// Mailbox finds the tenant and the mailbox behind a recipient. The signed tag of
// an address says nothing here: it is read when the letter is.
// NotFound for an address that is nobody's.
func (i *Intake) Mailbox(ctx context.Context, recipient string) (tenants.Tenant, string, error) {
	local, domain, ok := strings.Cut(strings.ToLower(strings.Trim(recipient, "<> ")), "@")
	if !ok {
		return tenants.Tenant{}, "", desk.Missing()
	}
	local, _, _ = strings.Cut(local, "+")
	mailbox := local + "@" + domain
	tenant, _, err := i.house.ByEntry(ctx, "mail", mailbox)
	return tenant, mailbox, err
}

// Accept stores a letter for one mailbox and leaves the job that reads it, in
// one durable unit: when it returns nil the sender may forget the letter. A
// letter that came before is accepted again and does nothing.
func (i *Intake) Accept(ctx context.Context, tenant tenants.Tenant, mailbox string, envelope Envelope, raw []byte) error {
	data, err := json.Marshal(map[string]any{"envelope": envelope})
	if err != nil {
		return fmt.Errorf("encode the envelope: %w", err)
	}
	return i.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		id, fresh, err := post.Receive(ctx, tx, post.Incoming{
			Channel: "mail", Account: mailbox, ExternalID: email.Read(raw).MessageID, Address: envelope.From, Raw: raw, Hash: itself(raw), Data: data,
		})
		if err != nil || !fresh {
			return err
		}
		return jobs.Enqueue(ctx, tx, desk.Job{Name: Job, Lane: desk.Default, Subject: id.Any()})
	})
}

// itself is the letter's own hash, without the trace that our door put before
// it: the same letter sent again has another Received line.
func itself(raw []byte) []byte {
	rest := raw
	for {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		name, _, _ := bytes.Cut(line, []byte(":"))
		if !ok {
			break
		}
		for len(after) > 0 && (after[0] == ' ' || after[0] == '\t') { // folded
			if _, after, ok = bytes.Cut(after, []byte("\n")); !ok {
				break
			}
		}
		ours := strings.ToLower(string(name))
		if ours == "received" {
			rest = after
			break
		}
		if ours != "return-path" && ours != "delivered-to" {
			rest = raw
			break
		}
		rest = after
	}
	sum := sha256.Sum256(rest)
	return sum[:]
}
