package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type statusIn struct {
	TicketPath
	IfMatch
	Body moveTo
}

type assignIn struct {
	TicketPath
	IfMatchMaybe
	Body struct {
		Assignee string  `json:"assignee" maxLength:"60" doc:"A member's id, or me"`
		Group    *string `json:"group,omitempty" maxLength:"60"`
		Reason   string  `json:"reason,omitempty" maxLength:"1000" doc:"Why, for those who ask later"`
	}
}

type unassignIn struct {
	TicketPath
	IfMatchMaybe
	Reason string `query:"reason" maxLength:"1000" doc:"Why it is taken from them"`
}

type priorityIn struct {
	TicketPath
	IfMatchMaybe
	Body struct {
		Priority int `json:"priority" minimum:"1" maximum:"4"`
	}
}

type typeIn struct {
	TicketPath
	IfMatchMaybe
	Body struct {
		Type   string         `json:"type" minLength:"1" maxLength:"60"`
		Fields map[string]any `json:"fields,omitempty"`
	}
}

type editIn struct {
	TicketPath
	IfMatch
	Body struct {
		Subject Maybe[string]   `json:"subject,omitzero"`
		Fields  map[string]any  `json:"fields,omitempty" doc:"Merged; null empties a field"`
		Tags    Maybe[[]string] `json:"tags,omitzero"`
	}
}

func (a *App) ticketChangeRoutes(r *Routes, at string) {
	act(r, "PUT "+at+"/{number}/status", Op{
		ID: "setTicketStatus", Tag: "Tickets", Summary: "Move a ticket in the workflow", Needs: []access.Permission{access.TicketStatus},
		Errors: []desk.Code{desk.TransitionRefused, desk.ClosedIsFinal, desk.UntilRequired, desk.CommentRequired},
	}, func(ctx context.Context, tx tenants.Tx, in *statusIn) (*Ticket, error) {
		_, err := a.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.Number(in.Number), Version: in.Version(), Move: in.Body.verb()})
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "PUT "+at+"/{number}/assignment", Op{
		ID: "assignTicket", Tag: "Tickets", Summary: "Give a ticket to somebody", Needs: []access.Permission{access.TicketAssign}, Errors: ticketRefusals,
	}, func(ctx context.Context, tx tenants.Tx, in *assignIn) (*Ticket, error) {
		to := tx.Actor().User()
		if in.Body.Assignee != "me" {
			if to.UnmarshalText([]byte(in.Body.Assignee)) != nil || to.IsZero() {
				return nil, desk.Invalid(desk.Field("assignee", desk.UnknownID))
			}
		}
		_, err := a.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.Number(in.Number), Version: in.Version(), To: to, Group: in.Body.Group, Reason: in.Body.Reason})
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "DELETE "+at+"/{number}/assignment", Op{
		ID: "unassignTicket", Tag: "Tickets", Summary: "Take a ticket from everybody", Needs: []access.Permission{access.TicketAssign}, Errors: ticketRefusals,
	}, func(ctx context.Context, tx tenants.Tx, in *unassignIn) (*Ticket, error) {
		_, err := a.Tickets.Unassign(ctx, tx, tickets.Number(in.Number), in.Version(), in.Reason)
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "PUT "+at+"/{number}/priority", Op{
		ID: "setTicketPriority", Tag: "Tickets", Summary: "Say how urgent a ticket is", Needs: []access.Permission{access.TicketPriority}, Errors: ticketRefusals,
	}, func(ctx context.Context, tx tenants.Tx, in *priorityIn) (*Ticket, error) {
		_, err := a.Tickets.SetPriority(ctx, tx, tickets.SetPriority{Ticket: tickets.Number(in.Number), Version: in.Version(), Priority: in.Body.Priority})
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "PUT "+at+"/{number}/type", Op{
		ID: "setTicketType", Tag: "Tickets", Summary: "Make a ticket one of another type", Needs: []access.Permission{access.TicketEdit}, Errors: ticketRefusals,
	}, func(ctx context.Context, tx tenants.Tx, in *typeIn) (*Ticket, error) {
		_, err := a.Tickets.Edit(ctx, tx, tickets.Edit{Ticket: tickets.Number(in.Number), Version: in.Version(), Type: &in.Body.Type, Fields: in.Body.Fields})
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "PATCH "+at+"/{number}", Op{
		ID: "editTicket", Tag: "Tickets", Summary: "Change subject, fields, tags", Needs: []access.Permission{access.TicketEdit}, Errors: ticketRefusals, Limit: 256 << 10,
	}, func(ctx context.Context, tx tenants.Tx, in *editIn) (*Ticket, error) {
		e := tickets.Edit{Ticket: tickets.Number(in.Number), Version: in.Version(), Subject: in.Body.Subject.ptr(), Fields: in.Body.Fields, Tags: in.Body.Tags.ptr()}
		_, err := a.Tickets.Edit(ctx, tx, e)
		return a.changed(ctx, tx, in.Number, err)
	})
}

// changed shows the ticket as the change left it, or what stood in its way.
func (a *App) changed(ctx context.Context, tx tenants.Tx, number int64, err error) (*Ticket, error) {
	if err != nil {
		return nil, a.shown(ctx, tx.ReadTx, err)
	}
	return a.ticketPage(ctx, tx.ReadTx, number, false)
}
