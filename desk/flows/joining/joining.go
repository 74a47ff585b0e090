package joining

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Log is the tenant's log of facts (desk/events).
type Log interface {
	Record(ctx context.Context, tx tenants.Tx, facts ...desk.Fact) error
}

// Joining are the verbs of this room. Each opens its own unit of work, because
// each changes the shared schema and a tenant together.
type Joining struct {
	house  *tenants.House
	people *people.People
	staff  *staff.Staff
	guard  *access.Guard
	log    Log
	also   func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error
}

// New makes the room's verbs. also is written into each new tenant beside its
// settings and owner, in the same unit: its mail address, its sample article;
// nil for nothing.
func New(house *tenants.House, p *people.People, s *staff.Staff, guard *access.Guard, log Log, also func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error) *Joining {
	if also == nil {
		also = func(context.Context, tenants.SharedTx, tenants.Tx) error { return nil }
	}
	return &Joining{house: house, people: p, staff: s, guard: guard, log: log, also: also}
}

func (j *Joining) record(ctx context.Context, tx tenants.Tx, subject desk.AnyID, kind, what string, data map[string]any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode a fact: %w", err)
	}
	return j.log.Record(ctx, tx, desk.Fact{Subject: subject, SubjectKind: kind, At: tx.Now(), Actor: tx.Actor(), Type: what, Data: encoded})
}
