package tickets

import (
	"encoding/json"
	"strconv"

	"manydesk/desk"
	"manydesk/desk/events"
)

// around adds all rows that go with the ticket's own. made is the expression
// that ends the location of what was made: the ticket's number or a fact's seq.
func around(s *statement, c *Change, made string) {
	said(s, c)
	later(s, c)
	people(s, c)
	if len(c.Release) > 0 {
		rows := make([][]any, len(c.Release))
		for i, m := range c.Release {
			rows[i] = []any{m.Message, m.State, m.Code, m.Error}
		}
		s.with("r", "update ?tenant.messages m set state = v.state, code = nullif(v.code, ''), error = nullif(v.error, ''), changed_at = "+s.at()+`
			from t, `+s.values("v(id, state, code, error)", "uuid, text, text, text", rows)+" where m.id = v.id and m.subject_id = t.id")
	}
	if len(c.Withdraw) > 0 {
		gone := s.arg(c.Withdraw)
		s.with("w", "delete from ?tenant.comments c using t where c.ticket_id = t.id and c.seq = any("+gone+"::integer[])")
		s.with("wm", "delete from ?tenant.messages m using t where m.subject_id = t.id and m.direction = 'out' and m.seq = any("+gone+"::integer[])")
	}
	if c.Key != nil {
		location := s.arg(c.Key.Location) + "::text"
		if n := len(c.Key.Location); n > 0 && c.Key.Location[n-1] == '/' {
			location += " || " + made
		}
		s.with("k", "insert into manydesk.idempotency (key16, fingerprint, created_at, tenant_id, status, location) select "+
			s.arg(c.Key.Hash16)+", "+s.arg(c.Key.Fingerprint)+", "+s.at()+", "+s.own()+", "+s.arg(c.Key.Status)+"::smallint, "+location+" from t")
	}
}

// said adds the facts, their texts and what carries these out.
func said(s *statement, c *Change) {
	if len(c.Facts) > 0 {
		rows := make([][]any, len(c.Facts))
		for i, f := range c.Facts {
			var provider *int32
			if p := int32(f.Actor.Provider); p != 0 {
				provider = &p
			}
			rows[i] = []any{f.Seq, f.Public, f.Actor.ID, provider, events.ActorKind(f.Actor), f.Type, string(f.Data)}
		}
		s.with("f", `insert into ?tenant.facts (subject_id, seq, public, at, actor_id, provider_id, subject_kind, actor_kind, type, data)
			select t.id, v.seq, v.public, `+s.at()+", v.actor_id, v.provider_id, 'ticket', v.actor_kind, v.type, v.data from t, "+
			s.values("v(seq, public, actor_id, provider_id, actor_kind, type, data)", "integer, boolean, uuid, integer, text, text, jsonb", rows))
	}
	if len(c.Comments) > 0 {
		rows := make([][]any, len(c.Comments))
		for i, m := range c.Comments {
			rows[i] = []any{m.Seq, m.Internal, int16(m.Format), m.AuthorID, m.Message, m.AuthorKind, m.Channel, m.Body, encode(m.Data)}
		}
		s.with("c", `insert into ?tenant.comments (ticket_id, seq, internal, format, at, author_id, message_id, author_kind, channel, body, data)
			select t.id, v.seq, v.internal, v.format, `+s.at()+", v.author_id, v.message_id, v.author_kind, v.channel, v.body, v.data from t, "+
			s.values("v(seq, internal, format, author_id, message_id, author_kind, channel, body, data)", "integer, boolean, smallint, uuid, uuid, text, text, text, jsonb", rows))
	}
	if len(c.Messages) > 0 {
		rows := make([][]any, len(c.Messages))
		for i, m := range c.Messages {
			rows[i] = []any{m.ID, m.Channel, m.Account, m.State, m.Seq, m.Address, encode(m.Data)}
		}
		s.with("m", `insert into ?tenant.messages (id, direction, channel, account, state, subject_id, seq, address, data, at, changed_at)
			select v.id, 'out', v.channel, v.account, v.state, t.id, v.seq, v.address, v.data, `+s.at()+", "+s.at()+" from t, "+
			s.values("v(id, channel, account, state, seq, address, data)", "uuid, text, text, text, integer, text, jsonb", rows))
	}
}

