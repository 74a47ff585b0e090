package api

import (
	"fmt"
	"strings"
	"testing"
)

// pointers are the marked fields of a refusal, "pointer code".
func pointers(t *testing.T, res response) string {
	t.Helper()
	var all []string
	errs, _ := res.json(t)["errors"].([]any)
	for _, e := range errs {
		f := e.(map[string]any)
		all = append(all, f["pointer"].(string)+" "+f["code"].(string))
	}
	return strings.Join(all, "; ")
}

type spec = map[string]any

var both = spec{"ru": "Офис 5×8", "en": "Office 5×8"}

func officeSpec() spec {
	day := [][]string{{"09:00", "18:00"}}
	return spec{"name": both, "time_zone": "Europe/Moscow", "weekly": spec{"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}}
}

const acmeAt = "/v1/tenants/acme"

func TestACalendarIsDraftedPublishedComparedAndRestored(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.vera
	made := vera.want(201, "POST", acmeAt+"/calendars", spec{"spec": officeSpec()})
	if key := made.json(t)["key"]; key != "office_5x8" || made.header.Get("Location") != acmeAt+"/calendars/office_5x8" {
		t.Fatalf("made %s", made.body)
	}
	at := acmeAt + "/calendars/office_5x8"
	if res := vera.do("POST", at+"/publications", spec{"draft": 7}); res.code() != "changed_meanwhile" {
		t.Errorf("another draft: %s", res.body)
	}
	live := vera.want(201, "POST", at+"/publications", spec{"draft": 1, "running": "keep", "reason": "to begin"}).json(t)
	if live["version"] != 1.0 || live["draft"] != nil || live["job"] != nil || live["published_at"] == nil {
		t.Errorf("published %v", live)
	}
	changed := officeSpec()
	changed["time_zone"] = "Asia/Yekaterinburg"
	draft := vera.want(200, "PATCH", at+"/draft", spec{"spec": changed, "reason": "we moved"}).json(t)["draft"].(map[string]any)
	if draft["version"] != 2.0 || draft["reason"] != "we moved" || draft["state"] != "draft" || draft["author"] == nil {
		t.Errorf("drafted %v", draft)
	}
	vera.want(201, "POST", at+"/publications", spec{"draft": 2})
	diff := vera.want(200, "GET", at+"/versions/1/comparison?with=2", nil).json(t)["changes"].([]any)
	if len(diff) != 1 || diff[0].(map[string]any)["path"] != "/time_zone" {
		t.Errorf("the difference is %v", diff)
	}
	back := vera.want(201, "POST", at+"/versions/1/restoration", spec{}).json(t)
	if back["version"] != 3.0 || back["spec"].(map[string]any)["time_zone"] != "Europe/Moscow" {
		t.Errorf("restored %v", back)
	}
	versions := vera.want(200, "GET", at+"/versions", nil).json(t)["items"].([]any)
	if len(versions) != 3 || versions[0].(map[string]any)["state"] != "published" || versions[2].(map[string]any)["reason"] != "to begin" {
		t.Errorf("versions %v", versions)
	}
	if old := vera.want(200, "GET", at+"/versions/2", nil).json(t); old["spec"].(map[string]any)["time_zone"] != "Asia/Yekaterinburg" {
		t.Errorf("version 2 is %v", old)
	}
	vera.want(200, "PATCH", at+"/draft", spec{"spec": changed})
	vera.want(204, "DELETE", at+"/draft", nil)
	vera.want(404, "DELETE", at+"/draft", nil)
	if res := vera.do("DELETE", at, nil, "If-Match", `"v2"`); res.code() != "changed_meanwhile" {
		t.Errorf("an old version was removed: %s", res.body)
	}
	vera.want(204, "DELETE", at, nil, "If-Match", `"v3"`)
	vera.want(404, "GET", at, nil)
}

func TestEachWrongFieldOfASettingIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.agreements()
	name := spec{"en": "X"}
	for label, c := range map[string]struct {
		coll string
		spec spec
		want string
	}{
		"intervals that overlap": {
			"calendars",
			spec{"name": name, "time_zone": "Europe/Moscow", "weekly": spec{"mon": [][]string{{"09:00", "13:00"}, {"12:00", "18:00"}}}},
			"/body/spec/weekly/mon/1 overlap",
		},
		"a zone that is none, a time that is none": {
			"calendars",
			spec{"name": name, "time_zone": "Mars/Olympus", "weekly": spec{"mon": [][]string{{"09:00", "25:00"}}, "tue": [][]string{{"18:00", "09:00"}}}},
			"/body/spec/time_zone time_zone; /body/spec/weekly/mon/0/1 time; /body/spec/weekly/tue/0/1 not_after",
		},
		"a negative target, a calendar that is not there, a status that is not there": {
			"sla-policies",
			spec{"name": name, "targets": spec{"1": spec{"resolution": -5, "calendar": "nowhere"}}, "pause_in": []string{"asleep"}},
			"/body/spec/targets/1/resolution minimum; /body/spec/pause_in/0 unknown_id; /body/spec/targets/1/calendar unknown_id",
		},
		"a condition about nothing": {
			"sla-policies",
			spec{"name": name, "targets": spec{}, "when": spec{"all": []any{spec{"field": "mood", "op": "is", "value": "good"}, spec{"field": "type", "op": "in", "value": []string{"joke"}}}}},
			"/body/spec/when/all/0/field unknown_field; /body/spec/when/all/1/value/0 one_of",
		},
		"two forms in a node": {
			"sla-policies",
			spec{"name": name, "targets": spec{}, "when": spec{"all": []any{}, "field": "type"}},
			"/body/spec/when one_of",
		},
		"an exception that ends before it begins": {
			"sla-exceptions",
			spec{"name": name, "reason": "x", "effect": spec{"calendar": "nowhere"}, "from": "2026-02-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"},
			"/body/spec/until not_after; /body/spec/effect/calendar unknown_id",
		},
		"nobody to tell": {
			"escalations",
			spec{"name": name, "levels": []any{spec{"clock": "any", "at": "breach", "actions": []any{spec{"kind": "tell", "people": []string{"usr_x"}}, spec{"kind": "tell", "roles": []string{"kings"}}}}}},
			"/body/spec/levels/0/actions/0/people/0 unknown_id",
		},
		"a role that is not there": {
			"escalations",
			spec{"name": name, "levels": []any{spec{"clock": "any", "at": "share", "value": 100, "actions": []any{spec{"kind": "tell", "roles": []string{"kings"}}, spec{"kind": "reassign", "group": "guard"}}}}},
			"/body/spec/levels/0/value maximum; /body/spec/levels/0/actions/0/roles/0 unknown_id; /body/spec/levels/0/actions/1/group unknown_id",
		},
	} {
		res := v.vera.do("POST", acmeAt+"/"+c.coll, spec{"spec": c.spec})
		if got := pointers(t, res); res.status != 422 || got != c.want {
			t.Errorf("%s: %d %q, want %q: %s", label, res.status, got, c.want, res.body)
		}
	}
}

func TestACalendarThatIsNamedStays(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.agreements()
	v.vera.want(204, "DELETE", acmeAt+"/sla-policies/gold_tried/draft", nil)
	tag := v.vera.want(200, "GET", acmeAt+"/calendars/office", nil)
	if by := tag.json(t)["used_by"].([]any); len(by) != 1 || by[0].(map[string]any)["key"] != "gold" {
		t.Errorf("used by %v", by)
	}
	res := v.vera.do("DELETE", acmeAt+"/calendars/office", nil, "If-Match", tag.header.Get("ETag"))
	if res.code() != "in_use" || len(res.json(t)["used_by"].([]any)) != 1 {
		t.Errorf("got %s", res.body)
	}
	// A condition and a company hold it too.
	v.vera.want(204, "DELETE", acmeAt+"/sla-policies/gold", nil, "If-Match", `"v1"`)
	v.vera.want(201, "POST", acmeAt+"/escalations", spec{"key": "night", "spec": spec{
		"name": both, "when": spec{"not": spec{"field": "created_at", "op": "in_calendar", "value": "office"}},
		"levels": []any{spec{"clock": "any", "at": "breach", "actions": []any{spec{"kind": "tag", "tag": "late"}}}},
	}})
	company := acmeAt + "/companies/" + v.company("Petrov")
	if res := v.vera.do("PATCH", company, spec{"calendar": "nowhere", "level": "platinum"}, "If-Match", `"v1"`); pointers(t, res) != "/body/level unknown_id; /body/calendar unknown_id" {
		t.Errorf("got %s", res.body)
	}
	now := v.vera.want(200, "PATCH", company, spec{"calendar": "office", "level": "standard", "vip": true}, "If-Match", `"v1"`).json(t)
	if now["calendar"] != "office" || now["level"] != "standard" || now["vip"] != true || now["version"] != 2.0 {
		t.Errorf("the company is %v", now)
	}
	by := v.vera.want(200, "GET", acmeAt+"/calendars/office", nil).json(t)["used_by"].([]any)
	if len(by) != 2 || by[0].(map[string]any)["kind"] != "escalation" || by[1].(map[string]any)["kind"] != "company" {
		t.Errorf("used by %v", by)
	}
}

func TestACalendarThatNeverOpensIsNotPublished(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.vera.want(201, "POST", acmeAt+"/calendars", spec{"key": "never", "spec": spec{"name": both, "time_zone": "UTC", "extra_days": []any{spec{"date": "2001-01-01", "hours": [][]string{{"09:00", "10:00"}}}}}})
	res := v.vera.do("POST", acmeAt+"/calendars/never/publications", spec{"draft": 1})
	if res.status != 422 || res.code() != "calendar_never_opens" || !strings.Contains(string(res.body), "never opens.") {
		t.Errorf("got %d %s", res.status, res.body)
	}
}

func TestWhatAPolicyNamesIsLiveWhenItIsPublished(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.vera.want(201, "POST", acmeAt+"/calendars", spec{"key": "office", "spec": officeSpec()})
	v.vera.want(201, "POST", acmeAt+"/sla-policies", spec{"key": "gold", "spec": spec{"name": both, "targets": spec{"1": spec{"resolution": 60, "calendar": "office"}}}})
	if res := v.vera.do("POST", acmeAt+"/sla-policies/gold/publications", spec{"draft": 1}); pointers(t, res) != "/body/spec/targets/1/calendar unknown_id" {
		t.Errorf("got %s", res.body)
	}
	v.vera.want(201, "POST", acmeAt+"/calendars/office/publications", spec{"draft": 1})
	v.vera.want(201, "POST", acmeAt+"/sla-policies/gold/publications", spec{"draft": 1})
}

func TestSettingsAreOrdered(t *testing.T) {
	t.Parallel()
	v := found(t)
	for _, key := range []string{"b", "a"} {
		v.vera.want(201, "POST", acmeAt+"/sla-policies", spec{"key": key, "spec": spec{"name": both, "targets": spec{}}})
	}
	v.vera.want(204, "PUT", acmeAt+"/sla-policies/order", spec{"keys": []string{"a", "b"}})
	items := v.vera.want(200, "GET", acmeAt+"/sla-policies", nil).json(t)["items"].([]any)
	if items[0].(map[string]any)["key"] != "a" {
		t.Errorf("the order is %v", items)
	}
	if res := v.vera.do("PUT", acmeAt+"/sla-policies/order", spec{"keys": []string{"a", "x", "a"}}); pointers(t, res) != "/body/keys/1 unknown_id; /body/keys/2 unique" {
		t.Errorf("got %s", res.body)
	}
	if res := v.vera.do("POST", acmeAt+"/sla-policies", spec{"key": "a", "spec": spec{"name": both, "targets": spec{}}}); res.code() != "already_exists" {
		t.Errorf("a taken key: %s", res.body)
	}
}

func TestTheSecretOfAWebhookIsToldOnce(t *testing.T) {
	t.Parallel()
	v := found(t)
	call := spec{"name": both, "levels": []any{spec{"clock": "any", "at": "breach", "actions": []any{spec{"kind": "webhook", "url": "https://hooks.example/x"}}}}}
	made := v.vera.want(201, "POST", acmeAt+"/escalations", spec{"key": "alarm", "spec": call}).json(t)
	if secret, _ := made["secret"].(string); !strings.HasPrefix(secret, "whsec_") || len(secret) < 40 {
		t.Errorf("the secret is %v", made["secret"])
	}
	for _, res := range []response{
		v.vera.want(200, "PATCH", acmeAt+"/escalations/alarm/draft", spec{"spec": call}), v.vera.want(200, "GET", acmeAt+"/escalations/alarm", nil),
		v.vera.want(201, "POST", acmeAt+"/escalations/alarm/publications", spec{"draft": 1}), v.vera.want(200, "GET", acmeAt+"/escalations/alarm/versions/1", nil),
	} {
		if strings.Contains(string(res.body), "whsec_") {
			t.Errorf("told again: %s", res.body)
		}
	}
}

func TestANewSecretIsToldOnceAndTheDraftKeepsIt(t *testing.T) {
	t.Parallel()
	v := found(t)
	call := spec{"name": both, "levels": []any{spec{"clock": "any", "at": "breach", "actions": []any{spec{"kind": "webhook", "url": "https://hooks.example/x"}}}}}
	first := v.vera.want(201, "POST", acmeAt+"/escalations", spec{"key": "alarm", "spec": call}).json(t)["secret"]
	v.vera.want(201, "POST", acmeAt+"/escalations/alarm/publications", spec{"draft": 1})
	second, _ := v.vera.want(201, "POST", acmeAt+"/escalations/alarm/secrets", nil).json(t)["secret"].(string)
	if !strings.HasPrefix(second, "whsec_") || second == first {
		t.Errorf("the new secret is %q", second)
	}
	if seen := v.vera.want(200, "PATCH", acmeAt+"/escalations/alarm/draft", spec{"spec": call}); strings.Contains(string(seen.body), "whsec_") {
		t.Errorf("told again: %s", seen.body)
	}
	agent := v.signedIn(v.staff("Nina", "agent", v.acme))
	if res := agent.do("POST", acmeAt+"/escalations/alarm/secrets", nil); res.status != 403 {
		t.Errorf("by an agent: %d %s", res.status, res.body)
	}
	v.vera.want(404, "POST", acmeAt+"/escalations/nothing/secrets", nil)
}

func TestADraftIsSavedUponWhatWasSeen(t *testing.T) {
	t.Parallel()
	v := found(t)
	tag := func(setting spec) string { return fmt.Sprintf(`"v%.0f"`, setting["revision"]) }
	at := acmeAt + "/calendars/office/draft"
	seen := v.vera.want(201, "POST", acmeAt+"/calendars", spec{"key": "office", "spec": officeSpec()}).json(t)
	mine := v.vera.want(200, "PATCH", at, spec{"spec": officeSpec()}, "If-Match", tag(seen)).json(t)
	if res := v.vera.do("PATCH", at, spec{"spec": officeSpec()}, "If-Match", tag(seen)); res.status != 412 || res.code() != "changed_meanwhile" {
		t.Errorf("upon an older one: %d %s", res.status, res.body)
	}
	v.vera.want(200, "PATCH", at, spec{"spec": officeSpec()}, "If-Match", tag(mine))
	v.vera.want(200, "PATCH", at, spec{"spec": officeSpec()})
}

func TestWhoMayNotEditSettingsMayNotTouchThem(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.agreements()
	agent := v.signedIn(v.staff("Nina", "agent", v.acme))
	for method, path := range map[string]string{"POST": "/calendars", "PATCH": "/calendars/office/draft", "PUT": "/sla-exceptions/feast/approval", "DELETE": "/calendars/office/draft"} {
		if res := agent.do(method, acmeAt+path, spec{}); res.status != 403 && res.status != 404 {
			t.Errorf("%s %s: %d %s", method, path, res.status, res.body)
		}
	}
}

func TestACalendarGoesOutAsAFileAndComesBack(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.agreements()
	at := acmeAt + "/calendars/office"
	filled := v.vera.want(201, "POST", at+"/special-days", spec{"country": "RU", "years": []int{2026}}).json(t)
	if len(filled["changes"].([]any)) < 15 || filled["draft"] == nil {
		t.Errorf("filled %v", filled["changes"])
	}
	if res := v.vera.do("POST", at+"/special-days", spec{"country": "RU", "years": []int{2026, 1999}}); pointers(t, res) != "/body/years/1 unknown_id" {
		t.Errorf("got %s", res.body)
	}
	draft := filled["draft"].(map[string]any)
	v.vera.want(201, "POST", at+"/publications", spec{"draft": draft["version"]})
	file := v.vera.want(200, "GET", at+"/ical?language=ru", nil)
	if file.header.Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.Contains(string(file.body), "SUMMARY:День России") || !strings.Contains(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %.300s", file.header, file.body)
	}
	back := v.vera.want(200, "PUT", at+"/ical", string(file.body), "Content-Type", "text/calendar").json(t)
	diff := v.vera.want(200, "GET", at+"/versions/2/comparison?with=3", nil).json(t)["changes"].([]any)
	if len(diff) != 0 || len(back["problems"].([]any)) != 0 {
		t.Errorf("it came back different: %v %v", diff, back["problems"])
	}
	own := "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T090000\nDTEND:20260101T100000\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20200701\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR"
	back = v.vera.want(200, "PUT", at+"/ical", own, "Content-Type", "text/calendar").json(t)
	days := back["draft"].(map[string]any)["spec"].(map[string]any)["holidays"].([]any)
	problem := back["problems"].([]any)[0].(map[string]any)
	if len(days) != 7 || problem["detail"] != "Line 2: The event does not take whole days." {
		t.Errorf("%v %v", days, problem)
	}
	if res := v.vera.do("PUT", at+"/ical", "BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR", "Content-Type", "text/calendar"); pointers(t, res) != "/body line" || !strings.Contains(string(res.body), "Line 2: This cannot be read.") {
		t.Errorf("got %s", res.body)
	}
	years := v.vera.want(200, "GET", acmeAt+"/production-calendars", nil).json(t)["items"].([]any)[0].(map[string]any)
	if years["country"] != "RU" || len(years["years"].([]any)) != 2 || years["editions"].([]any)[1].(map[string]any)["state"] != "by_law" {
		t.Errorf("known are %v", years)
	}
}

func TestConditionsHaveTheirFieldsListed(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.agreements()
	answer := v.vera.want(200, "GET", acmeAt+"/condition-fields", nil).json(t)
	seen := map[string]map[string]any{}
	for _, item := range answer["items"].([]any) {
		f := item.(map[string]any)
		seen[f["key"].(string)] = f
	}
	if f := seen["type"]; f == nil || f["kind"] != "choice" || len(f["choices"].([]any)) != 6 || f["ops"].([]any)[0] != "in" {
		t.Errorf("type is %v", f)
	}
	if f := seen["fields.impact"]; f == nil || f["name"] != "Who is affected" {
		t.Errorf("impact is %v", f)
	}
	if c := answer["calendars"].([]any); len(c) != 1 || c[0].(map[string]any)["key"] != "office" {
		t.Errorf("calendars %v", c)
	}
}

// An exception that asks for approval is published by the tenant's own people,
// whoever proposes it, even when the proposal itself no longer asks.
func TestAProviderProposesAndTheTenantApproves(t *testing.T) {
	t.Parallel()
	v := found(t)
	feast := spec{"name": both, "effect": spec{"none": true}, "reason": "A feast", "approval": true}
	igor, _ := v.provider(v.acme, v.owner, "night-desk", "Olga", "admin")
	at := acmeAt + "/sla-exceptions/feast"
	igor.want(201, "POST", acmeAt+"/sla-exceptions", spec{"key": "feast", "spec": feast})
	proposed := igor.want(201, "POST", at+"/publications", spec{"draft": 1}).json(t)
	if proposed["version"] != 0.0 || proposed["draft"].(map[string]any)["state"] != "proposed" || strings.Contains(strings.Join(texts(proposed["abilities"]), " "), "approve") {
		t.Fatalf("published %v", proposed)
	}
	if res := igor.do("PUT", at+"/approval", spec{"draft": 1}); res.status != 403 {
		t.Errorf("approved by a provider: %d %s", res.status, res.body)
	}
	if seen := v.vera.want(200, "GET", at, nil).json(t); !strings.Contains(strings.Join(texts(seen["abilities"]), " "), "approve") {
		t.Errorf("Vera may %v", seen["abilities"])
	}
	if live := v.vera.want(200, "PUT", at+"/approval", spec{"draft": 1}).json(t); live["version"] != 1.0 || live["draft"] != nil {
		t.Errorf("approved %v", live)
	}
	if res := igor.do("DELETE", at, nil, "If-Match", `"v1"`); res.status != 403 {
		t.Errorf("taken away by a provider: %d %s", res.status, res.body)
	}
	if seen := igor.want(200, "GET", at, nil).json(t); strings.Contains(strings.Join(texts(seen["abilities"]), " "), "remove") {
		t.Errorf("Igor may %v", seen["abilities"])
	}
	feast["approval"] = false
	igor.want(200, "PATCH", at+"/draft", spec{"spec": feast})
	if again := igor.want(201, "POST", at+"/publications", spec{"draft": 2}).json(t); again["version"] != 1.0 {
		t.Errorf("the approval was taken away without one: %v", again)
	}
	if res := igor.do("POST", at+"/versions/1/restoration", spec{}); res.status != 403 {
		t.Errorf("restored by a provider: %d %s", res.status, res.body)
	}
}

func texts(list any) (all []string) {
	for _, item := range list.([]any) {
		all = append(all, item.(string))
	}
	return all
}
