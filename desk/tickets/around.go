package tickets

import (
	"encoding/json"
	"time"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/tenants"
)

// around adds all rows that go with the ticket's own. made is the expression
// that ends the location of what was made: the ticket's number or a fact's seq.
func around(s *statement, tx tenants.Tx, c *Change, made string) {
	tenant := func() string { return s.once("tenant", int32(tx.Tenant().ID)) }
	now := func() string { return s.once("now", c.now) }
	if len(c.Facts) > 0 {
		s.with("f", `insert into ?tenant.facts (subject_id, seq, public, at, actor_id, provider_id, subject_kind, actor_kind, type, data)
			select t.id, v.seq, v.public, %s::timestamptz, v.actor_id, v.provider_id, 'ticket', v.actor_kind, v.type, v.data
			from t, jsonb_to_recordset(%s) v(seq integer, public boolean, actor_id uuid, provider_id integer, actor_kind text, type text, data jsonb)`,
			now(), s.list(factRows(c.Facts)))
	}
	if len(c.Comments) > 0 {
		s.with("c", `insert into ?tenant.comments (ticket_id, seq, internal, format, at, author_id, message_id, author_kind, channel, body, data)
			select t.id, v.seq, v.internal, v.format, %s::timestamptz, v.author_id, v.message_id, v.author_kind, v.channel, v.body, v.data
			from t, jsonb_to_recordset(%s) v(seq integer, internal boolean, format smallint, author_id uuid, message_id uuid, author_kind text, channel text, body text, data jsonb)`,
			now(), s.list(commentRows(c.Comments)))
	}
	if len(c.Messages) > 0 {
		s.with("m", `insert into ?tenant.messages (id, direction, channel, account, state, subject_id, seq, address, data, at, changed_at)
			select v.id, 'out', v.channel, v.account, v.state, t.id, v.seq, v.address, v.data, %[1]s::timestamptz, %[1]s::timestamptz
			from t, jsonb_to_recordset(%[2]s) v(id uuid, channel text, account text, state text, seq integer, address text, data jsonb)`,
			now(), s.list(messageRows(c.Messages)))
	}
	timers(s, c, tenant)
	if len(c.Jobs) > 0 {
		s.with("o", `insert into manydesk.outbox (tenant_id, name, lane, subject_id, seq, data, created_at)
			select %s::integer, v.name, v.lane, t.id, nullif(v.seq, 0), v.data, %s::timestamptz
			from t, rows from (jsonb_to_recordset(%s) as (name text, lane text, seq integer, data jsonb)) with ordinality v(name, lane, seq, data, n) order by v.n`, tenant(), now(), s.list(jobRows(c.Jobs)))
	}
	if len(c.Links) > 0 {
		s.with("l", `insert into ?tenant.links (ticket_id, kind, target_id, at, by)
			select t.id, v.kind, v.target, %s::timestamptz, %s::uuid from t, jsonb_to_recordset(%s) v(kind text, target uuid) on conflict do nothing`,
			now(), s.arg(c.actor.ID), s.list(linkRows(c.Links)))
	}
	if len(c.Readers) > 0 {
		s.with("p", `insert into ?tenant.participants as p (ticket_id, person_id, person_kind, follows, copied, seen_seq, added_by)
			select t.id, v.person, v.kind, v.follows, v.copied, v.seen, %s::uuid
			from t, jsonb_to_recordset(%s) v(person uuid, kind text, follows boolean, copied boolean, seen integer) order by v.person
			on conflict (ticket_id, person_id) do update set seen_seq = greatest(p.seen_seq, excluded.seen_seq),
				follows = p.follows or excluded.follows, copied = p.copied or excluded.copied`, s.arg(c.actor.ID), s.list(readerRows(c.Readers)))
	}
	if len(c.Release) > 0 {
		s.with("r", `update ?tenant.messages m set state = v.state, code = nullif(v.code, ''), error = nullif(v.error, ''), changed_at = %s::timestamptz
			from t, jsonb_to_recordset(%s) v(id uuid, state text, code text, error text) where m.id = v.id and m.subject_id = t.id`, now(), s.list(releaseRows(c.Release)))
	}
	if len(c.Withdraw) > 0 {
		gone := s.arg(c.Withdraw)
		s.with("w", "delete from ?tenant.comments c using t where c.ticket_id = t.id and c.seq = any(%s::integer[])", gone)
		s.with("wm", "delete from ?tenant.messages m using t where m.subject_id = t.id and m.direction = 'out' and m.seq = any(%s::integer[])", gone)
	}
	if c.DropDraft != "" {
		s.with("d", "delete from ?tenant.drafts d using t where d.user_id = %s and d.ticket_id = t.id and d.kind = %s", s.arg(c.actor.ID), s.arg(c.DropDraft))
	}
	if c.Key != nil {
		location := s.arg(c.Key.Location) + "::text"
		if n := len(c.Key.Location); n > 0 && c.Key.Location[n-1] == '/' {
			location += " || " + made
		}
		s.with("k", "insert into manydesk.idempotency (key16, fingerprint, created_at, tenant_id, status, location) select %s, %s, %s::timestamptz, %s::integer, %s::smallint, %s from t",
			s.arg(c.Key.Hash16), s.arg(c.Key.Fingerprint), now(), tenant(), s.arg(c.Key.Status), location)
	}
}

