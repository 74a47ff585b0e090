package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Reports is the room's door.
type Reports struct{ guard *access.Guard }

// New opens the room.
func New(guard *access.Guard) *Reports { return &Reports{guard} }

// Period is from an instant up to, but not with, another.
type Period struct{ From, To time.Time }

// Summary is what happened in a period. Resolved and closed count tickets that
// are so still: one that came back is in Reopened, which counts how often.
type Summary struct {
	Created  int `json:"created"`
	Resolved int `json:"resolved"`
	Closed   int `json:"closed"`
	Reopened int `json:"reopened"`
	OpenNow  int `json:"open_now"`
	// Rated counts tickets rated in the period, by their last rating in it.
	Rated     int      `json:"rated"`
	RatingAvg *float64 `json:"rating_avg"`
	// SLA are the promises of what was resolved in the period, by clock.
	SLA     []Kept        `json:"sla"`
	ByType  []TypeFigures `json:"by_type"`
	ByAgent []Agent       `json:"by_agent"`
	ByDay   []Day         `json:"by_day"`
}

// Kept is how many promises of a clock were kept, with the exceptions that were
// made and without them.
type Kept struct {
	Clock    string `json:"clock"`
	Promised int    `json:"promised"`
	Kept     int    `json:"kept"`
	// RawPromised and RawKept are by the policies alone.
	RawPromised int `json:"raw_promised"`
	RawKept     int `json:"raw_kept"`
	// Excepted are those under an exception.
	Excepted int `json:"excepted"`
}

// TypeFigures are those of one ticket type.
type TypeFigures struct {
	Type     string `json:"type"`
	Created  int    `json:"created"`
	Resolved int    `json:"resolved"`
	OpenNow  int    `json:"open_now"`
}

// Agent is one person's part, by whose ticket it is now; replies by who wrote them.
type Agent struct {
	ID        desk.UserID `json:"id"`
	Name      string      `json:"name"`
	Resolved  int         `json:"resolved"`
	Replies   int         `json:"replies"`
	OpenNow   int         `json:"open_now"`
	Rated     int         `json:"rated"`
	RatingAvg *float64    `json:"rating_avg"`
}

// Day is a day in the tenant's time zone, "2026-11-23".
type Day struct {
	Day      string `json:"day"`
	Created  int    `json:"created"`
	Resolved int    `json:"resolved"`
}

// longest bounds a period: a summary reads every ticket of it.
const longest = 400 * 24 * time.Hour

