package tickets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/tenants"
)

// Entry is one line of a timeline: a fact, and the comment whose fact it is.
type Entry struct {
	Seq    int
	At     time.Time
	Type   string
	Public bool
	Author Author
	Detail Detail
	// Comment is nil for events.
	Comment *Comment
	Files   []File
}

// Author is who did it, with the name of today.
type Author struct {
	// Kind is "staff", "contact" or an automaton's name, "system:timer".
	Kind     string
	ID       desk.AnyID
	Name     string
	Provider desk.ProviderID
}

// File is a file under a comment, as desk/files keeps it.
type File struct {
	ID        desk.FileID `json:"id"`
	Name      string      `json:"name"`
	Mime      string      `json:"mime"`
	Size      int64       `json:"size"`
	Inline    bool        `json:"inline"`
	ContentID string      `json:"content_id"`
	// Refused is why a held file cannot be downloaded; "" for one that can.
	Refused string `json:"refused"`
}

// entryLists is a page of entries as Postgres gives it: rows in arrays, which
// cost a third of the same as JSON, on both sides. What may be null is given as
// its zero. The names of people and the fate of messages stand beside.
type entryLists struct {
	Rows     []entryRow
	Staff    []namedRow
	Contacts []namedRow
	Sent     []sentRow
}

// entryRow is a fact and, if said, the comment that goes with it.
type entryRow struct {
	seq                     int
	at                      time.Time
	typ, kind, detail       string
	public, said, internal  bool
	actor, message          [16]byte
	provider                int32
	format                  int16
	body, channel, sentWith string
}

// ScanIndex says where a column goes; with ScanNull it makes the row one that the
// driver can fill.
func (r *entryRow) ScanIndex(i int) any {
	return [...]any{
		&r.seq, &r.at, &r.typ, &r.public, &r.actor, &r.kind, &r.provider, &r.detail,
		&r.said, &r.internal, &r.format, &r.body, &r.channel, &r.message, &r.sentWith,
	}[i]
}

// ScanNull is for a row that is null, of which there are none.
func (r *entryRow) ScanNull() error { return errNullRow }

var errNullRow = errors.New("a row of a list is null")

type namedRow struct {
	id   [16]byte
	name string
}

// ScanIndex and ScanNull: see entryRow.
func (r *namedRow) ScanIndex(i int) any { return [...]any{&r.id, &r.name}[i] }

// ScanNull see entryRow.
func (r *namedRow) ScanNull() error { return errNullRow }

// sentRow is an outgoing message and what became of it.
type sentRow struct {
	id                         [16]byte
	state, address, code, text string
	held, settled              time.Time
	seq                        int
}

// ScanIndex and ScanNull: see entryRow.
func (r *sentRow) ScanIndex(i int) any {
	return [...]any{&r.id, &r.state, &r.held, &r.seq, &r.address, &r.code, &r.text, &r.settled}[i]
}

// ScanNull see entryRow.
func (r *sentRow) ScanNull() error { return errNullRow }

// fileJSON is a file with the comment it lies under.
type fileJSON struct {
	Seq int `json:"seq"`
	File
}

const nobody = "'00000000-0000-0000-0000-000000000000'"

// entryColumns and entriesFrom belong together: the lists of entryLists, and what
// they are read from. As many rows as limit says, in the order of seq, of the
// facts f and their comments c.
const entryColumns = `en.e_rows, es.e_staff, ek.e_contacts, em.e_sent`

