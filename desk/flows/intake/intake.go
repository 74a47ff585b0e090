package intake

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Job reads a stored message; its subject is the message.
const Job = "intake.receive"

var actor = desk.Automaton("intake")

// Intake is the flow's door.
type Intake struct {
	house    *tenants.House
	tickets  *tickets.Tickets
	contacts Contacts
	files    Files
}

// Contacts finds who writes, or makes them known.
type Contacts interface {
	// FindOrCreate is race-free: two first letters of one sender make one contact.
	FindOrCreate(ctx context.Context, tx tenants.Tx, address, name, language string) (Sender, error)
	// Bounced notes that letters to a contact do not arrive.
	Bounced(ctx context.Context, tx tenants.Tx, address string) error
}

// Sender is a contact as far as intake needs one.
type Sender struct {
	Contact desk.ContactID
	Company desk.CompanyID
}

// Files keeps attachments until a ticket takes them.
type Files interface {
	Keep(ctx context.Context, tenant tenants.Tenant, f File) (desk.FileID, error)
}

// File is an attachment with its bytes.
type File struct {
	Name, Type, ContentID string
	Inline                bool
	Content               []byte
}

// New opens the flow.
func New(house *tenants.House, t *tickets.Tickets, contacts Contacts, files Files) *Intake {
	return &Intake{house: house, tickets: t, contacts: contacts, files: files}
}

// signer recognises what this tenant signed.
func (i *Intake) signer(ctx context.Context, tenant tenants.Tenant) (email.Signer, error) {
	keys, err := i.house.SigningKeys(ctx, "mail")
	return email.Signer{Tenant: tenant.ID, Keys: keys}, err
}
