package api

import (
	"context"
	"encoding/json"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/triage"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type previewIn struct {
	Body struct {
		At       *Instant       `json:"at,omitempty" doc:"When the ticket is opened; now when absent"`
		Type     string         `json:"type,omitempty" maxLength:"60"`
		Priority int            `json:"priority,omitempty" minimum:"0" maximum:"4"`
		Channel  string         `json:"channel,omitempty" maxLength:"20"`
		Subject  string         `json:"subject,omitempty" maxLength:"500"`
		Tags     []string       `json:"tags,omitempty" maxItems:"50"`
		Fields   map[string]any `json:"fields,omitempty"`
		Company  string         `json:"company,omitempty" maxLength:"60"`
		Contact  string         `json:"contact,omitempty" maxLength:"60"`
		Drafts   bool           `json:"drafts,omitempty" doc:"By what is being edited in the settings"`
	}
}

type exceptIn struct {
	TicketPath
	Body struct {
		Effect EffectBody `json:"effect" doc:"Empty takes the ticket's exception back"`
		Reason string     `json:"reason" maxLength:"1000"`
	}
}

type recalculateIn struct {
	Body struct {
		Preview bool   `json:"preview,omitempty" doc:"Only tell what would move"`
		Kind    string `json:"kind,omitempty" enum:"calendar,sla_policy,sla_exception,escalation" doc:"With key: as if its draft were published"`
		Key     string `json:"key,omitempty" maxLength:"40"`
		// Drafts that are published together.
		Drafts []draftName `json:"drafts,omitempty" maxItems:"50" doc:"The same of several, all at once"`
	}
}

// draftName is a setting whose draft is looked at.
type draftName struct {
	Kind string `json:"kind" enum:"calendar,sla_policy,sla_exception,escalation"`
	Key  string `json:"key" maxLength:"40"`
}

// RecalculationPage is what moving running tickets means, or the job that does it.
type RecalculationPage struct {
	Running int `json:"running"`
	TrialResult
	Job *Job `json:"job" doc:"null for a preview"`
}

// Job is long work with its progress.
type Job struct {
	ID     string         `json:"id"`
	Kind   string         `json:"kind"`
	State  string         `json:"state" enum:"queued,running,done,failed,cancelled"`
	Done   int64          `json:"done"`
	Total  int64          `json:"total"`
	Unit   string         `json:"unit" enum:"tickets,rows"`
	Ended  *Instant       `json:"ended_at"`
	Result map[string]any `json:"result"`
}

