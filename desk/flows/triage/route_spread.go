package triage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// MostSpread is how many tickets are handed out at once.
const MostSpread = 200

// Proposal is somebody for a ticket, and why.
type Proposal struct {
	Number int64
	Person desk.UserID
	Name   string
	// Why is "load", "turn", "skill", "previous", "shift", or the reason why there is
	// nobody: "nobody", "queue", "closed", "unknown".
	Why string
}

var proposed = map[routing.Strategy]string{
	routing.LeastLoaded: "load", routing.RoundRobin: "turn", routing.BestSkill: "skill", routing.Previous: "previous", routing.OnShift: "shift",
}

// Propose finds for each of some tickets somebody of its group. What is proposed
// for one counts as load for the next, so that the whole is even. Nothing is changed.
//
// Rights: ticket.assign. Errors: Denied; ValidationFailed on "tickets", "strategy".
func (t *Triage) Propose(ctx context.Context, tx tenants.ReadTx, numbers []int64, strategy routing.Strategy) ([]Proposal, error) {
	sight, err := t.guard.Sight(ctx, tx, access.TicketAssign)
	if err != nil {
		return nil, err
	}
	switch {
	case sight.None():
		return nil, t.guard.Check(ctx, tx, access.TicketAssign, access.Object{})
	case len(numbers) > MostSpread:
		return nil, desk.Invalid(desk.Field("tickets", desk.MaxItems, "max", MostSpread))
	case strategy != "" && (strategy == routing.Manual || !slices.Contains(routing.Strategies(), strategy)):
		return nil, desk.Invalid(desk.Field("strategy", desk.OneOf, "of", "least_loaded, round_robin, skill, on_shift, previous"))
	case strategy == "":
		strategy = routing.LeastLoaded
	}
	all, err := tickets.Numbered(ctx, tx, numbers)
	if err != nil {
		return nil, err
	}
	work := spreading{peeked: peeking(tx).(peeked), given: map[desk.UserID]added{}}
	out := make([]Proposal, len(numbers))
	for i, n := range numbers {
		out[i] = Proposal{Number: n, Why: "unknown"}
		is, known := all[n]
		if !known || !sight.Has(is.Type) || !sight.Vendor.IsZero() && sight.Vendor != is.VendorID {
			continue
		}
		if over(is.Category) {
			out[i].Why = "closed"
			continue
		}
		if err := t.propose(ctx, tx, &is, strategy, work, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *Triage) propose(ctx context.Context, tx tenants.ReadTx, is *tickets.Ticket, strategy routing.Strategy, work spreading, out *Proposal) error {
	p := placed{to: routing.To{Vendor: is.VendorID}}
	then := routing.Then{Group: is.GroupKey, Vendor: is.VendorID, Strategy: strategy}
	if err := t.choose(ctx, tx, question{ticket: is, pools: work}, &values{tx: tx, ticket: is}, &then, &p); err != nil {
		return err
	}
	out.Person, out.Name, out.Why = p.to.Person, p.toName, "nobody"
	switch {
	case !p.wanted:
		out.Why = "queue"
	case !p.to.Person.IsZero():
		out.Why = proposed[p.choice.Strategy]
		work.add(p.to.Person, is, tx.Now())
	}
	return nil
}

// added is what was proposed to somebody already.
type added struct {
	points, tickets int
	at              time.Time
}

// spreading are pools in which what was proposed counts.
type spreading struct {
	peeked
	given map[desk.UserID]added
}

func (s spreading) candidates(ctx context.Context, p routing.Pool) ([]routing.Candidate, error) {
	all, err := s.peeked.candidates(ctx, p)
	for i := range all {
		if a, ok := s.given[all[i].ID]; ok {
			all[i].Points += a.points
			all[i].Tickets += a.tickets
			all[i].LastGiven = a.at
		}
	}
	return all, err
}

func (s spreading) peek(ctx context.Context, p routing.Pool) ([]routing.Candidate, error) {
	return s.candidates(ctx, p)
}

func (s spreading) add(to desk.UserID, is *tickets.Ticket, now time.Time) {
	if to == is.AssigneeID {
		return
	}
	a := s.given[to]
	a.points += tickets.Points(is.Priority, is.Category)
	a.tickets++
	// Each later than the one before, so that turns go round.
	a.at = now.Add(time.Duration(len(s.given)+a.tickets) * time.Microsecond)
	s.given[to] = a
}

// Move is a ticket that goes from somebody to somebody, or to nobody.
type Move struct {
	Number           int64
	From, To         desk.UserID
	FromName, ToName string
	// Why is the cause: "absent", "shift_ended", "removed".
	Why string
}

// Rebalance finds the open tickets of those who are gone, absent or off shift, and
// who would get each by rule. With do it gives them, each ticket in a unit of its
// own; done is how many changed hands. person, if not zero, asks for one only.
//
// Rights: ticket.assign on tickets of every type. Errors: Denied.
func (t *Triage) Rebalance(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, person desk.UserID, do bool) (moves []Move, done int, err error) {
	tx := t.house.Reader(tenant, actor)
	if err := t.guard.Check(ctx, tx, access.TicketAssign, access.Object{}); err != nil {
		return nil, 0, err
	}
	var rows []struct {
		TicketID   desk.TicketID
		AssigneeID desk.UserID
		Name       string
		Active     bool
		Absent     bool
	}
	err = tx.Query(ctx, &rows, `with busy as (select distinct i.assignee_id from manydesk.ticket_index i where i.tenant_id = $1 and i.assignee_id is not null and ($2::uuid is null or i.assignee_id = $2)),
			late as (select b.assignee_id, s.name, coalesce(s.active, false) as active, p.absent_until is not null as absent from busy b
				left join ?tenant.staff s on s.user_id = b.assignee_id
				left join manydesk.presence(array(select assignee_id from busy), $3::timestamptz) p on p.user_id = b.assignee_id
				where not coalesce(s.active, false) or p.absent_until is not null or p.rota and p.until is null)
		select i.ticket_id, l.assignee_id, coalesce(l.name, '') as name, l.active, l.absent from late l join manydesk.ticket_index i on i.tenant_id = $1 and i.assignee_id = l.assignee_id
			order by l.assignee_id, i.ticket_id limit $4`, int32(tenant.ID), person, tx.Now(), MostSpread)
	if err != nil {
		return nil, 0, fmt.Errorf("find what is to be given to others: %w", err)
	}
	set, _, err := live(ctx, tx)
	if err != nil {
		return nil, 0, err
	}
	ids := make([]desk.TicketID, len(rows))
	for i, row := range rows {
		ids[i] = row.TicketID
	}
	seen, err := t.asked(ctx, tx, ids)
	if err != nil {
		return nil, 0, err
	}
	work := spreading{peeked: peeking(tx).(peeked), given: map[desk.UserID]added{}}
	for _, row := range rows {
		v, visible := seen[row.TicketID]
		if !visible {
			continue
		}
		cause := CauseShift
		switch {
		case !row.Active:
			cause = CauseRemoved
		case row.Absent:
			cause = CauseAbsent
		}
		found := v.ticket
		v.ticket = unplaced(found)
		p, err := t.elsewhere(ctx, tx, question{set: &set.Spec, version: set.Version, ticket: found, pools: work, again: true, values: v, fromName: row.Name}, cause)
		if err != nil {
			return nil, 0, err
		}
		if p.to.Person == row.AssigneeID {
			continue
		}
		if !p.to.Person.IsZero() {
			work.add(p.to.Person, found, tx.Now())
		}
		moves = append(moves, Move{found.Number, row.AssigneeID, p.to.Person, row.Name, p.toName, cause})
		if !do {
			continue
		}
		err = t.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
			did, err := t.releaseOne(ctx, tx, row.TicketID, row.AssigneeID, cause)
			if did {
				done++
			}
			return err
		})
		if err != nil && !desk.Is(err, desk.NotFound) {
			return nil, done, fmt.Errorf("give a ticket to somebody else: %w", err)
		}
	}
	return moves, done, nil
}

// asked are tickets that the actor may see, with what conditions ask about them
// read for all at once.
func (t *Triage) asked(ctx context.Context, tx tenants.ReadTx, ids []desk.TicketID) (map[desk.TicketID]*values, error) {
	found, err := t.tickets.Several(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	all := slices.Collect(maps.Values(found))
	standings, err := standingsOf(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	words, err := tickets.FirstWords(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	vocabulary, err := tickets.Vocabulary(ctx, tx, nil)
	if err != nil {
		return nil, err
	}
	seen := make(map[desk.TicketID]*values, len(all))
	for i := range all {
		v := &values{tx: tx, ticket: &all[i], description: words[all[i].ID], told: true, words: &vocabulary}
		if standing, known := standings[all[i].CompanyID]; known {
			v.standing = &standing
		}
		seen[all[i].ID] = v
	}
	return seen, nil
}
