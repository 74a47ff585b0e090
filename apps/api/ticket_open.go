package api

import (
	"context"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/customers"
	"manydesk/desk/lookup"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type openTicketIn struct {
	Body struct {
		Subject  string         `json:"subject" maxLength:"300"`
		Text     Text           `json:"text"`
		Type     string         `json:"type,omitempty" maxLength:"60"`
		Priority int            `json:"priority,omitempty" minimum:"0" maximum:"4"`
		Contact  Requester      `json:"contact"`
		Fields   map[string]any `json:"fields,omitempty"`
		Tags     []string       `json:"tags,omitempty" maxItems:"50"`
		Uploads  []string       `json:"uploads,omitempty" maxItems:"50"`
		Channel  string         `json:"channel,omitempty" enum:"phone,api,portal,form"`
	}
}

// Requester is whose request it is: by id, by e-mail or by phone.
type Requester struct {
	ID    string `json:"id,omitempty" maxLength:"60"`
	Email string `json:"email,omitempty" maxLength:"254"`
	Phone string `json:"phone,omitempty" maxLength:"40"`
	Name  string `json:"name,omitempty" maxLength:"200"`
}

func (a *App) openTicketRoute(r *Routes, at string) {
	actOnce(r, "POST "+at, Op{
		ID: "openTicket", Tag: "Tickets", Summary: "Open a ticket", Needs: []access.Permission{access.TicketOpen}, Answers: 201, Limit: 1 << 20,
	}, func(ctx context.Context, tx tenants.Tx, in *openTicketIn, key *tenants.Key) (*openedTicket, error) {
		contact, err := a.requester(ctx, tx, in.Body.Contact)
		if err != nil {
			return nil, err
		}
		uploads, err := uploadIDs("uploads", in.Body.Uploads)
		if err != nil {
			return nil, err
		}
		text, format := written(in.Body.Text)
		channel := in.Body.Channel
		if channel == "" {
			channel = tickets.API
		}
		place := "/v1/tenants/" + tx.Tenant().Slug + "/tickets/"
		if key != nil {
			key.Location = place
		}
		t, err := a.Tickets.Open(ctx, tx, tickets.Open{
			Subject: in.Body.Subject, Text: text, Format: format, Type: in.Body.Type, Priority: in.Body.Priority, Channel: channel,
			Contact: contact, Fields: in.Body.Fields, Tags: in.Body.Tags, Uploads: uploads, Key: key,
		})
		if err != nil {
			return nil, err
		}
		return a.opened(ctx, tx, t)
	})
}

// openedTicket is a ticket just made: what its row shows. Its page is read where
// Location says; reading it here would cost the transaction a statement more.
type openedTicket struct {
	Row
	CreatedAt Instant `json:"created_at"`
	Seen      int     `json:"seen"`
	location  string
}

// ETag is the ticket's version.
func (t *openedTicket) ETag() string { return versionTag(t.Version) }

// Location is the ticket's page.
func (t *openedTicket) Location() string { return t.location }

func (a *App) opened(ctx context.Context, tx tenants.Tx, t *tickets.Ticket) (*openedTicket, error) {
	f, err := a.frame(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	o := &openedTicket{
		Row: f.row(t, "", "", "", false), CreatedAt: Instant(t.CreatedAt), Seen: t.PublicSeq,
		location: "/v1/tenants/" + f.tenant.Slug + "/tickets/" + itoa(int(t.Number)),
	}
	o.Abilities, err = f.abilities(ctx, tx.ReadTx, t.Type, ticketAbilities...)
	return o, err
}

// requester finds or makes the contact that a ticket is opened for.
func (a *App) requester(ctx context.Context, tx tenants.Tx, who Requester) (desk.ContactID, error) {
	if who.ID != "" {
		var id desk.ContactID
		if id.UnmarshalText([]byte(who.ID)) != nil {
			return id, desk.Invalid(desk.Field("contact/id", desk.UnknownID))
		}
		return id, nil
	}
	switch {
	case who.Email != "":
		c, err := a.Customers.FindOrCreate(ctx, tx, who.Email, who.Name, tx.Tenant().Language(""))
		if err != nil {
			return desk.ContactID{}, under("contact", err)
		}
		return c.ID, nil
	case who.Phone != "":
		return a.byPhone(ctx, tx, who)
	}
	return desk.ContactID{}, desk.Invalid(desk.Field("contact", desk.Required))
}

// byPhone finds who called, or makes a contact of them.
func (a *App) byPhone(ctx context.Context, tx tenants.Tx, who Requester) (desk.ContactID, error) {
	number, ok := lookup.E164(who.Phone)
	if !ok {
		return desk.ContactID{}, desk.Invalid(desk.Field("contact/phone", desk.Phone))
	}
	found, _, err := a.Customers.Contacts(ctx, tx.ReadTx, customers.ContactsQuery{Words: number, Limit: 20})
	if err != nil {
		return desk.ContactID{}, err
	}
	for _, c := range found {
		for _, phone := range c.Phones {
			if known, ok := lookup.E164(phone); ok && known == number {
				return c.ID, nil
			}
		}
	}
	name := who.Name
	if name == "" {
		name = who.Phone
	}
	c, err := a.Customers.AddContact(ctx, tx, customers.Person{Name: &name, Phones: &[]string{who.Phone}})
	if err != nil {
		return desk.ContactID{}, under("contact", err)
	}
	return c.ID, nil
}

// under moves the fields of a refusal under a member of the body, where the
// caller wrote them; a list's plural becomes the one that was given.
func under(member string, err error) error {
	e := refusal(err)
	if e.Code != desk.ValidationFailed {
		return err
	}
	moved := *e
	moved.Fields = slices.Clone(e.Fields)
	for i, f := range moved.Fields {
		name := strings.TrimPrefix(f.Pointer, "/body/")
		name = strings.NewReplacer("emails", "email", "phones", "phone").Replace(name)
		moved.Fields[i].Pointer = "/body/" + member + "/" + name
	}
	return &moved
}

// written is a text as it is kept: HTML is made clean before anybody stores it.
func written(t Text) (string, tickets.Format) {
	if t.Format == "html" {
		return email.CleanHTML(t.Body), tickets.HTML
	}
	return t.Body, tickets.Plain
}
