package jobs

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Resume has a tenant's waiting jobs and timers tried soon: it was suspended and
// is active again. Without it they come by themselves, up to ten minutes later.
func (l *Line) Resume(ctx context.Context, tenant desk.TenantID) error {
	// Other processes may believe for a second more that it is suspended.
	at := l.house.Clock()().Add(2 * time.Second)
	err := l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "update manydesk.outbox set again_at = $2 where tenant_id = $1 and again_at > $2 and error like 'tenant_%'", int32(tenant), at); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "update manydesk.timers set retry_at = $2, tries = 0 where tenant_id = $1 and retry_at > $2", int32(tenant), at)
		return err
	})
	if err != nil {
		return fmt.Errorf("resume tenant %d: %w", tenant, err)
	}
	l.remind(at)
	l.Wake()
	// Said at once, too: whoever resumes by hand has no line that carries.
	l.send(ctx, wakeAgain)
	return nil
}
