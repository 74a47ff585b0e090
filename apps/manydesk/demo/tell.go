package demo

import (
	"container/heap"
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// teller tells one tenant's story in the order of time, with the clock of the
// moment: every verb runs as it would have then.
type teller struct {
	stage *stage
	rand  *rand.Rand
	rooms Rooms
	clock time.Time
	end   time.Time
	next  agenda
	bar   *bar
}

// plot is one ticket's way.
type plot struct {
	scene  *scene
	client client
	agent  people.User
	number int64
	id     desk.TicketID
	seen   int
	line   int
	fill   *strings.Replacer
	// late: it came in the last hours, and whoever is on duty works at it.
	late bool
}

// deed is what happens at a moment.
type deed struct {
	at  time.Time
	seq int
	do  func(ctx context.Context) error
}

type agenda []deed

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at.Before(a[j].at) || a[i].at.Equal(a[j].at) && a[i].seq < a[j].seq
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

// Push is heap's.
func (a *agenda) Push(x any) { *a = append(*a, x.(deed)) }

// Pop is heap's.
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

func (t *teller) at(when time.Time, do func(ctx context.Context) error) {
	heap.Push(&t.next, deed{when, t.next.Len(), do})
}

func (t *teller) tell(ctx context.Context, open Open) (err error) {
	rooms, shut, err := open(ctx, func() time.Time { return t.clock })
	if err != nil {
		return err
	}
	defer func() {
		if shutErr := shut(); err == nil {
			err = shutErr
		}
	}()
	t.rooms = rooms
	for i, when := range t.openings(t.clock) {
		t.at(when, func(ctx context.Context) error { return t.open(ctx, i >= each-fresh) })
	}
	for t.next.Len() > 0 {
		d := heap.Pop(&t.next).(deed)
		if d.at.After(t.end) {
			continue
		}
		t.clock = d.at.Truncate(time.Microsecond)
		if err := d.do(ctx); err != nil {
			return fmt.Errorf("%s, %s: %w", t.stage.company.slug, d.at.Format(time.DateTime), err)
		}
	}
	t.clock = t.end
	return t.settle(ctx)
}

// openings are when the tickets come, from start on. The last ones come in the last
// hours whatever the time of day, so that a newcomer finds a desk at work at night too.
func (t *teller) openings(start time.Time) []time.Time {
	all := make([]time.Time, each)
	for i := range each - fresh {
		at := time.Duration(float64(i) / (each - fresh) * float64(t.end.Sub(start)))
		all[i] = workday(start.Add(at+t.minutes(0, 200)), t.stage.zone)
	}
	for i := each - fresh; i < each; i++ {
		all[i] = t.end.Add(-t.minutes(5, lately))
	}
	return all
}

// hours is when the desk does what would be done at a moment: by day, or at once for a late ticket.
func (t *teller) hours(p *plot, at time.Time) time.Time {
	if p.late {
		return at
	}
	return workday(at, t.stage.zone)
}

func (t *teller) minutes(least, most int) time.Duration {
	return time.Duration(least+t.rand.IntN(most-least+1)) * time.Minute
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

func (t *teller) scene() *scene {
	total := 0
	for i := range t.stage.company.scenes {
		total += t.stage.company.scenes[i].weight
	}
	n := t.rand.IntN(total)
	for i := range t.stage.company.scenes {
		if n -= t.stage.company.scenes[i].weight; n < 0 {
			return &t.stage.company.scenes[i]
		}
	}
	return &t.stage.company.scenes[0]
}

func (t *teller) do(ctx context.Context, who desk.Actor, f func(ctx context.Context, tx tenants.Tx) error) error {
	return t.rooms.House.Do(ctx, t.stage.tenant, who, f)
}

func (t *teller) open(ctx context.Context, late bool) error {
	s := t.scene()
	c := pick(t.rand, t.stage.clients)
	name, _, _ := strings.Cut(c.name, " ")
	p := &plot{scene: s, client: c, agent: pick(t.rand, t.stage.agents), late: late, fill: strings.NewReplacer(
		"{place}", pick(t.rand, t.stage.company.places), "{unit}", pick(t.rand, t.stage.company.units), "{name}", name, "{n}", strconv.Itoa(2+t.rand.IntN(7)))}
	fields := map[string]any{}
	for _, f := range t.stage.questions[s.kind] {
		if f.required || t.rand.IntN(2) == 0 {
			fields[f.key] = answer(f, pick(t.rand, f.values))
		}
	}
	channel := pick(t.rand, []string{tickets.Mail, tickets.Mail, tickets.Portal, tickets.Portal, tickets.Phone, tickets.WebForm})
	subject := p.fill.Replace(pick(t.rand, s.subjects))
	err := t.do(ctx, me, func(ctx context.Context, tx tenants.Tx) error {
		made, err := t.rooms.Tickets.Open(ctx, tx, tickets.Open{
			Subject: capital(subject), Text: p.fill.Replace(pick(t.rand, s.opening)), Type: s.kind, Priority: s.priority, Channel: channel,
			Contact: c.id, Company: c.company, Language: t.stage.company.language, Fields: fields, Group: "first",
		})
		if err == nil {
			p.number, p.id, p.seen = made.Number, made.ID, made.PublicSeq
		}
		return err
	})
	if err != nil {
		return err
	}
	t.bar.step()
	if t.rand.IntN(100) < 4 && t.end.Sub(t.clock) < 36*time.Hour || late && t.rand.IntN(3) == 0 {
		return nil // nobody has looked yet
	}
	first := t.minutes(3, 50) * time.Duration(s.priority)
	t.at(t.hours(p, t.clock.Add(first)), func(ctx context.Context) error { return t.take(ctx, p) })
	return nil
}

func (t *teller) agent(p *plot) desk.Actor { return t.stage.crew.actorOf(p.agent, t.stage.engage) }

func (t *teller) take(ctx context.Context, p *plot) error {
	err := t.do(ctx, t.agent(p), func(ctx context.Context, tx tenants.Tx) error {
		if _, err := t.rooms.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.ID(p.id), To: p.agent.ID}); err != nil {
			return err
		}
		_, err := t.rooms.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.ID(p.id), Move: tickets.Move{To: "in_progress"}})
		return err
	})
	if err != nil {
		return err
	}
	t.at(t.hours(p, t.clock.Add(t.minutes(2, 25))), func(ctx context.Context) error { return t.say(ctx, p) })
	return nil
}

