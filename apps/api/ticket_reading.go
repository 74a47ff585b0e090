package api

import (
	"context"

	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type readingIn struct {
	TicketPath
	Body struct {
		Seq int `json:"seq" minimum:"0" maximum:"1000000000"`
	}
}

func (a *App) readingRoutes(r *Routes, at string) {
	read := []access.Permission{access.TicketRead}
	act(r, "PUT "+at+"/{number}/reading", Op{ID: "markRead", Tag: "Tickets", Summary: "Say how far the ticket was read", Needs: read},
		func(ctx context.Context, tx tenants.Tx, in *readingIn) (Nothing, error) {
			return Nothing{}, a.Tickets.MarkSeen(ctx, tx, tickets.Number(in.Number), in.Body.Seq)
		})
	act(r, "PUT "+at+"/{number}/followers/me", Op{ID: "followTicket", Tag: "Tickets", Summary: "Follow a ticket", Needs: read},
		func(ctx context.Context, tx tenants.Tx, in *TicketPath) (Nothing, error) {
			return Nothing{}, a.Tickets.Follow(ctx, tx, tickets.Number(in.Number))
		})
	act(r, "DELETE "+at+"/{number}/followers/me", Op{ID: "unfollowTicket", Tag: "Tickets", Summary: "Follow it no more", Needs: read},
		func(ctx context.Context, tx tenants.Tx, in *TicketPath) (Nothing, error) {
			return Nothing{}, a.Tickets.Unfollow(ctx, tx, tickets.Number(in.Number))
		})
}
