package notify

import (
	"context"
	"io"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

var actor = desk.Automaton("notify")

// Notify is the flow's door.
type Notify struct {
	house   *tenants.House
	tickets *tickets.Tickets
	sender  email.Sender
	files   Files
	links   Links
}

// Files opens what is attached to a reply.
type Files interface {
	// Under lists the files of a comment.
	Under(ctx context.Context, tx tenants.ReadTx, owner desk.AnyID, seq int) ([]File, error)
}

// File is an attachment of a letter.
type File struct {
	Name, Type, ContentID string
	Inline                bool
	Size                  int64
	Open                  func() (io.ReadCloser, error)
}

// Links are the addresses that letters lead to.
type Links interface {
	// Console is the page of a path on the console: "/invitations/…".
	Console(path string) string
	// Portal is the page of a path on the tenant's portal.
	Portal(tenant tenants.Tenant, path string) string
	// Mailbox is the tenant's address on the installation's own domain.
	Mailbox(tenant tenants.Tenant) string
	// Rating is the signed word by which a letter's link finds its ticket.
	Rating(ctx context.Context, tenant tenants.Tenant, ticket desk.TicketID) (string, error)
}

// New opens the flow.
func New(house *tenants.House, t *tickets.Tickets, sender email.Sender, files Files, links Links) *Notify {
	return &Notify{house: house, tickets: t, sender: sender, files: files, links: links}
}

// signer signs what must find its way back to the tenant.
func (n *Notify) signer(ctx context.Context, tenant tenants.Tenant) (email.Signer, error) {
	keys, err := n.house.SigningKeys(ctx, "mail")
	return email.Signer{Tenant: tenant.ID, Keys: keys}, err
}

// from is in whose name the tenant's letters leave, in the reader's language.
func (n *Notify) from(ctx context.Context, tx tenants.ReadTx, language string) (email.Address, error) {
	a := email.Address{Name: tx.Tenant().Name, Email: n.links.Mailbox(tx.Tenant())}
	live, err := settings.Senders.Live(ctx, tx, settings.Main)
	if desk.Is(err, desk.NotFound) {
		return a, nil
	}
	if live.Spec.Address != "" {
		a.Email = live.Spec.Address
	}
	if name := live.Spec.Name.In(language); name != "" {
		a.Name = name
	}
	return a, err
}