// people are further ids, as "|| x", whose names are wanted; sent says which
// outgoing messages are looked at.
func entriesFrom(where, sees, order, limit, people, sent string) string {
	tables := saidTables
	if sees == clientSees {
		tables = entryTables
	}
	return `(select array_agg(row(n.seq, n.at, n.type, n.public, n.actor, n.actor_kind, n.provider, n.detail, n.said, n.internal, n.format, n.body, n.channel, n.message, n.data)) as e_rows,
			array_agg(n.actor) as actors, array_agg(n.message) as messages, min(n.seq) as first
		from (select f.seq, f.at as at, f.type, f.public, coalesce(f.actor_id, ` + nobody + `) as actor, f.actor_kind, coalesce(f.provider_id, 0) as provider, f.data::text as detail,
				c.seq is not null as said, coalesce(c.internal, false) as internal, coalesce(c.format, 0::smallint) as format, coalesce(c.body, '') as body, coalesce(c.channel, '') as channel,
				coalesce(c.message_id, ` + nobody + `) as message, coalesce(c.data::text, '{}') as data` +
		tables + where + sees + ` order by f.seq ` + order + ` limit ` + limit + `) n) en
	cross join lateral (select array_agg(row(x.user_id, x.name)) as e_staff from ?tenant.staff x where x.user_id = any(en.actors` + people + `)) es
	cross join lateral (select array_agg(row(x.id, x.name)) as e_contacts from ?tenant.contacts x where x.id = any(en.actors` + people + `)) ek
	cross join lateral (select array_agg(row(x.id, x.state, coalesce((x.data->>'held_until')::timestamptz, '0001-01-01Z'), coalesce(x.seq, 0), coalesce(x.address, ''),
			coalesce(x.code, ''), coalesce(x.error, ''), x.changed_at)) as e_sent
		from ?tenant.messages x where x.direction = 'out' and ` + sent + `) em`
}

const saidTables = ` from ?tenant.facts f
	left join lateral (select x.* from ?tenant.comments x where x.ticket_id = f.subject_id and x.seq = f.seq limit 1) c on true`

const entryTables = saidTables + `
	left join lateral (select x.state from ?tenant.messages x where x.id = c.message_id and x.direction = 'out' limit 1) m on true`

// filesOf are the files under a ticket's comments, as one value.
func filesOf(ticket, where string) string {
	return `(select json_agg(json_build_object('seq', fl.owner_seq, 'id', fl.id, 'name', fl.name, 'mime', fl.mime, 'size', fl.size, 'inline', fl.inline,
			'content_id', fl.content_id, 'refused', fl.data->>'refused') order by fl.owner_seq desc, fl.id desc)
		from ?tenant.files fl where fl.owner_id = ` + ticket + ` and fl.state in ('ready', 'held')` + where + `)`
}

// A reply that was taken back is no entry; to the client one still held is none
// either, and neither is a change of status that came with such a reply.
const (
	staffSees  = " (f.type <> 'ticket.replied' or c.seq is not null) "
	clientSees = " f.public and (f.type <> 'ticket.replied' or (c.seq is not null and m.state is distinct from 'held'))" +
		` and (f.type <> 'ticket.status_changed' or f.data->'reply' is null or exists (select from ?tenant.comments x
			left join ?tenant.messages y on y.id = x.message_id and y.direction = 'out' and y.state = 'held'
			where x.ticket_id = f.subject_id and x.seq = (f.data->>'reply')::integer and y.id is null)) `
)

// audience is the condition on what the actor may see of a timeline.
func audience(actor desk.Actor) string {
	if actor.Kind == desk.ContactActor {
		return clientSees
	}
	return staffSees
}

// names are those of all people that the lists know.
func (l *entryLists) names() map[[16]byte]string {
	names := make(map[[16]byte]string, len(l.Staff)+len(l.Contacts))
	for _, all := range [][]namedRow{l.Staff, l.Contacts} {
		for i := range all {
			names[all[i].id] = all[i].name
		}
	}
	return names
}

// problems are the messages that did not arrive, by time.
func (l *entryLists) problems() []Problem {
	var all []Problem
	for _, m := range l.Sent {
		if m.state == "failed" || m.state == "bounced" {
			all = append(all, Problem{Message: m.id, State: m.state, Reply: m.seq, Address: m.address, Code: m.code, Text: m.text, At: m.settled})
		}
	}
	slices.SortStableFunc(all, func(a, b Problem) int { return a.At.Compare(b.At) })
	return all
}

