package sla

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"manydesk/desk"
)

// NewWebhookSecret makes the secret that an escalation's webhooks are signed
// with, in the form of Standard Webhooks: "whsec_" and 32 bytes in base64.
func NewWebhookSecret() (string, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return "", fmt.Errorf("make a secret: %w", err)
	}
	return "whsec_" + base64.StdEncoding.EncodeToString(key), nil
}

// WebhookPlace binds the sealed secret to the escalation that it belongs to; it
// is kept beside the escalation's versions (settings.Kind.Secret).
func WebhookPlace(tenant desk.TenantID, key string) string {
	return fmt.Sprintf("escalation:%d/%s", tenant, key)
}

// CallsOut reports whether an escalation calls a webhook.
func (e Escalation) CallsOut() bool {
	for _, l := range e.Levels {
		for _, a := range l.Actions {
			if a.Kind == Webhook {
				return true
			}
		}
	}
	return false
}
