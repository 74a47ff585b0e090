package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// TypePath names a ticket type.
type TypePath struct {
	Type string `path:"type" maxLength:"60"`
}

type askFormIn struct {
	TypePath
	Body struct {
		Ticket   int64          `json:"ticket,omitempty" minimum:"1" doc:"The number of the ticket whose form it is; without it, one to be opened"`
		Draft    bool           `json:"draft,omitempty" doc:"The form as it is being made, for those who may read settings"`
		Status   string         `json:"status,omitempty" maxLength:"60" doc:"The status it would move to"`
		Priority int            `json:"priority,omitempty" minimum:"0" maximum:"4"`
		Channel  string         `json:"channel,omitempty" enum:"phone,api,portal,form,mail"`
		Contact  string         `json:"contact,omitempty" maxLength:"60"`
		Tags     *[]string      `json:"tags,omitempty" maxItems:"50"`
		Fields   map[string]any `json:"fields,omitempty" doc:"The answers so far; upon those that the ticket has"`
	}
}

type askRequestFormIn struct {
	TypePath
	Body struct {
		Fields map[string]any `json:"fields,omitempty" doc:"The answers so far"`
	}
}

// AskedForm is what a form asks now.
type AskedForm struct {
	Questions []AskedQuestion `json:"questions" doc:"In the form's order; those that are not asked now are not here"`
}

// AskedQuestion is a question that is asked now.
type AskedQuestion struct {
	FieldDef
	Value any  `json:"value" doc:"The answer so far, which begins with the default; null for none"`
	New   bool `json:"new" doc:"The ticket as it stands is not asked it: a move demands it where it is required"`
}

// RequestForm is what a client is asked now.
type RequestForm struct {
	Questions []RequestQuestion `json:"questions" doc:"In the form's order; those that are not asked now are not here"`
}

// RequestQuestion is a question that a client is asked now.
type RequestQuestion struct {
	FieldDef
	Value any `json:"value" doc:"The answer so far, which begins with the default; null for none"`
}

func (a *App) formRoutes(r *Routes) {
	view(r, "POST /v1/tenants/{tenant}/forms/{type}", Op{
		ID: "askForm", Tag: "Tickets", Summary: "Which questions of a type's form are asked now, and which are required", Repeatable: true, Limit: 256 << 10,
		Needs: []access.Permission{access.TicketOpen, access.TicketRead, access.SettingsRead, access.SettingsEdit},
	}, a.askForm)
	view(r, "POST /v1/portal/{tenant}/forms/{type}", Op{
		ID: "askRequestForm", Tag: "Requests", Summary: "Which questions a new request is asked now, and which are required", Repeatable: true, Limit: 256 << 10,
		Needs: []access.Permission{access.RequestOpen},
	}, a.askRequestForm)
}

func (a *App) askForm(ctx context.Context, tx tenants.ReadTx, in *askFormIn) (*AskedForm, error) {
	ask := tickets.Asking{
		Type: in.Type, Status: in.Body.Status, Priority: in.Body.Priority, Channel: in.Body.Channel, Tags: in.Body.Tags, Fields: in.Body.Fields,
	}
	if in.Body.Ticket != 0 {
		ask.Ticket = tickets.Number(in.Body.Ticket)
	}
	if in.Body.Contact != "" && ask.Contact.UnmarshalText([]byte(in.Body.Contact)) != nil {
		return nil, desk.Invalid(desk.Field("contact", desk.UnknownID))
	}
	if in.Body.Draft {
		form, err := settings.DraftForm(ctx, tx, in.Type)
		if err != nil {
			return nil, err
		}
		ask.Form = &form
	}
	_, asked, err := a.Tickets.Ask(ctx, tx, ask)
	if err != nil {
		return nil, err
	}
	form := &AskedForm{Questions: []AskedQuestion{}}
	for _, q := range asked {
		form.Questions = append(form.Questions, AskedQuestion{fieldDef(q.FormField, tx.Actor().Language), q.Value, q.New})
	}
	return form, nil
}

func (a *App) askRequestForm(ctx context.Context, tx tenants.ReadTx, in *askRequestFormIn) (*RequestForm, error) {
	_, asked, err := a.Tickets.Ask(ctx, tx, tickets.Asking{Type: in.Type, Fields: in.Body.Fields})
	if err != nil {
		return nil, err
	}
	form := &RequestForm{Questions: []RequestQuestion{}}
	for _, q := range asked {
		form.Questions = append(form.Questions, RequestQuestion{fieldDef(q.FormField, tx.Actor().Language), q.Value})
	}
	return form, nil
}
