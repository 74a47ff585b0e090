package api

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type replyIn struct {
	TicketPath
	Body struct {
		Text    Text     `json:"text"`
		Seen    int      `json:"seen" minimum:"0" doc:"The ticket's seen that was on the screen"`
		Anyway  bool     `json:"anyway,omitempty" doc:"Send although something arrived meanwhile"`
		Status  *moveTo  `json:"status,omitempty"`
		Uploads []string `json:"uploads,omitempty" maxItems:"50"`
		CC      []string `json:"cc,omitempty" maxItems:"20"`
	}
}

type moveTo struct {
	To      string         `json:"to" maxLength:"60"`
	Until   *time.Time     `json:"until,omitempty"`
	Comment string         `json:"comment,omitempty" maxLength:"2000"`
	Fields  map[string]any `json:"fields,omitempty" doc:"Answers to what the status makes the form ask; merged"`
}

func (m moveTo) verb() tickets.Move {
	v := tickets.Move{To: m.To, Comment: m.Comment, Fields: m.Fields}
	if m.Until != nil {
		v.Until = m.Until.UTC()
	}
	return v
}

type noteIn struct {
	TicketPath
	Body struct {
		Text    Text     `json:"text"`
		Uploads []string `json:"uploads,omitempty" maxItems:"50"`
	}
}

type takenBack struct {
	Draft DraftBody `json:"draft"`
}

func (a *App) talkRoutes(r *Routes, at string) {
	actOnce(r, "POST "+at+"/{number}/comments", Op{
		ID: "replyToTicket", Tag: "Tickets", Summary: "Answer the client; held for ten seconds", Needs: []access.Permission{access.TicketReply}, Answers: 201, Limit: 1 << 20,
		Errors: []desk.Code{desk.ArrivedMeanwhile, desk.TransitionRefused, desk.ClosedIsFinal, desk.UntilRequired, desk.CommentRequired},
	}, a.reply)
	act(r, "DELETE "+at+"/{number}/comments/{seq}/hold", Op{
		ID: "undoReply", Tag: "Tickets", Summary: "Take a held answer back into the draft", Needs: []access.Permission{access.TicketReply}, Errors: []desk.Code{desk.InUse},
	}, a.takeBack)
	actOnce(r, "POST "+at+"/{number}/notes", Op{
		ID: "noteOnTicket", Tag: "Tickets", Summary: "Write an internal note", Needs: []access.Permission{access.TicketNote}, Answers: 201, Limit: 1 << 20,
	}, func(ctx context.Context, tx tenants.Tx, in *noteIn, key *tenants.Key) (*Entry, error) {
		uploads, err := uploadIDs("uploads", in.Body.Uploads)
		if err != nil {
			return nil, err
		}
		place := entryPlace(tx, in.Number, "notes")
		if key != nil {
			key.Location = place
		}
		text, format := written(in.Body.Text)
		c, err := a.Tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.Number(in.Number), Text: text, Format: format, Uploads: uploads, Key: key})
		if err != nil {
			return nil, err
		}
		return a.justWritten(ctx, tx, c, place)
	})
}

// takeBack makes a draft of a held answer again, in the format it was written in.
func (a *App) takeBack(ctx context.Context, tx tenants.Tx, in *EntryPath) (*takenBack, error) {
	p, err := a.Tickets.Timeline(ctx, tx.ReadTx, tickets.TimelineQuery{Ticket: tickets.Number(in.Number), Before: in.Seq + 1, Kind: "comment", Limit: 1})
	if err != nil {
		return nil, err
	}
	d, err := a.Tickets.Withdraw(ctx, tx, tickets.Number(in.Number), in.Seq)
	if err != nil {
		return nil, err
	}
	written := Text{Format: "plain", Body: d.Body}
	if len(p.Entries) > 0 && p.Entries[0].Comment != nil && p.Entries[0].Comment.Format == tickets.HTML {
		written.Format = "html"
	}
	body, err := json.Marshal(written)
	if err != nil {
		return nil, err
	}
	kept, err := a.Tickets.SaveDraft(ctx, tx, tickets.Number(in.Number), tickets.Draft{Kind: "reply", Body: string(body), Uploads: d.Uploads, Base: d.Base})
	if err != nil {
		return nil, err
	}
	return &takenBack{draftBody(kept)}, nil
}

func (a *App) reply(ctx context.Context, tx tenants.Tx, in *replyIn, key *tenants.Key) (*Entry, error) {
	uploads, err := uploadIDs("uploads", in.Body.Uploads)
	if err != nil {
		return nil, err
	}
	text, format := written(in.Body.Text)
	v := tickets.Reply{
		Ticket: tickets.Number(in.Number), Text: text, Format: format, Seen: in.Body.Seen, Anyway: in.Body.Anyway, Uploads: uploads, Key: key,
	}
	if in.Body.Status != nil {
		move := in.Body.Status.verb()
		v.Status = &move
	}
	for _, address := range in.Body.CC {
		v.Cc = append(v.Cc, tickets.Recipient{Address: address})
	}
	place := entryPlace(tx, in.Number, "comments")
	if key != nil {
		key.Location = place
	}
	c, err := a.Tickets.Reply(ctx, tx, v)
	if err != nil {
		return nil, a.shown(ctx, tx.ReadTx, err)
	}
	return a.justWritten(ctx, tx, c, place)
}

func entryPlace(tx tenants.Tx, number int64, collection string) string {
	return "/v1/tenants/" + tx.Tenant().Slug + "/tickets/" + strconv.FormatInt(number, 10) + "/" + collection + "/"
}

// justWritten shows a comment that this very unit stored.
func (a *App) justWritten(ctx context.Context, tx tenants.Tx, c *tickets.Comment, place string) (*Entry, error) {
	f, err := a.frame(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	e := f.entry(tx.ReadTx, &tickets.Entry{
		Seq: c.Seq, At: c.At, Public: !c.Internal, Comment: c,
		Author: tickets.Author{Kind: c.AuthorKind, ID: c.AuthorID, Name: tx.Actor().Name},
	}, true)
	e.location = place + itoa(c.Seq)
	return &e, nil
}

// shown turns the room's own entries in a refusal's extras into the API's.
func (a *App) shown(ctx context.Context, tx tenants.ReadTx, err error) error {
	e := refusal(err)
	for _, member := range []string{"arrived", "changes"} {
		entries, ok := e.Extra[member].([]tickets.Entry)
		if !ok {
			continue
		}
		f, failed := a.frame(ctx, tx)
		if failed != nil {
			return failed
		}
		list := make([]Entry, len(entries))
		for i := range entries {
			list[i] = f.entry(tx, &entries[i], false)
		}
		e.Extra[member] = list
	}
	return err
}
