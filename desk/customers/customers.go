package customers

import (
	"strings"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/desk/lookup"
	"manydesk/tenants/access"
)

// Customers is the room's door. One serves the whole process.
type Customers struct {
	log    *events.Log
	guard  *access.Guard
	lookup *lookup.Lookup
}

// New opens the room.
func New(log *events.Log, guard *access.Guard, lookup *lookup.Lookup) *Customers {
	return &Customers{log, guard, lookup}
}

// Contact is a person of a customer.
type Contact struct {
	ID        desk.ContactID
	CompanyID desk.CompanyID
	Company   string
	// VIP is the company's.
	VIP      bool
	Name     string
	Position string
	// Language is "ru" or "en"; empty is the tenant's own.
	Language string
	TimeZone string
	Sees     string
	// Emails and Phones as typed, the main one first.
	Emails []string
	Phones []string
	// MailState is "bounced" or "complained" when mail does not reach them.
	MailState   string
	HasPassword bool
	// Tickets counts to a thousand; only where one contact is read.
	Tickets    int
	Version    int
	CreatedAt  time.Time
	ArchivedAt time.Time
}

// What of the portal a contact sees.
const (
	SeesOwn     = "own"
	SeesSites   = "sites"
	SeesCompany = "company"
	SeesGroup   = "group"
)

// Email is the main address, empty if there is none.
func (c *Contact) Email() string { return first(c.Emails) }

// Phone is the main number, empty if there is none.
func (c *Contact) Phone() string { return first(c.Phones) }

// Company is a customer's company.
type Company struct {
	ID   desk.CompanyID
	Name string
	VIP  bool
	// Level and Calendar are keys of the tenant's settings, empty for none.
	Level    string
	Calendar string
	Note     string
	Domains  []string
	// Contacts counts to a thousand; only where one company is read.
	Contacts   int
	Version    int
	CreatedAt  time.Time
	ArchivedAt time.Time
}

// The facts of a contact and of a company.
const (
	FactContactAdded   = "contact.added"
	FactContactChanged = "contact.changed"
	FactCompanyAdded   = "company.added"
	FactCompanyChanged = "company.changed"
)

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// named checks a name and gives it as it is kept.
func named(pointer string, name *string) []desk.FieldError {
	*name = strings.Join(strings.Fields(*name), " ")
	switch {
	case *name == "":
		return []desk.FieldError{desk.Field(pointer, desk.Required)}
	case !utf8.ValidString(*name) || strings.ContainsRune(*name, 0):
		return []desk.FieldError{desk.Field(pointer, desk.NotText)}
	case utf8.RuneCountInString(*name) > 200:
		return []desk.FieldError{desk.Field(pointer, desk.MaxLength, "max", 200)}
	}
	return nil
}

// parse reads identifiers of a kind; the first is the main one. Repeated ones are dropped.
func parse(pointer string, kind lookup.Kind, code desk.FieldCode, typed []string) (ids []lookup.Identifier, wrong []desk.FieldError) {
	seen := map[string]bool{}
	for _, s := range typed {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		id, ok := lookup.Parse(kind, s, len(ids) == 0)
		if !ok {
			return nil, []desk.FieldError{desk.Field(pointer, code)}
		}
		if !seen[id.Value] {
			seen[id.Value] = true
			ids = append(ids, id)
		}
	}
	if len(ids) > 20 {
		return nil, []desk.FieldError{desk.Field(pointer, desk.MaxItems, "max", 20)}
	}
	return ids, nil
}