// Every figure comes from the same few sets, so that they cannot disagree.
const summarySQL = `with seen as materialized (
		select id, type, assignee_id, category, created_at >= $1 and created_at < $2 as created, coalesce(resolved_at >= $1 and resolved_at < $2, false) as resolved,
			coalesce(closed_at >= $1 and closed_at < $2, false) as closed, category <= 3 as open, created_at, resolved_at
		from ?tenant.tickets where merged_into is null and ($4 or type = any($5))
			and (category <= 3 or created_at >= $1 and created_at < $2 or resolved_at >= $1 and resolved_at < $2 or closed_at >= $1 and closed_at < $2)),
	rated as materialized (
		select distinct on (f.subject_id) t.assignee_id, (f.data->>'score')::integer as score
		from ?tenant.facts f join ?tenant.tickets t on t.id = f.subject_id and ($4 or t.type = any($5))
		where f.at >= $1 and f.at < $2 and f.type = 'ticket.rated' order by f.subject_id, f.seq desc),
	back as (
		select count(*) as n from ?tenant.facts f join ?tenant.tickets t on t.id = f.subject_id and ($4 or t.type = any($5))
		where f.at >= $1 and f.at < $2 and f.type in ('ticket.status_changed', 'ticket.resumed') and f.data->'reopened' = 'true'),
	replies as (
		select f.actor_id as id, count(*) as n from ?tenant.facts f
		join ?tenant.comments c on c.ticket_id = f.subject_id and c.seq = f.seq join ?tenant.tickets t on t.id = f.subject_id and ($4 or t.type = any($5))
		where f.at >= $1 and f.at < $2 and f.type = 'ticket.replied' and f.actor_kind = 'staff' group by f.actor_id),
	runs as (
		select r->>'clock' as clock, (r->>'met')::timestamptz as met, (r->>'due')::timestamptz as due, (r->>'raw')::timestamptz as raw, k->'terms'->'base' is not null as excepted,
			coalesce((k->'terms'->'targets'->>(r->>'clock'))::integer, 0) > 0 or r->>'clock' = 'resolution' and k->'terms'->>'due_at' is not null as promised,
			coalesce((k->'terms'->'base'->'targets'->>(r->>'clock'))::integer, 0) > 0 as raw_promised
		from seen s join lateral (select x.clock as k from ?tenant.tickets x where x.id = s.id) t on true cross join lateral jsonb_array_elements(k->'runs') r
		where s.resolved and jsonb_typeof(k->'runs') = 'array' and r->>'met' is not null),
	sla as (
		select clock, count(*) filter (where promised) as promised, count(*) filter (where promised and (due is null or met <= due)) as kept,
			count(*) filter (where case when excepted then raw_promised else promised end) as raw_promised,
			count(*) filter (where case when excepted then raw_promised and (raw is null or met <= raw) else promised and (due is null or met <= due) end) as raw_kept,
			count(*) filter (where excepted and (promised or raw_promised)) as excepted
		from runs where promised or raw_promised group by clock order by clock),
	types as (
		select type, count(*) filter (where created) as created, count(*) filter (where resolved) as resolved, count(*) filter (where open) as open_now
		from seen group by type order by type),
	theirs as (
		select assignee_id as id, count(*) filter (where resolved) as resolved, count(*) filter (where open) as open_now from seen where assignee_id is not null group by 1),
	scores as (select assignee_id as id, count(*) as n, avg(score)::float8 as score from rated where assignee_id is not null group by 1),
	agents as (
		select s.user_id as id, s.name, coalesce(t.resolved, 0) as resolved, coalesce(r.n, 0) as replies, coalesce(t.open_now, 0) as open_now, coalesce(x.n, 0) as rated, x.score as rating_avg
		from ?tenant.staff s left join theirs t on t.id = s.user_id left join replies r on r.id = s.user_id left join scores x on x.id = s.user_id
		where t.id is not null or r.id is not null or x.id is not null order by s.name, s.user_id),
	made as (select (created_at at time zone $3)::date as day, count(*) as n from seen where created group by 1),
	done as (select (resolved_at at time zone $3)::date as day, count(*) as n from seen where resolved group by 1),
	days as (
		select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(m.n, 0) as created, coalesce(r.n, 0) as resolved
		from generate_series(date_trunc('day', $1::timestamptz at time zone $3), ($2::timestamptz - interval '1 microsecond') at time zone $3, interval '1 day') d(day)
		left join made m on m.day = d.day::date left join done r on r.day = d.day::date order by d.day)
	select json_build_object(
		'created', (select count(*) from seen where created), 'resolved', (select count(*) from seen where resolved), 'closed', (select count(*) from seen where closed),
		'open_now', (select count(*) from seen where open), 'reopened', (select n from back),
		'rated', (select count(*) from rated), 'rating_avg', (select avg(score)::float8 from rated),
		'sla', (select coalesce(json_agg(x), '[]') from sla x), 'by_type', (select coalesce(json_agg(x), '[]') from types x), 'by_agent', (select coalesce(json_agg(x), '[]') from agents x), 'by_day', (select coalesce(json_agg(x), '[]') from days x))`

// Summary counts a period of a tenant in one statement.
//
// Rights: ticket.read; types the actor may not read are not counted. Errors:
// NotFound, ValidationFailed on "from" and "to".
func (r *Reports) Summary(ctx context.Context, tx tenants.ReadTx, p Period) (Summary, error) {
	var s Summary
	types, err := r.guard.Types(ctx, tx, access.TicketRead)
	if err != nil {
		return s, err
	}
	switch {
	case types.None() || tx.Actor().Kind == desk.ContactActor:
		return s, desk.Missing()
	case !p.To.After(p.From):
		return s, desk.Invalid(desk.Field("/query/to", desk.Minimum, "min", p.From))
	case p.To.Sub(p.From) > longest:
		return s, desk.Invalid(desk.Field("/query/from", desk.Maximum, "max", "400 d"))
	}
	keys := types.Keys
	if keys == nil {
		keys = []string{}
	}
	var raw []byte
	err = tx.QueryRow(ctx, summarySQL, []any{p.From, p.To, tx.Tenant().TimeZone, types.All, keys}, &raw)
	if err != nil {
		return s, fmt.Errorf("count the period: %w", err)
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, fmt.Errorf("decode the summary: %w", err)
	}
	return s, nil
}
