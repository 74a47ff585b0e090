package api

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

const acmePath = "/v1/tenants/acme"

// by finds the item of a list whose member at has the value; at may be that of a
// member: "person.name".
func by(t *testing.T, res response, list, at, value string) map[string]any {
	t.Helper()
	for _, item := range res.json(t)[list].([]any) {
		m, in := item.(map[string]any), at
		if outer, inner, ok := strings.Cut(at, "."); ok {
			m, in = m[outer].(map[string]any), inner
		}
		if m[in] == value {
			return item.(map[string]any)
		}
	}
	t.Fatalf("nothing with %s %s in %s", at, value, res.body)
	return nil
}

func TestAGroupIsMadeFilledAndNotRemovedWhileItIsUsed(t *testing.T) {
	t.Parallel()
	v := found(t)
	boris := v.staff("Boris", access.Agent, v.acme)
	spec := map[string]any{"name": map[string]any{"ru": "Кассы", "en": "Registers"}, "line": 2, "limit": 8}
	made := v.vera.want(200, "PUT", acmePath+"/groups/registers", map[string]any{"spec": spec, "members": []string{boris.ID.String()}}).json(t)
	if made["members"] != 1.0 || made["unassigned"] != 0.0 || made["version"] != 1.0 || made["spec"].(map[string]any)["limit"] != 8.0 {
		t.Errorf("made %v", made)
	}
	if again := v.vera.want(200, "PUT", acmePath+"/groups/registers", map[string]any{"spec": spec}).json(t); again["version"] != 1.0 || again["members"] != 1.0 {
		t.Errorf("nothing changed, and yet %v", again)
	}
	v.vera.want(422, "PUT", acmePath+"/groups/registers", map[string]any{"spec": map[string]any{"name": spec["name"], "line": 4}})
	v.vera.want(422, "PUT", acmePath+"/groups/registers", map[string]any{"spec": map[string]any{"name": spec["name"], "calendar": "ghost"}})
	used := v.vera.want(409, "DELETE", acmePath+"/groups/registers", nil, "If-Match", `"v1"`)
	if used.code() != "in_use" || !strings.Contains(string(used.body), "Boris") || !strings.Contains(string(used.body), boris.ID.String()) {
		t.Errorf("who uses it is not said: %s", used.body)
	}
	v.vera.want(200, "PUT", acmePath+"/groups/registers", map[string]any{"spec": spec, "members": []string{}})
	policy := map[string]any{"name": spec["name"], "when": map[string]any{"field": "group", "op": "in", "value": []string{"registers"}}, "targets": map[string]any{}}
	v.vera.want(201, "POST", acmePath+"/sla-policies", map[string]any{"key": "fast", "spec": policy})
	used = v.vera.want(409, "DELETE", acmePath+"/groups/registers", nil, "If-Match", `"v1"`)
	if !strings.Contains(string(used.body), `"sla_policy"`) {
		t.Errorf("what names it is not said: %s", used.body)
	}
	v.vera.want(204, "DELETE", acmePath+"/sla-policies/fast", nil, "If-Match", `"v0"`)
	v.vera.want(204, "DELETE", acmePath+"/groups/registers", nil, "If-Match", `"v1"`)
}

func TestWhatAMemberCanDoIsSaidAndShown(t *testing.T) {
	t.Parallel()
	v := found(t)
	boris := v.staff("Boris", access.Agent, v.acme)
	skill := v.vera.want(201, "POST", acmePath+"/skills", map[string]any{"spec": map[string]any{"name": map[string]any{"ru": "Датчики CO₂", "en": "CO2"}}}).json(t)
	key := skill["key"].(string)
	v.vera.want(201, "POST", acmePath+"/skills/"+key+"/publications", map[string]any{"draft": 1})
	at := acmePath + "/members/" + boris.ID.String()
	m := v.vera.want(200, "PATCH", at, map[string]any{
		"groups": []string{"first"}, "lines": []int{2, 1}, "skills": map[string]int{key: 3}, "languages": []string{"en"}, "capacity": 7,
	}, "If-Match", `"v1"`).json(t)
	if m["capacity"] != 7.0 || m["on_shift"] != true || len(m["lines"].([]any)) != 2 || m["skills"].([]any)[0].(map[string]any)["level"] != 3.0 {
		t.Errorf("%v", m)
	}
	v.vera.want(422, "PATCH", at, map[string]any{"skills": map[string]int{"ghost": 1}}, "If-Match", `"v2"`)
	v.vera.want(412, "PATCH", at, map[string]any{"capacity": 3}, "If-Match", `"v1"`)
	// One is wrong: neither is kept.
	v.vera.want(422, "PATCH", at, map[string]any{"capacity": 3, "skills": map[string]int{"ghost": 1}}, "If-Match", `"v2"`)
	v.vera.want(422, "PATCH", at, map[string]any{"capacity": 501, "lines": []int{3}}, "If-Match", `"v2"`)
	load := v.vera.want(200, "GET", acmePath+"/load", nil)
	one := by(t, load, "items", "person.name", "Boris")
	if one["capacity"] != 7.0 || one["here"] != 0.0 || one["languages"].([]any)[0] != "en" || one["until"] != nil {
		t.Errorf("%v", one)
	}
	if g := by(t, load, "groups", "key", "first"); g["limit"] != nil || g["tickets"] != 0.0 {
		t.Errorf("%v", g)
	}
	used := v.vera.want(409, "DELETE", acmePath+"/skills/"+key, nil, "If-Match", `"v1"`)
	if !strings.Contains(string(used.body), "Boris") {
		t.Errorf("%s", used.body)
	}
	// An agent sees the load and changes nobody's capacity but their own.
	b := v.signedIn(boris)
	b.want(200, "GET", acmePath+"/load", nil)
	b.want(403, "PATCH", acmePath+"/members/"+v.owner.ID.String(), map[string]any{"capacity": 1}, "If-Match", `"v1"`)
	b.want(403, "PATCH", at, map[string]any{"groups": []string{}}, "If-Match", `"v2"`)
}

