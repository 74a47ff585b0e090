package tickets

import (
	"context"
	"encoding/json"
	"fmt"
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
	Seq         int             `json:"seq"`
	At          time.Time       `json:"at"`
	Type        string          `json:"type"`
	Public      bool            `json:"public"`
	ActorID     desk.AnyID      `json:"actor_id"`
	ActorKind   string          `json:"actor_kind"`
	ProviderID  desk.ProviderID `json:"provider_id"`
	Name        string          `json:"name"`
	Detail      json.RawMessage `json:"detail"`
	Commented   bool            `json:"commented"`
	Internal    bool            `json:"internal"`
	Format      Format          `json:"format"`
	Body        string          `json:"body"`
	Channel     string          `json:"channel"`
	MessageID   desk.AnyID      `json:"message_id"`
	CommentData CommentData     `json:"comment_data"`
	State       string          `json:"state"`
	HeldUntil   time.Time       `json:"held_until"`
	Files       []File          `json:"files"`
}

const entryColumns = `f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, coalesce(s.name, k.name) as name, f.data as detail,
	c.seq is not null as commented, c.internal, c.format, c.body, c.channel, c.message_id, c.data as comment_data,
	m.state as state, m.data->'held_until' as held_until,
	case when c.seq is not null then (select json_agg(json_build_object('id', fl.id, 'name', fl.name, 'mime', fl.mime, 'size', fl.size, 'inline', fl.inline,
		'content_id', fl.content_id, 'refused', fl.data->>'refused') order by fl.id)
		from ?tenant.files fl where fl.owner_id = f.subject_id and fl.owner_seq = f.seq and fl.state in ('ready', 'held')) end as files`

const entryTables = ` from ?tenant.facts f
	left join ?tenant.comments c on c.ticket_id = f.subject_id and c.seq = f.seq
	left join ?tenant.messages m on m.id = c.message_id and m.direction = 'out'
	left join ?tenant.staff s on s.user_id = f.actor_id
	left join ?tenant.contacts k on k.id = f.actor_id`

// A reply that was taken back is no entry; to the client one still held is none either.
const (
	staffSees  = " (f.type <> 'ticket.replied' or c.seq is not null) "
	clientSees = " f.public and (f.type <> 'ticket.replied' or (c.seq is not null and m.state is distinct from 'held')) "
)

// audience is the condition on what the actor may see of a timeline.
func audience(actor desk.Actor) string {
	if actor.Kind == desk.ContactActor {
		return clientSees
	}
	return staffSees
}

func decodeEntries(ticket desk.TicketID, raw []byte, client bool) ([]Entry, error) {
	if len(raw) == 0 {
		return []Entry{}, nil
	}
	var rows []entryJSON
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, fmt.Errorf("decode timeline: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i := range rows {
		e, err := rows[i].entry(ticket)
		if err != nil {
			return nil, err
		}
		if client {
			e.discreet()
		}
		entries[i] = e
	}
	return entries, nil
}

func (r *entryJSON) entry(ticket desk.TicketID) (Entry, error) {
	e := Entry{
		Seq: r.Seq, At: r.At, Type: r.Type, Public: r.Public, Files: r.Files,
		Author: Author{Kind: r.ActorKind, ID: r.ActorID, Name: r.Name, Provider: r.ProviderID},
	}
	if err := json.Unmarshal(r.Detail, &e.Detail); err != nil {
		return e, fmt.Errorf("decode fact %d: %w", r.Seq, err)
	}
	if r.Commented {
		e.Comment = &Comment{
			Ticket: ticket, Seq: r.Seq, Internal: r.Internal, Format: r.Format, At: r.At, AuthorID: r.ActorID, AuthorKind: r.ActorKind,
			Channel: r.Channel, Body: r.Body, Message: desk.MessageID(r.MessageID), Data: r.CommentData, State: r.State, HeldUntil: r.HeldUntil,
		}
	}
	return e, nil
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

const publicSinceSQL = `select json_agg(x order by x.seq) from (select ` + entryColumns + entryTables + `
	where f.subject_id = $1 and f.seq > $2 and f.public and` + staffSees + `order by f.seq limit 200) x`

// publicSince reads what the client could see, or soon will, after a seq.
func publicSince(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, seq int) ([]Entry, error) {
	return readEntries(ctx, tx, id, publicSinceSQL, id, seq)
}

const changesSinceSQL = `select json_agg(x order by x.seq) from (select ` + entryColumns + entryTables + `
	where f.subject_id = $1 and f.seq > $2 and` + staffSees + `order by f.seq limit 200) x`

// changesSince reads what happened after a version.
func changesSince(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, version int) ([]Entry, error) {
	return readEntries(ctx, tx, id, changesSinceSQL, id, version)
}

func readEntries(ctx context.Context, tx tenants.ReadTx, id desk.TicketID, query string, args ...any) ([]Entry, error) {
	var raw []byte
	if err := tx.QueryRow(ctx, query, args, &raw); err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	return decodeEntries(id, raw, tx.Actor().Kind == desk.ContactActor)
}

// IsSystem reports whether an automaton did it.
func (a Author) IsSystem() bool {
	return events.ActorOf(a.Kind, a.ID, a.Provider).Kind == desk.SystemActor
}
