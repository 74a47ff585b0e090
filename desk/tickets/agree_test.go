package tickets_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

// Whatever happens to tickets, the worklist says of each what its own row says,
// and its facts are numbered without gaps up to its version.
func TestTheWorklistAndTheFactsAgreeWithTheTicketAfterAnyVerbs(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	rapid.Check(t, func(rt *rapid.T) {
		made := w.Open(rapid.SampledFrom([]desk.Actor{w.Vera, w.Ivan, w.Petra}).Draw(rt, "who"),
			tickets.Open{Subject: "a", Type: "question", Priority: rapid.IntRange(1, 4).Draw(rt, "priority"), Contact: w.Ivan.Contact()})
		life := &life{w, made}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			life.step(rt)
		}
		life.agree(rt)
	})
}

type life struct {
	w    *ticketstest.World
	made *tickets.Ticket
}

// expected refusals are part of life; others are not.
var expected = map[desk.Code]bool{
	desk.TransitionRefused: true, desk.ClosedIsFinal: true, desk.NotFound: true, desk.InUse: true, desk.ChangedMeanwhile: true, desk.ValidationFailed: true,
}

func (l *life) step(rt *rapid.T) {
	w, n, t := l.w, tickets.Number(l.made.Number), l.w.Tickets
	text := rapid.SampledFrom([]string{"да", "нет", "не знаю"}).Draw(rt, "text")
	client := w.Ivan
	if l.made.ContactID != w.Ivan.Contact() {
		client = w.Petra
	}
	move := tickets.Move{To: rapid.SampledFrom([]string{"open", "in_progress", "pending", "resolved", "closed"}).Draw(rt, "to"), Until: w.Now().Add(time.Hour)}
	seq := rapid.IntRange(1, 15).Draw(rt, "seq")
	acts := map[string]func() error{
		"reply": func() error {
			_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: text, Anyway: true})
			return err
		},
		"answer": func() error { _, err := answer(w, client, tickets.ClientReply{Ticket: n, Text: text}); return err },
		"status": func() error { _, err := status(w, w.Oleg, tickets.SetStatus{Ticket: n, Move: move}); return err },
		"assign": func() error {
			_, err := assign(w, w.Oleg, tickets.Assign{Ticket: n, To: []desk.Actor{w.Vera, w.Oleg}[seq%2].User()})
			return err
		},
		"unassign": func() error { _, err := assign(w, w.Oleg, tickets.Assign{Ticket: n}); return err },
		"with status": func() error {
			_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: text, Anyway: true, Status: &move})
			return err
		},
		"priority": func() error {
			return w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
				_, err := t.SetPriority(ctx, tx, tickets.SetPriority{Ticket: n, Priority: seq%4 + 1})
				return err
			})
		},
		"edit": func() error {
			return w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
				_, err := t.Edit(ctx, tx, tickets.Edit{Ticket: n, Subject: &text, Tags: &[]string{text}, Type: ptr("incident"), Fields: map[string]any{"impact": "one"}})
				return err
			})
		},
		"seen": func() error {
			return w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error { return t.MarkSeen(ctx, tx, n, seq) })
		},
		"withdraw": func() error {
			return w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error { _, err := t.Withdraw(ctx, tx, n, seq); return err })
		},
		"release": func() error {
			return w.Do(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
				return t.Release(ctx, tx, desk.Timer{Subject: l.made.ID.Any(), Kind: "send:" + decimal(int64(seq))})
			})
		},
		"resume": func() error {
			w.Pass(2 * time.Hour)
			return w.Do(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
				return t.Resume(ctx, tx, desk.Timer{Subject: l.made.ID.Any(), Kind: tickets.TimerResume})
			})
		},
		"confirm": func() error {
			return w.Do(client, func(ctx context.Context, tx tenants.Tx) error { _, err := t.Confirm(ctx, tx, n); return err })
		},
		"reopen": func() error {
			return w.Do(client, func(ctx context.Context, tx tenants.Tx) error {
				_, err := t.Reopen(ctx, tx, tickets.Reopen{Ticket: n, Text: text})
				return err
			})
		},
	}
	name := rapid.SampledFrom([]string{"reply", "answer", "status", "status", "assign", "assign", "unassign", "with status", "priority", "edit", "seen", "withdraw", "release", "resume", "confirm", "reopen"}).Draw(rt, "act")
	if err := acts[name](); err != nil && !expected[desk.CodeOf(err)] {
		rt.Fatalf("%s: %v", name, err)
	}
}

