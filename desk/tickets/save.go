package tickets

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/tenants"
)

// finish gives reactions their turn, then keeps the change in one statement and
// rings for the work it leaves.
//
// Errors: what a reaction refuses; ValidationFailed on "contact" for an unknown
// one; AlreadyExists idempotency_pk for a twin; ChangedMeanwhile when the ticket
// is not at the version it was read at.
func (t *Tickets) finish(ctx context.Context, tx tenants.Tx, c *Change) error {
	var err error
	if c.Opening() {
		err = events.React(ctx, t.log, tx, &Opened{c})
	} else {
		err = events.React(ctx, t.log, tx, &Changed{c})
	}
	if err != nil {
		return err
	}
	if err := c.chain(Chain(ctx)); err != nil {
		return err
	}
	c.Jobs = append(t.log.Jobs(c.Facts...), c.Jobs...)
	if len(c.Jobs) > 0 || len(c.Timers) > 0 {
		tx.Wake()
	}
	if c.Opening() {
		err = insert(ctx, tx, c)
	} else {
		err = update(ctx, tx, c)
	}
	for _, then := range c.then {
		if err == nil {
			err = then(ctx, tx)
		}
	}
	return err
}

func begin(tx tenants.Tx, c *Change) *statement {
	return &statement{tenant: int32(tx.Tenant().ID), now: c.now}
}

// insert keeps a new ticket. Columns that nearly every new ticket has empty are
// left out, which spares half of the arguments.
func insert(ctx context.Context, tx tenants.Tx, c *Change) error {
	s := begin(tx, c)
	contact, company := s.arg(c.Ticket.ContactID)+"::uuid", s.arg(c.Ticket.CompanyID)+"::uuid"
	s.with("who", "select x.id, x.name, coalesce("+company+`, x.company_id) as company_id, co.name as company
		from (select 1) one left join ?tenant.contacts x on x.id = `+contact+` and x.archived_at is null
		left join ?tenant.companies co on co.id = coalesce(`+company+`, x.company_id) where `+contact+` is null or x.id is not null`)
	names, values := newColumns(s, &c.Ticket)
	s.with("t", "insert into ?tenant.tickets (number, contact_id, company_id, "+names+") select nextval('?tenant.ticket_numbers'), who.id, who.company_id, "+values+
		" from who returning id, number")
	fresh := "0"
	if c.Ticket.CreatedBy.IsZero() {
		fresh = strconv.Itoa(FlagNew)
	}
	index(s, c, "t, who", "who.company_id", "who.company", "who.name", fresh)
	load(s, c)
	around(s, c, "t.number")
	err := tx.QueryRow(ctx, s.text(" select t.number, coalesce(who.name, ''), coalesce(who.company, ''), who.company_id from t, who"),
		s.args, &c.Ticket.Number, &c.Contact, &c.Company, &c.Ticket.CompanyID)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Invalid(desk.Field("contact", desk.UnknownID))
	}
	if err != nil {
		return fmt.Errorf("insert ticket: %w", err)
	}
	return nil
}

func newColumns(s *statement, t *Ticket) (names, values string) {
	var n, v strings.Builder
	add := func(name, value string) {
		if n.Len() > 0 {
			n.WriteString(", ")
			v.WriteString(", ")
		}
		n.WriteString(name)
		v.WriteString(value)
	}
	rare := func(name string, at time.Time) {
		if !at.IsZero() {
			add(name, s.time(at))
		}
	}
	add("id", s.arg(t.ID)+"::uuid")
	add("version", s.share("version", t.Version, "integer"))
	add("public_seq", s.arg(t.PublicSeq)+"::integer")
	add("category", s.share("category", int16(t.Category), "smallint"))
	add("priority", s.share("priority", t.Priority, "smallint"))
	add("created_at", s.time(t.CreatedAt))
	add("updated_at", s.time(t.UpdatedAt))
	add("created_by", s.arg(t.CreatedBy)+"::uuid")
	add("assignee_id", s.share("assignee", t.AssigneeID, "uuid"))
	for _, word := range []struct{ name, value string }{{"type", t.Type}, {"status", t.Status}, {"channel", t.Channel}, {"subject", t.Subject}} {
		add(word.name, s.share(word.name, word.value, "text"))
	}
	add("tags", s.arg(t.Tags)+"::text[]")
	add("fields", s.arg(object(t.Fields))+"::jsonb")
	for _, word := range []struct{ name, value string }{{"group_key", t.GroupKey}, {"level", t.Level}, {"language", t.Language}} {
		if word.value != "" {
			add(word.name, s.share(word.name, word.value, "text"))
		}
	}
	if t.Line != 0 {
		add("line", s.share("line", t.Line, "smallint"))
	}
	if !t.VendorID.IsZero() {
		add("vendor_id", s.share("vendor", t.VendorID, "uuid"))
	}
	rare("waiting_since", t.WaitingSince)
	rare("due_at", t.DueAt)
	rare("resume_at", t.ResumeAt)
	rare("first_due_at", t.FirstDueAt)
	rare("first_replied_at", t.FirstRepliedAt)
	rare("resolve_due_at", t.ResolveDueAt)
	rare("resolved_at", t.ResolvedAt)
	rare("closed_at", t.ClosedAt)
	if len(t.Clock) > 0 {
		add("clock", s.arg(raw(t.Clock))+"::jsonb")
	}
	if len(t.Filed) > 0 {
		add("filed", s.arg(raw(t.Filed))+"::jsonb")
	}
	if len(t.Process) > 0 {
		add("process", s.arg(string(t.Process))+"::jsonb")
	}
	return n.String(), v.String()
}

// update keeps what has changed of a ticket: columns that did not change are not
// sent, so that the statement stays small and the row's indexes untouched.
func update(ctx context.Context, tx tenants.Tx, c *Change) error {
	s, t := begin(tx, c), &c.Ticket
	id := s.arg(t.ID) + "::uuid"
	s.with("t", "update ?tenant.tickets set "+changedColumns(s, &c.Before, t)+" where id = "+id+" and version = "+s.arg(c.Before.Version)+" returning id, number")
	switch {
	case Listed(t.Category):
		fresh := "0"
		if c.actor.Kind != desk.StaffActor && t.CreatedBy.IsZero() {
			fresh = "case when exists (select from ?tenant.participants p where p.ticket_id = " + id + " and p.person_kind = 'staff' and p.seen_seq > 0) then 0 else " + strconv.Itoa(FlagNew) + " end"
		}
		index(s, c, "t", s.arg(t.CompanyID)+"::uuid", "nullif("+s.arg(c.Company)+", '')", "nullif("+s.arg(c.Contact)+", '')", fresh)
	case Listed(c.Before.Category):
		s.with("q", "delete from manydesk.ticket_index i using t where i.tenant_id = "+s.own()+" and i.ticket_id = t.id")
	}
	load(s, c)
	around(s, c, strconv.Itoa(t.Version))
	var number int64
	err := tx.QueryRow(ctx, s.text(" select t.number from t"), s.args, &number)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Refuse(desk.ChangedMeanwhile)
	}
	if err != nil {
		return fmt.Errorf("update ticket: %w", err)
	}
	return nil
}

func object(m map[string]any) string {
	if len(m) == 0 {
		return "{}"
	}
	return encode(m)
}

func raw(b json.RawMessage) string {
	if len(b) == 0 {
		return "{}"
	}
	return string(b)
}
