package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type requestCommentIn struct {
	TicketPath
	Body struct {
		Text    string   `json:"text" maxLength:"100000"`
		Uploads []string `json:"uploads,omitempty" maxItems:"50"`
	}
}

type reopenIn struct {
	TicketPath
	Body struct {
		Text    string   `json:"text,omitempty" maxLength:"100000"`
		Uploads []string `json:"uploads,omitempty" maxItems:"50"`
	}
}

type ratingBody struct {
	Score   int      `json:"score" minimum:"1" maximum:"5"`
	Reasons []string `json:"reasons,omitempty" maxItems:"10"`
	Comment string   `json:"comment,omitempty" maxLength:"2000"`
}

type rateIn struct {
	TicketPath
	Body ratingBody
}

func (a *App) requestActRoutes(r *Routes, at string) {
	reply := []access.Permission{access.RequestReply}
	view(r, "GET "+at+"/comments/{seq}", Op{ID: "readComment", Tag: "Requests", Summary: "One line of the conversation", Needs: []access.Permission{access.RequestRead}},
		func(ctx context.Context, tx tenants.ReadTx, in *EntryPath) (*ThreadEntry, error) {
			p, err := a.Tickets.Timeline(ctx, tx, tickets.TimelineQuery{Ticket: tickets.Number(in.Number), Before: in.Seq + 1, Kind: "comment", Limit: 1})
			if err != nil {
				return nil, err
			}
			if len(p.Entries) == 0 || p.Entries[0].Seq != in.Seq {
				return nil, desk.Missing()
			}
			f, err := a.frame(ctx, tx)
			if err != nil {
				return nil, err
			}
			t := f.threadEntry(tx, &p.Entries[0])
			return &t, nil
		})
	actOnce(r, "POST "+at+"/comments", Op{ID: "addToRequest", Tag: "Requests", Summary: "Write in a request", Needs: reply, Answers: 201, Limit: 1 << 20, Errors: []desk.Code{desk.ClosedIsFinal}},
		func(ctx context.Context, tx tenants.Tx, in *requestCommentIn, key *tenants.Key) (*ThreadEntry, error) {
			uploads, err := uploadIDs("uploads", in.Body.Uploads)
			if err != nil {
				return nil, err
			}
			place := "/v1/portal/" + tx.Tenant().Slug + "/requests/" + itoa(int(in.Number)) + "/comments/"
			if key != nil {
				key.Location = place
			}
			c, err := a.Tickets.ClientReply(ctx, tx, tickets.ClientReply{Ticket: tickets.Number(in.Number), Text: in.Body.Text, Channel: tickets.Portal, Uploads: uploads, Key: key})
			if err != nil {
				return nil, err
			}
			f, err := a.frame(ctx, tx.ReadTx)
			if err != nil {
				return nil, err
			}
			t := f.threadEntry(tx.ReadTx, &tickets.Entry{Seq: c.Seq, At: c.At, Comment: c, Author: tickets.Author{Kind: c.AuthorKind, ID: c.AuthorID, Name: tx.Actor().Name}})
			t.location = place + itoa(c.Seq)
			return &t, nil
		})
	act(r, "PUT "+at+"/confirmation", Op{ID: "confirmRequest", Tag: "Requests", Summary: "Say that it is done", Needs: reply, Errors: []desk.Code{desk.TransitionRefused}},
		func(ctx context.Context, tx tenants.Tx, in *TicketPath) (*RequestPage, error) {
			_, err := a.Tickets.Confirm(ctx, tx, tickets.Number(in.Number))
			return a.afterAct(ctx, tx, in.Number, err)
		})
	act(r, "PUT "+at+"/reopening", Op{ID: "reopenRequest", Tag: "Requests", Summary: "Say that it is not done", Needs: reply, Limit: 1 << 20, Errors: []desk.Code{desk.ClosedIsFinal}},
		func(ctx context.Context, tx tenants.Tx, in *reopenIn) (*RequestPage, error) {
			uploads, err := uploadIDs("uploads", in.Body.Uploads)
			if err != nil {
				return nil, err
			}
			_, err = a.Tickets.Reopen(ctx, tx, tickets.Reopen{Ticket: tickets.Number(in.Number), Text: in.Body.Text, Uploads: uploads})
			return a.afterAct(ctx, tx, in.Number, err)
		})
	act(r, "PUT "+at+"/rating", Op{ID: "rateRequest", Tag: "Requests", Summary: "Rate the work", Needs: []access.Permission{access.RequestRate}, Errors: []desk.Code{desk.TransitionRefused}},
		func(ctx context.Context, tx tenants.Tx, in *rateIn) (*RequestPage, error) {
			_, err := a.Tickets.Rate(ctx, tx, tickets.Rate{Ticket: tickets.Number(in.Number), Score: in.Body.Score, Reasons: in.Body.Reasons, Comment: in.Body.Comment})
			return a.afterAct(ctx, tx, in.Number, err)
		})
}