func TestHoursAreKeptByWhoMay(t *testing.T) {
	t.Parallel()
	v := found(t)
	boris := v.staff("Boris", access.Agent, v.acme)
	week := map[string]any{"mon": [][]string{{"09:00", "18:00"}}, "tue": [][]string{{"22:00", "06:00"}}}
	at := acmePath + "/members/" + boris.ID.String() + "/week"
	m := v.vera.want(200, "PUT", at, map[string]any{"week": week, "time_zone": "Europe/Samara"}).json(t)
	if m["time_zone"] != "Europe/Samara" || len(m["week"].(map[string]any)) != 2 {
		t.Errorf("%v", m)
	}
	v.vera.want(422, "PUT", at, map[string]any{"week": map[string]any{"mon": [][]string{{"9", "18"}}}})
	b := v.signedIn(boris)
	b.want(200, "PUT", at, map[string]any{"week": week})
	b.want(403, "PUT", acmePath+"/members/"+v.owner.ID.String()+"/week", map[string]any{"week": week})

	from := time.Now().UTC().Add(time.Hour).Truncate(time.Second)
	absence := map[string]any{"person": boris.ID.String(), "starts_at": from, "ends_at": from.Add(24 * time.Hour), "note": "a doctor"}
	made := v.vera.want(201, "POST", acmePath+"/absences", absence).json(t)
	v.vera.want(422, "POST", acmePath+"/absences", map[string]any{"person": boris.ID.String(), "starts_at": from, "ends_at": from})
	v.vera.want(422, "POST", acmePath+"/absences", map[string]any{"person": v.lisOwner.ID.String(), "starts_at": from, "ends_at": from.Add(time.Hour)})
	shifts := b.want(200, "GET", acmePath+"/shifts", nil)
	if a := by(t, shifts, "items", "kind", "absence"); a["id"] != made["id"] || a["note"] != "a doctor" {
		t.Errorf("%v", a)
	}
	if p := by(t, shifts, "people", "person.name", "Boris"); p["time_zone"] != "Europe/Samara" || len(p["abilities"].([]any)) != 1 {
		t.Errorf("%v", p)
	}
	if p := by(t, shifts, "people", "person.name", "Vera"); len(p["abilities"].([]any)) != 0 {
		t.Errorf("Boris keeps Vera's hours: %v", p)
	}
	v.vera.want(204, "DELETE", acmePath+"/absences/"+made["id"].(string), nil)
	v.vera.want(404, "DELETE", acmePath+"/absences/"+made["id"].(string), nil)

	if here := b.want(200, "PUT", "/v1/me/availability", map[string]any{"absent_until": from}).json(t); here["on_shift"] != false || here["absent_until"] == nil {
		t.Errorf("%v", here)
	}
	if one := by(t, v.vera.want(200, "GET", acmePath+"/load", nil), "items", "person.name", "Boris"); one["on_shift"] != false || one["absent_until"] == nil {
		t.Errorf("%v", one)
	}
	if here := b.want(200, "GET", "/v1/me/availability", nil).json(t); here["on_shift"] != false || here["absent_until"] == nil {
		t.Errorf("%v", here)
	}
	b.want(200, "PUT", "/v1/me/availability", map[string]any{"absent_until": nil})
	if here := b.want(200, "GET", "/v1/me/availability", nil).json(t); here["absent_until"] != nil {
		t.Errorf("%v", here)
	}
	b.want(422, "PUT", "/v1/me/availability", map[string]any{"absent_until": from.Add(-2 * time.Hour)})
}

