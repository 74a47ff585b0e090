package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type arrivalIn struct {
	TicketPath
	Body struct {
		At *Instant `json:"at,omitempty" doc:"When somebody came; now when absent"`
	}
}

func (a *App) arrivalRoutes(r *Routes, at string) {
	needs := []access.Permission{access.TicketStatus}
	act(r, "PUT "+at+"/{number}/arrival", Op{
		ID: "recordArrival", Tag: "Tickets", Summary: "Say that somebody came to the client's place", Needs: needs, Errors: []desk.Code{desk.ClosedIsFinal},
	}, func(ctx context.Context, tx tenants.Tx, in *arrivalIn) (*Ticket, error) {
		arrive := tickets.Arrive{Ticket: tickets.Number(in.Number)}
		if in.Body.At != nil {
			arrive.At = time.Time(*in.Body.At)
		}
		_, err := a.Tickets.Arrive(ctx, tx, arrive)
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "DELETE "+at+"/{number}/arrival", Op{
		ID: "withdrawArrival", Tag: "Tickets", Summary: "Take back that somebody came", Needs: needs, Errors: []desk.Code{desk.ClosedIsFinal},
	}, func(ctx context.Context, tx tenants.Tx, in *TicketPath) (*Ticket, error) {
		_, err := a.Tickets.NotArrived(ctx, tx, tickets.Number(in.Number))
		return a.changed(ctx, tx, in.Number, err)
	})
}
