package api

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// routes are rules of acme, published once and drafted anew.
func (v *village) routes() {
	v.t.Helper()
	const at = "/v1/tenants/acme/routing"
	spec := map[string]any{"rules": []any{}, "default": map[string]any{"group": "first"}}
	v.vera.want(200, "PATCH", at+"/draft", map[string]any{"spec": spec})
	v.vera.want(201, "POST", at+"/publications", map[string]any{"draft": 1})
	v.vera.want(200, "PATCH", at+"/draft", map[string]any{"spec": spec})
}

const routingAt = "/v1/tenants/acme/routing"

func names(name string) map[string]any { return map[string]any{"ru": name, "en": name} }

// cashRules give what speaks of a till to the least loaded of the second line.
func cashRules(more ...any) map[string]any {
	rules := append([]any{
		map[string]any{
			"key": "cash", "name": names("Tills"), "stop": true, "when": map[string]any{"field": "subject", "op": "contains", "value": "till"},
			"then": map[string]any{"group": "second", "strategy": "least_loaded"},
		},
	}, more...)
	return map[string]any{"rules": rules, "default": map[string]any{"group": "first"}}
}

func (v *village) publishRules(spec map[string]any) {
	v.t.Helper()
	draft := v.vera.want(200, "PATCH", routingAt+"/draft", map[string]any{"spec": spec}).json(v.t)["draft"].(map[string]any)
	v.vera.want(201, "POST", routingAt+"/publications", map[string]any{"draft": draft["version"]})
}

// agentIn hires somebody into a group.
func (v *village) agentIn(name, group string) people.User {
	v.t.Helper()
	u := v.staff(name, "agent", v.acme)
	err := v.house.Do(v.t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.staff set groups = $2 where user_id = $1", u.ID, []string{group})
		return err
	})
	if err != nil {
		v.t.Fatal(err)
	}
	return u
}

func (v *village) opened(subject string) (number string, ticket map[string]any) {
	v.t.Helper()
	made := v.vera.want(201, "POST", "/v1/tenants/acme/tickets", map[string]any{"subject": subject, "text": text("x"), "contact": map[string]string{"email": "ivan@petrov.example"}}).json(v.t)
	return fmt.Sprint(made["number"]), made
}

