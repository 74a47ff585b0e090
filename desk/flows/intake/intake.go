package intake

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/customers"
	"manydesk/desk/files"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Job reads a stored message; its subject is the message.
const Job = "intake.receive"

var actor = desk.Automaton("intake")

// Intake is the flow's door.
type Intake struct {
	house     *tenants.House
	tickets   *tickets.Tickets
	customers *customers.Customers
	files     *files.Files
}

// New opens the flow.
func New(house *tenants.House, t *tickets.Tickets, c *customers.Customers, f *files.Files) *Intake {
	return &Intake{house: house, tickets: t, customers: c, files: f}
}

// signer recognises what this tenant signed.
func (i *Intake) signer(ctx context.Context, tenant tenants.Tenant) (email.Signer, error) {
	keys, err := i.house.SigningKeys(ctx, "mail")
	return email.Signer{Tenant: tenant.ID, Keys: keys}, err
}
