package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/sla"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Fire is the handler of the timer "clock": whatever moments of the ticket have
// come are recorded and acted upon, each once, and the next one is set. A timer
// that is out of date does nothing but set it.
//
// Rights: ticket.edit of the automaton. Errors: Denied.
func (t *Triage) Fire(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	_, err := t.tickets.Tend(ctx, tx, tickets.ID(desk.TicketID(due.Subject)), access.TicketEdit, func(ctx context.Context, c *tickets.Change) error {
		return t.fire(ctx, tx, c)
	})
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	return err
}

func (t *Triage) fire(ctx context.Context, tx tenants.Tx, c *tickets.Change) error {
	s, ok, err := stateOf(c.Ticket.Clock)
	if err != nil || !ok {
		return err
	}
	book, err := t.book(ctx, tx.ReadTx, s, nil)
	if err != nil {
		return err
	}
	rules, err := t.rules(ctx, tx.ReadTx, s)
	if err != nil {
		return err
	}
	acted := map[string]bool{}
	moments := s.Moments(book, rules)
	for _, m := range moments {
		if m.At.After(c.Now()) {
			break
		}
		if acted[m.Mark] {
			continue
		}
		acted[m.Mark] = true
		e := sla.Event{At: c.Now(), Kind: sla.Breached, Clock: m.Clock, Fired: m.Mark}
		fact, rule := tickets.FactBreached, ""
		if !m.IsBreach() {
			e.Kind, fact, rule = sla.Escalated, tickets.FactEscalated, fmt.Sprintf("%s@%d/%d", m.Rule.Key, m.Rule.Version, m.Level)
		} else {
			e.At = m.At
		}
		data, err := json.Marshal([]sla.Event{e})
		if err != nil {
			return fmt.Errorf("encode an event: %w", err)
		}
		due := tickets.FieldChange{Field: dueFields[m.Clock]}
		if r := s.Run(m.Clock); r != nil {
			due.To = orNull(r.Due)
		}
		seq := c.Record(fact, false, tickets.Detail{Rule: rule, Clock: data, Code: string(m.Clock), Changes: []tickets.FieldChange{due}})
		s = sla.Fold(s, book, e)
		if m.IsBreach() {
			continue
		}
		levels, _ := rules(m.Rule)
		for _, action := range levels[m.Level].Actions {
			if err := t.act(ctx, tx, c, action, m, seq); err != nil {
				return fmt.Errorf("escalation %s: %w", rule, err)
			}
		}
	}
	if len(acted) == 0 {
		return t.again(ctx, tx, c, moments)
	}
	c.Ticket.Clock, err = json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode a ticket's clock: %w", err)
	}
	return nil
}

// dueFields are the names of deadlines in facts.
var dueFields = map[sla.Clock]string{sla.FirstResponse: "first_due", sla.NextResponse: "next_due", sla.Resolution: "resolve_due", sla.Arrival: "arrive_due"}

// act does one thing of an escalation's level. What cannot be done any more,
// because a person or a group is gone, is left out: the level is recorded all the same.
func (t *Triage) act(ctx context.Context, tx tenants.Tx, c *tickets.Change, a sla.Action, m sla.Moment, seq int) error {
	is := &c.Ticket
	rule := tickets.Detail{Rule: m.Rule.Key}
	changed := func(field string, from, to any) {
		rule.Changes = []tickets.FieldChange{{Field: field, From: from, To: to}}
	}
	switch a.Kind {
	case sla.Tell:
		return t.told(c, a, m, seq)
	case sla.Webhook:
		return t.called(c, a, m, seq)
	case sla.Reassign:
		return t.reassign(ctx, tx, c, a, rule)
	case sla.Priority:
		if a.To >= is.Priority {
			return nil
		}
		changed("priority", is.Priority, a.To)
		is.Priority = a.To
		c.Record(tickets.FactPriorityChanged, false, rule)
	case sla.Line:
		if a.To <= is.Line {
			return nil
		}
		changed("line", is.Line, a.To)
		is.Line = a.To
		c.Record(tickets.FactChanged, false, rule)
	case sla.Tag:
		tags := append(append([]string{}, is.Tags...), strings.TrimSpace(a.Tag))
		for _, had := range is.Tags {
			if strings.EqualFold(had, strings.TrimSpace(a.Tag)) {
				return nil
			}
		}
		changed("tags", is.Tags, tags)
		is.Tags = tags
		c.Record(tickets.FactChanged, false, rule)
	}
	return nil
}

func (t *Triage) reassign(ctx context.Context, tx tenants.Tx, c *tickets.Change, a sla.Action, rule tickets.Detail) error {
	is := &c.Ticket
	if a.Group != "" && a.Group != is.GroupKey {
		rule.Changes = []tickets.FieldChange{{Field: "group", From: word(is.GroupKey), To: a.Group}}
		is.GroupKey = a.Group
		if is.AssigneeID.IsZero() {
			c.Record(tickets.FactAssigned, false, rule)
			return nil
		}
		// Another group's people are others: nobody has it until somebody takes it.
		c.Give(desk.UserID{}, "", "", rule)
		return nil
	}
	if a.Person.IsZero() || a.Person == is.AssigneeID {
		return nil
	}
	names, err := staff.Names(ctx, tx.ReadTx, a.Person, is.AssigneeID)
	if err != nil {
		return err
	}
	if name, ok := names[a.Person]; ok {
		c.Give(a.Person, name, names[is.AssigneeID], rule)
	}
	return nil
}

// Notice is what a level tells people, as the data of its job.
type Notice struct {
	Roles    []string      `json:"roles,omitempty"`
	People   []desk.UserID `json:"people,omitempty"`
	Assignee bool          `json:"assignee,omitempty"`
	Clock    sla.Clock     `json:"clock"`
	Rule     sla.Rule      `json:"rule"`
	Level    int           `json:"level"`
}

// The jobs of escalations.
const (
	JobTell    = "notify.escalated"
	JobWebhook = "webhooks.escalated"
)

func (t *Triage) told(c *tickets.Change, a sla.Action, m sla.Moment, seq int) error {
	data, err := json.Marshal(Notice{a.Roles, a.People, a.Assignee, m.Clock, m.Rule, m.Level})
	if err != nil {
		return fmt.Errorf("encode a notice: %w", err)
	}
	c.Jobs = append(c.Jobs, desk.Job{Name: JobTell, Lane: desk.MailLane, Subject: c.Ticket.ID.Any(), Seq: seq, Data: data})
	return nil
}

// Call is what a level calls, as the data of its job.
type Call struct {
	URL   string    `json:"url"`
	Clock sla.Clock `json:"clock"`
	Rule  sla.Rule  `json:"rule"`
	Level int       `json:"level"`
}

func (t *Triage) called(c *tickets.Change, a sla.Action, m sla.Moment, seq int) error {
	data, err := json.Marshal(Call{a.URL, m.Clock, m.Rule, m.Level})
	if err != nil {
		return fmt.Errorf("encode a call: %w", err)
	}
	c.Jobs = append(c.Jobs, desk.Job{Name: JobWebhook, Lane: desk.Default, Subject: c.Ticket.ID.Any(), Seq: seq, Data: data})
	return nil
}