func (a *App) afterAct(ctx context.Context, tx tenants.Tx, number int64, err error) (*RequestPage, error) {
	if err != nil {
		return nil, err
	}
	return a.requestPage(ctx, tx.ReadTx, number)
}

func (a *App) requestPage(ctx context.Context, tx tenants.ReadTx, number int64) (*RequestPage, error) {
	v, err := a.Tickets.View(ctx, tx, number, 200)
	if err != nil {
		return nil, err
	}
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	own := v.ContactID == tx.Actor().Contact()
	row := tickets.Row{
		ID: v.ID, Number: v.Number, Version: v.Version, Subject: v.Subject, Category: v.Category, AssigneeID: v.AssigneeID, Assignee: v.Assignee.Name,
		ResumeAt: v.ResumeAt, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt, ResolvedAt: v.ResolvedAt, ClosedAt: v.ClosedAt, Rating: v.Ticket.Rating,
	}
	p := &RequestPage{RequestRow: f.requestRow(&row, own), Who: orNil(v.Assignee.Name), Version: v.PublicSeq}
	if p.Waiting != nil {
		f.question(p.Waiting, v.Timeline.Entries)
	}
	said, err := a.fromTheStart(ctx, tx, v)
	if err != nil {
		return nil, err
	}
	p.Text = firstWords(said)
	p.Thread = f.thread(tx, said)
	f.moments(p, said)
	form, err := settings.FormOf(ctx, tx, v.Type)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	p.Type = Named{v.Type, form.Type.Name.In(f.language)}
	p.Fields = fieldValues(form, v.Fields, f.language, true)
	p.CanReopenUntil = at(tickets.ReopenableUntil(&v.Ticket, time.Duration(f.flow.CloseAfterDays)*24*time.Hour))
	if own && (p.State == "resolved" || p.State == "closed") {
		p.RatingForm = ratingForm(v.Rating)
	}
	p.Promises, err = a.promises(ctx, tx, &v.Ticket)
	return p, err
}

// fromTheStart are the entries of the page, before them the one the request began
// with: in a long conversation it lies further back.
func (a *App) fromTheStart(ctx context.Context, tx tenants.ReadTx, v *tickets.View) ([]tickets.Entry, error) {
	if !v.Timeline.More {
		return v.Timeline.Entries, nil
	}
	first, err := a.Tickets.Timeline(ctx, tx, tickets.TimelineQuery{Ticket: tickets.ID(v.ID), Before: 2, Limit: 1})
	if err != nil {
		return nil, err
	}
	return append(first.Entries, v.Timeline.Entries...), nil
}

// firstWords is what the request says, without marks.
func firstWords(entries []tickets.Entry) string {
	if len(entries) == 0 || entries[0].Seq != 1 || entries[0].Comment == nil {
		return ""
	}
	if c := entries[0].Comment; c.Format == tickets.HTML {
		return plainText(c)
	}
	return entries[0].Comment.Body
}

// moments fills in when the request came to its steps.
func (f *frame) moments(p *RequestPage, entries []tickets.Entry) {
	for i := range entries {
		e := &entries[i]
		if e.Type == tickets.FactAssigned && p.Steps[1].At == nil {
			p.Steps[1].At = at(e.At)
		}
		for _, ch := range e.Detail.Changes {
			key, _ := ch.To.(string)
			if s, ok := f.flow.Status(key); ok && ch.Field == "status" && s.Category == settings.InProgress && p.Steps[2].At == nil {
				p.Steps[2].At = at(e.At)
			}
		}
	}
}

func ratingForm(r *tickets.Rating) *RatingForm {
	if r == nil {
		return &RatingForm{}
	}
	return &RatingForm{Score: &r.Score, Reasons: r.Reasons, Comment: orNil(r.Comment), EditableUntil: at(r.FirstAt.Add(tickets.RatingEditable))}
}
