package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// View is a ticket as its page shows it.
type View struct {
	Ticket
	Contact *ContactCard
	Company string
	// Assignee is nobody's when its id is zero.
	Assignee   Person
	People     []Participant
	Problems   []Problem
	Rating     *Rating
	MergedInto int64 // the survivor's number, 0 if none
	// IsNew: nobody of the staff has looked yet.
	IsNew bool
	// SeenSeq is how far the actor has read; FirstUnread the first comment by
	// others after it, 0 if none.
	SeenSeq     int
	FirstUnread int
	Follows     bool
	Timeline    Page
}

// Person is a name with its id.
type Person struct {
	ID   desk.AnyID
	Kind desk.ActorKind
	Name string
}

// ContactCard is whose request it is.
type ContactCard struct {
	ID       desk.ContactID `json:"id"`
	Name     string         `json:"name"`
	Email    string         `json:"email"`
	Phone    string         `json:"phone"`
	Language string         `json:"language"`
	TimeZone string         `json:"time_zone"`
	// Tickets counts to a thousand.
	Tickets int `json:"tickets"`
	// MailState is "bounced" or "complained" when mail does not reach them.
	MailState string `json:"mail_state"`
}

// Participant is somebody around the ticket.
type Participant struct {
	ID      desk.AnyID     `json:"id"`
	Kind    desk.ActorKind `json:"kind"`
	Name    string         `json:"name"`
	Follows bool           `json:"follows"`
	Guest   bool           `json:"guest"`
	Copied  bool           `json:"copied"`
}

// Problem is a message that did not arrive.
type Problem struct {
	Message desk.MessageID `json:"message"`
	State   string         `json:"state"` // failed or bounced
	Reply   int            `json:"reply"`
	Address string         `json:"address"`
	Code    string         `json:"code"`
	Text    string         `json:"text"`
	At      time.Time      `json:"at"`
}

// Rating is the last word of the client about the work.
type Rating struct {
	Score   int       `json:"score"`
	Reasons []string  `json:"reasons"`
	Comment string    `json:"comment"`
	At      time.Time `json:"at"`
	FirstAt time.Time `json:"first_at"`
}

type viewRow struct {
	found
	MergedNumber int64
	Looked       bool
	FirstUnread  int
	MeFollows    bool
	Card         []byte
	People       []byte
	Problems     []byte
	Rated        []byte
	Entries      []byte
	Files        []byte
	Unsaid       []byte
}

func viewSQL(sees, unsaid string) string {
	return `select ` + foundColumns + `, p.follows as me_follows,
		(select x.number from ?tenant.tickets x where x.id = t.merged_into) as merged_number,
		t.created_by is not null or exists (select from ?tenant.participants x where x.ticket_id = t.id and x.person_kind = 'staff' and x.seen_seq > 0) as looked,
		(select min(x.seq) from ?tenant.comments x where x.ticket_id = t.id and x.seq > coalesce(p.seen_seq, 0) and x.author_id is distinct from $2) as first_unread,
		case when c.id is not null then json_build_object('id', c.id, 'name', c.name, 'email', e.shown, 'language', c.language, 'time_zone', c.time_zone, 'mail_state', c.mail_state,
			'phone', (select i.shown from ?tenant.identifiers i where i.object_id = c.id and i.kind = 'phone' order by i.main desc, i.value limit 1),
			'tickets', (select count(*) from (select from ?tenant.tickets x where x.contact_id = c.id limit 1000) x)) end as card,
		(select json_agg(json_build_object('id', x.person_id, 'kind', x.person_kind, 'name', coalesce((select y.name from ?tenant.staff y where y.user_id = x.person_id), (select y.name from ?tenant.contacts y where y.id = x.person_id)), 'follows', x.follows, 'guest', x.guest, 'copied', x.copied) order by x.person_id)
			from ?tenant.participants x where x.ticket_id = t.id and (x.follows or x.guest or x.copied)) as people,
		(select json_agg(json_build_object('message', x.id, 'state', x.state, 'reply', x.seq, 'address', x.address, 'code', x.code, 'text', x.error, 'at', x.changed_at) order by x.changed_at)
			from ?tenant.messages x where x.subject_id = t.id and x.direction = 'out' and x.state in ('failed', 'bounced')) as problems,
		case when t.rating is not null then (select json_build_object('score', x.data->'score', 'reasons', x.data->'reasons', 'comment', x.data->'comment', 'at', x.at, 'first_at',
				(select min(y.at) from ?tenant.facts y where y.subject_id = t.id and y.type = 'ticket.rated'))
			from ?tenant.facts x where x.subject_id = t.id and x.type = 'ticket.rated' order by x.seq desc limit 1) end as rated,
		(select json_agg(n order by n.seq) from (select ` + entryColumns + entryTables + ` where f.subject_id = t.id and ` + sees + ` order by f.seq desc limit $3) n) as entries, ` +
		filesUnder("t.id", "") + ` as files, ` + unsaid + ` as unsaid` + foundTables + ` where t.number = $1`
}

