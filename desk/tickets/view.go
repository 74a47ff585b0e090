package tickets

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
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

// viewRow is a page as Postgres gives it: the ticket's own columns, and lists of
// what stands around it. Few nodes make the statement: most of its time goes into
// setting them up.
type viewRow struct {
	Ticket
	ContactName      string
	ContactLanguage  string
	ContactTimeZone  string
	ContactMailState string
	ContactTickets   int
	CompanyName      string
	FirstUnread      int
	Files            []byte
	Entries          entryLists `bun:"embed:e_"`

	People []personRow
	Known  []knownRow

	// Of a contact that looks.
	MeSees      string
	MeCompanyID desk.CompanyID
	Unsaid      []byte
}

type personRow struct {
	id      [16]byte
	contact bool
	seq     int
	// marks are 1 follows, 2 guest, 4 copied.
	marks int32
}

// ScanIndex and ScanNull: see entryRow.
func (r *personRow) ScanIndex(i int) any { return [...]any{&r.id, &r.contact, &r.seq, &r.marks}[i] }

// ScanNull see entryRow.
func (r *personRow) ScanNull() error { return errNullRow }

// knownRow is an address or a number of the contact's.
type knownRow struct {
	main               bool
	kind, value, shown string
}

// ScanIndex and ScanNull: see entryRow.
func (r *knownRow) ScanIndex(i int) any { return [...]any{&r.main, &r.kind, &r.value, &r.shown}[i] }

// ScanNull see entryRow.
func (r *knownRow) ScanNull() error { return errNullRow }

const (
	staffPage = `, null::text as me_sees, null::uuid as me_company_id, null::json as unsaid`
	// What a client may see depends on who it is, and on what was not said yet.
	clientPage = `, me.sees as me_sees, me.company_id as me_company_id, ` + unsaidSQL + ` as unsaid`
)

func viewSQL(sees string) string {
	extra, me := staffPage, ""
	if sees == clientSees {
		extra, me = clientPage, " left join ?tenant.contacts me on me.id = $2"
	}
	return `select ` + ticketColumns + `, c.name as contact_name, c.language as contact_language, c.time_zone as contact_time_zone, c.mail_state as contact_mail_state,
		(select count(*) from (select from ?tenant.tickets x where x.contact_id = t.contact_id limit 1000) x) as contact_tickets,
		co.name as company_name,
		(select min(x.seq) from ?tenant.comments x where x.ticket_id = t.id and x.author_id is distinct from $2
			and x.seq > coalesce(pa.mine, 0)) as first_unread,
		` + filesOf("t.id", " and fl.owner_seq >= en.first") + ` as files, pa.people, ids.known, ` + entryColumns + extra + `
	from ?tenant.tickets t
	left join ?tenant.contacts c on c.id = t.contact_id
	left join ?tenant.companies co on co.id = t.company_id` + me + `
	cross join lateral (select array_agg(x.person_id) as ids, max(x.seen_seq) filter (where x.person_id = $2) as mine,
		array_agg(row(x.person_id, x.person_kind = 'contact', x.seen_seq, x.follows::integer + 2 * x.guest::integer + 4 * x.copied::integer)) as people
		from ?tenant.participants x where x.ticket_id = t.id) pa
	cross join lateral (select array_agg(row(x.main, x.kind, x.value, x.shown)) as known
		from ?tenant.identifiers x where x.object_id = t.contact_id and x.kind in ('email', 'phone')) ids
	cross join lateral ` + entriesFrom(" where f.subject_id = t.id and ", sees, "desc", "$3", " || pa.ids || t.assignee_id", "x.subject_id = t.id and (x.id = any(en.messages) or x.state in ('failed', 'bounced') and x.channel <> 'webhook')") + `
	where t.number = $1`
}

var viewTexts = map[string]string{staffSees: viewSQL(staffSees), clientSees: viewSQL(clientSees)}

const ratedSQL = `select json_build_object('score', x.data->'score', 'reasons', x.data->'reasons', 'comment', x.data->'comment', 'at', x.at,
		'first_at', (select min(y.at) from ?tenant.facts y where y.subject_id = $1 and y.type = 'ticket.rated'))
	from ?tenant.facts x where x.subject_id = $1 and x.type = 'ticket.rated' order by x.seq desc limit 1`

