package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Text is what a person wrote.
type Text struct {
	Format string `json:"format" enum:"plain,html"`
	Body   string `json:"body" maxLength:"200000"`
}

type TicketPath struct {
	Number int64 `path:"number" minimum:"1" maximum:"9007199254740991"`
}

type readTicketIn struct {
	TicketPath
	Include string `query:"include" enum:"timeline"`
}

type timelineIn struct {
	TicketPath
	Before int    `query:"before" minimum:"0" maximum:"1000000000"`
	After  int    `query:"after" minimum:"0" maximum:"1000000000"`
	Kind   string `query:"kind" enum:"comment,note,event"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type EntryPath struct {
	TicketPath
	Seq int `path:"seq" minimum:"1" maximum:"1000000000"`
}

var ticketRefusals = []desk.Code{desk.ChangedMeanwhile, desk.ClosedIsFinal}

func (a *App) ticketRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/tickets"
	read := []access.Permission{access.TicketRead}
	view(r, "GET "+at+"/{number}", Op{ID: "readTicket", Tag: "Tickets", Summary: "A ticket, with its timeline if asked", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *readTicketIn) (*Ticket, error) {
			return a.ticketPage(ctx, tx, in.Number, in.Include == "timeline")
		})
	view(r, "GET "+at+"/{number}/timeline", Op{ID: "readTimeline", Tag: "Tickets", Summary: "What was said and what happened, oldest first", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *timelineIn) (*Timeline, error) {
			t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
			if err != nil {
				return nil, err
			}
			p, err := a.Tickets.Timeline(ctx, tx, tickets.TimelineQuery{Ticket: tickets.ID(t.ID), Before: in.Before, After: in.After, Kind: in.Kind, Limit: in.Limit})
			if err != nil {
				return nil, err
			}
			f, err := a.frame(ctx, tx)
			if err != nil {
				return nil, err
			}
			return f.timeline(ctx, tx, t.Type, p)
		})
	for _, kind := range []string{"comment", "note"} {
		view(r, "GET "+at+"/{number}/"+kind+"s/{seq}", Op{ID: map[string]string{"comment": "readComment", "note": "readNote"}[kind], Tag: "Tickets", Summary: "One " + kind, Needs: read},
			func(ctx context.Context, tx tenants.ReadTx, in *EntryPath) (*Entry, error) {
				return a.oneEntry(ctx, tx, in.Number, in.Seq, kind)
			})
	}
	view(r, "GET "+at+"/{number}/rating", Op{ID: "readRating", Tag: "Tickets", Summary: "What the client thought of the work", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*TicketRating, error) {
			t, err := a.ticketPage(ctx, tx, in.Number, false)
			if err != nil {
				return nil, err
			}
			if t.Rating == nil {
				return nil, desk.Missing()
			}
			return t.Rating, nil
		})
	a.ticketListRoute(r, at)
	a.openTicketRoute(r, at)
	a.talkRoutes(r, at)
	a.ticketChangeRoutes(r, at)
	a.arrivalRoutes(r, at)
	a.readingRoutes(r, at)
	a.draftRoutes(r, at)
}

// ticketPage reads a ticket's page in one statement and shows it.
func (a *App) ticketPage(ctx context.Context, tx tenants.ReadTx, number int64, timeline bool) (*Ticket, error) {
	last := 1
	if timeline {
		last = 50
	}
	v, err := a.Tickets.View(ctx, tx, number, last)
	if err != nil {
		return nil, err
	}
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	return f.ticket(ctx, tx, v, timeline)
}

// oneEntry reads a single line of a timeline, of the kind that the path names.
func (a *App) oneEntry(ctx context.Context, tx tenants.ReadTx, number int64, seq int, kind string) (*Entry, error) {
	p, err := a.Tickets.Timeline(ctx, tx, tickets.TimelineQuery{Ticket: tickets.Number(number), Before: seq + 1, Kind: kind, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(p.Entries) == 0 || p.Entries[0].Seq != seq {
		return nil, desk.Missing()
	}
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	e := f.entry(tx, &p.Entries[0], true)
	return &e, nil
}

// uploadIDs reads the files that a text brings along.
func uploadIDs(pointer string, given []string) ([]desk.FileID, error) {
	ids := make([]desk.FileID, 0, len(given))
	for i, s := range given {
		var id desk.FileID
		if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
			return nil, desk.Invalid(desk.Field(pointer+"/"+itoa(i), desk.UnknownID))
		}
		ids = append(ids, id)
	}
	return ids, nil
}
