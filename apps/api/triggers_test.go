package api

import (
	"context"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

func bell(more spec) spec {
	made := spec{
		"name": both, "on": "ticket.opened", "when": spec{"field": "priority", "op": "at_most", "value": 2},
		"actions": []any{spec{"kind": "tag", "add": []string{"urgent"}}},
	}
	for key, value := range more {
		made[key] = value
	}
	return made
}

func TestATriggerIsCheckedWholly(t *testing.T) {
	t.Parallel()
	v := found(t)
	for _, c := range []struct {
		spec spec
		want string
	}{
		{bell(spec{"on": "time"}), "/body/spec/after required"},
		{bell(spec{"after": spec{"minutes": 5, "since": "opened"}}), "/body/spec/after unknown_field"},
		{bell(spec{"on": "time", "after": spec{"minutes": 9_999_999, "since": "waiting"}}), "/body/spec/after/minutes maximum"},
		{bell(spec{"actions": []any{}}), "/body/spec/actions required"},
		{bell(spec{"actions": []any{spec{"kind": "set", "field": "priority", "value": 9}}}), "/body/spec/actions/0/value one_of"},
		{bell(spec{"actions": []any{spec{"kind": "set", "field": "fields.nothing", "value": 9}}}), "/body/spec/actions/0/field unknown_id"},
		{bell(spec{"actions": []any{spec{"kind": "set", "field": "type", "value": "nothing"}}}), "/body/spec/actions/0/value unknown_id"},
		{bell(spec{"actions": []any{spec{"kind": "webhook", "url": "http://a.example"}}}), "/body/spec/actions/0/url url"},
		{bell(spec{"actions": []any{spec{"kind": "assign", "group": "nothing"}, spec{"kind": "status", "to": "nowhere"}}}), "/body/spec/actions/0/group unknown_id; /body/spec/actions/1/to unknown_id"},
		{bell(spec{"actions": []any{spec{"kind": "tell", "roles": []string{"nobody"}}}}), "/body/spec/actions/0/roles/0 unknown_id"},
		{bell(spec{"actions": []any{spec{"kind": "tell", "people": []string{"usr_x"}}}}), "/body/spec/actions/0/people/0 unknown_id"},
		{bell(spec{"when": spec{"field": "weather", "op": "is", "value": "x"}}), "/body/spec/when/field unknown_field"},
	} {
		if res := v.vera.do("POST", acmeAt+"/triggers", spec{"key": "bell", "spec": c.spec}); res.status != 422 || !strings.HasPrefix(pointers(t, res), c.want) {
			t.Errorf("want %s, got %d %s", c.want, res.status, res.body)
		}
	}
	made := v.vera.want(201, "POST", acmeAt+"/triggers", spec{"key": "bell", "spec": bell(nil)}).json(t)
	if made["secret"] != nil && made["secret"] != "" {
		t.Errorf("a secret that nothing needs: %v", made["secret"])
	}
	called := v.vera.want(201, "POST", acmeAt+"/triggers", spec{"key": "call", "spec": bell(spec{"actions": []any{spec{"kind": "webhook", "url": "https://a.example/"}}})}).json(t)
	if secret, _ := called["secret"].(string); !strings.HasPrefix(secret, "whsec_") {
		t.Errorf("the secret is %q", secret)
	}
}

func TestTheLogOfATriggerSaysWhyItDidNothing(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.vera.want(201, "POST", acmeAt+"/triggers", spec{"key": "bell", "spec": bell(nil)})
	v.vera.want(201, "POST", acmeAt+"/triggers/bell/publications", spec{"draft": 1})
	when := conditions.Leaf("priority", conditions.AtMost, 2)
	err := v.house.Do(t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		for _, r := range []triggers.Run{
			{Trace: triggers.Trace{On: triggers.Opened, When: conditions.Trace{Leaves: []conditions.Seen{{Field: "priority", Op: conditions.AtMost, Want: when.Value, Saw: 3.0}}}}},
			{Trace: triggers.Trace{On: triggers.Changed, Code: triggers.CodeChain}, Chain: []string{"bell"}},
			{Fired: true, Trace: triggers.Trace{On: triggers.Opened, When: conditions.Trace{Matched: true}, Deeds: []triggers.Deed{{Kind: triggers.Tag}, {Kind: triggers.Status, Code: string(desk.ClosedIsFinal)}}}},
		} {
			r.Trigger, r.Version, r.Ticket, r.Seq, r.Root, r.At = "bell", 1, v.ticket.ID, 1, 1, tx.Now()
			if err := triggers.Keep(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page := v.vera.want(200, "GET", acmeAt+"/triggers/bell/runs?limit=2", nil).json(t)
	items := page["items"].([]any)
	newest, chained := items[0].(map[string]any), items[1].(map[string]any)
	deeds := newest["actions"].([]any)
	if newest["fired"] != true || deeds[0].(map[string]any)["done"] != true || deeds[1].(map[string]any)["why"] == nil {
		t.Errorf("the one that fired is %v", newest)
	}
	if chained["why"] == nil || chained["chain"].([]any)[0] != "bell" {
		t.Errorf("the one in its own chain is %v", chained)
	}
	next, _ := page["next"].(string)
	rest := v.vera.want(200, "GET", acmeAt+"/triggers/bell/runs?limit=2&cursor="+next, nil).json(t)
	quiet := rest["items"].([]any)[0].(map[string]any)
	said := quiet["sentences"].([]any)[0].(map[string]any)
	if rest["next"] != nil || quiet["fired"] != false || said["matched"] != false || said["actual"] == nil {
		t.Errorf("the one that did nothing is %v", quiet)
	}
	one := v.vera.want(200, "GET", acmeAt+"/trigger-runs/"+quiet["id"].(string), nil).json(t)
	if one["ticket"].(map[string]any)["ref"] != v.acme.Ref(v.ticket.Number) {
		t.Errorf("one run is %v", one)
	}
}

func TestACallThatWasGivenUpIsMadeAgain(t *testing.T) {
	t.Parallel()
	v := found(t)
	id := v.called()
	items := v.vera.want(200, "GET", acmeAt+"/webhook-deliveries", nil).json(t)["items"].([]any)
	call := items[0].(map[string]any)
	if call["id"] != id || call["kind"] != "trigger" || call["hook"] != "bell" || call["ref"] != v.acme.Ref(v.ticket.Number) {
		t.Errorf("the call is %v", call)
	}
	if again := v.vera.want(200, "POST", acmeAt+"/webhook-deliveries/"+id+"/retry", nil).json(t); again["state"] != "queued" {
		t.Errorf("again: %v", again)
	}
	if res := v.vera.do("POST", acmeAt+"/webhook-deliveries/"+id+"/retry", nil); res.code() != "in_use" {
		t.Errorf("twice: %s", res.body)
	}
	// A call is no letter: the mail's way to try again does not take it.
	v.vera.want(404, "POST", acmeAt+"/messages/"+id+"/retry", nil)
	var jobs int
	if err := v.house.SharedReader(desk.Automaton("test")).QueryRow(t.Context(), "select count(*) from manydesk.outbox where name = 'webhooks.send'", nil, &jobs); err != nil || jobs != 1 {
		t.Errorf("%d jobs, %v", jobs, err)
	}
}