// View reads a ticket's page in one statement: the ticket, its last entries (20
// when last is 0, at most 200) with their files, and the people around it. Its
// rating and the survivor of a merge, which few tickets have, take one more each.
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
	v, f, err := r.view(tx.Actor(), last)
	if err != nil {
		return nil, err
	}
	if err := t.may(ctx, tx, f, access.TicketRead, access.RequestRead); err != nil {
		return nil, err
	}
	if err := v.rare(ctx, tx); err != nil || tx.Actor().Kind != desk.ContactActor {
		return v, err
	}
	return v, v.public(ctx, tx, r.Unsaid)
}

// rare reads what few tickets have.
func (v *View) rare(ctx context.Context, tx tenants.ReadTx) error {
	if v.Ticket.Rating != 0 {
		var rated []byte
		if err := tx.QueryRow(ctx, ratedSQL, []any{v.ID}, &rated); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read the rating: %w", err)
		}
		if err := decode(rated, &v.Rating); err != nil {
			return err
		}
	}
	if !v.Ticket.MergedInto.IsZero() {
		err := tx.QueryRow(ctx, "select number from ?tenant.tickets where id = $1", []any{v.Ticket.MergedInto}, &v.MergedInto)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("find the survivor: %w", err)
		}
	}
	return nil
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

func (r *viewRow) view(actor desk.Actor, last int) (*View, *found, error) {
	names := r.Entries.names()
	v := &View{Ticket: r.Ticket, Company: r.CompanyName, IsNew: r.CreatedBy.IsZero(), FirstUnread: r.FirstUnread, Contact: r.card()}
	f := &found{Ticket: r.Ticket, MeSees: r.MeSees, MeCompanyID: r.MeCompanyID}
	if !r.AssigneeID.IsZero() {
		v.Assignee = Person{ID: r.AssigneeID.Any(), Kind: desk.StaffActor, Name: names[r.AssigneeID]}
	}
	for _, x := range r.People {
		p := Participant{ID: x.id, Kind: desk.StaffActor, Name: names[x.id], Follows: x.marks&1 != 0, Guest: x.marks&2 != 0, Copied: x.marks&4 != 0}
		if x.contact {
			p.Kind = desk.ContactActor
		} else if x.seq > 0 {
			v.IsNew = false
		}
		if p.ID == actor.ID {
			v.SeenSeq, v.Follows, f.Guest = x.seq, p.Follows, p.Guest
		}
		if x.marks != 0 {
			v.People = append(v.People, p)
		}
	}
	slices.SortFunc(v.People, func(a, b Participant) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	entries, err := r.Entries.entries(r.ID, names, r.Files, actor.Kind == desk.ContactActor)
	if err != nil {
		return nil, nil, err
	}
	v.Timeline = Page{Entries: entries}
	if len(entries) > last {
		v.Timeline = Page{Entries: entries[1:], More: true}
	}
	if actor.Kind == desk.ContactActor {
		v.People, v.Tags, v.FirstUnread, v.Process = nil, nil, 0, nil
	} else {
		v.Problems = r.Entries.problems()
	}
	return v, f, nil
}

// card is whose request it is; nil when it is nobody's.
func (r *viewRow) card() *ContactCard {
	if r.ContactID.IsZero() || r.ContactName == "" && r.ContactLanguage == "" {
		return nil
	}
	c := &ContactCard{ID: r.ContactID, Name: r.ContactName, Language: r.ContactLanguage, TimeZone: r.ContactTimeZone, Tickets: r.ContactTickets, MailState: r.ContactMailState}
	for kind, into := range map[string]*string{"email": &c.Email, "phone": &c.Phone} {
		var best *knownRow
		for i := range r.Known {
			x := &r.Known[i]
			if x.kind == kind && (best == nil || x.main && !best.main || x.main == best.main && x.value < best.value) {
				best = x
			}
		}
		if best != nil {
			*into = best.shown
		}
	}
	return c
}
