package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/tenants"
)

// lived are the values of a ticket, as conditions see them in Go.
type lived map[string]any

func (k lived) Value(_ context.Context, key string) (any, error) { return k[key], nil }

// after is the number of the first of them, after those that are there.
const after = 1001

// numbered are tickets of acme of every sort, by their numbers.
func (v *village) numbered(n int) map[int64]lived {
	v.t.Helper()
	all := map[int64]lived{}
	at := time.Date(2026, 11, 16, 7, 30, 0, 0, time.UTC)
	err := v.house.Do(v.t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		for i := range n {
			pick := func(values ...any) any { return values[i%len(values)] }
			k := lived{
				"number": float64(after + i), "subject": pick("The till is silent", "Принтер не печатает", "Ещё касса", "VPN 2"), "type": pick("question", "incident", "task", "gone"),
				"status": pick("open", "open", "resolved", "in_progress", "closed"), "priority": float64(i%4 + 1), "tags": pick([]string{}, []string{"vip"}, []string{"cash", "vip"}).([]string),
				"channel": pick("mail", "portal", "api"), "created_at": at.Add(time.Duration(i) * 5 * time.Hour), "group": pick(nil, "first", "second", "first", nil, "third"),
				"category": pick("open", "open", "resolved", "in_progress", "closed"), "rating": pick(nil, nil, 5.0, nil, 3.0),
			}
			if i%7 == 0 {
				k["assignee"] = v.owner.ID.String()
			}
			if i%5 == 0 {
				k["waiting_since"] = at.Add(time.Duration(i) * time.Minute)
			}
			if i%3 == 0 {
				k["contact"], k["line"] = v.ivan.ID.String(), float64(i%2+1)
			}
			all[int64(after+i)] = k
			id := desk.NewTicketID(tx.Now())
			var mine, theirs any
			if k["assignee"] != nil {
				mine = v.owner.ID
			}
			if k["contact"] != nil {
				theirs = v.ivan.ID
			}
			category := slices.Index([]string{"", "open", "in_progress", "pending", "resolved", "closed"}, k["category"].(string))
			_, err := tx.Exec(ctx, `insert into ?tenant.tickets (id, number, category, priority, line, created_at, updated_at, assignee_id, contact_id, type, status, channel, group_key, subject, tags, rating, waiting_since)
				values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
				id, after+i, category, i%4+1, k["line"], k["created_at"], mine, theirs, k["type"], k["status"], k["channel"], k["group"], k["subject"], k["tags"], k["rating"], k["waiting_since"])
			if err == nil && category <= 3 {
				_, err = tx.Exec(ctx, `insert into manydesk.ticket_index (tenant_id, ticket_id, number, version, type, status, category, priority, updated_at, channel, subject, due_tick, due_at)
					values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, 1, $8)`, int32(v.acme.ID), id, after+i, k["type"], k["status"], category, i%4+1, k["created_at"], k["channel"], k["subject"])
			}
			if err != nil {
				return fmt.Errorf("keep %v: %w", k, err)
			}
		}
		return nil
	})
	if err != nil {
		v.t.Fatal(err)
	}
	return all
}

func someCondition(t *rapid.T, v *village, deep int) conditions.Tree {
	form := rapid.IntRange(0, 6).Draw(t, "form")
	if deep > 1 && form < 3 {
		nodes := make([]conditions.Tree, rapid.IntRange(1, 3).Draw(t, "nodes"))
		for i := range nodes {
			nodes[i] = someCondition(t, v, deep-1)
		}
		switch form {
		case 0:
			return conditions.Not(nodes[0])
		case 1:
			return conditions.AnyOf(nodes...)
		}
		return conditions.AllOf(nodes...)
	}
	op := func(ops ...conditions.Op) conditions.Op { return rapid.SampledFrom(ops).Draw(t, "op") }
	some := func(values ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, len(values), rapid.ID[string]).Draw(t, "keys")
	}
	empty := func(field string, otherwise conditions.Tree) conditions.Tree {
		if rapid.IntRange(0, 4).Draw(t, "empty") == 0 {
			return conditions.Leaf(field, op(conditions.Empty, conditions.NotEmpty), nil)
		}
		return otherwise
	}
	in := func(field string, values ...string) conditions.Tree {
		return empty(field, conditions.Leaf(field, op(conditions.In, conditions.NotIn), some(values...)))
	}
	number := func(field string, values ...float64) conditions.Tree {
		return empty(field, conditions.Leaf(field, op(conditions.Is, conditions.IsNot, conditions.Less, conditions.AtMost, conditions.More, conditions.AtLeast), rapid.SampledFrom(values).Draw(t, "number")))
	}
	when := func(field string) conditions.Tree {
		at := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "hours")) * time.Hour)
		switch rapid.IntRange(0, 3).Draw(t, "time") {
		case 0:
			return conditions.Leaf(field, conditions.AtHours, []string{"09:00", "18:00"})
		case 1:
			return conditions.Leaf(field, conditions.OnDays, []string{"mon", "sat"})
		}
		return empty(field, conditions.Leaf(field, op(conditions.Before, conditions.After), at.Format(time.RFC3339)))
	}
	switch rapid.IntRange(0, 12).Draw(t, "field") {
	case 0:
		return in("type", "question", "incident", "task")
	case 1:
		return in("status", "open", "in_progress", "resolved", "closed")
	case 2:
		return in("category", "open", "in_progress", "pending", "resolved", "closed")
	case 3:
		return in("channel", "mail", "portal", "phone")
	case 4:
		return in("assignee", "me", v.lisOwner.ID.String())
	case 5:
		return in("contact", v.ivan.ID.String(), v.ivan.ID.String())
	case 6:
		return empty("tags", conditions.Leaf("tags", op(conditions.HasAny, conditions.HasAll, conditions.HasNone), some("vip", "cash", "net")))
	case 7:
		return conditions.Leaf("subject", op(conditions.Is, conditions.IsNot, conditions.Contains, conditions.NotContains, conditions.StartsWith, conditions.Matches), rapid.SampledFrom([]string{"till", "ПРИНТЕР", "еще", "VPN 2", "vpn", "^[A-Z]"}).Draw(t, "text"))
	case 8:
		return number("priority", 1, 2, 3, 4)
	case 9:
		return number("line", -1, 1, 1.5, 2)
	case 10:
		return number(rapid.SampledFrom([]string{"number", "rating"}).Draw(t, "figure"), 0, 3, 4.5, 5, 1017, 1e17)
	case 11:
		return in("group", "first", "second", "third")
	}
	return when(rapid.SampledFrom([]string{"created_at", "waiting_since"}).Draw(t, "moment"))
}

// What the database finds for a list is what the same condition holds of in Go.
func TestAListFindsWhatItsConditionHoldsOf(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.groups("first", "second", "third")
	all := v.numbered(40)
	zone, err := time.LoadLocation(v.acme.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	env := conditions.Env{Now: v.house.Clock()(), Zone: zone, Me: v.owner.ID.String()}
	rapid.Check(t, func(rt *rapid.T) {
		tree := someCondition(rt, v, 3)
		text, err := json.Marshal(tree)
		if err != nil {
			rt.Fatal(err)
		}
		var res response
		sort := rapid.SampledFrom([]string{"-number", "number"}).Draw(rt, "sort")
		if rapid.Bool().Draw(rt, "in the address") && len(text) < 1500 {
			res = v.vera.do("GET", acmePath+"/tickets?limit=100&sort="+sort+"&where="+url.QueryEscape(string(text)), nil)
		} else {
			res = v.vera.do("POST", acmePath+"/ticket-searches", map[string]any{"where": json.RawMessage(text), "limit": 100, "sort": sort})
		}
		if res.status != 200 {
			rt.Fatalf("%s: %d %s", text, res.status, res.body)
		}
		var listed, held []int64
		for _, item := range res.json(t)["items"].([]any) {
			if n := int64(item.(map[string]any)["number"].(float64)); n >= after {
				listed = append(listed, n)
			}
		}
		for n, values := range all {
			holds, err := tree.Holds(t.Context(), env, values)
			if err != nil {
				rt.Fatal(err)
			}
			if holds {
				held = append(held, n)
			}
		}
		slices.Sort(listed)
		slices.Sort(held)
		if !slices.Equal(listed, held) {
			rt.Fatalf("%s lists %v and holds of %v", text, listed, held)
		}
	})
}

// groups are published for conditions to name.
func (v *village) groups(keys ...string) {
	v.t.Helper()
	for _, key := range keys {
		v.vera.want(200, "PUT", acmePath+"/groups/"+key, map[string]any{"spec": map[string]any{"name": names(key)}})
	}
}

func TestAConditionOfAListThatMeansNothingIsRefusedAtItsNode(t *testing.T) {
	t.Parallel()
	v := found(t)
	deep := strings.Repeat(`{"not":`, 9) + `{"field":"type","op":"empty"}` + strings.Repeat("}", 9)
	wide := `{"any":[` + strings.TrimSuffix(strings.Repeat(`{"field":"type","op":"empty"},`, 200), ",") + "]}"
	for text, want := range map[string]string{
		`{"all":[{"field":"colour","op":"is","value":"red"}]}`:  "/all/0/field unknown_field",
		`{"field":"description","op":"contains","value":"x"}`:   "/field unknown_field",
		`{"field":"priority","op":"is","value":"high"}`:         "/value number",
		`{"any":[{"field":"type","op":"in","value":["beer"]}]}`: "/any/0/value/0 one_of",
		`{"field":"contact","op":"in","value":["x"]}`:           "/value/0 unknown_id",
		`{"field":"subject","op":"matches","value":"(?=x)"}`:    "/value pattern",
		`{"field":"subject","op":"matches","value":"(x)\\1"}`:   "/value pattern",
		`{"field":"created_at","op":"in_calendar","value":"?"}`: "/value one_of",
		`{"fields":"x"}`: "/fields unknown_field",
		`[]`:             " object",
		deep:             strings.Repeat("/not", 8) + " too_deep",
		wide:             " max_items",
	} {
		res := v.vera.do("POST", acmePath+"/ticket-searches", `{"where":`+text+`}`)
		if got := pointers(t, res); res.status != 422 || got != "/body/where"+want {
			t.Errorf("%s: %d %s, want %s", text, res.status, got, want)
		}
		if len(text) > 1500 {
			continue
		}
		if got := pointers(t, v.vera.do("GET", acmePath+"/tickets?where="+url.QueryEscape(text), nil)); got != "/query/where"+want {
			t.Errorf("%s in the address: %s", text, got)
		}
	}
	if got := pointers(t, v.vera.do("GET", acmePath+"/tickets?where=%7B", nil)); got != "/query/where unreadable" {
		t.Errorf("half a tree: %s", got)
	}
	const foreign = `{"where":{"field":"colour","op":"is","value":"red"}}`
	for language, sentence := range map[string]string{"ru": "такого поля нет", "en": "no such field"} {
		me := v.vera.want(200, "GET", "/v1/me", nil)
		v.vera.want(200, "PATCH", "/v1/me", map[string]any{"language": language}, "If-Match", me.header.Get("ETag"))
		res := v.vera.do("POST", acmePath+"/ticket-searches", foreign, "Accept-Language", language)
		if detail := res.json(t)["errors"].([]any)[0].(map[string]any)["detail"].(string); !strings.Contains(strings.ToLower(detail), sentence) {
			t.Errorf("in %s: %s", language, detail)
		}
	}
}

func TestTheQueueTakesAConditionToo(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.world.ticket(v.acme, v.owner, v.ivan, "The till is silent")
	list := func(tree string) response {
		return v.vera.do("GET", "/v1/queue?view=all&where="+url.QueryEscape(tree), nil)
	}
	res := list(`{"all":[{"field":"subject","op":"contains","value":"TILL"},{"not":{"field":"assignee","op":"in","value":["me"]}}]}`)
	if items := res.json(t)["items"].([]any); res.status != 200 || len(items) != 1 || items[0].(map[string]any)["subject"] != "The till is silent" {
		t.Errorf("%s", res.body)
	}
	if items := list(`{"field":"words","op":"contains","value":"petrov"}`).json(t)["items"].([]any); len(items) != 2 {
		t.Errorf("of Petrov %v", items)
	}
	if got := pointers(t, list(`{"any":[{"field":"tags","op":"has_any","value":["vip"]}]}`)); got != "/query/where/any/0/field unknown_field" {
		t.Errorf("what no row shows: %s", got)
	}
}

// A ticket's level is its company's, as rules have it.
func TestAListKnowsTheLevelOfTheCompany(t *testing.T) {
	t.Parallel()
	v := found(t)
	err := v.house.Do(t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.companies set level = 'standard' where name = 'Petrov'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for op, want := range map[string]int{"in": 1, "not_in": 0} {
		tree := map[string]any{"field": "level", "op": op, "value": []string{"standard"}}
		if items := v.vera.want(200, "POST", acmePath+"/ticket-searches", map[string]any{"where": tree}).json(t)["items"].([]any); len(items) != want {
			t.Errorf("%s: %v", op, items)
		}
	}
}

// A page that was asked by a condition goes on under the same one only.
func TestAConditionsPageGoesOnUnderIt(t *testing.T) {
	t.Parallel()
	v := found(t)
	v.numbered(9)
	ask := func(field string, from int, cursor string) response {
		return v.vera.do("POST", acmePath+"/ticket-searches", map[string]any{"where": conditions.Leaf(field, conditions.AtLeast, from), "limit": 4, "cursor": cursor})
	}
	first := ask("number", after, "").json(t)
	next, _ := first["next"].(string)
	if second := ask("number", after, next).json(t)["items"].([]any); len(second) != 4 || second[0].(map[string]any)["number"] != 1005.0 {
		t.Errorf("then %v", second)
	}
	if res := ask("priority", 1, next); res.code() != "bad_cursor" {
		t.Errorf("under another condition: %d %s", res.status, res.body)
	}
}

// The statements of a list are as many as without a condition, and what is
// equal to the letter is asked of the index.
func TestAConditionIsAskedOfTheIndex(t *testing.T) {
	t.Parallel()
	v := found(t)
	err := v.house.Do(t.Context(), v.acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, `insert into ?tenant.tickets (id, number, category, priority, created_at, updated_at, type, status, channel, subject, fields, assignee_id)
			select gen_random_uuid(), n + 10, 5, 3, now(), now(), 'question', 'closed', 'mail', 'x', jsonb_build_object('model', 'm' || n), gen_random_uuid() from generate_series(1, 20000) n`)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "analyze ?tenant.tickets")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	words := conditions.Lists(conditions.Tickets(conditions.Known{})).With(conditions.Custom("model", conditions.Choice, conditions.Name{}, nil))
	for index, tree := range map[string]conditions.Tree{
		"tickets_words_ix":    conditions.Leaf("fields.model", conditions.In, []string{"m7", "m8"}),
		"tickets_assignee_ix": conditions.Leaf("assignee", conditions.In, []string{v.owner.ID.String()}),
		"tickets_number_uq":   conditions.Leaf("number", conditions.Is, 17),
	} {
		var args []any
		text, err := tree.SQL(words, conditions.Env{}, func(a any) string {
			args = append(args, a)
			return fmt.Sprintf("$%d", len(args))
		})
		if err != nil {
			t.Fatal(err)
		}
		var plan []struct {
			Line string `bun:"QUERY PLAN"`
		}
		if err := v.house.Reader(v.acme, desk.Automaton("test")).Query(t.Context(), &plan, "explain select t.number from ?tenant.tickets t where "+text, args...); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(fmt.Sprint(plan), index) {
			t.Errorf("%s is not used: %v", index, plan)
		}
	}
}
