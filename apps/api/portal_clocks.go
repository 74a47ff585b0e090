package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/triage"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// RequestPromise is what the client was promised, and how it went.
type RequestPromise struct {
	Kind  string   `json:"kind" enum:"first_response,resolution,arrival"`
	DueAt *Instant `json:"due_at" doc:"null while we wait for the client"`
	MetAt *Instant `json:"met_at"`
	// Kept is null while it is open.
	Kept      *bool            `json:"kept"`
	BySeconds *int64           `json:"by_seconds" doc:"How much earlier than promised, by the clock on the wall; negative when late"`
	Segments  []RequestSegment `json:"segments"`
}

// RequestSegment is a stretch of the way to a promise, in the client's words.
type RequestSegment struct {
	From Instant `json:"from"`
	To   Instant `json:"to"`
	Kind string  `json:"kind" enum:"working,closed,waiting"`
}

// DeskHours tell whether somebody works on requests now.
type DeskHours struct {
	OpenNow   bool     `json:"open_now"`
	ChangesAt *Instant `json:"changes_at"`
	TimeZone  string   `json:"time_zone"`
}

// RequestPromises are what a request filed now would be promised; null is no promise.
type RequestPromises struct {
	ReplyBy *Instant `json:"reply_by"`
	FixBy   *Instant `json:"fix_by"`
}

type requestPreviewIn struct {
	Body struct {
		Type    string         `json:"type,omitempty" maxLength:"60"`
		Subject string         `json:"subject,omitempty" maxLength:"500"`
		Fields  map[string]any `json:"fields,omitempty"`
	}
}

func (a *App) requestClockRoutes(r *Routes, at string) {
	view(r, "POST "+at+"/deadline-previews", Op{ID: "previewRequest", Tag: "Requests", Summary: "When a request filed now would be answered", Needs: []access.Permission{access.RequestOpen}, Repeatable: true},
		func(ctx context.Context, tx tenants.ReadTx, in *requestPreviewIn) (*RequestPromises, error) {
			answer, err := a.Triage.Preview(ctx, tx, triage.Ask{
				Type: in.Body.Type, Subject: in.Body.Subject, Fields: in.Body.Fields, Contact: tx.Actor().Contact(), Channel: tickets.Portal,
			})
			if err != nil {
				return nil, err
			}
			return promisesOf(answer.Clocks), nil
		})
}

func promisesOf(all []triage.Promise) *RequestPromises {
	p := &RequestPromises{}
	for _, c := range all {
		switch c.Kind {
		case sla.FirstResponse:
			p.ReplyBy = at(c.Due)
		case sla.Resolution:
			p.FixBy = at(c.Due)
		case sla.NextResponse, sla.Arrival, sla.AnyClock:
		}
	}
	return p
}

// promises are those of a request, by the same segments that staff see.
func (a *App) promises(ctx context.Context, tx tenants.ReadTx, t *tickets.Ticket) ([]RequestPromise, error) {
	ways, err := a.Triage.Ways(ctx, tx, t)
	if err != nil {
		return nil, err
	}
	all := []RequestPromise{}
	for _, w := range ways {
		// Where it was done without anybody coming, there is nothing to tell of a visit.
		if w.Kind == sla.NextResponse || w.Kind == sla.Arrival && !w.Met.IsZero() && w.Met.Equal(t.ResolvedAt) {
			continue
		}
		p := RequestPromise{Kind: string(w.Kind), DueAt: at(w.Due), MetAt: at(w.Met), Segments: []RequestSegment{}}
		if !w.Met.IsZero() {
			kept := w.Due.IsZero() || !w.Met.After(w.Due)
			p.Kept = &kept
			if !w.Due.IsZero() {
				by := int64(w.Due.Sub(w.Met) / time.Second)
				p.BySeconds = &by
			}
		}
		for _, s := range w.Segments {
			kind := string(s.Kind)
			if s.Kind == sla.Paused {
				kind = "waiting"
			}
			p.Segments = append(p.Segments, RequestSegment{Instant(s.From), Instant(s.To), kind})
		}
		all = append(all, p)
	}
	return all, nil
}

// deskHours are those by which the client's next request would be answered; nil
// where nothing is promised.
func (a *App) deskHours(ctx context.Context, tx tenants.ReadTx) (*DeskHours, error) {
	answer, err := a.Triage.Preview(ctx, tx, triage.Ask{Contact: tx.Actor().Contact(), Channel: tickets.Portal})
	if desk.Is(err, desk.NotFound) || desk.Is(err, desk.Denied) {
		return nil, nil //nolint:nilnil // null is how the page says that there are none
	}
	if err != nil || len(answer.Clocks) == 0 {
		return nil, err
	}
	r := answer.Why.Reading
	return &DeskHours{r.Open, at(r.ChangesAt), r.Zone}, nil
}