const agreement = `with t as (select * from ?tenant.tickets where id = $1),
	l as (select t.*, case when category = 3 then 9 when waiting_since is not null then 2 * priority - 1 else 2 * priority end as class,
			case when category = 3 then resume_at when waiting_since is not null then waiting_since else created_at end as since from t),
	i as (select * from manydesk.ticket_index where tenant_id = $2 and ticket_id = $1)
	select (select count(*) from i) = (select count(*) from t where category <= 3)
			and not exists (select from i join l on l.id = i.ticket_id where (i.number, i.version, i.type, i.status, i.category, i.priority, i.assignee_id, i.group_key, i.company_id,
					i.resume_at, i.waiting_since, i.updated_at, i.channel, i.subject)
				is distinct from (l.number, l.version, l.type, l.status, l.category, l.priority, l.assignee_id, l.group_key, l.company_id,
					l.resume_at, l.waiting_since, l.updated_at, l.channel, l.subject)
				or i.due_tick <> l.class * 10000000000 + extract(epoch from date_trunc('second', l.since) - '2000-01-01Z')::bigint or i.calendar_id <> 0
				or i.due_at <> '2000-01-01Z'::timestamptz + i.due_tick * interval '1 second'
				or (i.flags & 2 = 2) <> (l.waiting_since is not null)
				or (i.flags & 1 = 1) <> (l.created_by is null and not exists (select from ?tenant.participants p where p.ticket_id = l.id and p.person_kind = 'staff' and p.seen_seq > 0))
				or i.contact is distinct from (select name from ?tenant.contacts c where c.id = l.contact_id)
				or i.company is distinct from (select name from ?tenant.companies c where c.id = l.company_id)) as listed,
		(select count(*) = t.version and max(f.seq) = t.version and min(f.seq) = 1 and max(f.seq) filter (where f.public) = t.public_seq
			from ?tenant.facts f where f.subject_id = $1) as numbered,
		not exists (select from ?tenant.comments c left join ?tenant.facts f on f.subject_id = c.ticket_id and f.seq = c.seq where c.ticket_id = $1 and (f.seq is null or f.public = c.internal)) as told,
		(select count(*) from manydesk.timers x where x.subject_id = $1 and x.kind = 'resume') = (select count(*) from t where category = 3)
			and (select count(*) from manydesk.timers x where x.subject_id = $1 and x.kind = 'close') = (select count(*) from t where category = 4)
			and (select count(*) from manydesk.timers x where x.subject_id = $1 and x.kind like 'send:%') = (select count(*) from ?tenant.messages m where m.subject_id = $1 and m.state = 'held') as timed,
		not exists (select from (select i.assignee_id as who, count(*) as tickets, sum(case when i.category = 3 then (p.points + 1) / 2 else p.points end) as points
					from manydesk.ticket_index i, lateral (select (array[8, 4, 2, 1])[i.priority] as points) p where i.assignee_id is not null group by 1) n
				full join manydesk.workload w on w.user_id = n.who where (coalesce(n.tickets, 0), coalesce(n.points, 0)) is distinct from (w.tickets::bigint, w.points::bigint)) as loaded
	from t`

func (l *life) agree(rt *rapid.T) {
	var listed, numbered, told, timed, loaded bool
	err := l.w.Read(l.w.Vera).QueryRow(context.Background(), agreement, []any{l.made.ID, int32(l.w.Tenant.ID)}, &listed, &numbered, &told, &timed, &loaded)
	if err != nil {
		rt.Fatal(err)
	}
	if !listed || !numbered || !told || !timed || !loaded {
		rt.Fatalf("ticket %d: worklist %v, facts %v, comments %v, timers %v, loads %v", l.made.Number, listed, numbered, told, timed, loaded)
	}
}
