package api

import (
	"bufio"
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// ear is an open stream of a client.
type ear struct {
	t      *testing.T
	events chan sse
	body   interface{ Close() error }
	stream string
}

type sse struct{ id, name, data string }

// listen opens a stream and waits for its hello.
func (c *client) listen(t *testing.T, path string, headers ...string) *ear {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+c.w.addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = c.host
	req.Header.Set("Cookie", c.cookie)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("X-Accel-Buffering") != "no" || res.Header.Get("Content-Security-Policy") == "" {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	e := &ear{t: t, events: make(chan sse, 100), body: res.Body}
	t.Cleanup(func() { _ = res.Body.Close() })
	go func() {
		defer close(e.events)
		var now sse
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				now.id = value
			case "event":
				now.name = value
			case "data":
				now.data = value
			case "":
				if now.name != "" {
					e.events <- now
				}
				now = sse{}
			}
		}
	}()
	hello := e.next()
	if hello.name != "hello" {
		t.Fatalf("the first event is %+v", hello)
	}
	_, rest, _ := strings.Cut(hello.data, `"stream":"`)
	e.stream, _, _ = strings.Cut(rest, `"`)
	return e
}

// next waits for one event.
func (e *ear) next() sse {
	e.t.Helper()
	select {
	case got, open := <-e.events:
		if !open {
			e.t.Fatal("the stream ended")
		}
		return got
	case <-time.After(10 * time.Second):
		e.t.Fatal("nothing was heard")
	}
	return sse{}
}

// hears waits for an event of a name and fails on any other.
func (e *ear) hears(name string) sse {
	e.t.Helper()
	got := e.next()
	if got.name != name {
		e.t.Fatalf("heard %+v, not %s", got, name)
	}
	return got
}

func (w *world) publish(h jobs.Hint) {
	w.t.Helper()
	if err := w.app.Line.Publish(w.t.Context(), h); err != nil {
		w.t.Fatal(err)
	}
}

func changed(t tenants.Tenant, id desk.TicketID, seq int) jobs.Hint {
	return jobs.Hint{Name: "ticket.changed", Tenant: t.ID, Subject: id.Any(), Seq: seq}
}

func TestAStreamTellsWhatItsOwnerMaySee(t *testing.T) {
	t.Parallel()
	v := found(t)
	vera, oleg := v.signedIn(v.owner).listen(t, "/v1/stream"), v.agentOfLis.listen(t, "/v1/stream")
	ivan, anna := v.contact.listen(t, "/v1/portal/acme/stream"), v.other.listen(t, "/v1/portal/acme/stream")
	v.publish(changed(v.acme, v.ticket.ID, 1))
	got := vera.hears("ticket.changed")
	if !strings.Contains(got.data, `"ref":"ACME-1"`) || !strings.HasPrefix(got.id, "c1:") {
		t.Errorf("%+v", got)
	}
	ivan.hears("ticket.changed")
	// Nobody else heard it: the next thing all hear is the mark.
	mark := jobs.Hint{Name: jobs.Reset}
	v.app.streams.hear(t.Context(), mark)
	for _, e := range []*ear{vera, oleg, ivan, anna} {
		e.hears("reset")
	}
	internal := v.signedIn(v.owner).want(201, "POST", "/v1/tenants/acme/tickets/1/notes", map[string]any{"text": text("internal")}).json(t)
	v.publish(changed(v.acme, v.ticket.ID, int(internal["seq"].(float64))))
	vera.hears("ticket.changed")
	v.app.streams.hear(t.Context(), mark)
	ivan.hears("reset")
}

func TestWatchesAndPresence(t *testing.T) {
	t.Parallel()
	v := found(t)
	browser := v.signedIn(v.owner)
	vera := browser.listen(t, "/v1/stream")
	browser.want(204, "PUT", "/v1/stream/"+vera.stream+"/watches", map[string]any{"watches": []string{"ticket:acme/1"}})
	nina := v.signedIn(v.staff("Nina", "owner", v.acme))
	nina.want(204, "PUT", "/v1/tenants/acme/tickets/1/presence", map[string]string{"state": "typing"})
	got := vera.hears("presence")
	if !strings.Contains(got.data, `"name":"Nina"`) || !strings.Contains(got.data, `"state":"typing"`) {
		t.Errorf("%+v", got)
	}
	nina.want(204, "PUT", "/v1/tenants/acme/tickets/1/claim", nil)
	vera.hears("claim")
	if res := browser.do("PUT", "/v1/tenants/acme/tickets/1/claim", nil); res.code() != "in_use" {
		t.Errorf("%d %s", res.status, res.body)
	}
	nina.want(204, "DELETE", "/v1/tenants/acme/tickets/1/claim", nil)
	vera.hears("claim")
	browser.want(204, "PUT", "/v1/tenants/acme/tickets/1/claim", nil)
}

