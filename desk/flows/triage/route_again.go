package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Route puts a ticket anew where the rules say, because somebody asks for it.
//
// Rights: ticket.assign. Errors: NotFound, Denied, ClosedIsFinal; ValidationFailed
// on "reason".
func (t *Triage) Route(ctx context.Context, tx tenants.Tx, ref tickets.Ref, reason string) (*tickets.Ticket, error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > 1000 {
		return nil, desk.Invalid(desk.Field("reason", desk.MaxLength, "max", 1000))
	}
	return t.tickets.Tend(ctx, tx, ref, access.TicketAssign, func(ctx context.Context, c *tickets.Change) error {
		if over(c.Ticket.Category) {
			return desk.Refuse(desk.ClosedIsFinal)
		}
		set, ok, err := live(ctx, tx.ReadTx)
		if err != nil || !ok {
			return err
		}
		v := &values{tx: tx.ReadTx, ticket: unplaced(&c.Ticket)}
		p, err := t.place(ctx, tx.ReadTx, question{set: &set.Spec, version: set.Version, ticket: &c.Ticket, pools: holding(tx), values: v, again: true})
		if err != nil {
			return err
		}
		return t.put(c, p, CauseAsked, reason)
	})
}

// regive finds somebody else of the ticket's own group, by the strategy that the
// rules have for it; nobody where they choose nobody.
func (t *Triage) regive(ctx context.Context, tx tenants.Tx, c *tickets.Change, cause string) (placed, error) {
	set, _, err := live(ctx, tx.ReadTx)
	if err != nil {
		return placed{}, err
	}
	return t.elsewhere(ctx, tx.ReadTx, question{set: &set.Spec, version: set.Version, ticket: &c.Ticket, pools: holding(tx), again: true}, cause)
}

// elsewhere is regive without changing anything.
func (t *Triage) elsewhere(ctx context.Context, tx tenants.ReadTx, q question, cause string) (placed, error) {
	is := q.ticket
	// Where a ticket stands, its rule is asked only how people of its group are chosen.
	kept := routing.To{Group: is.GroupKey, Line: is.Line, Vendor: is.VendorID, Priority: is.Priority, Tags: is.Tags}
	p := placed{to: kept, trace: routing.Trace{Version: q.version, Strategy: routing.Manual}}
	if q.version > 0 && cause != CauseRemoved && cause != CauseEnded {
		v := q.values
		if v == nil {
			v = &values{tx: tx, ticket: unplaced(is)}
		}
		asked, err := t.place(ctx, tx, question{set: q.set, version: q.version, ticket: is, values: v, pools: nobodys{}, again: true})
		if err != nil {
			return placed{}, err
		}
		p.trace.Rule, p.trace.Tried, p.trace.Seen = asked.trace.Rule, asked.trace.Tried, asked.trace.Seen
		then := routing.Then{Group: is.GroupKey, Vendor: is.VendorID, Strategy: asked.strategy, Skills: asked.skills}
		if asked.to.Group != is.GroupKey {
			then.Strategy, then.Skills = q.strategyFor(is.GroupKey), nil
		}
		if err := t.choose(ctx, tx, q, v, &then, &p); err != nil {
			return placed{}, err
		}
	}
	if p.to.Person.IsZero() && cause == CauseShift {
		p.to.Person = is.AssigneeID // nobody else can: it stays, though the shift is over
	}
	p.trace.To = p.to
	if p.to.Person == is.AssigneeID {
		return p, nil
	}
	if p.fromName = q.fromName; p.fromName == "" {
		names, err := namesOf(ctx, tx, is.AssigneeID)
		if err != nil {
			return placed{}, err
		}
		p.fromName = names[is.AssigneeID]
	}
	return p, nil
}

// strategyFor is how the rules choose in a group, by the first that gives to it.
func (q *question) strategyFor(group string) routing.Strategy {
	for i := range q.set.Rules {
		if then := &q.set.Rules[i].Then; then.Group == group && !q.set.Rules[i].Off && len(then.Skills) == 0 {
			return then.Strategy
		}
	}
	if q.set.Default.Group == group {
		return q.set.Default.Strategy
	}
	return routing.Manual
}

// nobodys is where nobody is looked for.
type nobodys struct{}

func (nobodys) candidates(context.Context, routing.Pool) ([]routing.Candidate, error) {
	return nil, nil
}

func (nobodys) peek(context.Context, routing.Pool) ([]routing.Candidate, error) { return nil, nil }

func (nobodys) turns(context.Context, []routing.Candidate) error { return nil }

// JobRelease takes the open tickets of somebody away, or gives them to others.
const JobRelease = "routing.release"

type release struct {
	Person desk.UserID `json:"person"`
	Cause  string      `json:"cause"`
}

