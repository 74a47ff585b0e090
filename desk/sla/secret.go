package sla

import (
	"fmt"

	"manydesk/desk"
)

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