func TestRulesAreDraftedTriedPublishedAndExplained(t *testing.T) {
	t.Parallel()
	v := found(t)
	boris := v.agentIn("Boris", "second")
	v.ticket2()
	till := v.world.ticket(v.acme, v.owner, v.ivan, "The till is silent")

	before := v.vera.want(200, "GET", routingAt, nil).json(t)
	if before["version"] != 0.0 || before["spec"].(map[string]any)["default"].(map[string]any)["group"] != "first" {
		t.Errorf("at first %v", before)
	}
	dead := map[string]any{"key": "late", "name": names("Late"), "stop": true, "when": map[string]any{"field": "subject", "op": "is", "value": "Till 5"}, "then": map[string]any{"group": "first"}}
	v.vera.want(200, "PATCH", routingAt+"/draft", map[string]any{"spec": cashRules(dead)})
	trial := v.vera.want(200, "POST", routingAt+"/draft/trial", map[string]any{}).json(t)
	if trial["tickets"] != 3.0 || trial["changed"] != 1.0 || trial["unruled"] != 2.0 || trial["hits"].(map[string]any)["cash"] != 1.0 {
		t.Errorf("%v", trial)
	}
	if unreachable := trial["unreachable"].([]any); len(unreachable) != 1 || unreachable[0].(map[string]any)["by"] != "cash" || unreachable[0].(map[string]any)["reason"] != "Covered by an earlier rule" {
		t.Errorf("%v", trial["unreachable"])
	}
	var row map[string]any
	for _, r := range trial["rows"].([]any) {
		if r := r.(map[string]any); r["rule"] == "cash" {
			row = r
		}
	}
	if row == nil || row["mark"] != "expected" || row["after"].(map[string]any)["person"].(map[string]any)["name"] != "Boris" {
		t.Fatalf("%v", trial["rows"])
	}

	// Two who publish the same draft: one of them does.
	codes := make(chan int, 2)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { codes <- v.vera.do("POST", routingAt+"/publications", map[string]any{"draft": 1}).status })
	}
	both.Wait()
	if a, b := <-codes, <-codes; a+b != 201+412 {
		t.Errorf("two at once: %d and %d", a, b)
	}

	// What the trial told is what then happens.
	number := fmt.Sprint(till.Number)
	again := v.vera.want(200, "POST", "/v1/tenants/acme/tickets/"+number+"/routing", map[string]any{"reason": "New rules"}).json(t)
	if again["assignee"].(map[string]any)["id"] != boris.ID.String() {
		t.Errorf("routed again: %v", again["assignee"])
	}
	made, _ := v.opened("Another till")
	why := v.vera.want(200, "GET", "/v1/tenants/acme/tickets/"+made+"/routing-why", nil).json(t)
	if why["version"] != 1.0 || why["rule"].(map[string]any)["position"] != 1.0 || why["strategy"] != "least_loaded" || why["to"].(map[string]any)["group"].(map[string]any)["key"] != "second" {
		t.Errorf("%v", why)
	}
	candidates := why["candidates"].([]any)
	if len(candidates) != 1 || candidates[0].(map[string]any)["chosen"] != true || candidates[0].(map[string]any)["tickets"] != 1.0 || candidates[0].(map[string]any)["no"] != nil {
		t.Errorf("%v", candidates)
	}
	sentence := why["tried"].([]any)[0].(map[string]any)["sentences"].([]any)[0].(map[string]any)
	if sentence["matched"] != true || !strings.Contains(fmt.Sprint(sentence["actual"]), "Another till") {
		t.Errorf("%v", sentence)
	}
	if hits := v.vera.want(200, "GET", routingAt, nil).json(t)["hits"].(map[string]any); hits["cash"] != 1.0 {
		t.Errorf("hits %v", hits)
	}
	preview := v.vera.want(200, "POST", "/v1/tenants/acme/routing-previews", map[string]any{"subject": "A mill"}).json(t)
	if preview["rule"] != nil || preview["to"].(map[string]any)["group"].(map[string]any)["key"] != "first" {
		t.Errorf("%v", preview)
	}
	// A change by hand stands beside it, with its reason.
	v.vera.want(200, "PUT", "/v1/tenants/acme/tickets/"+made+"/assignment", map[string]any{"assignee": v.owner.ID.String(), "reason": "I know it"})
	changes := v.vera.want(200, "GET", "/v1/tenants/acme/tickets/"+made+"/routing-why", nil).json(t)["changes"].([]any)
	if len(changes) != 1 || changes[0].(map[string]any)["reason"] != "I know it" || changes[0].(map[string]any)["from"] != "Boris" || changes[0].(map[string]any)["to"] != "Vera" {
		t.Errorf("%v", changes)
	}
}

func TestRulesAreComparedAndRestored(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.publishRules(cashRules())
	v.publishRules(map[string]any{"rules": []any{}, "default": map[string]any{"group": "second"}})
	if all := v.vera.want(200, "GET", routingAt+"/versions", nil).json(t)["items"].([]any); len(all) != 2 {
		t.Errorf("%v", all)
	}
	if changes := v.vera.want(200, "GET", routingAt+"/versions/1/comparison?with=2", nil).json(t)["changes"].([]any); len(changes) == 0 {
		t.Error("two versions do not differ")
	}
	if back := v.vera.want(201, "POST", routingAt+"/versions/1/restoration", map[string]any{}).json(t); back["version"] != 3.0 || len(back["spec"].(map[string]any)["rules"].([]any)) != 1 {
		t.Errorf("%v", back)
	}
}

