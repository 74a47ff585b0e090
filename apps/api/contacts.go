package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Contact is a person of a customer.
type Contact struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Email    *string  `json:"email"`
	Phone    *string  `json:"phone"`
	Company  *string  `json:"company"`
	VIP      bool     `json:"vip" doc:"The company is one"`
	Language Language `json:"language"`
	Tickets  int      `json:"tickets"`
	Version  int      `json:"version"`
}

// ETag is the contact's version.
func (c *Contact) ETag() string { return versionTag(c.Version) }

type contactsIn struct {
	Paging
	Q string `query:"q" maxLength:"200"`
}

type contactIn struct {
	IDPath
	IfMatch
	Body struct {
		Name     Maybe[string] `json:"name,omitzero"`
		Email    Maybe[string] `json:"email,omitzero"`
		Phone    Maybe[string] `json:"phone,omitzero"`
		Language Maybe[string] `json:"language,omitzero"`
	}
}

func (a *App) contactRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/contacts"
	read := []access.Permission{access.CustomerRead}
	view(r, "GET "+at, Op{ID: "listContacts", Tag: "Customers", Summary: "People of customers, by name", Needs: read}, a.contacts)
	view(r, "GET "+at+"/{id}", Op{ID: "readContact", Tag: "Customers", Summary: "One person", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*Contact, error) {
			id, err := contactID(in.ID)
			if err != nil {
				return nil, err
			}
			c, err := a.Customers.Contact(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			v := contactView(tx.Tenant(), *c)
			return &v, nil
		})
	act(r, "PATCH "+at+"/{id}", Op{ID: "changeContact", Tag: "Customers", Summary: "Change a person", Needs: []access.Permission{access.CustomerEdit}},
		func(ctx context.Context, tx tenants.Tx, in *contactIn) (*Contact, error) {
			id, err := contactID(in.ID)
			if err != nil {
				return nil, err
			}
			now, err := a.Customers.Contact(ctx, tx.ReadTx, id)
			if err != nil {
				return nil, err
			}
			p := customers.Person{Name: in.Body.Name.ptr(), Language: in.Body.Language.ptr(), Emails: replaced(now.Emails, in.Body.Email), Phones: replaced(now.Phones, in.Body.Phone)}
			c, err := a.Customers.EditContact(ctx, tx, id, in.Version(), p)
			if err != nil {
				return nil, err
			}
			c.Tickets = now.Tickets
			v := contactView(tx.Tenant(), *c)
			return &v, nil
		})
}

// replaced puts a new main address before the others; null takes the main one away.
func replaced(all []string, main Maybe[string]) *[]string {
	if !main.Set {
		return nil
	}
	rest := []string{}
	if len(all) > 1 {
		rest = all[1:]
	}
	if main.Null || main.Value == "" {
		return &rest
	}
	list := append([]string{main.Value}, rest...)
	return &list
}

func contactID(s string) (desk.ContactID, error) {
	var id desk.ContactID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

func contactView(t tenants.Tenant, c customers.Contact) Contact {
	v := Contact{ID: c.ID.String(), Name: c.Name, Company: orNil(c.Company), VIP: c.VIP, Language: Language(t.Language(c.Language)), Tickets: c.Tickets, Version: c.Version}
	if len(c.Emails) > 0 {
		v.Email = &c.Emails[0]
	}
	if len(c.Phones) > 0 {
		v.Phone = &c.Phones[0]
	}
	return v
}

func (a *App) contacts(ctx context.Context, tx tenants.ReadTx, in *contactsIn) (*Page[Contact], error) {
	q := customers.ContactsQuery{Words: in.Q, Limit: in.Limit}
	where := scope{tx.Tenant().ID, tx.Actor().ID, "contacts", in.Q}
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &q.After); err != nil {
			return nil, err
		}
	}
	found, next, err := a.Customers.Contacts(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	page := &Page[Contact]{}
	for _, c := range found {
		page.Items = append(page.Items, contactView(tx.Tenant(), c))
	}
	if next != nil {
		page.Next, err = a.cursors.seal(ctx, where, next)
	}
	return page, err
}