func TestAProvidersHoursAreTheProviders(t *testing.T) {
	t.Parallel()
	v := found(t)
	igor, _ := v.provider(v.acme, v.owner, "other-desk", "Igorek", access.Agent)
	id := by(t, v.vera.want(200, "GET", acmePath+"/members", nil), "items", "name", "Igorek")["id"].(string)
	week := map[string]any{"week": map[string]any{"mon": [][]string{{"09:00", "18:00"}}}}
	refused := v.vera.want(403, "PUT", acmePath+"/members/"+id+"/week", week)
	if !strings.Contains(string(refused.body), "Desk Pro") {
		t.Errorf("who may is not said: %s", refused.body)
	}
	v.vera.want(403, "PATCH", acmePath+"/members/"+id, map[string]any{"capacity": 3}, "If-Match", `"v1"`)
	igor.want(200, "PUT", acmePath+"/members/"+id+"/week", week)
	igor.want(200, "PATCH", acmePath+"/members/"+id, map[string]any{"capacity": 3}, "If-Match", `"v1"`)
	if p := by(t, v.vera.want(200, "GET", acmePath+"/shifts", nil), "people", "person.name", "Igorek"); len(p["week"].(map[string]any)) != 1 {
		t.Errorf("the tenant does not see it: %v", p)
	}
}

func TestAVendorEndsWithItsEngineers(t *testing.T) {
	t.Parallel()
	v := found(t)
	_, id := v.engineer("Coolair")
	if all := v.vera.want(200, "GET", acmePath+"/vendors", nil); by(t, all, "items", "name", "Coolair")["engineers"] != 1.0 {
		t.Errorf("%s", all.body)
	}
	v.vera.want(422, "POST", acmePath+"/vendors", map[string]any{"name": "coolair"})
	if ended := v.vera.want(200, "PATCH", acmePath+"/vendors/"+id, map[string]any{"ended": true}).json(t); ended["ended_at"] == nil || ended["engineers"] != 0.0 {
		t.Errorf("%v", ended)
	}
	if m := by(t, v.vera.want(200, "GET", acmePath+"/members", nil), "items", "name", "Eng-Coolair"); m["active"] != false {
		t.Errorf("%v", m)
	}
	v.vera.want(200, "PATCH", acmePath+"/vendors/"+id, map[string]any{"ended": false, "name": "Cooler"})
}

// engineer is somebody of a vendor, in the highest role, with the vendor's id.
func (v *village) engineer(vendor string) (c *client, id string) {
	v.t.Helper()
	id = v.vera.want(201, "POST", acmePath+"/vendors", map[string]any{"name": vendor}).json(v.t)["id"].(string)
	u := v.staff("Eng-"+vendor, access.Admin, v.acme)
	v.vera.want(200, "PATCH", acmePath+"/members/"+u.ID.String(), map[string]any{"vendor": id}, "If-Match", `"v1"`)
	return v.signedIn(u), id
}

// given makes a ticket the vendor's.
func (v *village) given(number int64, vendor string) {
	v.t.Helper()
	var id desk.CompanyID
	if err := id.UnmarshalText([]byte(vendor)); err != nil {
		v.t.Fatal(err)
	}
	err := v.house.Do(v.t.Context(), v.acme, desk.Automaton("triage"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := v.app.Tickets.Tend(ctx, tx, tickets.Number(number), access.TicketAssign, func(_ context.Context, c *tickets.Change) error {
			c.Ticket.VendorID = id
			c.Record(tickets.FactAssigned, false, tickets.Detail{Changes: []tickets.FieldChange{{Field: "vendor", To: id}}})
			return nil
		})
		return err
	})
	if err != nil {
		v.t.Fatal(err)
	}
}