// Release sees to it that somebody who is gone, absent or off shift (a Cause) does
// not keep open tickets: whoever was removed loses them to their groups, others by
// rule. It is done after the commit, each ticket in a unit of its own; moved is how
// many there are now. To ask twice does no more than to ask once.
//
// Rights are those of the verb that calls it.
func (t *Triage) Release(ctx context.Context, tx tenants.Tx, person desk.UserID, cause string) (moved int, err error) {
	err = tx.QueryRow(ctx, "select count(*) from manydesk.ticket_index where tenant_id = $1 and assignee_id = $2", []any{int32(tx.Tenant().ID), person}, &moved)
	if err != nil {
		return 0, fmt.Errorf("count what somebody has: %w", err)
	}
	data, err := json.Marshal(release{person, cause})
	if err != nil {
		return 0, fmt.Errorf("encode a release: %w", err)
	}
	// Also where there is nothing yet: a ticket may be on its way to the person.
	return moved, jobs.Enqueue(ctx, tx, desk.Job{Name: JobRelease, Lane: desk.Default, Subject: person.Any(), Data: data})
}

// Released is the handler of JobRelease.
func (t *Triage) Released(ctx context.Context, w *jobs.Work) error {
	var in release
	if err := json.Unmarshal(w.Data, &in); err != nil {
		return fmt.Errorf("read a release: %w", err)
	}
	if _, err := t.ReleaseNow(ctx, w.Tenant, in.Person, in.Cause); err != nil {
		return err
	}
	return t.house.Do(ctx, w.Tenant, router, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		data, err := json.Marshal(returned{release: in, Since: w.Created})
		if err != nil {
			return fmt.Errorf("encode what came back: %w", err)
		}
		return jobs.Enqueue(ctx, tx, desk.Job{Name: JobReturned, Lane: desk.MailLane, Subject: in.Person.Any(), Data: data})
	})
}

// JobReturned tells those who hand out work that tickets came back to nobody.
const JobReturned = "routing.returned"

// returned is a release with the moment from which tickets came back by it.
type returned struct {
	release
	Since time.Time `json:"since"`
}

// JobRecount sets every load to what the worklist says; each night leaves one.
const JobRecount = "routing.recount"

// Recount is the handler of JobRecount.
func (t *Triage) Recount(ctx context.Context, w *jobs.Work) error {
	return t.house.Shared(ctx, router, func(ctx context.Context, tx tenants.SharedTx) error {
		if err := w.DoneShared(ctx, tx); err != nil {
			return err
		}
		_, err := routing.Recount(ctx, tx)
		return err
	})
}

// ReleaseNow is Release at once; moved is how many tickets changed hands.
//
// Rights: those of the automaton. Errors: Denied.
func (t *Triage) ReleaseNow(ctx context.Context, tenant tenants.Tenant, person desk.UserID, cause string) (moved int, err error) {
	// Whoever is choosing the person at this moment holds the load; what came of it
	// is there when this unit has had it too.
	err = t.house.Do(ctx, tenant, router, func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "select 1 from manydesk.workload where user_id = $1 for update", person)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("wait for those who choose: %w", err)
	}
	ids, err := holds(ctx, t.house.Reader(tenant, router), person)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		err := t.house.Do(ctx, tenant, router, func(ctx context.Context, tx tenants.Tx) error {
			did, err := t.releaseOne(ctx, tx, id, person, cause)
			if did {
				moved++
			}
			return err
		})
		if err != nil && !desk.Is(err, desk.NotFound) {
			return moved, fmt.Errorf("release a ticket: %w", err)
		}
	}
	if cause == CauseRemoved || cause == CauseEnded {
		return moved, t.freed(ctx, tenant, person)
	}
	return moved, nil
}

func (t *Triage) releaseOne(ctx context.Context, tx tenants.Tx, id desk.TicketID, person desk.UserID, cause string) (moved bool, err error) {
	_, err = t.tickets.Tend(ctx, tx, tickets.ID(id), access.TicketAssign, func(ctx context.Context, c *tickets.Change) error {
		if c.Ticket.AssigneeID != person || !tickets.Listed(c.Ticket.Category) {
			return nil
		}
		p, err := t.regive(ctx, tx, c, cause)
		if err != nil {
			return err
		}
		moved = p.to.Person != person
		return t.put(c, p, cause, "")
	})
	return moved, err
}

// holds are the open tickets of somebody in the tenant, the oldest first.
func holds(ctx context.Context, tx tenants.ReadTx, person desk.UserID) ([]desk.TicketID, error) {
	var rows []struct{ TicketID desk.TicketID }
	err := tx.Query(ctx, &rows, "select ticket_id from manydesk.ticket_index where tenant_id = $1 and assignee_id = $2 order by ticket_id", int32(tx.Tenant().ID), person)
	if err != nil {
		return nil, fmt.Errorf("read what somebody has: %w", err)
	}
	ids := make([]desk.TicketID, len(rows))
	for i, row := range rows {
		ids[i] = row.TicketID
	}
	return ids, nil
}
