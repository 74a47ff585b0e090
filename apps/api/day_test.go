package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func text(s string) map[string]string { return map[string]string{"format": "plain", "body": s} }

func TestATicketIsOpenedAnsweredAndResolved(t *testing.T) {
	t.Parallel()
	w := open(t)
	vera := w.signedIn(w.staff("Vera", "owner", w.tenant("acme")))
	made := vera.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{
		"subject": "Не печатает касса", "text": text("После обновления."), "contact": map[string]string{"email": "ivan@petrov.example", "name": "Иван Петров"}, "channel": "phone",
	}, "Idempotency-Key", "open-1")
	if made.header.Get("Location") != "/v1/tenants/acme/tickets/1" || made.header.Get("ETag") == "" {
		t.Fatalf("%v %s", made.header, made.body)
	}
	again := vera.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{
		"subject": "Не печатает касса", "text": text("После обновления."), "contact": map[string]string{"email": "ivan@petrov.example", "name": "Иван Петров"}, "channel": "phone",
	}, "Idempotency-Key", "open-1")
	if again.header.Get("Idempotency-Replayed") != "true" || again.json(t)["number"] != float64(1) {
		t.Errorf("replay: %v %s", again.header, again.body)
	}
	if res := vera.do("POST", "/v1/tenants/acme/tickets", map[string]any{"subject": "Other", "text": text("x"), "contact": map[string]string{"email": "a@b.example"}}, "Idempotency-Key", "open-1"); res.code() != "idempotency_key_reused" {
		t.Errorf("%d %s", res.status, res.body)
	}
	page := vera.want(200, "GET", "/v1/tenants/acme/tickets/1?include=timeline", nil)
	ticket := page.json(t)
	if ticket["ref"] != "ACME-1" || ticket["status"].(map[string]any)["category"] != "open" || ticket["to"].(map[string]any)["address"] != "ivan@petrov.example" {
		t.Errorf("%s", page.body)
	}
	if items := ticket["timeline"].(map[string]any)["items"].([]any); len(items) < 1 || items[0].(map[string]any)["text"] != "После обновления." {
		t.Errorf("%s", page.body)
	}
	reply := vera.want(201, "POST", "/v1/tenants/acme/tickets/1/comments", map[string]any{
		"text": map[string]string{"format": "html", "body": "<p>Уже <b>смотрим</b><script>alert(1)</script></p>"}, "seen": ticket["seen"],
	}, "Idempotency-Key", "reply-1")
	entry := reply.json(t)
	if entry["state"] != "held" || entry["held_until"] == nil || strings.Contains(string(reply.body), "script") {
		t.Errorf("%s", reply.body)
	}
	replayed := vera.want(201, "POST", "/v1/tenants/acme/tickets/1/comments", map[string]any{
		"text": map[string]string{"format": "html", "body": "<p>Уже <b>смотрим</b><script>alert(1)</script></p>"}, "seen": ticket["seen"],
	}, "Idempotency-Key", "reply-1")
	if replayed.header.Get("Idempotency-Replayed") != "true" || replayed.json(t)["seq"] != entry["seq"] {
		t.Errorf("%s", replayed.body)
	}
	undone := vera.want(200, "DELETE", fmt.Sprintf("/v1/tenants/acme/tickets/1/comments/%v/hold", entry["seq"]), nil).json(t)
	if draft := undone["draft"].(map[string]any)["text"].(map[string]any); draft["format"] != "html" || !strings.Contains(draft["body"].(string), "смотрим") {
		t.Errorf("%v", undone)
	}
	if none := vera.want(200, "GET", "/v1/tenants/acme/tickets/1/drafts/note", nil).json(t); none["text"].(map[string]any)["body"] != "" || none["updated_at"] != nil {
		t.Errorf("a note nobody began: %v", none)
	}
	vera.want(404, "GET", "/v1/tenants/acme/tickets/2/drafts/note", nil)
	vera.want(201, "POST", "/v1/tenants/acme/tickets/1/notes", map[string]any{"text": text("Звонил инженеру.")})
	tag := vera.want(200, "GET", "/v1/tenants/acme/tickets/1", nil).header.Get("ETag")
	if res := vera.do("PUT", "/v1/tenants/acme/tickets/1/status", map[string]any{"to": "resolved"}); res.status != 428 {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := vera.do("PUT", "/v1/tenants/acme/tickets/1/status", map[string]any{"to": "pending"}, "If-Match", tag); res.code() != "until_required" {
		t.Errorf("%d %s", res.status, res.body)
	}
	done := vera.want(200, "PUT", "/v1/tenants/acme/tickets/1/status", map[string]any{"to": "resolved"}, "If-Match", tag)
	if done.json(t)["resolved_at"] == nil {
		t.Errorf("%s", done.body)
	}
	sum := vera.want(200, "GET", "/v1/tenants/acme/summary", nil).json(t)
	if sum["created"] != float64(1) || sum["resolved"] != float64(1) {
		t.Errorf("%v", sum)
	}
}

