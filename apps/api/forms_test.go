package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const portalAt = "/v1/portal/acme"

// publishes drafts a setting and publishes it.
func (v *village) publishes(coll, key string, what spec) {
	v.t.Helper()
	if res := v.vera.do("GET", acmeAt+"/"+coll+"/"+key, nil); res.status == 200 {
		v.vera.want(200, "PATCH", acmeAt+"/"+coll+"/"+key+"/draft", spec{"spec": what})
	} else {
		v.vera.want(201, "POST", acmeAt+"/"+coll, spec{"key": key, "spec": what})
	}
	at := v.vera.want(200, "GET", acmeAt+"/"+coll+"/"+key, nil).json(v.t)["draft"].(map[string]any)
	v.vera.want(201, "POST", acmeAt+"/"+coll+"/"+key+"/publications", spec{"draft": int(at["version"].(float64))})
}

func said(key string) spec { return spec{"ru": "Вопрос " + key, "en": "Question " + key} }

// repairs is a public type that asks for the serial number of what is under
// warranty, and the staff alone for the act of what is resolved.
func (v *village) repairs() {
	v.t.Helper()
	v.publishes("fields", "warranty", spec{"name": said("warranty"), "kind": "boolean"})
	v.publishes("fields", "serial", spec{"name": said("serial"), "kind": "text"})
	v.publishes("fields", "act", spec{"name": said("act"), "kind": "text"})
	v.publishes("ticket-types", "repair", repair(nil))
}

func repair(more spec) spec {
	made := spec{"name": both, "public": true, "fields": []any{
		spec{"field": "warranty"},
		spec{"field": "serial", "required": true, "when": spec{"field": "fields.warranty", "op": "is", "value": true}},
		spec{"field": "act", "required": true, "internal": true, "when": spec{"field": "status", "op": "in", "value": []string{"resolved"}}},
	}}
	for key, value := range more {
		made[key] = value
	}
	return made
}

// askedKeys are the keys of the questions of an answer, with a star at what is required.
func askedKeys(t *testing.T, res response) string {
	t.Helper()
	var keys []string
	for _, q := range res.json(t)["questions"].([]any) {
		one := q.(map[string]any)
		star := ""
		if one["required"] == true {
			star = "*"
		}
		keys = append(keys, one["key"].(string)+star)
	}
	return strings.Join(keys, " ")
}

func TestAFormSaysWhatItAsksNow(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.repairs()
	number := int64(v.vera.want(201, "POST", acmeAt+"/tickets", spec{"subject": "x", "text": text("x"), "type": "repair", "contact": spec{"email": "ivan@petrov.example"}}).json(t)["number"].(float64))
	for _, c := range []struct {
		who  *client
		at   string
		body spec
		want string
	}{
		{v.vera, acmeAt, spec{}, "warranty"},
		{v.vera, acmeAt, spec{"fields": spec{"warranty": true}}, "warranty serial*"},
		{v.vera, acmeAt, spec{"fields": spec{"warranty": "half"}}, "warranty"},
		{v.vera, acmeAt, spec{"ticket": number, "status": "resolved"}, "warranty act*"},
		{v.vera, acmeAt, spec{"ticket": number, "fields": spec{"warranty": true}}, "warranty serial*"},
		{v.contact, portalAt, spec{}, "warranty"},
		{v.contact, portalAt, spec{"fields": spec{"warranty": true, "act": "x"}}, "warranty serial*"},
	} {
		if got := askedKeys(t, c.who.want(200, "POST", c.at+"/forms/repair", c.body)); got != c.want {
			t.Errorf("%s %v: %s, want %s", c.at, c.body, got, c.want)
		}
	}
	for _, c := range []struct {
		who  *client
		path string
		body spec
		want int
	}{
		{v.contact, portalAt + "/forms/task", spec{}, 404},
		{v.contact, portalAt + "/forms/nothing", spec{}, 404},
		{v.contact, portalAt + "/forms/repair", spec{"status": "resolved"}, 422},
		{v.contact, portalAt + "/forms/repair", spec{"ticket": number}, 422},
		{v.vera, acmeAt + "/forms/nothing", spec{}, 404},
		{v.vera, acmeAt + "/forms/repair", spec{"ticket": number + 9999}, 404},
		{v.agentOfLis, acmeAt + "/forms/repair", spec{}, 404},
		{v.ended, acmeAt + "/forms/repair", spec{}, 403},
	} {
		if res := c.who.do("POST", c.path, c.body); res.status != c.want {
			t.Errorf("%s %v: %d %s, want %d", c.path, c.body, res.status, res.body, c.want)
		}
	}
}

