package triage

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Ask is a ticket that might be.
type Ask struct {
	At       time.Time
	Type     string
	Priority int
	Channel  string
	Tags     []string
	Subject  string
	Contact  desk.ContactID
	Company  desk.CompanyID
	Fields   map[string]any
	// Drafts answers by what is being written in the settings, not by what is published.
	Drafts bool
}

// Answer is what it would be promised.
type Answer struct {
	At     time.Time
	Why    Why
	Clocks []Promise
}

// Promise is one clock of an Answer.
type Promise struct {
	Kind     sla.Clock
	Due      time.Time
	Target   time.Duration
	Segments []sla.Segment
}

// Preview tells when a ticket would be due, by the same steps that open one.
//
// Rights: ticket.open on the type, or settings.read; of a contact request.open;
// Drafts need settings.read. Errors: NotFound, Denied; ValidationFailed on "type",
// "priority", "at"; what is wrong in a draft.
func (t *Triage) Preview(ctx context.Context, tx tenants.ReadTx, in Ask) (Answer, error) {
	rules, err := t.mayAsk(ctx, tx, in)
	if err != nil {
		return Answer{}, err
	}
	if in.At.IsZero() {
		if in.At = tx.Now(); in.Drafts {
			in.At = in.At.Truncate(time.Minute) // people add the minutes up
		}
	}
	if y := in.At.Year(); y < 2000 || y > 2100 {
		return Answer{}, desk.Invalid(desk.Field("at", desk.DateTime))
	}
	if in.Priority == 0 {
		in.Priority = 3
	}
	if in.Priority < 1 || in.Priority > 4 {
		return Answer{}, desk.Invalid(desk.Field("priority", desk.OneOf, "of", "1, 2, 3, 4"))
	}
	ticket := tickets.Ticket{
		Type: in.Type, Priority: in.Priority, Channel: in.Channel, Tags: in.Tags, Subject: in.Subject, ContactID: in.Contact, CompanyID: in.Company,
		Fields: in.Fields, CreatedAt: in.At, Category: tickets.CategoryOpen,
	}
	flow, err := tickets.Workflow(ctx, tx)
	if err != nil {
		return Answer{}, err
	}
	ticket.Status = flow.First().Key
	v := &values{tx: tx, ticket: &ticket}
	terms, tried, err := rules.Explain(ctx, env(tx), sla.Ask{Values: v, Opened: in.At, Priority: in.Priority, CustomerCalendar: v.calendar})
	if err != nil {
		return Answer{}, err
	}
	a := Answer{At: in.At, Why: Why{Terms: terms, Tried: tried}}
	book, err := named(rules, &a.Why, in.At)
	if err != nil {
		return Answer{}, err
	}
	terms.Calendar = onlyCalendar
	s := sla.Fold(sla.State{}, book, sla.Event{At: in.At, Kind: sla.Began, Terms: &terms})
	for _, kind := range sla.Clocks() {
		d, err := s.Deadline(book, kind)
		if err != nil {
			continue // nothing is promised, or the calendar never opens
		}
		a.Clocks = append(a.Clocks, Promise{kind, d.At, s.Target(book, s.Run(kind)), d.Segments})
	}
	return a, nil
}

// onlyCalendar is the number of the one calendar of a preview.
const onlyCalendar = 1

// named fills in the names by the rulebook itself, which may be a draft's.
func named(rules sla.Rulebook, w *Why, at time.Time) (sla.Book, error) {
	for _, p := range rules.Policies {
		if p.Key == w.Terms.Policy {
			w.Policy = p.Spec.Name
		}
	}
	for _, e := range rules.Exceptions {
		if e.Key == w.Terms.Exception {
			w.Exception = e.Spec.Name
		}
	}
	calendar := &sla.Calendar{}
	if c, ok := rules.Calendar(w.Terms.CalendarKey); ok {
		w.Calendar = c.Spec.Name
		made, wrong := c.Spec.Calendar()
		if err := desk.Invalid(wrong...); err != nil {
			return nil, err
		}
		calendar = made
	}
	w.Reading = calendar.Read(at)
	return func(int) *sla.Calendar { return calendar }, nil
}

func (t *Triage) mayAsk(ctx context.Context, tx tenants.ReadTx, in Ask) (sla.Rulebook, error) {
	right, object := access.TicketOpen, access.Object{Type: in.Type}
	switch {
	case tx.Actor().Kind == desk.ContactActor:
		right, object = access.RequestOpen, access.Object{}
	case in.Drafts:
		right, object = access.SettingsRead, access.Object{}
	}
	if err := t.guard.Check(ctx, tx, right, object); err != nil {
		return sla.Rulebook{}, err
	}
	if in.Type != "" {
		live, err := settings.Types.Live(ctx, tx, in.Type)
		if desk.Is(err, desk.NotFound) || err == nil && !live.Spec.Public && tx.Actor().Kind == desk.ContactActor {
			return sla.Rulebook{}, desk.Invalid(desk.Field("type", desk.UnknownID))
		}
		if err != nil {
			return sla.Rulebook{}, err
		}
	}
	if !in.Drafts || tx.Actor().Kind == desk.ContactActor {
		return sla.Read(ctx, tx)
	}
	rules, err := sla.ReadDrafts(ctx, tx)
	if err != nil {
		return sla.Rulebook{}, fmt.Errorf("read the drafts: %w", err)
	}
	return rules, nil
}
