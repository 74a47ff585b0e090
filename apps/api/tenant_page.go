package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// TenantDesk is a tenant with everything a screen needs to show its tickets.
type TenantDesk struct {
	Tenant
	Abilities []string       `json:"abilities"`
	Settings  TenantSettings `json:"settings"`
	Brief     *Brief         `json:"brief"`
}

// TenantSettings are the tenant's words and forms.
type TenantSettings struct {
	Types    []TypeDef `json:"types"`
	Workflow Workflow  `json:"workflow"`
	Groups   []Named   `json:"groups"`
	Sender   Address   `json:"sender"`
}

// Brief tells outsourced people how to speak to this tenant's clients.
type Brief struct {
	Greeting   string       `json:"greeting"`
	Tone       string       `json:"tone"`
	Do         []string     `json:"do"`
	Dont       []string     `json:"dont"`
	Escalation []Escalation `json:"escalation"`
	ChangedAt  Instant      `json:"changed_at"`
}

// Escalation is whom to call, and when.
type Escalation struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	When  string `json:"when"`
}

type suspendIn struct {
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func (a *App) tenantRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}"
	view(r, "GET "+at, Op{ID: "readTenant", Tag: "Tenants", Summary: "The tenant with its forms, workflow, groups and brief", Anyone: "every member may; abilities say what else"}, a.tenantDesk)
	const owners = "the installation's owner alone"
	mine(r, "PUT "+at+"/suspension", Op{ID: "suspendTenant", Tag: "Tenants", Summary: "Suspend a tenant", Anyone: owners, Owner: true},
		func(ctx context.Context, c Caller, in *suspendIn) (Nothing, error) {
			return Nothing{}, a.setState(ctx, c, tenants.Suspended, in.Body.Reason)
		})
	mine(r, "DELETE "+at+"/suspension", Op{ID: "resumeTenant", Tag: "Tenants", Summary: "Serve a tenant again", Anyone: owners, Owner: true},
		func(ctx context.Context, c Caller, _ *noInput) (Nothing, error) {
			return Nothing{}, a.setState(ctx, c, tenants.Active, "")
		})
}

func (a *App) tenantDesk(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*TenantDesk, error) {
	t, language := tx.Tenant(), tx.Actor().Language
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	d := &TenantDesk{Tenant: a.tenantView(t)}
	d.Settings.Workflow = workflowView(&f.flow, language)
	if d.Abilities, err = a.Guard.Held(ctx, t, tx.Actor()); err != nil {
		return nil, err
	}
	if d.Settings.Types, err = typeDefs(ctx, tx, language, false); err != nil {
		return nil, err
	}
	groups, err := settings.Groups.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		d.Settings.Groups = append(d.Settings.Groups, Named{g.Key, g.Spec.Name.In(language)})
	}
	if d.Settings.Sender, err = a.sender(ctx, tx, ""); err != nil {
		return nil, err
	}
	b, err := settings.Briefs.Live(ctx, tx, settings.Main)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	if err == nil {
		d.Brief = briefView(b)
	}
	return d, nil
}

func briefView(b settings.Published[settings.Brief]) *Brief {
	v := &Brief{Greeting: b.Spec.Greeting, Tone: b.Spec.Tone, Do: b.Spec.Do, Dont: b.Spec.Dont, ChangedAt: Instant(b.PublishedAt)}
	for _, e := range b.Spec.Escalation {
		v.Escalation = append(v.Escalation, Escalation(e))
	}
	return v
}

// setState tells every node at once: a suspended tenant is closed within a second.
func (a *App) setState(ctx context.Context, c Caller, state tenants.State, reason string) error {
	if err := a.house.SetState(ctx, c.Tenant.ID, state, reason, c.Actor); err != nil {
		return err
	}
	a.accessChanged(ctx, c.Tenant.ID, nil)
	if state != tenants.Active || a.Line == nil {
		return nil
	}
	return a.Line.Resume(ctx, c.Tenant.ID)
}
