package api

import (
	"context"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
)

func has(list any, what string) bool {
	for _, one := range list.([]any) {
		if one == what {
			return true
		}
	}
	return false
}

func TestAClientClosesWhatWorksAlready(t *testing.T) {
	t.Parallel()
	v := found(t)
	page := v.contact.want(200, "GET", "/v1/portal/acme/requests/1", nil).json(t)
	if page["state"] != "received" || !has(page["abilities"], "confirm") || has(page["abilities"], "reopen") {
		t.Fatalf("%v", page)
	}
	closed := v.contact.want(200, "PUT", "/v1/portal/acme/requests/1/confirmation", nil).json(t)
	if closed["state"] != "closed" || has(closed["abilities"], "confirm") || !has(closed["abilities"], "rate") {
		t.Errorf("%v", closed)
	}
	v.other.want(404, "PUT", "/v1/portal/acme/requests/1/confirmation", nil)
}

func TestAConversationBeginsWithItsFirstWordsAndWhoSaidThem(t *testing.T) {
	t.Parallel()
	v := found(t)
	first := func(c *client, number string) map[string]any {
		return c.want(200, "GET", "/v1/portal/acme/requests/"+number, nil).json(t)["thread"].([]any)[0].(map[string]any)
	}
	if e := first(v.contact, "1"); e["kind"] != "theirs" || e["text"] != "It does not print." || e["author"].(map[string]any)["name"] != "Vera" {
		t.Errorf("a request noted down by the staff begins with %v", e)
	}
	v.contact.want(201, "POST", "/v1/portal/acme/requests", map[string]any{"subject": "Screen is dark", "text": "Since today."}, "Idempotency-Key", "r1")
	if e := first(v.contact, "2"); e["kind"] != "mine" || e["text"] != "Since today." || e["author"] == nil || e["seq"] != float64(1) {
		t.Errorf("the client's own begins with %v", e)
	}
	// Longer than a page of the conversation.
	vera := v.signedIn(v.owner)
	for range 205 {
		vera.want(201, "POST", "/v1/tenants/acme/tickets/2/comments", map[string]any{"text": text("More"), "seen": 0, "anyway": true})
	}
	v.releaseAll(v.acme)
	page := v.contact.want(200, "GET", "/v1/portal/acme/requests/2", nil).json(t)
	if thread := page["thread"].([]any); len(thread) != 201 || thread[0].(map[string]any)["text"] != "Since today." || page["text"] != "Since today." {
		t.Errorf("%d lines, the first %v", len(thread), thread[0])
	}
}

// releaseAll lets every held answer go, as its timer would.
func (w *world) releaseAll(t tenants.Tenant) {
	w.t.Helper()
	err := w.house.Do(w.t.Context(), t, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.messages set state = 'delivered' where state = 'held'")
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestAnAnswerAndTheStatusItBringsAreSeenTogether(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	vera.want(201, "POST", "/v1/tenants/acme/tickets/1/comments", map[string]any{"text": text("It prints again."), "seen": 1, "status": map[string]any{"to": "resolved"}})
	if got := vera.want(200, "GET", "/v1/tenants/acme/tickets/1", nil).json(t); got["status"].(map[string]any)["category"] != "resolved" {
		t.Errorf("the staff sees %v", got["status"])
	}
	seen := func() string {
		t.Helper()
		page := v.contact.want(200, "GET", "/v1/portal/acme/requests/1", nil)
		home := v.contact.want(200, "GET", "/v1/portal/acme/home", nil).json(t)
		list := func(state string) int {
			return len(v.contact.want(200, "GET", "/v1/portal/acme/requests?state="+state, nil).json(t)["items"].([]any))
		}
		row, counts := home["requests"].([]any)[0].(map[string]any), home["counts"].(map[string]any)
		state := page.json(t)["state"].(string)
		if row["state"] != state || counts["in_work"] != float64(list("in_work")) || counts["resolved"] != float64(list("resolved")) || list("in_work")+list("resolved") != 1 {
			t.Errorf("the page says %s, the first page %v and %v", state, row["state"], counts)
		}
		if told := strings.Contains(string(page.body), "It prints again."); told != (state == "resolved") {
			t.Errorf("%s, and the answer is told: %v", state, told)
		}
		return state
	}
	if got := seen(); got == "resolved" {
		t.Errorf("while the answer is held the client sees %s", got)
	}
	tag := v.contact.want(200, "GET", "/v1/portal/acme/requests/1", nil).header.Get("ETag")
	v.contact.want(304, "GET", "/v1/portal/acme/requests/1", nil, "If-None-Match", tag)
	v.releaseAll(v.acme)
	// A browser that asks for what is newer than it has must not be told that nothing is.
	v.contact.want(200, "GET", "/v1/portal/acme/requests/1", nil, "If-None-Match", tag)
	if got := seen(); got != "resolved" {
		t.Errorf("with the answer the client sees %s", got)
	}
}

func TestAClientReadsWhatItChoseInWords(t *testing.T) {
	t.Parallel()
	v := found(t)
	kinds := v.contact.want(200, "GET", "/v1/portal/acme/site", nil, "Accept-Language", "en").json(t)["types"].([]any)
	for _, one := range kinds {
		kind := one.(map[string]any)
		answers, want := map[string]any{}, map[string]string{}
		for _, f := range kind["fields"].([]any) {
			field := f.(map[string]any)
			if field["kind"] == "choice" {
				first := field["choices"].([]any)[0].(map[string]any)
				answers[field["key"].(string)], want[field["key"].(string)] = first["key"], first["name"].(string)
			}
		}
		if len(want) == 0 {
			continue
		}
		made := v.contact.want(201, "POST", "/v1/portal/acme/requests", map[string]any{"subject": "x", "text": "y", "type": kind["key"], "fields": answers}, "Idempotency-Key", kind["key"].(string)).json(t)
		page := v.contact.want(200, "GET", "/v1/portal/acme/requests/"+itoa(int(made["number"].(float64))), nil).json(t)
		for _, f := range page["fields"].([]any) {
			if field := f.(map[string]any); want[field["key"].(string)] != "" && field["value"] != want[field["key"].(string)] {
				t.Errorf("%v is shown where %q was chosen", field, want[field["key"].(string)])
			}
		}
		return
	}
	t.Error("no type of the defaults asks to choose")
}
