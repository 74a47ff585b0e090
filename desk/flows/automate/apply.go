package automate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/macros"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Application is a macro that a person wants to be done with a ticket.
type Application struct {
	Ticket tickets.Ref
	Macro  string
	// Version is that of the macro as the person saw it; 0 is not compared.
	Version int
}

// Applied is what came of it.
type Applied struct {
	Macro settings.Published[macros.Macro]
	// Ticket is as it was when the macro was begun.
	Ticket *tickets.Ticket
	// Reply is what the macro would say to the client: the person's to send.
	Reply string
}

// Stopped is why a macro was not applied: the action that could not be done.
type Stopped struct {
	At     int // from 0
	Action triggers.Action
	Macro  settings.Published[macros.Macro]
	Ticket *tickets.Ticket
	why    error
}

// Error is for logs.
func (s *Stopped) Error() string {
	return fmt.Sprintf("macro %q, action %d (%s): %v", s.Macro.Key, s.At, s.Action.Kind, s.why)
}

// Unwrap gives the refusal of the action.
func (s *Stopped) Unwrap() error { return s.why }

// Offered are the macros that may be applied to a ticket as it is, in their order.
//
// Rights: ticket.read, of staff. Errors: NotFound.
func (a *Automate) Offered(ctx context.Context, tx tenants.ReadTx, ref tickets.Ref) (*tickets.Ticket, []settings.Published[macros.Macro], error) {
	if tx.Actor().Kind == desk.ContactActor {
		return nil, nil, desk.Missing() // what the staff has at hand is its own affair
	}
	ticket, err := a.tickets.Get(ctx, tx, ref)
	if err != nil {
		return nil, nil, err
	}
	all, err := macros.Macros.All(ctx, tx)
	if err != nil || ticket.Category == tickets.CategoryClosed {
		return ticket, nil, err
	}
	var offered []settings.Published[macros.Macro]
	for _, m := range all {
		seen, err := a.asker.Match(ctx, tx, ticket, m.Spec.When)
		if err != nil {
			return nil, nil, fmt.Errorf("macro %q: %w", m.Key, err)
		}
		if seen.Matched {
			offered = append(offered, m)
		}
	}
	return ticket, offered, nil
}

// Apply does what a macro says with a ticket, wholly or not at all, in the name and
// by the rights of whoever applies it. What it would say to the client is given
// back and not sent.
//
// Rights: ticket.read, and that of each action; ticket.reply for a reply. Errors:
// NotFound, Denied, ClosedIsFinal; ChangedMeanwhile where the macro is not at the
// version that was seen; ValidationFailed on "macro" for one that is not there or
// not offered here; Stopped around whatever an action was refused with.
func (a *Automate) Apply(ctx context.Context, tx tenants.Tx, in Application) (*Applied, error) {
	if tx.Actor().Kind == desk.ContactActor {
		return nil, desk.Missing()
	}
	// Held first, so that what is offered is told of the ticket as it will be changed.
	ticket, err := a.tickets.Tend(ctx, tx, in.Ticket, access.TicketRead, func(context.Context, *tickets.Change) error { return nil })
	if err != nil {
		return nil, err
	}
	if ticket.Category == tickets.CategoryClosed {
		return nil, desk.Refuse(desk.ClosedIsFinal)
	}
	m, err := macros.Macros.Live(ctx, tx.ReadTx, in.Macro)
	switch {
	case desk.Is(err, desk.NotFound):
		return nil, desk.Invalid(desk.Field("macro", desk.UnknownID))
	case err != nil:
		return nil, err
	case in.Version != 0 && in.Version != m.Version:
		return nil, desk.Refuse(desk.ChangedMeanwhile).With("current", m.Version)
	}
	seen, err := a.asker.Match(ctx, tx.ReadTx, ticket, m.Spec.When)
	if err != nil {
		return nil, err
	}
	if !seen.Matched {
		return nil, desk.Invalid(desk.Field("macro", desk.UnknownID))
	}
	if ticket, err = a.note(ctx, tx, in.Ticket, m); err != nil {
		return nil, err
	}
	replies := []string{}
	d := deeds{flow: a, tx: tx, ticket: ticket, name: m.Spec.Name.In(tx.Tenant().Language("")), replies: &replies}
	for i, action := range m.Spec.Actions {
		err := d.act(ctx, action)
		if err == nil && action.Kind == triggers.Reply {
			err = a.mayReply(ctx, tx, ticket)
		}
		var refused *desk.Error
		if errors.As(err, &refused) && refused.Code != desk.Internal {
			return nil, &Stopped{At: i, Action: action, Macro: m, Ticket: ticket, why: err}
		}
		if err != nil {
			return nil, fmt.Errorf("macro %q: %s: %w", m.Key, action.Kind, err)
		}
	}
	return &Applied{Macro: m, Ticket: ticket, Reply: strings.Join(replies, "\n\n")}, nil
}

// mayReply refuses whoever could not send what is prepared for them.
func (a *Automate) mayReply(ctx context.Context, tx tenants.Tx, ticket *tickets.Ticket) error {
	_, err := a.tickets.Tend(ctx, tx, tickets.ID(ticket.ID), access.TicketReply, func(context.Context, *tickets.Change) error { return nil })
	return err
}