// say is the next line of the talk; after the last one the work is done.
func (t *teller) say(ctx context.Context, p *plot) error {
	if p.line == len(p.scene.talk) {
		return t.finish(ctx, p)
	}
	l := p.scene.talk[p.line]
	p.line++
	text := p.fill.Replace(l.text)
	var err error
	switch l.who {
	case "n":
		err = t.do(ctx, t.agent(p), func(ctx context.Context, tx tenants.Tx) error {
			_, err := t.rooms.Tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.ID(p.id), Text: text})
			return err
		})
	case "c":
		err = t.do(ctx, me, func(ctx context.Context, tx tenants.Tx) error {
			_, err := t.rooms.Tickets.ClientReply(ctx, tx, tickets.ClientReply{Ticket: tickets.ID(p.id), Contact: p.client.id, Text: text, Channel: tickets.Mail})
			return err
		})
	default:
		err = t.do(ctx, t.agent(p), func(ctx context.Context, tx tenants.Tx) error {
			_, err := t.rooms.Tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.ID(p.id), Text: text, Anyway: true, Hold: -1})
			return err
		})
	}
	if err != nil {
		return err
	}
	pause := t.minutes(4, 90)
	if l.who == "a" && t.rand.IntN(8) == 0 {
		pause = t.minutes(600, 2400) // the client comes back another day
		if err := t.wait(ctx, p, t.clock.Add(pause+time.Hour)); err != nil {
			return err
		}
	}
	t.at(t.hours(p, t.clock.Add(pause)), func(ctx context.Context) error { return t.say(ctx, p) })
	return nil
}

