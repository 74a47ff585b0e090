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

// statement is one hot statement in the making: common table expressions and
// the arguments they ask for. The same shape of change gives the same text, so
// that the server keeps its plan.
type statement struct {
	parts []string
	args  []any
	named map[string]string
}

// once is an argument that several parts ask for; unasked it is not sent.
func (s *statement) once(name string, v any) string {
	if at, ok := s.named[name]; ok {
		return at
	}
	if s.named == nil {
		s.named = map[string]string{}
	}
	s.named[name] = s.arg(v)
	return s.named[name]
}

func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

// list is an argument that unfolds to rows.
func (s *statement) list(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode rows: %v", err)) // rows are made of strings and numbers
	}
	return s.arg(string(b)) + "::jsonb"
}

func (s *statement) with(name, format string, args ...any) {
	s.parts = append(s.parts, name+" as ("+fmt.Sprintf(format, args...)+")")
}

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
	c.Jobs = append(t.log.Jobs(c.Facts...), c.Jobs...)
	if len(c.Jobs) > 0 || len(c.Timers) > 0 {
		tx.Wake()
	}
	if c.Opening() {
		return insert(ctx, tx, c)
	}
	return update(ctx, tx, c)
}

func insert(ctx context.Context, tx tenants.Tx, c *Change) error {
	s, t := &statement{}, &c.Ticket
	id, contact, company := s.arg(t.ID), s.arg(t.ContactID), s.arg(t.CompanyID)
	s.with("who", `select x.id, x.name, coalesce(%[2]s::uuid, x.company_id) as company_id, co.name as company
		from (select 1) one left join ?tenant.contacts x on x.id = %[1]s and x.archived_at is null
		left join ?tenant.companies co on co.id = coalesce(%[2]s::uuid, x.company_id)
		where %[1]s::uuid is null or x.id is not null`, contact, company)
	s.with("t", `insert into ?tenant.tickets (id, number, version, public_seq, category, priority, line, created_at, updated_at, due_at, resume_at,
			waiting_since, first_due_at, first_replied_at, resolve_due_at, resolved_at, closed_at, contact_id, company_id, assignee_id, created_by,
			type, status, channel, group_key, level, language, subject, tags, fields, clock, filed)
		select %s::uuid, nextval('?tenant.ticket_numbers'), %s::integer, %s::integer, %s::smallint, %s::smallint, nullif(%s::smallint, 0),
			%s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz,
			who.id, who.company_id, %s::uuid, %s::uuid, %s, %s, %s, nullif(%s, ''), nullif(%s, ''), nullif(%s, ''), %s, %s::text[], %s::jsonb, %s::jsonb, %s::jsonb
		from who returning id, number`,
		id, s.arg(t.Version), s.arg(t.PublicSeq), s.arg(int16(t.Category)), s.arg(t.Priority), s.arg(t.Line),
		s.arg(t.CreatedAt), s.arg(t.UpdatedAt), s.arg(instant(t.DueAt)), s.arg(instant(t.ResumeAt)), s.arg(instant(t.WaitingSince)), s.arg(instant(t.FirstDueAt)),
		s.arg(instant(t.FirstRepliedAt)), s.arg(instant(t.ResolveDueAt)), s.arg(instant(t.ResolvedAt)), s.arg(instant(t.ClosedAt)), s.arg(t.AssigneeID), s.arg(t.CreatedBy),
		s.arg(t.Type), s.arg(t.Status), s.arg(t.Channel), s.arg(t.GroupKey), s.arg(t.Level), s.arg(t.Language), s.arg(t.Subject), s.arg(t.Tags),
		s.arg(object(t.Fields)), s.arg(raw(t.Clock)), s.arg(raw(t.Filed)))
	fresh := "0"
	if t.CreatedBy.IsZero() {
		fresh = strconv.Itoa(FlagNew)
	}
	index(s, tx, c, "t, who", "who.company_id", "who.company", "who.name", fresh)
	around(s, tx, c, "t.number")
	err := tx.QueryRow(ctx, "with "+strings.Join(s.parts, ",\n")+" select t.number, coalesce(who.name, ''), coalesce(who.company, ''), who.company_id from t, who",
		s.args, &t.Number, &c.Contact, &c.Company, &t.CompanyID)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Invalid(desk.Field("contact", desk.UnknownID))
	}
	if err != nil {
		return fmt.Errorf("insert ticket: %w", err)
	}
	return nil
}