func TestEndedAccessIsToldAndNothingMore(t *testing.T) {
	t.Parallel()
	v := found(t)
	guest := v.staff("Max", "agent", v.acme)
	browser := v.signedIn(guest)
	max := browser.listen(t, "/v1/stream")
	v.publish(changed(v.acme, v.ticket.ID, 1))
	max.hears("ticket.changed")
	began := time.Now()
	vera := v.signedIn(v.owner)
	member := vera.want(200, "GET", "/v1/tenants/acme/members/"+guest.ID.String(), nil)
	vera.want(200, "PATCH", "/v1/tenants/acme/members/"+guest.ID.String(), map[string]any{"active": false}, "If-Match", member.header.Get("ETag"))
	v.publish(jobs.Hint{Name: hintAccess, Tenant: v.acme.ID})
	got := max.hears("tenant.left")
	if !strings.Contains(got.data, `"acme"`) {
		t.Errorf("%+v", got)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	max.hears(hintAccess)
	v.publish(changed(v.acme, v.ticket.ID, 1))
	v.app.streams.hear(t.Context(), jobs.Hint{Name: jobs.Reset})
	max.hears("reset")
	browser.want(404, "GET", "/v1/tenants/acme/tickets", nil)
}

func TestAStreamGoesOnOnAnotherNode(t *testing.T) {
	t.Parallel()
	v := found(t)
	browser := v.signedIn(v.owner)
	first := browser.listen(t, "/v1/stream")
	v.publish(changed(v.acme, v.ticket.ID, 1))
	seen := first.hears("ticket.changed")
	if err := first.body.Close(); err != nil {
		t.Fatal(err)
	}
	v.publish(changed(v.acme, v.ticket.ID, 1))
	v.publish(jobs.Hint{Name: "ticket.changed", Tenant: v.lis.ID, Subject: v.ticket.ID.Any()})
	node := serve(t, v.app.Deps)
	there := &client{w: node, host: "localhost", cookie: browser.cookie, h: map[string]string{}}
	second := there.listen(t, "/v1/stream", "Last-Event-ID", seen.id)
	missed := second.hears("ticket.changed")
	if missed.id == seen.id {
		t.Errorf("%+v was told twice", missed)
	}
	lost := there.listen(t, "/v1/stream", "Last-Event-ID", "c1:1-1")
	lost.hears("reset")
}

func TestASessionHasAFewStreamsAndEndsThem(t *testing.T) {
	t.Parallel()
	v := found(t)
	browser := v.signedIn(v.owner)
	var all []*ear
	for range perSession {
		all = append(all, browser.listen(t, "/v1/stream"))
	}
	if res := browser.do("GET", "/v1/stream", nil); res.status != 429 || res.code() != "too_many_streams" {
		t.Errorf("%d %s", res.status, res.body)
	}
	browser.want(204, "DELETE", "/v1/session", nil)
	for _, e := range all {
		e.hears(hintSessionEnded)
		for range e.events { // a farewell may follow; then the stream is at its end
		}
	}
}

func TestAStopSaysByeAndFinishesWhatItAccepted(t *testing.T) {
	t.Parallel()
	slow, finish := make(chan struct{}), make(chan struct{})
	w := open(t, func(a *App) {
		public(a.routes, "GET /v1/slow", Op{ID: "slow", Tag: "Test", Summary: "Slow", Anyone: "a test", Class: unlimited},
			func(context.Context, Caller, *noInput) (*echoOut, error) {
				close(slow)
				<-finish
				return &echoOut{Text: "done"}, nil
			})
	})
	e := w.signedIn(w.staff("Vera", "owner", w.tenant("acme"))).listen(t, "/v1/stream")
	answered := make(chan response, 1)
	go func() { answered <- w.anonymous("localhost").do("GET", "/v1/slow", nil) }()
	<-slow
	stopped := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		stopped <- w.app.Shutdown(ctx)
	}()
	e.hears("bye")
	close(finish)
	if res := <-answered; res.status != 200 {
		t.Errorf("%d %s", res.status, res.body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestPlacesAreCompared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{{"1-0", "2-0", true}, {"2-0", "1-0", false}, {"5-1", "5-2", true}, {"5-2", "5-2", false}, {"x", "5-2", false}, {"9-0", "10-0", true}} {
		if placeBefore(c.a, c.b) != c.want {
			t.Errorf("%s before %s: %s", c.a, c.b, strconv.FormatBool(!c.want))
		}
	}
}