func TestWhatIsWrongInARuleIsToldAtItsPlace(t *testing.T) {
	t.Parallel()
	v := found(t)
	for pointer, rule := range map[string]map[string]any{
		"/body/spec/rules/0/then/group":    {"group": "nowhere"},
		"/body/spec/rules/0/then/person":   {"person": "usr_01jd0000000000000000000009"},
		"/body/spec/rules/0/then/vendor":   {"vendor": "cmp_01jd0000000000000000000009"},
		"/body/spec/rules/0/then/notify/0": {"notify": []string{"king"}, "group": "first"},
	} {
		spec := map[string]any{"default": map[string]any{"group": "first"}, "rules": []any{map[string]any{"key": "a", "name": names("A"), "stop": true, "then": rule}}}
		if res := v.vera.want(422, "PATCH", routingAt+"/draft", map[string]any{"spec": spec}); !strings.Contains(string(res.body), `"`+pointer+`"`) {
			t.Errorf("%s: %s", pointer, res.body)
		}
	}
	bad := map[string]any{"default": map[string]any{}, "rules": []any{map[string]any{"key": "a", "name": names("A"), "stop": true, "then": map[string]any{"group": "first"}, "when": map[string]any{"all": []any{map[string]any{"field": "colour", "op": "is", "value": "red"}}}}}}
	res := v.vera.want(422, "PATCH", routingAt+"/draft", map[string]any{"spec": bad})
	for _, pointer := range []string{"/body/spec/rules/0/when/all/0/field", "/body/spec/default/group"} {
		if !strings.Contains(string(res.body), `"`+pointer+`"`) {
			t.Errorf("%s is not told: %s", pointer, res.body)
		}
	}
}

func TestARuleThatChoosesFromAnEmptyGroupSaysSo(t *testing.T) {
	t.Parallel()
	v := found(t)
	boris := v.agentIn("Boris", "second")
	v.publishRules(cashRules(map[string]any{"key": "second", "name": names("Second"), "stop": true, "when": map[string]any{}, "then": map[string]any{"group": "second", "strategy": "least_loaded"}}))
	told := func() []any { return v.vera.want(200, "GET", routingAt, nil).json(t)["problems"].([]any) }
	mine := func() int {
		n := 0
		for _, one := range told() {
			if p := one.(map[string]any); p["rule"] == "second" && p["code"] == "group_empty" {
				n++
			}
		}
		return n
	}
	if mine() != 0 {
		t.Errorf("with somebody in the group: %v", told())
	}
	err := v.house.Do(t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.staff set groups = '{}' where user_id = $1", boris.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if mine() != 1 {
		t.Errorf("with nobody: %v", told())
	}
}

