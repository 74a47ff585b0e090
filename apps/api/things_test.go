package api

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// thing is a part of a route's path that names something.
var thing = regexp.MustCompile(`\{[a-z]+\}`)

// things are real things of acme, by the place of a path that asks for them, so
// that the right alone decides.
type things struct {
	t      testing.TB
	places map[string]string
}

// fill puts real things into a route's path.
func (at *things) fill(r *Route) string {
	at.t.Helper()
	side := "staff"
	if r.For == forContacts {
		side = "portal"
	}
	before := ""
	return thing.ReplaceAllStringFunc(r.Pattern, func(place string) string {
		i := strings.Index(r.Pattern[len(before):], place) + len(before)
		room := r.Pattern[strings.LastIndexByte(strings.TrimSuffix(r.Pattern[:i], "/"), '/')+1 : i]
		before = r.Pattern[:i]
		for _, key := range []string{side + " " + r.ID + " " + place, side + " " + room + place, room + place, place} {
			if value, ok := at.places[key]; ok {
				return value
			}
		}
		at.t.Errorf("%s %s: nothing real stands for %s%s: add it to things", r.Method, r.Pattern, room, place)
		return "nothing"
	})
}

// things fills acme with one of everything.
func (v *village) things() *things {
	v.t.Helper()
	said := func(res response, key string) string {
		v.t.Helper()
		value, ok := res.json(v.t)[key]
		if !ok {
			v.t.Fatalf("no %s in %s", key, res.body)
		}
		return fmt.Sprint(value)
	}
	number := strconv.FormatInt(v.ticket.Number, 10)
	ticket, request := "/v1/tenants/acme/tickets/"+number, "/v1/portal/acme/requests/"+number
	up := func(c *client, base string) string {
		id := said(c.want(201, "POST", base+"/uploads", map[string]any{"name": "log.txt", "size": 3}), "id")
		c.want(200, "PUT", base+"/uploads/"+id+"/content", "log", "Content-Type", "application/octet-stream")
		return id
	}
	file := up(v.contact, "/v1/portal/acme")
	v.contact.want(201, "POST", request+"/comments", map[string]any{"text": "The log.", "uploads": []string{file}})
	note := said(v.vera.want(201, "POST", ticket+"/notes", map[string]any{"text": text("INTERNAL")}), "seq")
	held := said(v.vera.want(201, "POST", ticket+"/comments", map[string]any{"text": text("We look."), "seen": 0, "anyway": true}), "seq")
	v.vera.want(204, "PUT", ticket+"/drafts/reply", map[string]any{"text": text("Draft"), "uploads": []string{}})
	rated := v.rated()
	in, failed := v.letters()
	invitation := said(v.vera.want(201, "POST", "/v1/tenants/acme/invitations", map[string]any{"email": "new@example.com", "roles": []string{"agent"}}), "id")
	v.vera.want(200, "PUT", "/v1/tenants/acme/brand/logo", `<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>`, "Content-Type", "image/svg+xml")
	engagements := v.vera.want(200, "GET", "/v1/tenants/acme/engagements", nil).json(v.t)["items"].([]any)
	sessions := v.signedIn(v.owner).want(200, "GET", "/v1/me/sessions", nil).json(v.t)["items"].([]any)
	v.agreements()
	v.circles()
	promised := said(v.vera.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{"subject": "Promised", "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example"}}), "number")
	job := v.vera.want(200, "POST", "/v1/tenants/acme/sla-recalculations", map[string]any{}).json(v.t)["job"].(map[string]any)["id"].(string)
	key := said(v.vera.want(201, "POST", "/v1/me/api-keys", map[string]any{"name": "k", "scopes": nil, "tenants": nil, "expires_at": nil}), "id")
	saved := said(v.vera.want(201, "POST", "/v1/me/views", map[string]any{"name": "Night", "scope": "acme", "shared": true}), "id")
	v.routes()
	task := said(v.vera.want(201, "POST", ticket+"/tasks", map[string]any{"title": "Call them"}), "id")
	kept := said(v.vera.want(201, "POST", ticket+"/tasks", map[string]any{"title": "Write to them"}), "id")
	v.vera.want(200, "PUT", ticket+"/process", map[string]any{"key": "return"})
	return &things{v.t, map[string]string{
		"{tenant}": "acme", "{provider}": "desk-pro", "{kind}": "reply", "{key}": "agent", "{stream}": "abcdefghij", "{ref}": "ACME-1", "{token}": strings.Repeat("x", 43),
		"tickets/{number}": number, "requests/{number}": number, "comments/{seq}": "1", "notes/{seq}": note,
		"staff undoReply {seq}": held, "staff readRating {number}": rated,
		"files/{id}": file, "staff uploads/{upload}": up(v.vera, "/v1/tenants/acme"), "portal uploads/{upload}": up(v.contact, "/v1/portal/acme"),
		"members/{id}": v.owner.ID.String(), "contacts/{id}": v.ivan.ID.String(), "invitations/{id}": invitation,
		"engagements/{id}": engagements[0].(map[string]any)["id"].(string), "sessions/{id}": sessions[0].(map[string]any)["id"].(string),
		"calendars/{key}": "office", "sla-policies/{key}": "gold", "sla-exceptions/{key}": "feast", "escalations/{key}": "alarm", "triggers/{key}": "bell", "processes/{key}": "return", "tasks/{id}": kept, "staff removeTicketTask {id}": task, "stages/{key}": "look", "macros/{key}": "wand", "trigger-runs/{id}": v.ran(), "webhook-deliveries/{id}": v.called(), "{version}": "1",
		"ticket-types/{key}": "visit", "fields/{key}": "site", "forms/{type}": "question",
		"staff tryCalendar {key}": "office_tried", "staff tryPolicy {key}": "gold_tried", "staff tryException {key}": "feast_tried", "staff tryEscalation {key}": "alarm_tried",
		"staff rotateEscalationSecret {key}": "alarm_tried", "staff rotateTriggerSecret {key}": "bell_tried",
		"staff explainDeadlines {number}": promised, "jobs/{id}": job, "companies/{id}": v.company("Petrov"),
		"api-keys/{id}": key, "views/{id}": saved, "groups/{key}": "first", "staff setGroup {key}": "third", "staff tryGroup {key}": "first", "skills/{key}": "co2", "vendors/{id}": v.vendor(), "absences/{id}": v.absence(), "messages/{id}": in, "staff retryMessage {id}": failed,
	}}
}

