package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type requestsIn struct {
	Paging
	State string `query:"state" enum:"in_work,resolved,all" default:"all"`
}

type newRequestIn struct {
	Body struct {
		Subject string         `json:"subject" maxLength:"300"`
		Text    string         `json:"text" maxLength:"100000"`
		Type    string         `json:"type,omitempty" maxLength:"60"`
		Fields  map[string]any `json:"fields,omitempty"`
		Uploads []string       `json:"uploads,omitempty" maxItems:"50"`
	}
}

// MadeRequest is a request just filed.
type MadeRequest struct {
	Ref      string   `json:"ref"`
	Number   int64    `json:"number"`
	WhatNext []string `json:"what_next" doc:"What happens now, sentence by sentence"`
	location string
}

// Location is where the request is read.
func (m *MadeRequest) Location() string { return m.location }

func (a *App) requestRoutes(r *Routes) {
	const at = "/v1/portal/{tenant}"
	read := []access.Permission{access.RequestRead}
	view(r, "GET "+at+"/home", Op{ID: "readHome", Tag: "Requests", Summary: "The portal's first page", Needs: read}, a.home)
	view(r, "GET "+at+"/requests", Op{ID: "listRequests", Tag: "Requests", Summary: "The client's requests, newest first", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *requestsIn) (*Page[RequestRow], error) {
			return a.requests(ctx, tx, in, false)
		})
	view(r, "GET "+at+"/company-requests", Op{ID: "listCompanyRequests", Tag: "Requests", Summary: "Requests of the client's company", Needs: []access.Permission{access.RequestCompany}},
		func(ctx context.Context, tx tenants.ReadTx, in *requestsIn) (*Page[RequestRow], error) {
			return a.requests(ctx, tx, in, true)
		})
	view(r, "GET "+at+"/requests/{number}", Op{ID: "readRequest", Tag: "Requests", Summary: "A request with its conversation", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*RequestPage, error) {
			return a.requestPage(ctx, tx, in.Number)
		})
	actOnce(r, "POST "+at+"/requests", Op{ID: "makeRequest", Tag: "Requests", Summary: "File a request", Needs: []access.Permission{access.RequestOpen}, Answers: 201, Limit: 1 << 20},
		func(ctx context.Context, tx tenants.Tx, in *newRequestIn, key *tenants.Key) (*MadeRequest, error) {
			uploads, err := uploadIDs("uploads", in.Body.Uploads)
			if err != nil {
				return nil, err
			}
			place := "/v1/portal/" + tx.Tenant().Slug + "/requests/"
			if key != nil {
				key.Location = place
			}
			t, err := a.Tickets.Open(ctx, tx, tickets.Open{Subject: in.Body.Subject, Text: in.Body.Text, Type: in.Body.Type, Fields: in.Body.Fields, Uploads: uploads, Channel: tickets.Portal, Key: key})
			if err != nil {
				return nil, err
			}
			m := &MadeRequest{Ref: tx.Tenant().Ref(t.Number), Number: t.Number, location: place + itoa(int(t.Number))}
			for _, line := range whatNext {
				m.WhatNext = append(m.WhatNext, say(tx.Actor().Language, line))
			}
			return m, nil
		})
	a.requestActRoutes(r, at+"/requests/{number}")
}

var portalStates = map[string][]tickets.Category{
	"in_work":  {settings.Open, settings.InProgress, settings.Pending},
	"resolved": {settings.Resolved, settings.Closed},
}

func (a *App) requests(ctx context.Context, tx tenants.ReadTx, in *requestsIn, company bool) (*Page[RequestRow], error) {
	q := tickets.ListQuery{Filter: tickets.Filter{Categories: portalStates[in.State]}, Company: company, Limit: in.Limit}
	resource := "requests"
	if company {
		resource = "company-requests"
	}
	where := scope{tx.Tenant().ID, tx.Actor().ID, resource, in.State}
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &q.After); err != nil {
			return nil, err
		}
	}
	l, err := a.Tickets.List(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	page := &Page[RequestRow]{}
	if page.Items, err = f.requestRows(ctx, tx, l.Rows); err != nil {
		return nil, err
	}
	if l.Next != nil {
		page.Next, err = a.cursors.seal(ctx, where, l.Next)
	}
	return page, err
}

const counted = 1000

func (a *App) home(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*Home, error) {
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	l, err := a.Tickets.List(ctx, tx, tickets.ListQuery{Limit: 20})
	if err != nil {
		return nil, err
	}
	rows, err := f.requestRows(ctx, tx, l.Rows)
	if err != nil {
		return nil, err
	}
	h := &Home{}
	for _, row := range rows {
		switch {
		case row.State == "waiting":
			h.Waiting = append(h.Waiting, row)
		case (row.State == "resolved" || row.State == "closed") && row.Rating == nil && len(h.ToRate) < 3:
			h.ToRate = append(h.ToRate, row)
		}
		if row.State != "waiting" && len(h.Requests) < 5 {
			h.Requests = append(h.Requests, row)
		}
	}
	for _, c := range []struct {
		into  *int
		state string
	}{{&h.Counts.InWork, "in_work"}, {&h.Counts.Resolved, "resolved"}, {&h.Counts.All, "all"}} {
		if *c.into, err = a.Tickets.Count(ctx, tx, tickets.ListQuery{Filter: tickets.Filter{Categories: portalStates[c.state]}}, counted); err != nil {
			return nil, err
		}
	}
	company, err := a.Guard.Any(ctx, tx.Tenant(), tx.Actor(), access.RequestCompany)
	if err != nil {
		return nil, err
	}
	if company {
		n, err := a.Tickets.Count(ctx, tx, tickets.ListQuery{Filter: tickets.Filter{Categories: portalStates["in_work"]}, Company: true}, counted)
		if err != nil {
			return nil, err
		}
		h.CompanyOpen = &n
	}
	brand, err := settings.Brands.Live(ctx, tx, settings.Main)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	h.Greeting = brand.Spec.Texts.Greeting.In(f.language)
	h.Desk, err = a.deskHours(ctx, tx)
	return h, err
}
