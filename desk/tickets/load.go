package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// found is a ticket with what a verb needs to know around it.
type found struct {
	Ticket
	ContactName     string
	ContactEmail    string
	ContactLanguage string
	CompanyName     string
	AssigneeName    string
	// SeenSeq and Guest are the actor's own; MeSees and MeCompanyID those of an
	// actor who is a contact.
	SeenSeq     int
	Guest       bool
	MeSees      string
	MeCompanyID desk.CompanyID
}

const foundColumns = ticketColumns + `, c.name as contact_name, c.language as contact_language, e.shown as contact_email,
	co.name as company_name, s.name as assignee_name, p.seen_seq, p.guest, me.sees as me_sees, me.company_id as me_company_id`

// Every row beside the ticket is looked up by a lateral of its own. A plain join
// would be planned as a scan while a tenant's tables are small, and the kept plan
// would go on scanning when they have grown.
const foundTables = ` from ?tenant.tickets t
	left join lateral (select x.* from ?tenant.contacts x where x.id = t.contact_id limit 1) c on true
	left join lateral (select x.name from ?tenant.companies x where x.id = t.company_id limit 1) co on true
	left join lateral (select x.name from ?tenant.staff x where x.user_id = t.assignee_id limit 1) s on true
	left join lateral (select x.seen_seq, x.guest, x.follows from ?tenant.participants x where x.ticket_id = t.id and x.person_id = $2 limit 1) p on true
	left join lateral (select x.sees, x.company_id from ?tenant.contacts x where x.id = $2 limit 1) me on true
	left join lateral (select i.shown from ?tenant.identifiers i where i.object_id = t.contact_id and i.kind = 'email'
		order by i.main desc, i.value limit 1) e on true`

const (
	findByNumber = "select " + foundColumns + foundTables + " where t.number = $1"
	findByID     = "select " + foundColumns + foundTables + " where t.id = $1"
	lock         = " for no key update of t"
)

// find reads a ticket without its lock.
func find(ctx context.Context, tx tenants.ReadTx, ref Ref) (*found, error) {
	return pick(ctx, tx, ref, "")
}

// hold reads a ticket and keeps it locked until the unit ends, so that whoever
// comes next sees what this verb did.
func hold(ctx context.Context, tx tenants.Tx, ref Ref) (*found, error) {
	return pick(ctx, tx.ReadTx, ref, lock)
}

func pick(ctx context.Context, tx tenants.ReadTx, ref Ref, suffix string) (*found, error) {
	var f found
	var err error
	if ref.ID.IsZero() {
		err = tx.Query(ctx, &f, findByNumber+suffix, ref.Number, tx.Actor().ID)
	} else {
		err = tx.Query(ctx, &f, findByID+suffix, ref.ID, tx.Actor().ID)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("find ticket: %w", err)
	}
	return &f, nil
}

// object is the ticket as far as rights care.
func (t *Ticket) object() access.Object { return access.Object{Type: t.Type, Vendor: t.VendorID} }

// own reports whether the ticket is the contact's.
func (f *found) own(contact desk.ContactID) bool {
	return !contact.IsZero() && f.ContactID == contact
}

// sees reports whether a contact may know of the ticket, and whether by its
// company alone. hidden are the types of the staff's own.
func (f *found) sees(contact desk.ContactID, hidden []string) (yes, byCompany bool) {
	if slices.Contains(hidden, f.Type) && !clientWrote(f.Channel) {
		return false, false
	}
	switch {
	case f.own(contact), f.Guest:
		return true, false
	case f.MeSees == "company" || f.MeSees == "group":
		return !f.MeCompanyID.IsZero() && f.MeCompanyID == f.CompanyID, true
	}
	return false, false
}

// clientWrote are the channels in which the client itself writes.
func clientWrote(channel string) bool {
	return channel == Mail || channel == Portal || channel == WebForm
}

// may asks for a right on the ticket: one of staff and automata, or one of clients,
// who moreover must see the ticket.
//
// Errors: NotFound, Denied, ScopeMissing.
func (t *Tickets) may(ctx context.Context, tx tenants.ReadTx, f *found, staff, client access.Permission) error {
	if tx.Actor().Kind != desk.ContactActor {
		return t.guard.Check(ctx, tx, staff, f.object())
	}
	hidden, err := hiddenTypes(ctx, tx)
	if err != nil {
		return err
	}
	yes, byCompany := f.sees(tx.Actor().Contact(), hidden)
	if !yes {
		return desk.Missing()
	}
	if byCompany {
		if err := t.guard.Check(ctx, tx, access.RequestCompany, access.Object{}); err != nil {
			return desk.Missing().Because(err)
		}
	}
	return t.guard.Check(ctx, tx, client, access.Object{})
}

// change begins the change of a held ticket.
func (f *found) change(tx tenants.Tx) *Change {
	c := &Change{
		Ticket: f.Ticket, Before: f.Ticket, Contact: f.ContactName, Company: f.CompanyName,
		now: tx.Now(), actor: tx.Actor(),
	}
	c.Ticket.Tags = slices.Clone(f.Tags)
	return c
}
