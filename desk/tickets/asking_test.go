package tickets_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

var askable = map[string]settings.Field{
	"a": {Name: called("А"), Kind: settings.Boolean},
	"b": {Name: called("Б"), Kind: settings.Choice, Choices: []settings.Option{{Key: "x", Name: called("X")}, {Key: "y", Name: called("Y")}}},
	"c": {Name: called("В"), Kind: settings.Number},
	"d": {Name: called("Г"), Kind: settings.Text},
	"e": {Name: called("Д"), Kind: settings.Date},
}

func someAnswer(t *rapid.T, key string) any {
	return rapid.SampledFrom(map[string][]any{
		"a": {true, false}, "b": {"x", "y"}, "c": {1.0, 5.0}, "d": {"слово", "Ещё"}, "e": {"2026-11-23", "2027-01-01"},
	}[key]).Draw(t, "answer")
}

// someLeaf asks about the ticket or about one of the questions given.
func someLeaf(t *rapid.T, on []string) conditions.Tree {
	all := []conditions.Tree{
		conditions.Among("status", []string{"resolved", "in_progress"}), conditions.Leaf("priority", conditions.AtMost, 2),
		conditions.Leaf("tags", conditions.HasAny, []string{"vip"}), conditions.Among("channel", []string{"portal"}),
	}
	for _, key := range on {
		leaf := map[string]conditions.Tree{
			"a": conditions.Leaf("fields.a", conditions.Is, true), "b": conditions.Among("fields.b", []string{"x"}), "c": conditions.Leaf("fields.c", conditions.More, 3),
			"d": conditions.Leaf("fields.d", conditions.Contains, "еще"), "e": conditions.Leaf("fields.e", conditions.Before, "2026-12-31"),
		}[key]
		all = append(all, leaf, conditions.Leaf("fields."+key, conditions.NotEmpty, nil))
	}
	return rapid.SampledFrom(all).Draw(t, "leaf")
}

func someForm(t *rapid.T) settings.TicketType {
	form := settings.TicketType{Name: called("Ремонт"), Public: true}
	keys := rapid.Permutation([]string{"a", "b", "c", "d", "e"}).Draw(t, "fields")
	for i, key := range keys {
		q := settings.Question{Field: key, Required: rapid.Bool().Draw(t, "required"), Internal: rapid.IntRange(0, 3).Draw(t, "internal") == 0}
		if rapid.IntRange(0, 2).Draw(t, "default") == 0 {
			q.Default = someAnswer(t, key)
		}
		// Of those that stand later or earlier, as long as it is no circle.
		switch on := keys[:i]; rapid.IntRange(0, 4).Draw(t, "when") {
		case 0, 1:
			q.When = someLeaf(t, on)
		case 2:
			q.When = conditions.AnyOf(someLeaf(t, on), conditions.Not(someLeaf(t, on)))
		case 3:
			q.When = conditions.AllOf(someLeaf(t, on), someLeaf(t, on))
		}
		form.Fields = append(form.Fields, q)
	}
	form.Fields = rapid.Permutation(form.Fields).Draw(t, "order")
	return form
}

func someAnswers(t *rapid.T, form settings.TicketType, client bool) map[string]any {
	values := map[string]any{}
	for _, q := range form.Fields {
		if client && q.Internal {
			continue
		}
		switch rapid.IntRange(0, 3).Draw(t, "given") {
		case 0, 1:
			values[q.Field] = someAnswer(t, q.Field)
		case 2:
			values[q.Field] = nil
		}
	}
	return values
}

// lacking are the questions without an answer that stand in the way of a verb.
func lacking(asked []tickets.Asked, moves bool) []string {
	var all []string
	for _, q := range asked {
		if q.Required && q.Value == nil && (q.New || !moves) {
			all = append(all, "/body/fields/"+q.Field+" required")
		}
	}
	slices.Sort(all)
	return all
}

// What a form says that it asks and requires is what opening, editing and moving
// demand, neither more nor less.
func TestTheVerbsDemandWhatTheFormAsks(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	rapid.Check(t, func(t *rapid.T) {
		form := someForm(t)
		publish(w, askable, form)
		who := rapid.SampledFrom([]desk.Actor{w.Vera, w.Ivan}).Draw(t, "who")
		client := who.Kind == desk.ContactActor
		open := tickets.Open{Fields: someAnswers(t, form, client), Channel: tickets.Phone, Priority: rapid.IntRange(1, 4).Draw(t, "priority")}
		if rapid.Bool().Draw(t, "vip") {
			open.Tags = []string{"vip"}
		}
		ask := func(who desk.Actor, in tickets.Asking) []tickets.Asked {
			in.Type = "repair"
			_, asked, err := w.Tickets.Ask(context.Background(), w.Read(who), in)
			if err != nil {
				t.Fatal(err)
			}
			return asked
		}
		agrees := func(what string, err error, want []string) bool {
			if got := wrongIn(err); !slices.Equal(got, want) || err != nil && len(got) == 0 {
				t.Fatalf("%s: the verb names %v (%v), the form %v", what, got, err, want)
			}
			return err == nil
		}
		asked := ask(who, tickets.Asking{Priority: open.Priority, Channel: open.Channel, Tags: &open.Tags, Fields: open.Fields})
		made, err := opens(w, who, open)
		if !agrees("open", err, lacking(asked, false)) {
			return
		}
		for _, q := range asked {
			if fmt.Sprint(made.Fields[q.Field]) != fmt.Sprint(q.Value) {
				t.Fatalf("%s is kept as %v, told as %v", q.Field, made.Fields[q.Field], q.Value)
			}
		}
		n := tickets.Number(made.Number)
		answers := someAnswers(t, form, false)
		asked = ask(w.Vera, tickets.Asking{Ticket: n, Fields: answers})
		changed, err := edits(w, w.Vera, tickets.Edit{Ticket: n, Fields: answers})
		if agrees("edit", err, lacking(asked, false)) {
			made = changed
		}
		for _, to := range []string{"in_progress", "resolved"} {
			want := lacking(ask(w.Vera, tickets.Asking{Ticket: n, Status: to}), true)
			live, err := settings.FormOf(context.Background(), w.Read(w.Vera), "repair")
			if err != nil {
				t.Fatal(err)
			}
			told, err := tickets.Asks(context.Background(), w.Read(w.Vera), live, made, []string{to})
			if err != nil || told[to] != (len(want) > 0) {
				t.Fatalf("%s: the ways say %v (%v), the form %v", to, told, err, want)
			}
			_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: to}})
			if agrees(to, err, want) {
				made = get(t, w, n)
				continue
			}
			if now := get(t, w, n); now.Status != made.Status || now.Version != made.Version {
				t.Fatalf("a refused move left %+v", now)
			}
			more := map[string]any{}
			for len(want) > 0 { // an answer may make the form ask another one
				for _, q := range ask(w.Vera, tickets.Asking{Ticket: n, Status: to, Fields: more}) {
					if q.Required && q.New && q.Value == nil {
						more[q.Field] = someAnswer(t, q.Field)
					}
				}
				want = lacking(ask(w.Vera, tickets.Asking{Ticket: n, Status: to, Fields: more}), true)
			}
			if _, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: to, Fields: more}}); err != nil {
				t.Fatalf("%s with %v: %v", to, more, err)
			}
			made = get(t, w, n)
		}
	})
}

func get(t *rapid.T, w *ticketstest.World, n tickets.Ref) *tickets.Ticket {
	is, err := verb(w, w.Vera, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Get(ctx, tx.ReadTx, n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return is
}