func TestALiveRuleThatNamesWhatIsGoneIsShownAndSkipped(t *testing.T) {
	t.Parallel()
	v := found(t)
	boris := v.agentIn("Boris", "second")
	gone := map[string]any{"key": "boris", "name": names("Boris"), "stop": true, "when": map[string]any{}, "then": map[string]any{"person": boris.ID.String()}}
	v.publishRules(cashRules(gone))
	err := v.house.Do(t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.staff set active = false where user_id = $1", boris.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	problems := v.vera.want(200, "GET", routingAt, nil).json(t)["problems"].([]any)
	// The other rule chooses from the group that Boris was the last of.
	told := map[string]any{}
	for _, one := range problems {
		told[one.(map[string]any)["rule"].(string)] = one.(map[string]any)["detail"]
	}
	if len(problems) != 2 || told["boris"] != "Boris no longer works here" || told["cash"] != "There is nobody in the group Second line: tickets wait in its queue" {
		t.Errorf("%v", problems)
	}
	made, _ := v.opened("A mill")
	why := v.vera.want(200, "GET", "/v1/tenants/acme/tickets/"+made+"/routing-why", nil).json(t)
	if tried := why["tried"].([]any)[1].(map[string]any); tried["skipped"] != true || why["rule"] != nil {
		t.Errorf("%v", why)
	}
}

func TestManyTicketsAreGivenAtOnceEachByItself(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.publishRules(map[string]any{"rules": []any{}, "default": map[string]any{"group": "second"}})
	boris, egor := v.agentIn("Boris", "second"), v.agentIn("Egor", "second")
	var refs []string
	for range 4 {
		_, made := v.opened("A till")
		refs = append(refs, made["ref"].(string))
	}
	told := v.vera.want(200, "POST", "/v1/tenants/acme/distributions", map[string]any{"preview": true, "tickets": append([]string{"ACME-999"}, refs...)}).json(t)["items"].([]any)
	given := map[string]int{}
	var items []any
	for _, line := range told[1:] {
		who := line.(map[string]any)["person"].(map[string]any)["id"].(string)
		given[who]++
		items = append(items, map[string]any{"ref": line.(map[string]any)["ref"], "person": who})
	}
	if given[boris.ID.String()] != 2 || given[egor.ID.String()] != 2 || told[0].(map[string]any)["why"] != "There is no such ticket" {
		t.Errorf("%v", told)
	}
	items = append(items, map[string]any{"ref": "ACME-999", "person": nil})
	done := v.vera.want(200, "POST", "/v1/tenants/acme/distributions", map[string]any{"items": items, "reason": "Morning"}).json(t)
	last := done["items"].([]any)[4].(map[string]any)
	if done["done"] != 4.0 || last["ok"] != false || last["problem"].(map[string]any)["code"] != "not_found" {
		t.Errorf("%v", done)
	}

	err := v.house.Shared(t.Context(), desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "insert into manydesk.shifts (user_id, starts_at, ends_at, kind) values ($1, now() - interval '1 minute', now() + interval '1 day', 'absence')", boris.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	moves := v.vera.want(200, "POST", "/v1/tenants/acme/rebalances", map[string]any{"preview": true}).json(t)
	if items := moves["items"].([]any); len(items) != 2 || moves["done"] != 0.0 || items[0].(map[string]any)["why"] != "Is absent" || items[0].(map[string]any)["from"].(map[string]any)["name"] != "Boris" {
		t.Errorf("%v", moves)
	}
	if moves = v.vera.want(200, "POST", "/v1/tenants/acme/rebalances", map[string]any{}).json(t); moves["done"] != 2.0 {
		t.Errorf("%v", moves)
	}
	if moves = v.vera.want(200, "POST", "/v1/tenants/acme/rebalances", map[string]any{}).json(t); len(moves["items"].([]any)) != 0 {
		t.Errorf("again: %v", moves)
	}
}

func TestTheRulesAreSavedUponWhatWasSeen(t *testing.T) {
	t.Parallel()
	v := found(t)
	seen := func(setting map[string]any) string { return fmt.Sprintf(`"v%.0f"`, setting["revision"]) }
	const at = routingAt + "/draft"
	nothing := v.vera.want(200, "GET", routingAt, nil).json(t)
	mine := v.vera.want(200, "PATCH", at, map[string]any{"spec": cashRules()}, "If-Match", seen(nothing)).json(t)
	for _, old := range []string{seen(nothing), `"v7"`} {
		if res := v.vera.do("PATCH", at, map[string]any{"spec": cashRules()}, "If-Match", old); res.status != 412 || res.code() != "changed_meanwhile" {
			t.Errorf("upon %s: %d %s", old, res.status, res.body)
		}
	}
	v.vera.want(200, "PATCH", at, map[string]any{"spec": cashRules()}, "If-Match", seen(mine))
	v.vera.want(200, "PATCH", at, map[string]any{"spec": cashRules()})
}

func TestARuleThatOthersCoverTogetherIsNamedWithThem(t *testing.T) {
	t.Parallel()
	v := found(t)
	rule := func(key string, when map[string]any) map[string]any {
		return map[string]any{"key": key, "name": names("The " + key), "stop": true, "when": when, "then": map[string]any{"group": "first"}}
	}
	spec := map[string]any{"default": map[string]any{"group": "first"}, "rules": []any{
		rule("high", map[string]any{"field": "priority", "op": "at_most", "value": 2}),
		rule("low", map[string]any{"field": "priority", "op": "at_least", "value": 3}),
		rule("late", map[string]any{"field": "subject", "op": "contains", "value": "till"}),
	}}
	v.vera.want(200, "PATCH", routingAt+"/draft", map[string]any{"spec": spec})
	dead := v.vera.want(200, "POST", routingAt+"/draft/trial", map[string]any{}).json(t)["unreachable"].([]any)
	if len(dead) != 1 || dead[0].(map[string]any)["key"] != "late" || dead[0].(map[string]any)["by"] != nil || dead[0].(map[string]any)["reason"] != "Covered by earlier rules together: “The high”, “The low”" {
		t.Errorf("%v", dead)
	}
}
