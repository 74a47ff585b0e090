package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// AuditLine is one act in the tenant's log.
type AuditLine struct {
	At       Instant  `json:"at"`
	Actor    Person   `json:"actor"`
	Provider *Titled  `json:"provider"`
	What     string   `json:"what"`
	Subject  string   `json:"subject"`
	Changes  []Change `json:"changes"`
}

// SignInLine is one try to come in.
type SignInLine struct {
	At    Instant `json:"at"`
	Actor Person  `json:"actor"`
	What  string  `json:"what"`
	OK    bool    `json:"ok"`
	IP    string  `json:"ip"`
	Agent string  `json:"agent"`
}

type auditAt struct {
	At      time.Time  `json:"a"`
	Subject desk.AnyID `json:"s"`
	Seq     int        `json:"n"`
}

func (a *App) auditRoutes(r *Routes) {
	needs := []access.Permission{access.AuditRead}
	view(r, "GET /v1/tenants/{tenant}/audit", Op{ID: "readAudit", Tag: "Audit", Summary: "Changes of settings and people, and every act of a provider's people", Needs: needs}, a.audit)
	view(r, "GET /v1/tenants/{tenant}/sign-ins", Op{ID: "listSignIns", Tag: "Audit", Summary: "Who came in, or tried", Needs: needs}, a.signIns)
}

type auditRow struct {
	SubjectID   desk.AnyID
	SubjectKind string
	Seq         int
	At          time.Time
	ActorID     desk.AnyID
	ActorKind   string
	ProviderID  int32
	Type        string
	Data        json.RawMessage
	Name        string
	Number      int64
}

// auditSQL reads one stretch of time through the index by time: everything that
// is not about a ticket, and of tickets what a provider's people did.
const auditSQL = `select f.subject_id, f.subject_kind, f.seq, f.at as at, f.actor_id, f.actor_kind, coalesce(f.provider_id, 0) as provider_id, f.type, f.data,
		coalesce(s.name, c.name, '') as name, coalesce(t.number, 0) as number
	from ?tenant.facts f left join ?tenant.staff s on s.user_id = f.actor_id left join ?tenant.contacts c on c.id = f.actor_id
	left join ?tenant.tickets t on f.subject_kind = 'ticket' and t.id = f.subject_id
	where f.at > $1 and f.at <= $2 and (f.at, f.subject_id, f.seq) < ($2, $3, $4) and (f.subject_kind <> 'ticket' or f.provider_id is not null)
	order by f.at desc, f.subject_id desc, f.seq desc limit $5`

// stretches are how far back one reading looks, the next one further, until a
// page is full: the log of a quiet tenant is long ago, that of a busy one today.
var stretches = []time.Duration{2 * 24 * time.Hour, 30 * 24 * time.Hour, 4000 * 24 * time.Hour}

var lastID = desk.AnyID{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

func (a *App) audit(ctx context.Context, tx tenants.ReadTx, in *Paging) (*Page[AuditLine], error) {
	if err := a.Guard.Check(ctx, tx, access.AuditRead, anyObject); err != nil {
		return nil, err
	}
	where, from := scope{tx.Tenant().ID, tx.Actor().ID, "audit", ""}, auditAt{At: tx.Now(), Subject: lastID, Seq: 1 << 30}
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &from); err != nil {
			return nil, err
		}
	}
	var rows []auditRow
	for _, back := range stretches {
		rows = nil
		if err := tx.Query(ctx, &rows, auditSQL, from.At.Add(-back), from.At, from.Subject, from.Seq, in.Limit+1); err != nil {
			return nil, fmt.Errorf("read the audit: %w", err)
		}
		if len(rows) > in.Limit {
			break
		}
	}
	page := &Page[AuditLine]{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		var err error
		if page.Next, err = a.cursors.seal(ctx, where, auditAt{last.At, last.SubjectID, last.Seq}); err != nil {
			return nil, err
		}
	}
	providers, err := a.providerNames(ctx, rows)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		page.Items = append(page.Items, auditLine(tx.Tenant(), &rows[i], providers))
	}
	return page, nil
}

