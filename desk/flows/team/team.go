package team

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/events"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// Why somebody's tickets go on, as it stands in the trace of each.
const (
	wentAbsent      = "absent"
	shiftEnded      = "shift_ended"
	removed         = "removed"
	engagementEnded = "engagement_ended"
)

// Releaser gives what somebody has to others by the tenant's rules, or back to
// the group with nobody, after the commit (desk/flows/triage).
type Releaser interface {
	Release(ctx context.Context, tx tenants.Tx, person desk.UserID, cause string) (moved int, err error)
}

// Team are the verbs of this room.
type Team struct {
	house     *tenants.House
	people    *people.People
	staff     *staff.Staff
	customers *customers.Customers
	tickets   *tickets.Tickets
	rota      *rota.Rota
	log       *events.Log
	releaser  Releaser
}

// Rooms are those that this one brings together.
type Rooms struct {
	House     *tenants.House
	People    *people.People
	Staff     *staff.Staff
	Customers *customers.Customers
	Tickets   *tickets.Tickets
	Rota      *rota.Rota
	Log       *events.Log
	Releaser  Releaser
}

// New makes the room's verbs.
func New(r Rooms) *Team {
	return &Team{r.House, r.People, r.Staff, r.Customers, r.Tickets, r.Rota, r.Log, r.Releaser}
}

// me acts when nobody asked by hand.
var me = desk.Automaton("team")

// FactEmptied says that nobody who works here is in a group any more.
const FactEmptied = "group.emptied"

func (t *Team) record(ctx context.Context, tx tenants.Tx, subject desk.AnyID, kind, what string, data map[string]any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode a fact: %w", err)
	}
	return t.log.Record(ctx, tx, desk.Fact{Subject: subject, SubjectKind: kind, At: tx.Now(), Actor: tx.Actor(), Type: what, Data: encoded})
}
