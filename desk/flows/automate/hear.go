package automate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// JobRun asks the triggers about what has happened.
const JobRun = "triggers.run"

// heard is the data of JobRun: the events of one change and what led to it.
type heard struct {
	Events []event  `json:"events"`
	Chain  []string `json:"chain,omitempty"`
	// Root is the fact with which all of it began.
	Root int `json:"root"`
}

type rootKey struct{}

// under says what began that which is done now, and which triggers led to it.
func under(ctx context.Context, root int, chain []string) context.Context {
	return context.WithValue(tickets.InChain(ctx, chain), rootKey{}, root)
}

type event struct {
	On  triggers.Event `json:"on"`
	Seq int            `json:"seq"`
}

// Opened hears of a new ticket, before it is kept.
func (a *Automate) Opened(ctx context.Context, tx tenants.Tx, e *tickets.Opened) error {
	return a.hear(ctx, tx, e.Change)
}

// Changed hears of a change, before it is kept. It must hear last: facts that
// other rooms add are events too.
func (a *Automate) Changed(ctx context.Context, tx tenants.Tx, e *tickets.Changed) error {
	return a.hear(ctx, tx, e.Change)
}

func (a *Automate) hear(ctx context.Context, tx tenants.Tx, c *tickets.Change) error {
	live, err := triggers.Triggers.All(ctx, tx.ReadTx)
	if err != nil || len(live) == 0 {
		return err
	}
	in := heard{Chain: tickets.Chain(ctx)}
	for i := range c.Facts {
		on := triggers.EventOf(c.Facts[i].Type)
		// A rule of routing is an assignment only when somebody got the ticket by it.
		if c.Facts[i].Type == tickets.FactRouted && !c.Ticket.AssigneeID.IsZero() && c.Ticket.AssigneeID != c.Before.AssigneeID {
			on = triggers.Assigned
		}
		if on != "" && slices.ContainsFunc(live, func(t settings.Published[triggers.Trigger]) bool { return t.Spec.On == on }) {
			in.Events = append(in.Events, event{on, c.Facts[i].Seq})
		}
	}
	if len(in.Events) > 0 {
		root, caused := ctx.Value(rootKey{}).(int)
		if in.Root = in.Events[0].Seq; caused {
			in.Root = root
		}
		data, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("encode what was heard: %w", err)
		}
		c.Jobs = append(c.Jobs, desk.Job{Name: JobRun, Lane: desk.Default, Subject: c.Ticket.ID.Any(), Seq: in.Events[0].Seq, Data: data})
	}
	wind(c, live, in.Chain)
	return nil
}

// wind sets the timers of triggers of time whose moment the change has moved. A
// trigger that is in the chain starts no new time for itself.
func wind(c *tickets.Change, live []settings.Published[triggers.Trigger], chain []string) {
	is, was := &c.Ticket, &c.Before
	done := is.Category == tickets.CategoryClosed
	for _, t := range live {
		after := t.Spec.After
		if t.Spec.On != triggers.Time || after == nil || slices.Contains(chain, t.Key) {
			continue
		}
		var moved bool
		switch after.Since {
		case triggers.SinceOpened:
			moved = c.Opening()
		case triggers.SinceUpdated:
			moved = len(c.Facts) > 0
		case triggers.SinceWaiting:
			moved = !is.WaitingSince.Equal(was.WaitingSince)
		case triggers.SinceStatus:
			moved = is.Status != was.Status
		}
		switch due := after.Due(is, c.Now()); {
		case done && !c.Opening() && was.Category != tickets.CategoryClosed:
			c.Timer(triggers.Timer(t.Key), time.Time{})
		case !moved || done:
		case due.IsZero() && c.Opening():
		default:
			c.Timer(triggers.Timer(t.Key), due)
		}
	}
}