func (a *App) providerNames(ctx context.Context, rows []auditRow) (map[int32]*Titled, error) {
	names := map[int32]*Titled{}
	for _, r := range rows {
		if _, known := names[r.ProviderID]; known || r.ProviderID == 0 {
			continue
		}
		p, err := a.People.Provider(ctx, desk.ProviderID(r.ProviderID))
		if err != nil && !desk.Is(err, desk.NotFound) {
			return nil, err
		}
		names[r.ProviderID] = &Titled{p.Slug, p.Name}
	}
	return names, nil
}

func auditLine(t tenants.Tenant, r *auditRow, providers map[int32]*Titled) AuditLine {
	line := AuditLine{At: Instant(r.At), What: r.Type, Subject: r.SubjectKind, Provider: providers[r.ProviderID]}
	line.Actor = personOf(r.ActorKind, r.ActorID, r.Name)
	var data struct {
		Changes []struct {
			Field    string `json:"field"`
			From     any    `json:"from"`
			To       any    `json:"to"`
			FromName string `json:"from_name"`
			ToName   string `json:"to_name"`
			Path     string `json:"path"`
		} `json:"changes"`
		Kind  string `json:"kind"`
		Key   string `json:"key"`
		Email string `json:"email"`
		Name  string `json:"name"`
	}
	if json.Unmarshal(r.Data, &data) == nil {
		for _, ch := range data.Changes {
			if ch.Field == "" {
				ch.Field = ch.Path
			}
			line.Changes = append(line.Changes, Change{ch.Field, ch.From, ch.To, ch.FromName, ch.ToName})
		}
		for _, called := range []string{data.Key, data.Email, data.Name} {
			if called != "" {
				line.Subject += " " + called
				break
			}
		}
	}
	if r.Number > 0 {
		line.Subject = t.Ref(r.Number)
	}
	return line
}

func (a *App) signIns(ctx context.Context, tx tenants.ReadTx, in *Paging) (*Page[SignInLine], error) {
	if err := a.Guard.Check(ctx, tx, access.AuditRead, anyObject); err != nil {
		return nil, err
	}
	where := scope{tx.Tenant().ID, tx.Actor().ID, "sign-ins", ""}
	var before int64
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &before); err != nil {
			return nil, err
		}
	}
	all, err := a.People.SignInsIn(ctx, tx.Tenant().ID, before, min(in.Limit+1, 200))
	if err != nil {
		return nil, err
	}
	page := &Page[SignInLine]{}
	if len(all) > in.Limit {
		all = all[:in.Limit]
		if page.Next, err = a.cursors.seal(ctx, where, all[in.Limit-1].ID); err != nil {
			return nil, err
		}
	}
	names, err := a.memberNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		page.Items = append(page.Items, SignInLine{At: Instant(s.At), Actor: signer(s, names), What: s.What, OK: s.OK, IP: s.IP, Agent: s.Agent})
	}
	return page, nil
}

func (a *App) memberNames(ctx context.Context, tx tenants.ReadTx) (map[desk.UserID]string, error) {
	all, err := a.People.Members(ctx, tx.Tenant().ID)
	names := map[desk.UserID]string{}
	for _, m := range all {
		names[m.User] = m.Name
	}
	return names, err
}

// signer is who came in: a member, a client, or an address nobody has.
func signer(s people.SignIn, names map[desk.UserID]string) Person {
	switch {
	case !s.User.IsZero():
		return personOf("staff", s.User.Any(), names[s.User])
	case !s.Contact.IsZero():
		return personOf("contact", s.Contact.Any(), "")
	}
	var data struct {
		Email string `json:"email"`
	}
	_ = json.Unmarshal(s.Data, &data)
	return Person{Name: data.Email, Kind: "contact", Initials: initials(data.Email)}
}
