package api

import (
	"context"
	"encoding/json"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/flows/webhooks"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Delivery is a call of a tenant's system, and what became of it.
type Delivery struct {
	ID     string   `json:"id"`
	At     Instant  `json:"at"`
	Kind   string   `json:"kind" enum:"escalation,trigger" doc:"What calls"`
	Hook   string   `json:"hook" doc:"The key of the escalation or trigger"`
	URL    string   `json:"url"`
	Ref    *string  `json:"ref"`
	State  string   `json:"state" enum:"queued,sent,failed"`
	Tries  int      `json:"tries"`
	Status *string  `json:"status" doc:"What the receiver answered last: an HTTP status, or how it failed"`
	Error  *string  `json:"error"`
	Last   Instant  `json:"changed_at"`
	Body   string   `json:"body" doc:"As it is sent; the same at each try"`
	Can    []string `json:"abilities"`
}

type deliveriesIn struct {
	Cursor string `query:"cursor" maxLength:"2000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (a *App) deliveryRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/webhook-deliveries"
	view(r, "GET "+at, Op{ID: "listDeliveries", Tag: "Triggers", Summary: "Calls of the tenant's systems in the last thirty days, newest first", Needs: readsSettings}, a.deliveries)
	act(r, "POST "+at+"/{id}/retry", Op{ID: "retryDelivery", Tag: "Triggers", Summary: "Make a call again that was given up", Needs: editsSettings, Errors: []desk.Code{desk.InUse}}, a.retryDelivery)
}

func (a *App) deliveries(ctx context.Context, tx tenants.ReadTx, in *deliveriesIn) (*Page[Delivery], error) {
	if err := a.Guard.Check(ctx, tx, access.SettingsRead, anyObject); err != nil {
		return nil, err
	}
	where := scope{tx.Tenant().ID, tx.Actor().ID, "webhook-deliveries", ""}
	var before desk.MessageID
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &before); err != nil {
			return nil, err
		}
	}
	calls, err := post.Calls(ctx, tx, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := &Page[Delivery]{Items: []Delivery{}}
	if len(calls) > in.Limit {
		calls = calls[:in.Limit]
		if page.Next, err = a.cursors.seal(ctx, where, calls[in.Limit-1].ID); err != nil {
			return nil, err
		}
	}
	for i := range calls {
		page.Items = append(page.Items, deliveryView(tx.Tenant(), &calls[i]))
	}
	return page, nil
}

func deliveryView(tenant tenants.Tenant, m *post.Called) Delivery {
	said := webhooks.Said(m.Data)
	v := Delivery{
		ID: m.ID.String(), At: Instant(m.At), Kind: "escalation", Hook: said.Key, URL: m.Address, State: string(m.State), Tries: m.Tries,
		Status: orNil(m.Code), Error: orNil(m.Error), Last: Instant(m.ChangedAt), Body: said.Body, Can: []string{},
	}
	if said.Trigger {
		v.Kind = "trigger"
	}
	if m.Number != 0 {
		v.Ref = orNil(tenant.Ref(m.Number))
	}
	if m.State == post.Failed {
		v.Can = append(v.Can, "retry")
	}
	return v
}

// retryDelivery queues a call that was given up, under the same webhook-id.
func (a *App) retryDelivery(ctx context.Context, tx tenants.Tx, in *IDPath) (*Delivery, error) {
	if err := a.Guard.Check(ctx, tx.ReadTx, access.SettingsEdit, anyObject); err != nil {
		return nil, err
	}
	id, err := messageID(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := post.Load(ctx, tx.ReadTx, id)
	if err != nil {
		return nil, err
	}
	if m.Channel != webhooks.Channel || m.Direction != "out" {
		return nil, desk.Missing()
	}
	if m.State != post.Failed {
		return nil, desk.Refuse(desk.InUse, "where", string(m.State))
	}
	if err := again(ctx, tx, m); err != nil {
		return nil, err
	}
	m.State, m.Error, m.Code = post.Queued, "", ""
	v := deliveryView(tx.Tenant(), &post.Called{Message: *m})
	return &v, nil
}

// again queues a call once more.
func again(ctx context.Context, tx tenants.Tx, m *post.Message) error {
	if err := post.Settle(ctx, tx, post.Settled{ID: m.ID, State: post.Queued}); err != nil {
		return err
	}
	data, err := json.Marshal(map[string]string{"message": m.ID.String()})
	if err != nil {
		return err
	}
	return jobs.Enqueue(ctx, tx, desk.Job{Name: webhooks.JobSend, Lane: desk.Default, Subject: m.SubjectID, Seq: m.Seq, Data: data})
}