// rated is the number of a ticket that its client has rated.
func (v *village) rated() string {
	v.t.Helper()
	made := v.ticket2()
	tag := v.vera.want(200, "GET", "/v1/tenants/acme/tickets/"+made, nil).header.Get("ETag")
	v.vera.want(200, "PUT", "/v1/tenants/acme/tickets/"+made+"/status", map[string]any{"to": "resolved"}, "If-Match", tag)
	v.contact.want(200, "PUT", "/v1/portal/acme/requests/"+made+"/rating", map[string]any{"score": 5})
	return made
}

func (v *village) ticket2() string {
	v.t.Helper()
	return strconv.FormatInt(v.world.ticket(v.acme, v.owner, v.ivan, "Another one").Number, 10)
}

// company is the id of the company of a name.
func (v *village) company(name string) string {
	v.t.Helper()
	for _, item := range v.vera.want(200, "GET", "/v1/tenants/acme/companies", nil).json(v.t)["items"].([]any) {
		if c := item.(map[string]any); c["name"] == name {
			return c["id"].(string)
		}
	}
	v.t.Fatalf("no company is called %s", name)
	return ""
}

// agreements are a calendar, a policy, an exception and an escalation, each published once and drafted anew.
func (v *village) agreements() {
	v.t.Helper()
	name := map[string]any{"ru": "Имя", "en": "Name"}
	for _, made := range []struct {
		coll, key string
		spec      map[string]any
	}{
		{"calendars", "office", map[string]any{"name": name, "time_zone": "Europe/Moscow", "weekly": map[string]any{"mon": [][]string{{"09:00", "18:00"}}}}},
		{"sla-policies", "gold", map[string]any{"name": name, "targets": map[string]any{"1": map[string]any{"resolution": 240, "calendar": "office"}, "3": map[string]any{"resolution": 480, "calendar": "office"}}}},
		{"sla-exceptions", "feast", map[string]any{"name": name, "effect": map[string]any{"none": true}, "reason": "A feast", "approval": true}},
		{"escalations", "alarm", map[string]any{"name": name, "levels": []any{map[string]any{"clock": "any", "at": "breach", "actions": []any{map[string]any{"kind": "webhook", "url": "https://a.example/"}}}}}},
		{"macros", "wand", map[string]any{"name": name, "actions": []any{map[string]any{"kind": "tag", "add": []string{"x"}}}}},
		{"processes", "return", map[string]any{"name": name, "stages": []any{map[string]any{"key": "look", "name": name, "tasks": []any{map[string]any{"title": name}}}}}},
		{"fields", "site", map[string]any{"name": name, "kind": "text"}},
		{"ticket-types", "visit", map[string]any{"name": name, "public": false}},
		{"triggers", "bell", map[string]any{"name": name, "on": "ticket.rated", "actions": []any{map[string]any{"kind": "webhook", "url": "https://a.example/"}}}},
	} {
		at := "/v1/tenants/acme/" + made.coll
		v.vera.want(201, "POST", at, map[string]any{"key": made.key, "spec": made.spec})
		v.vera.want(201, "POST", at+"/"+made.key+"/publications", map[string]any{"draft": 1})
		v.vera.want(200, "PATCH", at+"/"+made.key+"/draft", map[string]any{"spec": made.spec})
		v.vera.want(201, "POST", at, map[string]any{"key": made.key + "_tried", "spec": made.spec})
	}
}