// later adds what is to be looked at and done afterwards.
func later(s *statement, c *Change) {
	var set [][]any
	var gone []string
	for _, t := range c.Timers {
		if t.DueAt.IsZero() {
			gone = append(gone, t.Kind)
		} else {
			set = append(set, []any{t.Kind, t.DueAt, c.Ticket.Version})
		}
	}
	if len(set) > 0 {
		s.with("ts", "insert into manydesk.timers (tenant_id, subject_id, kind, due_at, version) select "+s.own()+", t.id, v.kind, v.due, v.version from t, "+
			s.values("v(kind, due, version)", "text, timestamptz, integer", set)+
			" on conflict (tenant_id, subject_id, kind) do update set due_at = excluded.due_at, version = excluded.version, tries = 0, retry_at = null")
	}
	if len(gone) > 0 && !c.Opening() {
		s.with("tg", "delete from manydesk.timers x using t where x.tenant_id = "+s.own()+" and x.subject_id = t.id and x.kind = any("+s.arg(gone)+")")
	}
	if len(c.Jobs) > 0 {
		rows := make([][]any, len(c.Jobs))
		for i, j := range c.Jobs {
			if j.Lane == "" {
				j.Lane = desk.Default
			}
			var data *string
			if len(j.Data) > 0 {
				text := string(j.Data)
				data = &text
			}
			rows[i] = []any{j.Name, string(j.Lane), j.Seq, data}
		}
		s.with("o", "insert into manydesk.outbox (tenant_id, name, lane, subject_id, seq, data, created_at) select "+s.own()+
			", v.name, v.lane, t.id, nullif(v.seq, 0), v.data, "+s.at()+" from t, "+s.values("v(name, lane, seq, data)", "text, text, integer, jsonb", rows))
	}
}

// people adds links, who has read how far, and forgets the draft.
func people(s *statement, c *Change) {
	if len(c.Links) > 0 {
		rows := make([][]any, len(c.Links))
		for i, l := range c.Links {
			rows[i] = []any{l.Kind, l.Target}
		}
		s.with("l", "insert into ?tenant.links (ticket_id, kind, target_id, at, by) select t.id, v.kind, v.target, "+s.at()+", "+s.arg(c.actor.ID)+"::uuid from t, "+
			s.values("v(kind, target)", "text, uuid", rows)+" on conflict do nothing")
	}
	if len(c.Readers) > 0 {
		rows := make([][]any, len(c.Readers))
		for i, r := range c.Readers {
			rows[i] = []any{r.Person, string(r.Kind), r.Follows, r.Copied, r.Seen}
		}
		s.with("p", "insert into ?tenant.participants as p (ticket_id, person_id, person_kind, follows, copied, seen_seq, added_by) select t.id, v.person, v.kind, v.follows, v.copied, v.seen, "+
			s.arg(c.actor.ID)+"::uuid from t, "+s.values("v(person, kind, follows, copied, seen)", "uuid, text, boolean, boolean, integer", rows)+
			` on conflict (ticket_id, person_id) do update set seen_seq = greatest(p.seen_seq, excluded.seen_seq),
				follows = p.follows or excluded.follows, copied = p.copied or excluded.copied`)
	}
	if c.DropDraft != "" {
		s.with("d", "delete from ?tenant.drafts d using t where d.user_id = "+s.arg(c.actor.ID)+" and d.ticket_id = t.id and d.kind = "+s.arg(c.DropDraft))
	}
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("encode " + strconv.Quote(err.Error())) // strings, times and ids
	}
	return string(b)
}
