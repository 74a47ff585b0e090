package tickets

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// index keeps the ticket's row of the worklist. fresh is the expression of FlagNew.
func index(s *statement, c *Change, from, companyID, company, contact, fresh string) {
	t := &c.Ticket
	rank := Rank(t)
	calendar, tick, kind, target, due := 0, rank, "null", "null", RankAt(rank)
	if c.Standing && t.Category != CategoryPending {
		rank = StandingRank(t)
		tick, due = rank, RankAt(rank)
	}
	if c.Due != nil && !c.Standing && t.Category != CategoryPending {
		calendar, tick, kind, target, due = c.Due.Calendar, c.Due.Tick, s.arg(c.Due.Kind)+"::text", s.arg(c.Due.Target)+"::integer", t.DueAt
	}
	line, group, vendor := "null", "null", "null"
	if t.Line != 0 {
		line = s.share("line", t.Line, "smallint")
	}
	if t.GroupKey != "" {
		group = s.share("group_key", t.GroupKey, "text")
	}
	if !t.VendorID.IsZero() {
		vendor = s.share("vendor", t.VendorID, "uuid")
	}
	text := `insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, assignee_id, group_key, line,
			company_id, vendor_id, calendar_id, due_tick, due_at, due_kind, due_target, resume_at, waiting_since, updated_at, channel, subject, company, contact, flags)
		select ` + strings.Join([]string{
		s.own(), "t.id", "t.number", s.share("version", t.Version, "integer"), s.share("type", t.Type, "text"), s.share("status", t.Status, "text"),
		s.share("category", int16(t.Category), "smallint"), s.share("priority", t.Priority, "smallint"), s.share("assignee", t.AssigneeID, "uuid"), group, line,
		companyID, vendor, strconv.Itoa(calendar), s.arg(tick) + "::bigint", s.arg(due) + "::timestamptz", kind, target, s.time(t.ResumeAt), s.time(t.WaitingSince), s.time(t.UpdatedAt),
		s.share("channel", t.Channel, "text"), s.share("subject", t.Subject, "text"), company, contact, "(" + s.arg(c.flags()) + "::integer | " + fresh + ")::smallint",
	}, ", ") + " from " + from
	if !c.Opening() {
		text += ` on conflict (tenant_id, ticket_id) do update set version = excluded.version, type = excluded.type, status = excluded.status,
			category = excluded.category, priority = excluded.priority, assignee_id = excluded.assignee_id, group_key = excluded.group_key, line = excluded.line,
			company_id = excluded.company_id, vendor_id = excluded.vendor_id, calendar_id = excluded.calendar_id, due_tick = excluded.due_tick, due_at = excluded.due_at, due_kind = excluded.due_kind, due_target = excluded.due_target,
			resume_at = excluded.resume_at, waiting_since = excluded.waiting_since, updated_at = excluded.updated_at, subject = excluded.subject,
			company = excluded.company, contact = excluded.contact, flags = excluded.flags`
	}
	s.with("q", text)
}

// changedColumns is the set list of an update. Version, public_seq and updated_at
// are always in it.
func changedColumns(s *statement, before, after *Ticket) string {
	set := []string{
		"version = " + s.share("version", after.Version, "integer"), "public_seq = " + s.arg(after.PublicSeq), "updated_at = " + s.time(after.UpdatedAt),
	}
	moved := func(name string, was, is time.Time) {
		if !was.Equal(is) {
			set = append(set, name+" = "+s.time(is))
		}
	}
	if before.Category != after.Category || before.Status != after.Status {
		set = append(set, "category = "+s.share("category", int16(after.Category), "smallint"), "status = "+s.share("status", after.Status, "text"))
	}
	number := func(name string, was, is int, typ string) {
		if was != is {
			set = append(set, name+" = "+s.share(name, is, typ))
		}
	}
	number("priority", before.Priority, after.Priority, "smallint")
	number("reopened", before.Reopened, after.Reopened, "smallint")
	number("rating", before.Rating, after.Rating, "smallint")
	number("line", before.Line, after.Line, "smallint")
	if before.AssigneeID != after.AssigneeID {
		set = append(set, "assignee_id = "+s.share("assignee", after.AssigneeID, "uuid"))
	}
	if before.ContactID != after.ContactID || before.CompanyID != after.CompanyID {
		set = append(set, "contact_id = "+s.arg(after.ContactID)+"::uuid", "company_id = "+s.arg(after.CompanyID)+"::uuid")
	}
	if before.VendorID != after.VendorID {
		set = append(set, "vendor_id = "+s.share("vendor", after.VendorID, "uuid"))
	}
	if before.MergedInto != after.MergedInto {
		set = append(set, "merged_into = "+s.arg(after.MergedInto)+"::uuid")
	}
	word := func(name, was, is string) {
		if was != is {
			set = append(set, name+" = nullif("+s.share(name, is, "text")+", '')")
		}
	}
	word("type", before.Type, after.Type)
	word("group_key", before.GroupKey, after.GroupKey)
	word("level", before.Level, after.Level)
	word("language", before.Language, after.Language)
	word("subject", before.Subject, after.Subject)
	if !slices.Equal(before.Tags, after.Tags) {
		set = append(set, "tags = "+s.arg(after.Tags)+"::text[]")
	}
	if !reflect.DeepEqual(before.Fields, after.Fields) {
		set = append(set, "fields = "+s.arg(object(after.Fields))+"::jsonb")
	}
	if !bytes.Equal(before.Clock, after.Clock) {
		set = append(set, "clock = "+s.arg(raw(after.Clock))+"::jsonb")
	}
	if !bytes.Equal(before.Filed, after.Filed) {
		set = append(set, "filed = "+s.arg(raw(after.Filed))+"::jsonb")
	}
	if !bytes.Equal(before.Process, after.Process) {
		set = append(set, "process = "+s.arg(raw(after.Process))+"::jsonb")
	}
	moved("due_at", before.DueAt, after.DueAt)
	moved("resume_at", before.ResumeAt, after.ResumeAt)
	moved("waiting_since", before.WaitingSince, after.WaitingSince)
	moved("first_due_at", before.FirstDueAt, after.FirstDueAt)
	moved("first_replied_at", before.FirstRepliedAt, after.FirstRepliedAt)
	moved("resolve_due_at", before.ResolveDueAt, after.ResolveDueAt)
	moved("resolved_at", before.ResolvedAt, after.ResolvedAt)
	moved("closed_at", before.ClosedAt, after.ClosedAt)
	return strings.Join(set, ", ")
}