var viewTexts = map[string]string{staffSees: viewSQL(staffSees, "null::json"), clientSees: viewSQL(clientSees, unsaidSQL)}

// View reads a ticket's page in one statement: the ticket, its last entries (20
// when last is 0, at most 200) with their files, and the people around it.
//
// Rights: ticket.read; of a contact request.read on a ticket it sees. Errors: NotFound.
func (t *Tickets) View(ctx context.Context, tx tenants.ReadTx, number int64, last int) (*View, error) {
	if last <= 0 {
		last = 20
	}
	last = min(last, 200)
	var r viewRow
	err := tx.Query(ctx, &r, viewTexts[audience(tx.Actor())], number, tx.Actor().ID, last+1)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("view ticket: %w", err)
	}
	if err := t.may(ctx, tx, &r.found, access.TicketRead, access.RequestRead); err != nil {
		return nil, err
	}
	v, err := r.view(tx.Actor(), last)
	if err != nil || tx.Actor().Kind != desk.ContactActor {
		return v, err
	}
	return v, v.public(ctx, tx, r.Unsaid)
}

// public leaves out answers to questions that only the staff is asked, and
// changes of status that nobody has told the client yet.
func (v *View) public(ctx context.Context, tx tenants.ReadTx, unsaid []byte) error {
	var all []Unsaid
	if err := decode(unsaid, &all); err != nil {
		return err
	}
	s := v.standing().without(all)
	v.Status, v.Category, v.ResumeAt, v.ResolvedAt, v.ClosedAt = s.Status, s.Category, s.ResumeAt, s.ResolvedAt, s.ClosedAt
	form, err := settings.FormOf(ctx, tx, v.Type)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return err
	}
	shown := map[string]any{}
	for _, q := range form.Questions {
		if value, there := v.Fields[q.Field]; there && !q.Internal {
			shown[q.Field] = value
		}
	}
	v.Fields = shown
	return nil
}

func (r *viewRow) view(actor desk.Actor, last int) (*View, error) {
	v := &View{
		Ticket: r.Ticket, Company: r.CompanyName, MergedInto: r.MergedNumber, IsNew: !r.Looked, Follows: r.MeFollows,
		SeenSeq: r.SeenSeq, FirstUnread: r.FirstUnread,
	}
	if !r.AssigneeID.IsZero() {
		v.Assignee = Person{ID: r.AssigneeID.Any(), Kind: desk.StaffActor, Name: r.AssigneeName}
	}
	for _, part := range []struct {
		raw  []byte
		into any
	}{{r.Card, &v.Contact}, {r.People, &v.People}, {r.Problems, &v.Problems}, {r.Rated, &v.Rating}} {
		if err := decode(part.raw, part.into); err != nil {
			return nil, err
		}
	}
	entries, err := decodeEntries(r.ID, r.Entries, r.Files, actor.Kind == desk.ContactActor)
	if err != nil {
		return nil, err
	}
	v.Timeline = Page{Entries: entries}
	if len(entries) > last {
		v.Timeline = Page{Entries: entries[1:], More: true}
	}
	if actor.Kind == desk.ContactActor {
		v.Problems, v.People, v.Tags, v.FirstUnread = nil, nil, nil, 0
	}
	return v, nil
}