// Each way to a ticket shows a vendor's engineer what is theirs and nothing else.
func TestAVendorsEngineerSeesWhatIsTheirsByEveryWay(t *testing.T) {
	t.Parallel()
	v := found(t)
	cool, id := v.engineer("Coolair")
	_, other := v.engineer("Hotair")
	theirs := v.world.ticket(v.acme, v.owner, v.ivan, "Cooler is loud")
	elses := v.world.ticket(v.acme, v.owner, v.ivan, "Cooler of another vendor")
	v.given(theirs.Number, id)
	v.given(elses.Number, other)
	numbers := func(res response, list string) (all []int64) {
		t.Helper()
		for _, item := range res.json(t)[list].([]any) {
			all = append(all, int64(item.(map[string]any)["number"].(float64)))
		}
		return all
	}
	only := []int64{theirs.Number}
	for _, way := range []string{acmePath + "/tickets", "/v1/queue?view=all", "/v1/queue?view=unassigned", "/v1/search?q=Cooler"} {
		if got := numbers(cool.want(200, "GET", way, nil), "items"); !slices.Equal(got, only) {
			t.Errorf("%s shows %v, not %v", way, got, only)
		}
	}
	if counts := cool.want(200, "GET", "/v1/queue/counts", nil); by(t, counts, "tenants", "slug", "acme")["open"] != 1.0 {
		t.Errorf("counted: %s", counts.body)
	}
	own := acmePath + "/tickets/" + strconv.FormatInt(theirs.Number, 10)
	one := cool.want(200, "GET", own, nil).json(t)
	if held := one["abilities"].([]any); !slices.Contains(held, any("reply")) || !slices.Contains(held, any("note")) {
		t.Errorf("may not answer: %v", held)
	}
	cool.want(201, "POST", own+"/notes", map[string]any{"text": text("On our way.")})
	for _, hidden := range []int64{v.ticket.Number, elses.Number} {
		at := acmePath + "/tickets/" + strconv.FormatInt(hidden, 10)
		for _, way := range []string{"", "/timeline", "/clocks", "/sla-why"} {
			if res := cool.do("GET", at+way, nil); res.status != 404 {
				t.Errorf("%s%s: %d %.200s", at, way, res.status, res.body)
			}
		}
		cool.want(404, "POST", at+"/notes", map[string]any{"text": text("x")})
		cool.want(404, "GET", "/v1/refs/ACME-"+strconv.FormatInt(hidden, 10), nil)
	}
	for _, way := range []string{"/summary", "/contacts", "/companies", "/members", "/load", "/shifts", "/vendors", "/messages", "/groups", "/audit", "/roles"} {
		if res := cool.do("GET", acmePath+way, nil); res.status != 403 && res.status != 404 {
			t.Errorf("%s: %d %.200s", way, res.status, res.body)
		}
	}
	// They take it themselves, and give it to nobody else's people.
	tag := cool.want(200, "GET", own, nil).header.Get("ETag")
	cool.want(422, "PUT", own+"/assignment", map[string]any{"assignee": v.owner.ID.String()}, "If-Match", tag)
	cool.want(403, "PUT", own+"/assignment", map[string]any{"assignee": v.owner.ID.String(), "group": "first"}, "If-Match", tag)
	if next := cool.want(200, "POST", "/v1/queue/next", map[string]any{"scope": "all"}).json(t); next["number"] != float64(theirs.Number) {
		t.Errorf("took %v", next)
	}
	cool.want(404, "POST", "/v1/queue/next", map[string]any{"scope": "all"})
}

// toTickets are bodies with which the rightful caller gets through.
var toTickets = map[string]any{
	"replyToTicket": map[string]any{"text": text("x"), "seen": 0, "anyway": true}, "noteOnTicket": map[string]any{"text": text("x")}, "setTicketStatus": map[string]any{"to": "resolved"},
	"assignTicket":      map[string]any{"assignee": desk.NewUserID(time.Now()).String()},
	"distributeTickets": map[string]any{"items": []map[string]any{{"ref": "ACME-1", "group": "first"}}}, "setTicketPriority": map[string]any{"priority": 1}, "setTicketType": map[string]any{"type": "incident"},
	"markRead": map[string]any{"seq": 1}, "saveDraft": map[string]any{"text": text("x"), "uploads": []string{}}, "setPresence": map[string]any{"state": "viewing"},
	"addTicketTask": map[string]any{"title": "x"}, "startTicketProcess": map[string]any{"key": "return"}, "applyMacro": map[string]any{"macro": "wand"},
	"exceptTicket": map[string]any{"effect": map[string]any{"none": true}, "reason": "x"},
}

// The walk of strangers, by somebody who works here in the highest role, but for
// a vendor that nothing was given to.
func TestAVendorsEngineerGetsNothingElseFromAnyRoute(t *testing.T) {
	t.Parallel()
	v := found(t)
	at := v.things()
	engineer, _ := v.engineer("Coolair")
	for _, r := range v.app.Routes().All() {
		if !r.InTenant || r.For != forStaff || len(r.Needs) == 0 || r.ID == "beginUpload" {
			continue // what they upload themselves is theirs
		}
		var body any
		if r.unsafeMethod() {
			if body = toTickets[r.ID]; body == nil {
				body = map[string]any{}
			}
		}
		res := engineer.do(r.Method, at.fill(r), body, "If-Match", `"v1"`, "Upload-Offset", "0")
		switch {
		case res.status == 403 || res.status == 404:
		case res.status == 200 && r.ID == "distributeTickets" && strings.Contains(string(res.body), `"done":0`) && strings.Contains(string(res.body), `"not_found"`):
		case res.status == 200 && (r.ID == "listTickets" || r.ID == "searchTickets") && strings.Contains(string(res.body), `"items":[]`):
		default:
			t.Errorf("%s %s (%s): got %d %.300s", r.Method, r.Pattern, r.ID, res.status, res.body)
		}
	}
}