func (a *App) clockRoutes(r *Routes) {
	const tenant = "/v1/tenants/{tenant}"
	read := []access.Permission{access.TicketRead}
	view(r, "POST "+tenant+"/deadline-previews", Op{ID: "previewDeadline", Tag: "SLA", Summary: "When a ticket would be due", Needs: []access.Permission{access.TicketOpen, access.SettingsRead}, Repeatable: true}, a.preview)
	view(r, "GET "+tenant+"/tickets/{number}/clocks", Op{ID: "listClocks", Tag: "SLA", Summary: "The promises of a ticket", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*List[Clock], error) {
			t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
			if err != nil {
				return nil, err
			}
			all, err := a.Triage.Clocks(ctx, tx, t)
			return &List[Clock]{Items: clockViews(all)}, err
		})
	view(r, "GET "+tenant+"/tickets/{number}/sla-why", Op{ID: "explainDeadlines", Tag: "SLA", Summary: "Why a ticket is due when it is", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*WhyPage, error) {
			t, err := a.Tickets.Get(ctx, tx, tickets.Number(in.Number))
			if err != nil {
				return nil, err
			}
			w, err := a.Triage.Explain(ctx, tx, t)
			if err != nil {
				return nil, err
			}
			v, err := vocabulary(ctx, tx)
			if err != nil {
				return nil, err
			}
			escalations, err := sla.Escalations.All(ctx, tx)
			return whyPage(&w, v, escalations, tx.Actor().Language), err
		})
	act(r, "POST "+tenant+"/tickets/{number}/sla-exceptions", Op{
		ID: "exceptTicket", Tag: "SLA", Summary: "Make an exception for one ticket", Needs: []access.Permission{access.TicketPriority}, Errors: []desk.Code{desk.ClosedIsFinal},
	}, func(ctx context.Context, tx tenants.Tx, in *exceptIn) (*Ticket, error) {
		effect, err := recast[sla.Effect](in.Body.Effect)
		if err != nil {
			return nil, err
		}
		_, err = a.Triage.Except(ctx, tx, tickets.Number(in.Number), effect, in.Body.Reason)
		return a.changed(ctx, tx, in.Number, err)
	})
	act(r, "POST "+tenant+"/sla-recalculations", Op{ID: "recalculateDeadlines", Tag: "SLA", Summary: "Move running tickets to what is published", Needs: []access.Permission{access.SettingsEdit}, Class: heavy},
		a.recalculate)
	for _, kind := range []struct{ at, name, id string }{
		{"calendars", sla.Calendars.Name, "tryCalendar"},
		{"sla-policies", sla.Policies.Name, "tryPolicy"},
		{"sla-exceptions", sla.Exceptions.Name, "tryException"},
		{"escalations", sla.Escalations.Name, "tryEscalation"},
	} {
		view(r, "POST "+tenant+"/"+kind.at+"/{key}/draft/trial", Op{
			ID: kind.id, Tag: "SLA", Summary: "Run a draft over the last tickets", Needs: []access.Permission{access.SettingsRead}, Class: heavy, Repeatable: true,
		}, func(ctx context.Context, tx tenants.ReadTx, in *SettingPath) (*TrialResult, error) {
			return a.trial(ctx, tx, kind.name, in.Key)
		})
	}
	view(r, "GET "+tenant+"/jobs/{id}", Op{ID: "readJob", Tag: "Tenant", Summary: "Long work and how far it is", Needs: []access.Permission{access.SettingsRead}},
		func(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*Job, error) {
			var id desk.RunID
			if id.UnmarshalText([]byte(in.ID)) != nil {
				return nil, desk.Missing()
			}
			run, err := jobs.ReadRun(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			return jobView(run)
		})
}

// ask is the ticket that might be.
func (in *previewIn) ask() (triage.Ask, error) {
	b := &in.Body
	ask := triage.Ask{Type: b.Type, Priority: b.Priority, Channel: b.Channel, Subject: b.Subject, Tags: b.Tags, Fields: b.Fields, Drafts: b.Drafts}
	if b.At != nil {
		ask.At = time.Time(*b.At)
	}
	if b.Company != "" && ask.Company.UnmarshalText([]byte(b.Company)) != nil {
		return ask, desk.Invalid(desk.Field("company", desk.UnknownID))
	}
	if b.Contact != "" && ask.Contact.UnmarshalText([]byte(b.Contact)) != nil {
		return ask, desk.Invalid(desk.Field("contact", desk.UnknownID))
	}
	return ask, nil
}

func (a *App) preview(ctx context.Context, tx tenants.ReadTx, in *previewIn) (*DeadlinePreview, error) {
	ask, err := in.ask()
	if err != nil {
		return nil, err
	}
	answer, err := a.Triage.Preview(ctx, tx, ask)
	if err != nil {
		return nil, err
	}
	v, err := vocabulary(ctx, tx)
	return previewView(&answer, v, tx.Actor().Language), err
}

func (a *App) recalculate(ctx context.Context, tx tenants.Tx, in *recalculateIn) (*RecalculationPage, error) {
	if !in.Body.Preview {
		run, err := a.Triage.Recalculate(ctx, tx)
		if err != nil {
			return nil, err
		}
		job, err := jobView(run)
		return &RecalculationPage{Running: int(run.Total), TrialResult: TrialResult{Rows: []TrialShift{}}, Job: job}, err
	}
	began := a.house.Clock()()
	var drafts []triage.DraftOf
	if in.Body.Key != "" {
		drafts = append(drafts, triage.DraftOf{Kind: in.Body.Kind, Key: in.Body.Key})
	}
	for _, d := range in.Body.Drafts {
		drafts = append(drafts, triage.DraftOf(d))
	}
	p, err := a.Triage.PreviewRecalculation(ctx, tx.ReadTx, drafts...)
	if err != nil {
		return nil, err
	}
	return &RecalculationPage{Running: p.Running, TrialResult: trialView(&p.Trial, tx.Tenant(), a.house.Clock()().Sub(began))}, nil
}

// trial runs the draft of a setting over the last tickets.
func (a *App) trial(ctx context.Context, tx tenants.ReadTx, kind, key string) (*TrialResult, error) {
	began := a.house.Clock()()
	t, err := a.Triage.TryDraft(ctx, tx, kind, key)
	if err != nil {
		return nil, err
	}
	v := trialView(&t, tx.Tenant(), a.house.Clock()().Sub(began))
	return &v, nil
}

func jobView(r jobs.Run) (*Job, error) {
	j := &Job{ID: r.ID.String(), Kind: r.Kind, Done: r.Done, Total: r.Total, Unit: "tickets", Ended: at(r.EndedAt)}
	j.State = map[jobs.RunState]string{jobs.RunWaiting: "queued", jobs.RunGoing: "running", jobs.RunApplied: "done", jobs.RunFailed: "failed"}[r.State]
	return j, json.Unmarshal(r.Data, &j.Result)
}