func timers(s *statement, c *Change, tenant func() string) {
	type row struct {
		Kind    string    `json:"kind"`
		Due     time.Time `json:"due"`
		Version int       `json:"version"`
	}
	var set []row
	var gone []string
	for _, t := range c.Timers {
		if t.DueAt.IsZero() {
			gone = append(gone, t.Kind)
		} else {
			set = append(set, row{t.Kind, t.DueAt, c.Ticket.Version})
		}
	}
	if len(set) > 0 {
		s.with("ts", `insert into manydesk.timers (tenant_id, subject_id, kind, due_at, version)
			select %s::integer, t.id, v.kind, v.due, v.version from t, jsonb_to_recordset(%s) v(kind text, due timestamptz, version integer) order by v.kind
			on conflict (tenant_id, subject_id, kind) do update set due_at = excluded.due_at, version = excluded.version, tries = 0, retry_at = null`, tenant(), s.list(set))
	}
	if len(gone) > 0 && !c.Opening() {
		s.with("tg", "delete from manydesk.timers x using t where x.tenant_id = %s::integer and x.subject_id = t.id and x.kind = any(%s)", tenant(), s.arg(gone))
	}
}

type factRow struct {
	Seq       int             `json:"seq"`
	Public    bool            `json:"public"`
	ActorID   *string         `json:"actor_id"`
	Provider  *int32          `json:"provider_id"`
	ActorKind string          `json:"actor_kind"`
	Type      string          `json:"type"`
	Data      json.RawMessage `json:"data"`
}

func factRows(facts []desk.Fact) []factRow {
	rows := make([]factRow, len(facts))
	for i, f := range facts {
		rows[i] = factRow{f.Seq, f.Public, uuid(f.Actor.ID), nil, events.ActorKind(f.Actor), f.Type, f.Data}
		if p := int32(f.Actor.Provider); p != 0 {
			rows[i].Provider = &p
		}
	}
	return rows
}

type commentRow struct {
	Seq        int         `json:"seq"`
	Internal   bool        `json:"internal"`
	Format     Format      `json:"format"`
	AuthorID   *string     `json:"author_id"`
	MessageID  *string     `json:"message_id"`
	AuthorKind string      `json:"author_kind"`
	Channel    string      `json:"channel"`
	Body       string      `json:"body"`
	Data       CommentData `json:"data"`
}

func commentRows(comments []Comment) []commentRow {
	rows := make([]commentRow, len(comments))
	for i, c := range comments {
		rows[i] = commentRow{c.Seq, c.Internal, c.Format, uuid(c.AuthorID), uuid(c.Message), c.AuthorKind, c.Channel, c.Body, c.Data}
	}
	return rows
}

type messageRow struct {
	ID      *string     `json:"id"`
	Channel string      `json:"channel"`
	Account string      `json:"account"`
	State   string      `json:"state"`
	Seq     int         `json:"seq"`
	Address string      `json:"address"`
	Data    MessageData `json:"data"`
}

func messageRows(messages []Message) []messageRow {
	rows := make([]messageRow, len(messages))
	for i, m := range messages {
		rows[i] = messageRow{uuid(m.ID), m.Channel, m.Account, m.State, m.Seq, m.Address, m.Data}
	}
	return rows
}

type jobRow struct {
	Name string          `json:"name"`
	Lane desk.Lane       `json:"lane"`
	Seq  int             `json:"seq"`
	Data json.RawMessage `json:"data,omitempty"`
}

func jobRows(jobs []desk.Job) []jobRow {
	rows := make([]jobRow, len(jobs))
	for i, j := range jobs {
		if j.Lane == "" {
			j.Lane = desk.Default
		}
		rows[i] = jobRow{j.Name, j.Lane, j.Seq, j.Data}
	}
	return rows
}

type linkRow struct {
	Kind   string  `json:"kind"`
	Target *string `json:"target"`
}

func linkRows(links []Link) []linkRow {
	rows := make([]linkRow, len(links))
	for i, l := range links {
		rows[i] = linkRow{l.Kind, uuid(l.Target)}
	}
	return rows
}

type readerRow struct {
	Person  *string        `json:"person"`
	Kind    desk.ActorKind `json:"kind"`
	Follows bool           `json:"follows"`
	Copied  bool           `json:"copied"`
	Seen    int            `json:"seen"`
}

func readerRows(readers []Reader) []readerRow {
	rows := make([]readerRow, len(readers))
	for i, r := range readers {
		rows[i] = readerRow{uuid(r.Person), r.Kind, r.Follows, r.Copied, r.Seen}
	}
	return rows
}

type releaseRow struct {
	ID    *string `json:"id"`
	State string  `json:"state"`
	Code  string  `json:"code"`
	Error string  `json:"error"`
}

func releaseRows(states []MessageState) []releaseRow {
	rows := make([]releaseRow, len(states))
	for i, m := range states {
		rows[i] = releaseRow{uuid(m.Message), m.State, m.Code, m.Error}
	}
	return rows
}

// uuid is how Postgres reads an id in JSON; null for the absent one.
func uuid[I interface {
	IsZero() bool
	UUID() string
}](id I) *string {
	if id.IsZero() {
		return nil
	}
	s := id.UUID()
	return &s
}