// wait pauses the ticket until the client answers.
func (t *teller) wait(ctx context.Context, p *plot, until time.Time) error {
	reason := "Ждём ответа клиента."
	if t.stage.company.language == "en" {
		reason = "Waiting for the client."
	}
	until = workday(until, t.stage.zone)
	err := t.do(ctx, t.agent(p), func(ctx context.Context, tx tenants.Tx) error {
		_, err := t.rooms.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.ID(p.id), Move: tickets.Move{To: "pending", Until: until, Comment: reason}})
		return err
	})
	if err != nil || until.After(t.end) {
		return err
	}
	t.at(until, func(ctx context.Context) error {
		return t.do(ctx, desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
			return t.rooms.Tickets.Resume(ctx, tx, desk.Timer{Subject: p.id.Any(), Kind: tickets.TimerResume, DueAt: until})
		})
	})
	return nil
}

func (t *teller) finish(ctx context.Context, p *plot) error {
	resolve := func(ctx context.Context, tx tenants.Tx) error {
		_, err := t.rooms.Tickets.Reply(ctx, tx, tickets.Reply{
			Ticket: tickets.ID(p.id), Text: p.scene.end, Anyway: true, Hold: -1, Status: &tickets.Move{To: "resolved", Comment: p.scene.end},
		})
		return err
	}
	if err := t.do(ctx, t.agent(p), resolve); err != nil {
		return err
	}
	closing := t.clock.Add(7*24*time.Hour + time.Minute)
	switch n := t.rand.IntN(100); {
	case n < 38:
		t.at(t.clock.Add(t.minutes(20, 2000)), func(ctx context.Context) error { return t.rate(ctx, p) })
	case n < 44 && p.line > 1:
		t.at(workday(t.clock.Add(t.minutes(60, 1500)), t.stage.zone), func(ctx context.Context) error {
			p.line = len(p.scene.talk) - 1
			return t.again(ctx, p)
		})
		return nil
	}
	t.at(closing, func(ctx context.Context) error {
		return t.do(ctx, desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
			return t.rooms.Tickets.AutoClose(ctx, tx, desk.Timer{Subject: p.id.Any(), Kind: tickets.TimerClose, DueAt: t.clock})
		})
	})
	return nil
}

func (t *teller) again(ctx context.Context, p *plot) error {
	text := "К сожалению, повторилось."
	if t.stage.company.language == "en" {
		text = "Unfortunately it happened again."
	}
	err := t.do(ctx, me, func(ctx context.Context, tx tenants.Tx) error {
		_, err := t.rooms.Tickets.ClientReply(ctx, tx, tickets.ClientReply{Ticket: tickets.ID(p.id), Contact: p.client.id, Text: text, Channel: tickets.Portal})
		return err
	})
	if err != nil {
		return err
	}
	t.at(workday(t.clock.Add(t.minutes(10, 120)), t.stage.zone), func(ctx context.Context) error { return t.say(ctx, p) })
	return nil
}

func (t *teller) rate(ctx context.Context, p *plot) error {
	score := pick(t.rand, []int{5, 5, 5, 5, 5, 4, 4, 4, 3, 2})
	return t.do(ctx, desk.Automaton("rating"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := t.rooms.Tickets.Rate(ctx, tx, tickets.Rate{Ticket: tickets.ID(p.id), Contact: p.client.id, Score: score})
		return err
	})
}

// settle makes the past quiet: its letters have gone, and what the product would
// do about it now has been told already.
func (t *teller) settle(ctx context.Context) error {
	return t.do(ctx, me, func(ctx context.Context, tx tenants.Tx) error {
		if _, err := tx.Exec(ctx, "update ?tenant.messages set state = 'sent', changed_at = at where direction = 'out' and state = 'queued'"); err != nil {
			return fmt.Errorf("settle the letters: %w", err)
		}
		_, err := tx.Exec(ctx, "delete from manydesk.outbox where tenant_id = $1", int32(tx.Tenant().ID))
		return err
	})
}

// answer gives a field's value its kind.
func answer(f field, value string) any {
	if f.kind == "number" {
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			return n // as it would come in JSON
		}
	}
	return value
}

// capital begins a subject with a capital letter, where a unit's name stands first.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}
