package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Tickets is the room's door. One serves the whole process.
type Tickets struct {
	log     *events.Log
	guard   *access.Guard
	uploads Uploads
}

// Uploads gives what was uploaded a place under a comment (desk/files).
//
// Errors: ValidationFailed on "uploads" when one of them is not the actor's, not
// finished or attached already.
type Uploads interface {
	Attach(ctx context.Context, tx tenants.Tx, uploads []desk.FileID, owner desk.AnyID, seq int, internal bool) error
	// Detach gives them back to whoever uploaded them, for a reply taken back.
	Detach(ctx context.Context, tx tenants.Tx, owner desk.AnyID, seq int) ([]desk.FileID, error)
}

// New opens the room.
func New(log *events.Log, guard *access.Guard, uploads Uploads) *Tickets {
	return &Tickets{log: log, guard: guard, uploads: uploads}
}

// Workflow is the tenant's, or the product's own where none is published.
func Workflow(ctx context.Context, tx tenants.ReadTx) (settings.Workflow, error) {
	live, err := settings.Workflows.Live(ctx, tx, settings.Main)
	if desk.Is(err, desk.NotFound) {
		return settings.DefaultWorkflow(), nil
	}
	return live.Spec, err
}

// hiddenTypes are the types that clients do not see, unless they wrote the
// ticket themselves.
func hiddenTypes(ctx context.Context, tx tenants.ReadTx) ([]string, error) {
	types, err := settings.Types.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	hidden := []string{}
	for _, t := range types {
		if !t.Spec.Public {
			hidden = append(hidden, t.Key)
		}
	}
	return hidden, nil
}