// What is hidden answers as what is not there, byte for byte.
func TestThePortalSaysNothingOfInternalQuestions(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.repairs()
	for _, value := range []any{"x", 7, nil, spec{}} {
		hidden := v.contact.do("POST", portalAt+"/requests", spec{"subject": "x", "text": "x", "type": "repair", "fields": spec{"act": value}})
		absent := v.contact.do("POST", portalAt+"/requests", spec{"subject": "x", "text": "x", "type": "repair", "fields": spec{"abc": value}})
		if hidden.status != absent.status || pointers(t, hidden) != strings.ReplaceAll(pointers(t, absent), "abc", "act") {
			t.Errorf("%v: %d %s, and %d %s", value, hidden.status, hidden.body, absent.status, absent.body)
		}
	}
	site := v.contact.want(200, "GET", portalAt+"/site", nil)
	if strings.Contains(string(site.body), `"act"`) || !strings.Contains(string(site.body), `"conditional":true`) {
		t.Errorf("the site says %s", site.body)
	}
}

func TestAConditionalQuestionHoldsUpARequest(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.repairs()
	request := func(fields spec) response {
		return v.contact.do("POST", portalAt+"/requests", spec{"subject": "x", "text": "x", "type": "repair", "fields": fields})
	}
	if res := request(spec{"warranty": true}); res.status != 422 || pointers(t, res) != "/body/fields/serial required" {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := request(spec{"warranty": false}); res.status != 201 {
		t.Errorf("%d %s", res.status, res.body)
	}
	res := request(spec{"warranty": true, "serial": "A-7"})
	if res.status != 201 {
		t.Fatalf("%d %s", res.status, res.body)
	}
	ticket := acmeAt + "/tickets/" + fmt.Sprint(res.json(t)["number"])
	page := v.vera.want(200, "GET", ticket, nil).json(t)
	var demanding []string
	for _, w := range page["transitions"].([]any) {
		if way := w.(map[string]any); way["fields_required"] == true {
			demanding = append(demanding, way["to"].(map[string]any)["key"].(string))
		}
	}
	if !slices.Equal(demanding, []string{"resolved"}) {
		t.Errorf("the ways that ask are %v", demanding)
	}
	if res := v.vera.do("PUT", ticket+"/status", spec{"to": "resolved"}, "If-Match", `"v1"`); res.status != 422 || pointers(t, res) != "/body/fields/act required" {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := v.vera.do("POST", ticket+"/comments", spec{"text": text("Done"), "seen": 9, "status": spec{"to": "resolved"}}); res.status != 422 || pointers(t, res) != "/body/status/fields/act required" {
		t.Errorf("%d %s", res.status, res.body)
	}
	done := v.vera.want(200, "PUT", ticket+"/status", spec{"to": "resolved", "fields": spec{"act": "A-1"}}, "If-Match", `"v1"`).json(t)
	if done["status"].(map[string]any)["key"] != "resolved" || !strings.Contains(fmt.Sprint(done["fields"]), "A-1") {
		t.Errorf("it is %v", done)
	}
}

func TestATypeIsCheckedWholly(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.repairs()
	deep := spec{"field": "priority", "op": "at_most", "value": 2}
	for range 9 {
		deep = spec{"not": deep}
	}
	when := func(tree spec) spec {
		return repair(spec{"fields": []any{spec{"field": "warranty"}, spec{"field": "serial", "when": tree}}})
	}
	for _, c := range []struct {
		spec spec
		want string
	}{
		{repair(spec{"name": spec{"ru": "Ремонт", "en": ""}}), "/body/spec/name/en required"},
		{repair(spec{"fields": []any{spec{"field": "nothing"}}}), "/body/spec/fields/0/field unknown_id"},
		{repair(spec{"fields": []any{spec{"field": "warranty", "default": "yes"}}}), "/body/spec/fields/0/default boolean"},
		{when(spec{"field": "fields.serial", "op": "not_empty"}), "/body/spec/fields/1/when circular"},
		{when(spec{"field": "fields.act", "op": "not_empty"}), "/body/spec/fields/1/when/field unknown_field"},
		{when(spec{"field": "assignee", "op": "empty"}), "/body/spec/fields/1/when/field unknown_field"},
		{when(spec{"any": []any{spec{"field": "fields.warranty", "op": "is", "value": "yes"}}}), "/body/spec/fields/1/when/any/0/value boolean"},
		{when(spec{"field": "priority", "op": "contains", "value": "x"}), "/body/spec/fields/1/when/op one_of"},
		{when(spec{"colour": 1}), "/body/spec/fields/1/when/colour unknown_field"},
		{when(deep), "/body/spec/fields/1/when" + strings.Repeat("/not", 8) + " too_deep"},
	} {
		if res := v.vera.do("POST", acmeAt+"/ticket-types", spec{"key": "again", "spec": c.spec}); res.status != 422 || pointers(t, res) != c.want {
			t.Errorf("want %s, got %d %s", c.want, res.status, res.body)
		}
	}
}

// A draft may lean on a draft; what is published leans on what is.
func TestADraftedFieldIsPublishedBeforeTheFormThatAsksIt(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.vera.want(201, "POST", acmeAt+"/fields", spec{"key": "colour", "spec": spec{"name": both, "kind": "choice", "choices": []any{spec{"key": "red", "name": both}}}})
	asks := spec{"name": both, "public": true, "fields": []any{
		spec{"field": "colour"},
		spec{"field": "impact", "when": spec{"field": "fields.colour", "op": "in", "value": []string{"red"}}},
	}}
	v.vera.want(201, "POST", acmeAt+"/ticket-types", spec{"key": "paint", "spec": asks})
	if got := askedKeys(t, v.vera.want(200, "POST", acmeAt+"/forms/paint", spec{"draft": true, "fields": spec{"colour": "red"}})); got != "colour impact" {
		t.Errorf("the draft asks %s", got)
	}
	if res := v.vera.do("POST", acmeAt+"/forms/paint", spec{}); res.status != 404 {
		t.Errorf("a draft is live: %s", res.body)
	}
	if res := v.vera.do("POST", acmeAt+"/ticket-types/paint/publications", spec{"draft": 1}); res.status != 422 || !strings.HasPrefix(pointers(t, res), "/body/spec/fields/0/field unknown_id") {
		t.Errorf("%d %s", res.status, res.body)
	}
	v.vera.want(201, "POST", acmeAt+"/fields/colour/publications", spec{"draft": 1})
	v.vera.want(201, "POST", acmeAt+"/ticket-types/paint/publications", spec{"draft": 1})
	// A condition leans on the choice and on the kind.
	v.vera.want(200, "PATCH", acmeAt+"/fields/colour/draft", spec{"spec": spec{"name": both, "kind": "choice", "choices": []any{spec{"key": "blue", "name": both}}}})
	if res := v.vera.do("POST", acmeAt+"/fields/colour/publications", spec{"draft": 2}); res.status != 422 || pointers(t, res) != "/body/spec/choices named_by" {
		t.Errorf("%d %s", res.status, res.body)
	}
	v.vera.want(200, "PATCH", acmeAt+"/fields/colour/draft", spec{"spec": spec{"name": both, "kind": "number"}})
	if res := v.vera.do("POST", acmeAt+"/fields/colour/publications", spec{"draft": 2}); res.status != 422 || pointers(t, res) != "/body/spec/kind named_by" {
		t.Errorf("%d %s", res.status, res.body)
	}
	v.vera.want(200, "PATCH", acmeAt+"/fields/colour/draft", spec{"spec": spec{"name": both, "kind": "choice", "choices": []any{spec{"key": "red", "name": both}, spec{"key": "blue", "name": both}}}})
	v.vera.want(201, "POST", acmeAt+"/fields/colour/publications", spec{"draft": 2})
}

func TestAFieldThatIsNamedStays(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.repairs()
	v.publishes("fields", "free", spec{"name": both, "kind": "text"})
	v.publishes("fields", "tested", spec{"name": both, "kind": "text"})
	v.vera.want(201, "POST", acmeAt+"/triggers", spec{"key": "bell", "spec": bell(spec{"when": spec{"field": "fields.tested", "op": "not_empty"}})})
	for _, key := range []string{"warranty", "serial", "tested"} {
		res := v.vera.do("DELETE", acmeAt+"/fields/"+key, nil, "If-Match", `"v1"`)
		if res.status != 409 || res.code() != "in_use" {
			t.Errorf("%s: %d %s", key, res.status, res.body)
		}
	}
	v.vera.want(204, "DELETE", acmeAt+"/fields/free", nil, "If-Match", `"v1"`)
	// A type that a condition, a role or an open ticket names stays as well.
	v.vera.want(201, "POST", acmeAt+"/tickets", spec{"subject": "x", "text": text("x"), "type": "repair", "contact": spec{"email": "ivan@petrov.example"}})
	if res := v.vera.do("DELETE", acmeAt+"/ticket-types/repair", nil, "If-Match", `"v1"`); res.code() != "in_use" {
		t.Errorf("%d %s", res.status, res.body)
	}
	v.vera.want(201, "POST", acmeAt+"/triggers", spec{"key": "knell", "spec": bell(spec{"when": spec{"field": "type", "op": "in", "value": []string{"problem"}}})})
	if res := v.vera.do("DELETE", acmeAt+"/ticket-types/problem", nil, "If-Match", `"v1"`); res.code() != "in_use" {
		t.Errorf("%d %s", res.status, res.body)
	}
	v.vera.want(204, "DELETE", acmeAt+"/ticket-types/task", nil, "If-Match", `"v1"`)
}
