package api

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"manydesk/tenants/access"
)

// update writes the documents anew: make gen does.
var update = flag.Bool("update", os.Getenv("MANYDESK_UPDATE_GOLDEN") != "", "write the documents of openapi/ anew")

func TestOpenAPIIsAsItIsKept(t *testing.T) {
	w := open(t)
	agent, portal, err := w.app.Documents()
	if err != nil {
		t.Fatal(err)
	}
	for name, now := range map[string][]byte{"openapi/agent.json": agent, "openapi/portal.json": portal} {
		now = append(now, '\n')
		if *update {
			if err := os.WriteFile(name, now, 0o644); err != nil { //nolint:gosec // the web build reads it
				t.Fatal(err)
			}
			continue
		}
		kept, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(kept, now) {
			t.Errorf("%s is not what the routes say: run make gen and look at the difference", name)
		}
	}
}

func TestOpenAPIIsTheSameAtEachBuild(t *testing.T) {
	t.Parallel()
	w := open(t)
	first, _, err := w.app.Documents()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		a, err := New(w.app.Deps, w.app.config)
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := a.Documents()
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("two builds differ: %v", err)
		}
	}
}

func TestEveryRouteSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	a := open(t).app
	seen := map[string]bool{}
	for _, r := range a.Routes().All() {
		part := "agent"
		if r.For == forContacts || len(r.Pattern) > 11 && r.Pattern[:11] == "/v1/portal/" {
			part = "portal"
		}
		if key := part + r.ID; seen[key] {
			t.Errorf("%s is registered twice", r.ID)
		} else {
			seen[key] = true
		}
		if (len(r.Needs) == 0) == (r.Anyone == "") {
			t.Errorf("%s: rights %v, reason %q", r.ID, r.Needs, r.Anyone)
		}
	}
	for name, op := range map[string]Op{
		"no right":       {ID: "x", Tag: "T", Summary: "s"},
		"no id":          {Tag: "T", Summary: "s", Anyone: "a test"},
		"right and none": {ID: "x", Tag: "T", Summary: "s", Anyone: "a test", Needs: []access.Permission{access.TicketRead}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: registered", name)
				}
			}()
			check(&Route{Op: op, Method: "GET", Pattern: "/v1/x"})
		}()
	}
}