func TestAnAnswerWrittenMeanwhileIsShown(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	before := vera.want(200, "GET", "/v1/tenants/acme/tickets/1", nil).json(t)
	v.contact.want(201, "POST", "/v1/portal/acme/requests/1/comments", map[string]any{"text": "It prints again."})
	res := vera.do("POST", "/v1/tenants/acme/tickets/1/comments", map[string]any{"text": text("Any news?"), "seen": before["seen"]})
	if res.status != 409 || res.code() != "arrived_meanwhile" {
		t.Fatalf("%d %s", res.status, res.body)
	}
	arrived := res.json(t)["arrived"].([]any)
	if len(arrived) != 1 || arrived[0].(map[string]any)["text"] != "It prints again." {
		t.Errorf("%s", res.body)
	}
	vera.want(201, "POST", "/v1/tenants/acme/tickets/1/comments", map[string]any{"text": text("Any news?"), "seen": before["seen"], "anyway": true})
}

func TestFiftyTwinsOpenOneTicket(t *testing.T) {
	t.Parallel()
	w := open(t)
	vera := w.signedIn(w.staff("Vera", "owner", w.tenant("acme")))
	body := map[string]any{"subject": "Once", "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example", "name": "Ivan"}}
	var wg sync.WaitGroup
	var mu sync.Mutex
	numbers, fresh := map[any]bool{}, 0
	for range 50 {
		wg.Go(func() {
			res := vera.do("POST", "/v1/tenants/acme/tickets", body, "Idempotency-Key", "twins")
			mu.Lock()
			defer mu.Unlock()
			switch {
			case res.status == 201:
				numbers[res.json(t)["number"]] = true
				if res.header.Get("Idempotency-Replayed") == "" {
					fresh++
				}
			case res.code() == "idempotency_in_progress" && res.header.Get("Retry-After") != "":
			default:
				t.Errorf("%d %s", res.status, res.body)
			}
		})
	}
	wg.Wait()
	if len(numbers) != 1 || fresh != 1 {
		t.Errorf("%d tickets, %d of them made: %v", len(numbers), fresh, numbers)
	}
	list := vera.want(200, "GET", "/v1/tenants/acme/tickets", nil).json(t)["items"].([]any)
	if len(list) != 1 {
		t.Errorf("%d tickets are there", len(list))
	}
}

func TestACursorIsGoodForOneListOfOnePerson(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	for i := range 3 {
		vera.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{"subject": fmt.Sprintf("T%d", i), "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example"}})
	}
	page := vera.want(200, "GET", "/v1/tenants/acme/tickets?limit=2&filter="+url.QueryEscape("status:open"), nil).json(t)
	cursor, _ := page["next"].(string)
	if cursor == "" || len(page["items"].([]any)) != 2 {
		t.Fatalf("%v", page)
	}
	ask := func(c *client, path string) int {
		return c.do("GET", path+"&cursor="+url.QueryEscape(cursor), nil).status
	}
	if got := ask(vera, "/v1/tenants/acme/tickets?limit=2&filter="+url.QueryEscape("status:open")); got != 200 {
		t.Errorf("the same list: %d", got)
	}
	colleague := v.signedIn(v.staff("Nina", "owner", v.acme))
	for name, got := range map[string]int{
		"another filter": ask(vera, "/v1/tenants/acme/tickets?limit=2&filter="+url.QueryEscape("status:closed")),
		"another order":  ask(vera, "/v1/tenants/acme/tickets?sort=number&filter="+url.QueryEscape("status:open")),
		"another list":   ask(vera, "/v1/tenants/acme/contacts?limit=2"),
		"another person": ask(colleague, "/v1/tenants/acme/tickets?limit=2&filter="+url.QueryEscape("status:open")),
		"another tenant": ask(v.agentOfLis, "/v1/tenants/lis/tickets?limit=2&filter="+url.QueryEscape("status:open")),
	} {
		if got != 400 {
			t.Errorf("%s: %d", name, got)
		}
	}
	if res := vera.do("GET", "/v1/tenants/acme/tickets?cursor="+cursor[:len(cursor)-2]+"xx", nil); res.code() != "bad_cursor" {
		t.Errorf("%s", res.body)
	}
}