// entries puts the lists together, oldest first.
func (l *entryLists) entries(ticket desk.TicketID, names map[[16]byte]string, rawFiles []byte, client bool) ([]Entry, error) {
	entries := make([]Entry, len(l.Rows))
	for i := range l.Rows {
		r, e := &l.Rows[i], &entries[i]
		*e = Entry{
			Seq: r.seq, At: r.at, Type: r.typ, Public: r.public,
			Author: Author{Kind: r.kind, ID: r.actor, Name: names[r.actor], Provider: desk.ProviderID(r.provider)},
		}
		if err := decodeText(r.detail, &e.Detail); err != nil {
			return nil, err
		}
		if r.said {
			c := &Comment{
				Ticket: ticket, Seq: e.Seq, Internal: r.internal, Format: Format(r.format), At: e.At, AuthorID: e.Author.ID, AuthorKind: e.Author.Kind,
				Channel: r.channel, Body: r.body, Message: r.message,
			}
			if err := decodeText(r.sentWith, &c.Data); err != nil {
				return nil, err
			}
			if at := slices.IndexFunc(l.Sent, func(m sentRow) bool { return m.id == r.message }); at >= 0 {
				c.State, c.HeldUntil = l.Sent[at].state, l.Sent[at].held
			}
			e.Comment = c
		}
		if client {
			e.discreet()
		}
	}
	if len(entries) > 1 && entries[0].Seq > entries[1].Seq {
		slices.Reverse(entries)
	}
	return entries, under(entries, rawFiles)
}

// under puts files under their comments.
func under(entries []Entry, raw []byte) error {
	var files []fileJSON
	if err := decode(raw, &files); err != nil {
		return err
	}
	for i := len(files) - 1; i >= 0; i-- {
		at, there := slices.BinarySearchFunc(entries, files[i].Seq, func(e Entry, seq int) int { return e.Seq - seq })
		if there && entries[at].Comment != nil {
			entries[at].Files = append(entries[at].Files, files[i].File)
		}
	}
	return nil
}

func decodeText(text string, into any) error {
	if text == "{}" {
		return nil
	}
	return decode([]byte(text), into)
}

func decode(raw []byte, into any) error {
	if len(raw) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("decode a part of the ticket: %w", err)
	}
	return nil
}

// discreet leaves out what is not for clients: why a status was changed, which
// rule did it, by whom a provider's person is employed, addresses of copies.
func (e *Entry) discreet() {
	d := Detail{Until: e.Detail.Until, Reopened: e.Detail.Reopened, Reply: e.Detail.Reply}
	for _, ch := range e.Detail.Changes {
		if ch.Field == "status" || ch.Field == "rating" {
			d.Changes = append(d.Changes, FieldChange{Field: ch.Field, From: ch.From, To: ch.To})
		}
	}
	if e.Type == FactRated {
		d.Score, d.Reasons, d.Comment = e.Detail.Score, e.Detail.Reasons, e.Detail.Comment
	}
	e.Detail, e.Author.Provider = d, 0
	if e.Comment != nil {
		e.Comment.Data = CommentData{Quoted: e.Comment.Data.Quoted, Asked: e.Comment.Data.Asked}
		e.Comment.Message, e.Comment.State, e.Comment.HeldUntil = desk.MessageID{}, "", time.Time{}
	}
}

func sinceSQL(public string) string {
	return entriesSQL(" where f.subject_id = $1 and f.seq > $2 and"+public, staffSees, "asc", "200", " and fl.owner_seq > $2")
}

var publicSinceSQL, changesSinceSQL = sinceSQL(" f.public and"), sinceSQL("")

// publicSince reads what the client could see, or soon will, after a seq.
func publicSince(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, seq int) ([]Entry, error) {
	return readEntries(ctx, tx, id, publicSinceSQL, id, seq)
}

// changesSince reads what happened after a version.
func changesSince(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, version int) ([]Entry, error) {
	return readEntries(ctx, tx, id, changesSinceSQL, id, version)
}

// entriesSQL reads entries of the ticket $1 and their files, as one row.
func entriesSQL(where, sees, order, limit, files string) string {
	return "select " + entryColumns + ", " + filesOf("$1", files) + " as files from " + entriesFrom(where, sees, order, limit, "", "x.id = any(en.messages)")
}

func readEntries(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, query string, args ...any) ([]Entry, error) {
	var row struct {
		Entries entryLists `bun:"embed:e_"`
		Files   []byte
	}
	if err := tx.Query(ctx, &row, query, args...); err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	return row.Entries.entries(id, row.Entries.names(), row.Files, tx.Actor().Kind == desk.ContactActor)
}

// IsSystem reports whether an automaton did it.
func (a Author) IsSystem() bool {
	return events.ActorOf(a.Kind, a.ID, a.Provider).Kind == desk.SystemActor
}