func update(ctx context.Context, tx tenants.Tx, c *Change) error {
	s, t := &statement{}, &c.Ticket
	id := s.arg(t.ID)
	s.with("t", `update ?tenant.tickets set version = %s, public_seq = %s, category = %s, priority = %s, line = nullif(%s::smallint, 0), reopened = %s,
			rating = nullif(%s::smallint, 0), updated_at = %s, due_at = %s, resume_at = %s, waiting_since = %s, first_due_at = %s, first_replied_at = %s,
			resolve_due_at = %s, resolved_at = %s, closed_at = %s, contact_id = %s, company_id = %s, assignee_id = %s, merged_into = %s,
			type = %s, status = %s, group_key = nullif(%s, ''), level = nullif(%s, ''), language = nullif(%s, ''), subject = %s,
			tags = %s, fields = %s, clock = %s, filed = %s
		where id = %s and version = %s returning id, number`,
		s.arg(t.Version), s.arg(t.PublicSeq), s.arg(int16(t.Category)), s.arg(t.Priority), s.arg(t.Line), s.arg(t.Reopened),
		s.arg(t.Rating), s.arg(t.UpdatedAt), s.arg(instant(t.DueAt)), s.arg(instant(t.ResumeAt)), s.arg(instant(t.WaitingSince)), s.arg(instant(t.FirstDueAt)), s.arg(instant(t.FirstRepliedAt)),
		s.arg(instant(t.ResolveDueAt)), s.arg(instant(t.ResolvedAt)), s.arg(instant(t.ClosedAt)), s.arg(t.ContactID), s.arg(t.CompanyID), s.arg(t.AssigneeID), s.arg(t.MergedInto),
		s.arg(t.Type), s.arg(t.Status), s.arg(t.GroupKey), s.arg(t.Level), s.arg(t.Language), s.arg(t.Subject),
		s.arg(t.Tags), s.arg(object(t.Fields)), s.arg(raw(t.Clock)), s.arg(raw(t.Filed)), id, s.arg(c.Before.Version))
	switch {
	case Listed(t.Category):
		seen := "0"
		if c.actor.Kind != desk.StaffActor {
			seen = fmt.Sprintf(`case when %s::uuid is not null or exists (select from ?tenant.participants p where p.ticket_id = %s and p.person_kind = 'staff' and p.seen_seq > 0)
				then 0 else %d end`, s.arg(t.CreatedBy), id, FlagNew)
		}
		index(s, tx, c, "t", s.arg(t.CompanyID)+"::uuid", "nullif("+s.arg(c.Company)+", '')", "nullif("+s.arg(c.Contact)+", '')", seen)
	case Listed(c.Before.Category):
		s.with("q", "delete from manydesk.ticket_index i using t where i.tenant_id = %s::integer and i.ticket_id = t.id", s.once("tenant", int32(tx.Tenant().ID)))
	}
	around(s, tx, c, strconv.Itoa(t.Version))
	var number int64
	err := tx.QueryRow(ctx, "with "+strings.Join(s.parts, ",\n")+" select t.number from t", s.args, &number)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Refuse(desk.ChangedMeanwhile)
	}
	if err != nil {
		return fmt.Errorf("update ticket: %w", err)
	}
	return nil
}

// index keeps the ticket's row of the worklist. fresh is the expression of FlagNew.
func index(s *statement, tx tenants.Tx, c *Change, from, companyID, company, contact, fresh string) {
	t := &c.Ticket
	rank := Rank(t)
	calendar, tick, kind, due := 0, rank, "", RankAt(rank)
	if c.Due != nil && t.Category != CategoryPending {
		calendar, tick, kind, due = c.Due.Calendar, c.Due.Tick, c.Due.Kind, t.DueAt
	}
	text := `insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, assignee_id, group_key, line,
			company_id, calendar_id, due_tick, due_at, due_kind, resume_at, waiting_since, updated_at, channel, subject, company, contact, flags)
		select %s::integer, t.id, t.number, %s::integer, %s, %s, %s::smallint, %s::smallint, %s::uuid, nullif(%s, ''), nullif(%s::smallint, 0),
			%s, %s::integer, %s::bigint, %s::timestamptz, nullif(%s, ''), %s::timestamptz, %s::timestamptz, %s::timestamptz, %s, %s, %s, %s, (%s::integer | %s)::smallint from %s`
	if !c.Opening() {
		text += ` on conflict (tenant_id, ticket_id) do update set version = excluded.version, type = excluded.type, status = excluded.status,
			category = excluded.category, priority = excluded.priority, assignee_id = excluded.assignee_id, group_key = excluded.group_key, line = excluded.line,
			company_id = excluded.company_id, calendar_id = excluded.calendar_id, due_tick = excluded.due_tick, due_at = excluded.due_at, due_kind = excluded.due_kind,
			resume_at = excluded.resume_at, waiting_since = excluded.waiting_since, updated_at = excluded.updated_at, subject = excluded.subject,
			company = excluded.company, contact = excluded.contact, flags = excluded.flags`
	}
	s.with("q", text, s.once("tenant", int32(tx.Tenant().ID)), s.arg(t.Version), s.arg(t.Type), s.arg(t.Status), s.arg(int16(t.Category)), s.arg(t.Priority), s.arg(t.AssigneeID),
		s.arg(t.GroupKey), s.arg(t.Line), companyID, s.arg(calendar), s.arg(tick), s.arg(due), s.arg(kind), s.arg(instant(t.ResumeAt)), s.arg(instant(t.WaitingSince)),
		s.arg(t.UpdatedAt), s.arg(t.Channel), s.arg(t.Subject), company, contact, s.arg(c.flags()), fresh, from)
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func object(m map[string]any) string {
	if len(m) == 0 {
		return "{}"
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(fmt.Sprintf("encode fields: %v", err)) // they were decoded from JSON
	}
	return string(b)
}

func raw(b json.RawMessage) string {
	if len(b) == 0 {
		return "{}"
	}
	return string(b)
}