func TestAFileGoesUpInPiecesAndDownInRanges(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	content := bytes.Repeat([]byte("Лог кассы №3\n"), 5000)
	up := vera.want(201, "POST", "/v1/tenants/acme/uploads", map[string]any{"name": "Лог кассы.txt", "size": len(content)}).json(t)
	place := "/v1/tenants/acme/uploads/" + up["id"].(string) + "/content"
	half := len(content) / 2
	vera.want(200, "PATCH", place, content[:half], "Upload-Offset", "0", "Content-Type", "application/octet-stream")
	if res := vera.want(204, "HEAD", place, nil); res.header.Get("Upload-Offset") != fmt.Sprint(half) {
		t.Errorf("%v", res.header)
	}
	if res := vera.do("PATCH", place, content[half:], "Upload-Offset", "7"); res.code() != "upload_offset" {
		t.Errorf("%d %s", res.status, res.body)
	}
	whole := vera.want(200, "PATCH", place, content[half:], "Upload-Offset", fmt.Sprint(half)).json(t)
	sum := sha256.Sum256(content)
	if whole["sha256"] != hex.EncodeToString(sum[:]) {
		t.Errorf("%v", whole)
	}
	v.agentOfLis.want(404, "HEAD", place, nil)
	ticket := vera.want(200, "GET", "/v1/tenants/acme/tickets/1", nil).json(t)
	vera.want(201, "POST", "/v1/tenants/acme/tickets/1/notes", map[string]any{"text": text("log"), "uploads": []any{up["id"]}})
	lead := vera.want(302, "GET", "/v1/tenants/acme/files/"+up["id"].(string), nil)
	at, err := url.Parse(lead.header.Get("Location"))
	if err != nil || at.Hostname() != "files.localhost" {
		t.Fatalf("%v %v", lead.header, err)
	}
	files := v.anonymous("files.localhost")
	down := files.want(200, "GET", at.EscapedPath(), nil)
	if !bytes.Equal(down.body, content) || !strings.HasPrefix(down.header.Get("Content-Disposition"), "attachment;") || down.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(down.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d bytes, %v", len(down.body), down.header)
	}
	part := files.want(206, "GET", at.EscapedPath(), nil, "Range", "bytes=10-19", "If-Range", down.header.Get("ETag"))
	if !bytes.Equal(part.body, content[10:20]) || part.header.Get("Content-Range") != fmt.Sprintf("bytes 10-19/%d", len(content)) {
		t.Errorf("%q %v", part.body, part.header)
	}
	files.want(416, "GET", at.EscapedPath(), nil, "Range", "bytes=9999999-")
	files.want(404, "GET", "/f/"+strings.Repeat("A", 59)+"/x", nil)
	// A note's file is not for clients, nor for another tenant's people.
	v.contact.want(404, "GET", "/v1/portal/acme/files/"+up["id"].(string), nil)
	v.agentOfLis.want(404, "GET", "/v1/tenants/lis/files/"+up["id"].(string), nil)
	_ = ticket
}

func TestAClientFilesConfirmsAndRates(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera := v.signedIn(v.owner)
	made := v.contact.want(201, "POST", "/v1/portal/acme/requests", map[string]any{"subject": "Screen is dark", "text": "Since today."}, "Idempotency-Key", "r1").json(t)
	if made["ref"] != "ACME-2" || len(made["what_next"].([]any)) == 0 {
		t.Fatalf("%v", made)
	}
	home := v.contact.want(200, "GET", "/v1/portal/acme/home", nil).json(t)
	if home["counts"].(map[string]any)["all"] != float64(2) {
		t.Errorf("%v", home)
	}
	vera.want(200, "PUT", "/v1/tenants/acme/tickets/2/assignment", map[string]any{"assignee": "me"})
	vera.want(201, "POST", "/v1/tenants/acme/tickets/2/notes", map[string]any{"text": text("INTERNAL")})
	tag := vera.want(200, "GET", "/v1/tenants/acme/tickets/2", nil).header.Get("ETag")
	vera.want(200, "PUT", "/v1/tenants/acme/tickets/2/status", map[string]any{"to": "resolved"}, "If-Match", tag)
	page := v.contact.want(200, "GET", "/v1/portal/acme/requests/2", nil)
	p := page.json(t)
	if p["state"] != "resolved" || p["text"] != "Since today." || strings.Contains(string(page.body), "INTERNAL") || p["who"] != "Vera" {
		t.Errorf("%s", page.body)
	}
	rated := v.contact.want(200, "PUT", "/v1/portal/acme/requests/2/rating", map[string]any{"score": 5, "comment": "Fast"}).json(t)
	if rated["rating"] != float64(5) {
		t.Errorf("%v", rated)
	}
	closed := v.contact.want(200, "PUT", "/v1/portal/acme/requests/2/confirmation", nil).json(t)
	if closed["state"] != "closed" {
		t.Errorf("%v", closed)
	}
	if got := vera.want(200, "GET", "/v1/tenants/acme/tickets/2/rating", nil).json(t); got["score"] != float64(5) {
		t.Errorf("%v", got)
	}
}