// ran is the number of a trigger's run.
func (v *village) ran() string {
	v.t.Helper()
	var id int64
	err := v.house.Do(v.t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		if err := triggers.Keep(ctx, tx, triggers.Run{Trigger: "bell", Version: 1, Ticket: v.world.ticket(v.acme, v.owner, v.ivan, "Rung").ID, At: tx.Now()}); err != nil {
			return err
		}
		return tx.QueryRow(ctx, "select max(id) from ?tenant.trigger_runs", nil, &id)
	})
	if err != nil {
		v.t.Fatal(err)
	}
	return strconv.FormatInt(id, 10)
}

// called is the id of a call that was given up.
func (v *village) called() string {
	v.t.Helper()
	var id desk.MessageID
	err := v.house.Do(v.t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		id = desk.NewMessageID(tx.Now())
		_, err := tx.Exec(ctx, `insert into ?tenant.messages (id, direction, channel, account, state, subject_id, seq, address, data, at, changed_at)
			values ($1, 'out', 'webhook', 'main', 'failed', $2, 1, 'https://a.example/', '{"key": "bell", "kind": "trigger", "body": "{}"}', $3, $3)`, id, v.ticket.ID, tx.Now())
		return err
	})
	if err != nil {
		v.t.Fatal(err)
	}
	return id.String()
}

// letters are one that came in and one that did not get out.
func (v *village) letters() (in, failed string) {
	v.t.Helper()
	err := v.house.Do(v.t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		for _, m := range []struct {
			id               *string
			direction, state string
		}{{&in, "in", "done"}, {&failed, "out", "failed"}} {
			id := desk.NewMessageID(tx.Now())
			*m.id = id.String()
			if _, err := tx.Exec(ctx, `insert into ?tenant.messages (id, direction, channel, account, state, subject_id, seq, address, raw, data, at, changed_at)
				values ($1, $2, 'mail', 'main', $3, $4, 1, 'ivan@petrov.example', 'From: ivan@petrov.example', '{}', $5, $5)`, id, m.direction, m.state, v.ticket.ID, tx.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		v.t.Fatal(err)
	}
	return in, failed
}
