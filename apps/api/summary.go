package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/reports"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Summary is what happened in a period.
type Summary struct {
	Created   int            `json:"created"`
	Resolved  int            `json:"resolved"`
	Closed    int            `json:"closed"`
	Reopened  int            `json:"reopened"`
	OpenNow   int            `json:"open_now"`
	Rated     int            `json:"rated"`
	RatingAvg *float64       `json:"rating_avg"`
	SLA       []KeptPromises `json:"sla" doc:"Of what was resolved in the period"`
	ByType    []TypeFigures  `json:"by_type"`
	ByAgent   []AgentFigures `json:"by_agent"`
	ByDay     []DayFigures   `json:"by_day"`
}

// KeptPromises are how many promises of a kind were kept, with exceptions and
// without: the raw figures are those by the policies alone.
type KeptPromises struct {
	Kind        ClockKind `json:"kind"`
	Promised    int       `json:"promised"`
	Kept        int       `json:"kept"`
	RawPromised int       `json:"raw_promised"`
	RawKept     int       `json:"raw_kept"`
	Excepted    int       `json:"excepted"`
}

// TypeFigures are those of one ticket type.
type TypeFigures struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Created  int    `json:"created"`
	Resolved int    `json:"resolved"`
	OpenNow  int    `json:"open_now"`
}

// AgentFigures are one person's part.
type AgentFigures struct {
	Agent     Person   `json:"agent"`
	Resolved  int      `json:"resolved"`
	Replies   int      `json:"replies"`
	OpenNow   int      `json:"open_now"`
	RatingAvg *float64 `json:"rating_avg"`
}

// DayFigures are one day's, in the tenant's time zone.
type DayFigures struct {
	Day      string `json:"day"`
	Created  int    `json:"created"`
	Resolved int    `json:"resolved"`
}

type periodIn struct {
	From string `query:"from" maxLength:"40" doc:"A date in the tenant's time zone, or an instant; 30 days ago if absent"`
	To   string `query:"to" maxLength:"40" doc:"Up to, but not with"`
}

func (a *App) summaryRoutes(r *Routes) {
	view(r, "GET /v1/tenants/{tenant}/summary", Op{ID: "readSummary", Tag: "Reports", Summary: "What happened in a period", Needs: []access.Permission{access.TicketRead}, Class: heavy},
		func(ctx context.Context, tx tenants.ReadTx, in *periodIn) (*Summary, error) {
			p, err := in.period(tx)
			if err != nil {
				return nil, err
			}
			s, err := a.Reports.Summary(ctx, tx, p)
			if err != nil {
				return nil, err
			}
			return summaryView(ctx, tx, s)
		})
}

func (in *periodIn) period(tx tenants.ReadTx) (reports.Period, error) {
	zone, err := time.LoadLocation(tx.Tenant().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	p := reports.Period{From: tx.Now().AddDate(0, 0, -30), To: tx.Now()}
	for _, side := range []struct {
		text, pointer string
		into          *time.Time
	}{{in.From, "/query/from", &p.From}, {in.To, "/query/to", &p.To}} {
		if side.text == "" {
			continue
		}
		if t, err := time.ParseInLocation(time.DateOnly, side.text, zone); err == nil {
			*side.into = t
			continue
		}
		t, err := time.Parse(time.RFC3339, side.text)
		if err != nil {
			return p, desk.Invalid(desk.Field(side.pointer, desk.Date))
		}
		*side.into = t
	}
	return p, nil
}

func summaryView(ctx context.Context, tx tenants.ReadTx, s reports.Summary) (*Summary, error) {
	v := &Summary{Created: s.Created, Resolved: s.Resolved, Closed: s.Closed, Reopened: s.Reopened, OpenNow: s.OpenNow, Rated: s.Rated, RatingAvg: s.RatingAvg}
	for _, k := range s.SLA {
		v.SLA = append(v.SLA, KeptPromises{ClockKind(k.Clock), k.Promised, k.Kept, k.RawPromised, k.RawKept, k.Excepted})
	}
	types, err := settings.Types.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, t := range types {
		names[t.Key] = t.Spec.Name.In(tx.Actor().Language)
	}
	for _, t := range s.ByType {
		name := names[t.Type]
		if name == "" {
			name = t.Type
		}
		v.ByType = append(v.ByType, TypeFigures{t.Type, name, t.Created, t.Resolved, t.OpenNow})
	}
	for _, g := range s.ByAgent {
		v.ByAgent = append(v.ByAgent, AgentFigures{personOf("staff", g.ID.Any(), g.Name), g.Resolved, g.Replies, g.OpenNow, g.RatingAvg})
	}
	for _, d := range s.ByDay {
		v.ByDay = append(v.ByDay, DayFigures(d))
	}
	return v, nil
}