func TestTheQueueIsOneOverAllTenants(t *testing.T) {
	t.Parallel()
	w := open(t)
	acme, lis, rom := w.tenant("acme"), w.tenant("lis"), w.tenant("rom")
	vera := w.staff("Vera", "agent", acme, lis)
	other := w.staff("Nina", "owner", rom)
	for _, tenant := range []string{"acme", "lis"} {
		w.signedIn(vera).want(201, "POST", "/v1/tenants/"+tenant+"/tickets", map[string]any{"subject": "In " + tenant, "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example"}})
	}
	w.signedIn(other).want(201, "POST", "/v1/tenants/rom/tickets", map[string]any{"subject": "Secret", "text": text("x"), "contact": map[string]string{"email": "a@b.example"}})
	c := w.signedIn(vera)
	page := c.want(200, "GET", "/v1/queue?view=all", nil)
	if items := page.json(t)["items"].([]any); len(items) != 2 || strings.Contains(string(page.body), "Secret") {
		t.Errorf("%s", page.body)
	}
	one := c.want(200, "GET", "/v1/queue?view=all&scope=lis", nil).json(t)["items"].([]any)
	if len(one) != 1 || one[0].(map[string]any)["ref"] != "LIS-1" {
		t.Errorf("%v", one)
	}
	c.want(404, "GET", "/v1/queue?scope=rom", nil)
	next := c.want(200, "POST", "/v1/queue/next", map[string]string{"scope": "all"}).json(t)
	if next["assignee"].(map[string]any)["name"] != "Vera" {
		t.Errorf("%v", next)
	}
	if at := c.want(200, "GET", "/v1/refs/lis-1", nil).json(t); at["tenant"] != "lis" || at["number"] != float64(1) {
		t.Errorf("%v", at)
	}
	c.want(404, "GET", "/v1/refs/ROM-1", nil)
	if hits := c.want(200, "GET", "/v1/search?q=ivan", nil).json(t)["items"].([]any); len(hits) != 2 {
		t.Errorf("%v", hits)
	}
	if hits := c.want(200, "GET", "/v1/search?q=secret", nil).json(t)["items"].([]any); len(hits) != 0 {
		t.Errorf("%v", hits)
	}
}

func TestABrandIsDraftedAndPublished(t *testing.T) {
	t.Parallel()
	w := open(t)
	vera := w.signedIn(w.staff("Vera", "owner", w.tenant("acme")))
	draft := vera.want(200, "PATCH", "/v1/tenants/acme/brand/draft", map[string]any{"brand": "#ffff00", "portal_name": "Помощь ACME", "name": "ACME Inc."}).json(t)
	if draft["guard"].(map[string]any)["changed"] != true || draft["name"] != "ACME Inc." {
		t.Errorf("%v", draft)
	}
	vera.want(422, "PATCH", "/v1/tenants/acme/brand/draft", map[string]any{"brand": "yellow"})
	vera.want(200, "PUT", "/v1/tenants/acme/brand/logo", `<svg viewBox="0 0 1 1"><path d="M0 0"/><script>x</script></svg>`, "Content-Type", "image/svg+xml")
	vera.want(422, "PUT", "/v1/tenants/acme/brand/logo", "GIF89a", "Content-Type", "image/gif")
	made := vera.want(201, "POST", "/v1/tenants/acme/brand/publications", nil).json(t)
	look := made["look"].(map[string]any)
	if look["brand"] != "#ffff00" || look["version"] != float64(1) {
		t.Errorf("%v", made)
	}
	site := w.anonymous("acme.localhost")
	css := site.want(200, "GET", "/brand/acme-1.css", nil)
	if !strings.Contains(string(css.body), "--t-solid: #ffff00") || !strings.Contains(css.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s %v", css.body, css.header)
	}
	logo := site.want(200, "GET", look["logo_url"].(string), nil)
	if logo.header.Get("Content-Type") != "image/svg+xml" || strings.Contains(string(logo.body), "script") {
		t.Errorf("%s %v", logo.body, logo.header)
	}
	page := site.want(200, "GET", "/", nil)
	if !strings.Contains(string(page.body), `data-tenant="acme"`) || !strings.Contains(string(page.body), "/brand/acme-1.css") || !strings.Contains(string(page.body), "<title>Помощь ACME") {
		t.Errorf("%s", page.body)
	}
	audit := vera.want(200, "GET", "/v1/tenants/acme/audit", nil).json(t)["items"].([]any)
	if len(audit) == 0 || audit[0].(map[string]any)["actor"].(map[string]any)["name"] != "Vera" {
		t.Errorf("%v", audit)
	}
}
