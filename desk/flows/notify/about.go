package notify

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// about is what letters tell of a ticket, as it is now, and of one of its facts.
type about struct {
	ID         desk.TicketID
	Number     int64
	Subject    string
	Category   tickets.Category
	Language   string
	ResumeAt   time.Time
	ResolvedAt time.Time
	CreatedAt  time.Time
	// FirstDueAt, ResolveDueAt and DueAt, the nearest, are what is promised; zero for nothing.
	FirstDueAt, ResolveDueAt, DueAt time.Time
	ContactID                       desk.ContactID
	Contact                         string
	Address                         string
	// ContactLanguage and ContactZone are the contact's own wishes, empty for none.
	ContactLanguage string
	ContactZone     string
	MailState       string
	AssigneeID      desk.UserID
	Assignee        string
	AssigneeEmail   string
	Fact            fact
	Comment         comment
}

// fact is the one that the letter is about; Type is empty when there is none.
type fact struct {
	Type    string
	ActorID desk.AnyID
	Actor   string
	At      time.Time
	Detail  tickets.Detail
}

// comment is the text with the fact's number, if it has one.
type comment struct {
	Body   string
	Format tickets.Format
	Author string
	At     time.Time
	// Incoming is what kind of mail it came by, empty for everything else.
	Incoming string
}

// Names are asked for one by one: with all these tables in one join the plan
// costs more than the reading.
const aboutSQL = `select t.id, t.number, t.subject, t.category, coalesce(t.language, '') as language, t.resume_at, t.resolved_at, t.created_at,
	t.first_due_at, t.resolve_due_at, t.due_at, t.contact_id, coalesce(c.name, '') as contact,
	coalesce((select i.shown from ?tenant.identifiers i where i.object_id = c.id and i.kind = 'email' order by i.main desc, i.value limit 1), '') as address,
	coalesce(c.language, '') as contact_language, coalesce(c.time_zone, '') as contact_zone, coalesce(c.mail_state, '') as mail_state,
	t.assignee_id, coalesce(s.name, '') as assignee, coalesce(s.email, '') as assignee_email, coalesce(f.type, '') as fact_type, f.actor_id,
	coalesce((select x.name from ?tenant.staff x where x.user_id = f.actor_id), (select x.name from ?tenant.contacts x where x.id = f.actor_id), '') as actor,
	f.at as fact_at, f.data as detail, coalesce(k.body, '') as body, coalesce(k.format, 0) as format,
	coalesce((select x.name from ?tenant.staff x where x.user_id = k.author_id), (select x.name from ?tenant.contacts x where x.id = k.author_id), '') as author,
	coalesce((select m.data->>'kind' from ?tenant.messages m where m.id = k.message_id and m.direction = 'in'), '') as incoming
	from ?tenant.tickets t
	left join ?tenant.contacts c on c.id = t.contact_id
	left join ?tenant.staff s on s.user_id = t.assignee_id
	left join ?tenant.facts f on f.subject_id = t.id and f.seq = $2
	left join ?tenant.comments k on k.ticket_id = t.id and k.seq = $2 and not k.internal
	where t.id = $1`

// read finds all that a letter may tell, in one statement. NotFound when the
// ticket is gone.
func read(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, seq int) (*about, error) {
	var a about
	var resume, resolved, first, fix, due, at *time.Time
	var detail []byte
	err := tx.QueryRow(ctx, aboutSQL, []any{id, seq}, &a.ID, &a.Number, &a.Subject, &a.Category, &a.Language, &resume, &resolved, &a.CreatedAt,
		&first, &fix, &due, &a.ContactID, &a.Contact, &a.Address, &a.ContactLanguage, &a.ContactZone, &a.MailState,
		&a.AssigneeID, &a.Assignee, &a.AssigneeEmail, &a.Fact.Type, &a.Fact.ActorID, &a.Fact.Actor, &at, &detail,
		&a.Comment.Body, &a.Comment.Format, &a.Comment.Author, &a.Comment.Incoming)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read what the letter is about: %w", err)
	}
	a.ResumeAt, a.ResolvedAt, a.Fact.At = when(resume), when(resolved), when(at)
	a.FirstDueAt, a.ResolveDueAt, a.DueAt = when(first), when(fix), when(due)
	if len(detail) > 0 {
		if err := json.Unmarshal(detail, &a.Fact.Detail); err != nil {
			return nil, fmt.Errorf("decode the fact: %w", err)
		}
	}
	return &a, nil
}

func when(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// automaticTo tells when automatic letters went to an address about the
// contact's latest tickets since a moment: the ground on which a storm is stopped.
func automaticTo(ctx context.Context, tx tenants.ReadTx, contact desk.ContactID, address string, since time.Time) ([]time.Time, error) {
	var rows []struct{ At time.Time }
	err := tx.Query(ctx, &rows, `select m.at as at from ?tenant.messages m
		where m.subject_id = any(array(select t.id from ?tenant.tickets t where t.contact_id = $1 order by t.number desc limit 20))
			and m.direction = 'out' and m.at > $3 and m.address = $2 and (m.data->>'automatic')::boolean`, contact, address, since)
	if err != nil {
		return nil, fmt.Errorf("count automatic letters: %w", err)
	}
	times := make([]time.Time, len(rows))
	for i, r := range rows {
		times[i] = r.At
	}
	return times, nil
}
