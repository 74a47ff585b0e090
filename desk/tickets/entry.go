package tickets

import (
	"context"
	"encoding/json"
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

// entryJSON is an entry as Postgres gives it.
type entryJSON struct {
	Seq        int             `json:"seq"`
	At         time.Time       `json:"at"`
	Type       string          `json:"type"`
	Public     bool            `json:"public"`
	ActorID    desk.AnyID      `json:"actor_id"`
	ActorKind  string          `json:"actor_kind"`
	ProviderID desk.ProviderID `json:"provider_id"`
	Name       string          `json:"name"`
	Detail     Detail          `json:"detail"`
	Comment    *commentJSON    `json:"comment"`
}

type commentJSON struct {
	Internal  bool           `json:"internal"`
	Format    Format         `json:"format"`
	Body      string         `json:"body"`
	Channel   string         `json:"channel"`
	MessageID desk.MessageID `json:"message_id"`
	Data      CommentData    `json:"data"`
	State     string         `json:"state"`
	HeldUntil time.Time      `json:"held_until"`
}

// fileJSON is a file with the comment it lies under.
type fileJSON struct {
	Seq int `json:"seq"`
	File
}

const entryColumns = `f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, coalesce(s.name, k.name) as name, f.data as detail,
	case when c.seq is not null then json_build_object('internal', c.internal, 'format', c.format, 'body', c.body, 'channel', c.channel,
		'message_id', c.message_id, 'data', c.data, 'state', m.state, 'held_until', m.data->'held_until') end as comment`

const entryTables = ` from ?tenant.facts f
	left join lateral (select x.* from ?tenant.comments x where x.ticket_id = f.subject_id and x.seq = f.seq limit 1) c on true
	left join lateral (select x.state, x.data from ?tenant.messages x where x.id = c.message_id and x.direction = 'out' limit 1) m on true
	left join lateral (select x.name from ?tenant.staff x where f.actor_kind = 'staff' and x.user_id = f.actor_id limit 1) s on true
	left join lateral (select x.name from ?tenant.contacts x where f.actor_kind = 'contact' and x.id = f.actor_id limit 1) k on true`

// filesUnder are the files under a ticket's comments, the last 500, as one value.
func filesUnder(ticket, where string) string {
	return `(select json_agg(json_build_object('seq', fl.owner_seq, 'id', fl.id, 'name', fl.name, 'mime', fl.mime, 'size', fl.size, 'inline', fl.inline,
			'content_id', fl.content_id, 'refused', fl.data->>'refused'))
		from (select * from ?tenant.files fl where fl.owner_id = ` + ticket + ` and fl.state in ('ready', 'held')` + where + ` order by fl.owner_seq desc, fl.id desc limit 500) fl)`
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

func decodeEntries(ticket desk.TicketID, raw, rawFiles []byte, client bool) ([]Entry, error) {
	var rows []entryJSON
	var files []fileJSON
	if err := decode(raw, &rows); err != nil {
		return nil, err
	}
	if err := decode(rawFiles, &files); err != nil {
		return nil, err
	}
	entries := make([]Entry, len(rows))
	for i := range rows {
		entries[i] = rows[i].entry(ticket)
		if client {
			entries[i].discreet()
		}
	}
	for i := len(files) - 1; i >= 0; i-- {
		at, there := slices.BinarySearchFunc(entries, files[i].Seq, func(e Entry, seq int) int { return e.Seq - seq })
		if there && entries[at].Comment != nil {
			entries[at].Files = append(entries[at].Files, files[i].File)
		}
	}
	return entries, nil
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

func (r *entryJSON) entry(ticket desk.TicketID) Entry {
	e := Entry{
		Seq: r.Seq, At: r.At, Type: r.Type, Public: r.Public, Detail: r.Detail,
		Author: Author{Kind: r.ActorKind, ID: r.ActorID, Name: r.Name, Provider: r.ProviderID},
	}
	if c := r.Comment; c != nil {
		e.Comment = &Comment{
			Ticket: ticket, Seq: r.Seq, Internal: c.Internal, Format: c.Format, At: r.At, AuthorID: r.ActorID, AuthorKind: r.ActorKind,
			Channel: c.Channel, Body: c.Body, Message: c.MessageID, Data: c.Data, State: c.State, HeldUntil: c.HeldUntil,
		}
	}
	return e
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
	return `select (select json_agg(x order by x.seq) from (select ` + entryColumns + entryTables + `
		where f.subject_id = $1 and f.seq > $2 and` + public + staffSees + `order by f.seq limit 200) x), ` + filesUnder("$1", " and fl.owner_seq > $2")
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

func readEntries(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, query string, args ...any) ([]Entry, error) {
	var raw, files []byte
	if err := tx.QueryRow(ctx, query, args, &raw, &files); err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	return decodeEntries(id, raw, files, tx.Actor().Kind == desk.ContactActor)
}

// IsSystem reports whether an automaton did it.
func (a Author) IsSystem() bool {
	return events.ActorOf(a.Kind, a.ID, a.Provider).Kind == desk.SystemActor
}
