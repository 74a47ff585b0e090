package api

import (
	"context"
	"encoding/json"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// DraftBody is what somebody is writing.
type DraftBody struct {
	Text      Text     `json:"text"`
	Uploads   []string `json:"uploads"`
	Base      int      `json:"base,omitempty" doc:"The ticket's seen when the writing began"`
	UpdatedAt *Instant `json:"updated_at,omitempty"`
}

type DraftPath struct {
	TicketPath
	Kind string `path:"kind" enum:"reply,note"`
}

type draftIn struct {
	DraftPath
	Body struct {
		Text    Text     `json:"text"`
		Uploads []string `json:"uploads" maxItems:"50"`
		Base    int      `json:"base,omitempty" minimum:"0"`
	}
}

func (a *App) draftRoutes(r *Routes, at string) {
	read := []access.Permission{access.TicketRead}
	view(r, "GET "+at+"/{number}/drafts/{kind}", Op{ID: "readDraft", Tag: "Tickets", Summary: "What the person was writing here; an empty text when nothing", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *DraftPath) (*DraftBody, error) {
			d, err := a.Tickets.Draft(ctx, tx, tickets.Number(in.Number), in.Kind)
			if desk.Is(err, desk.NotFound) {
				// Nothing was being written, which is no fault; a ticket that may not be seen is told apart by reading it.
				d = &tickets.Draft{}
				_, err = a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
			}
			if err != nil {
				return nil, err
			}
			b := draftBody(d)
			return &b, nil
		})
	act(r, "PUT "+at+"/{number}/drafts/{kind}", Op{ID: "saveDraft", Tag: "Tickets", Summary: "Keep what the person is writing", Needs: read, Limit: 1 << 20},
		func(ctx context.Context, tx tenants.Tx, in *draftIn) (Nothing, error) {
			uploads, err := uploadIDs("uploads", in.Body.Uploads)
			if err != nil {
				return Nothing{}, err
			}
			body, err := json.Marshal(in.Body.Text)
			if err != nil {
				return Nothing{}, err
			}
			_, err = a.Tickets.SaveDraft(ctx, tx, tickets.Number(in.Number), tickets.Draft{Kind: in.Kind, Body: string(body), Uploads: uploads, Base: in.Body.Base})
			return Nothing{}, err
		})
	act(r, "DELETE "+at+"/{number}/drafts/{kind}", Op{ID: "dropDraft", Tag: "Tickets", Summary: "Forget a draft", Needs: read},
		func(ctx context.Context, tx tenants.Tx, in *DraftPath) (Nothing, error) {
			err := a.Tickets.DropDraft(ctx, tx, tickets.Number(in.Number), in.Kind)
			if desk.Is(err, desk.NotFound) {
				// Gone is gone; a ticket that may not be seen is told apart by reading it.
				_, err = a.Tickets.Get(ctx, tx.ReadTx, tickets.Number(in.Number))
			}
			return Nothing{}, err
		})
}

// draftBody shows a draft. What this API saved says its format; what a taken
// back answer left is its bare text.
func draftBody(d *tickets.Draft) DraftBody {
	b := DraftBody{Base: d.Base, UpdatedAt: at(d.UpdatedAt)}
	for _, id := range d.Uploads {
		b.Uploads = append(b.Uploads, id.String())
	}
	if json.Unmarshal([]byte(d.Body), &b.Text) != nil || b.Text.Format == "" {
		b.Text = Text{Format: "plain", Body: d.Body}
	}
	return b
}
