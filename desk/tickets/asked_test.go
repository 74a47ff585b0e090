package tickets_test

import (
	"context"
	"slices"
	"testing"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

func called(text string) settings.Words { return settings.Words{RU: text, EN: text} }

// publish publishes fields and a form of them, "repair", in the world's tenant.
func publish(w *ticketstest.World, fields map[string]settings.Field, form settings.TicketType) {
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		for key, f := range fields {
			if _, err := settings.Fields.Put(ctx, tx, settings.Draft[settings.Field]{Key: key, Spec: f}); err != nil {
				return err
			}
		}
		_, err := settings.Types.Put(ctx, tx, settings.Draft[settings.TicketType]{Key: "repair", Spec: form})
		return err
	})
	tenant, err := w.House.ByID(context.Background(), w.Tenant.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Tenant = tenant
}

// repairs asks for the serial number of what is under warranty, for the act once
// the work is done, and the staff alone for the cause of what is urgent.
func repairs(w *ticketstest.World) {
	text := settings.Field{Name: called("Вопрос"), Kind: settings.Text}
	publish(w, map[string]settings.Field{
		"warranty": {Name: called("На гарантии"), Kind: settings.Boolean}, "serial": text, "act": text, "why": text,
	}, settings.TicketType{Name: called("Ремонт"), Public: true, Fields: []settings.Question{
		{Field: "warranty"},
		{Field: "serial", Required: true, When: conditions.Leaf("fields.warranty", conditions.Is, true)},
		{Field: "act", Required: true, Internal: true, When: conditions.Leaf("status", conditions.In, []string{"resolved"})},
		{Field: "why", Internal: true, Required: true, When: conditions.Leaf("tags", conditions.HasAny, []string{"срочно"})},
	}})
}

func opens(w *ticketstest.World, who desk.Actor, in tickets.Open) (*tickets.Ticket, error) {
	in.Subject, in.Text, in.Type = "Не печатает", "Совсем", "repair"
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) { return w.Tickets.Open(ctx, tx, in) })
}

func edits(w *ticketstest.World, who desk.Actor, in tickets.Edit) (*tickets.Ticket, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) { return w.Tickets.Edit(ctx, tx, in) })
}

// wrongIn are the fields that a refusal names.
func wrongIn(err error) []string {
	var refusal *desk.Error
	var all []string
	if asRefusal(err, &refusal) {
		for _, f := range refusal.Fields {
			all = append(all, f.Pointer+" "+string(f.Code))
		}
	}
	return all
}

func names(t *testing.T, err error, want ...string) {
	t.Helper()
	if got := wrongIn(err); !desk.Is(err, desk.ValidationFailed) || !slices.Equal(got, want) {
		t.Fatalf("got %v of %v, want %v", got, err, want)
	}
}

func TestAQuestionIsRequiredOnlyWhereItIsAsked(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	repairs(w)
	_, err := opens(w, w.Ivan, tickets.Open{})
	check(t, err)
	_, err = opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"warranty": true}})
	names(t, err, "/body/fields/serial required")
	made, err := opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"warranty": true, "serial": "A-7"}})
	check(t, err)
	// What is not asked any more is kept and not demanded.
	kept, err := edits(w, w.Vera, tickets.Edit{Ticket: tickets.ID(made.ID), Fields: map[string]any{"warranty": false}})
	check(t, err)
	if kept.Fields["serial"] != "A-7" {
		t.Fatalf("the answer is gone: %v", kept.Fields)
	}
	_, err = edits(w, w.Vera, tickets.Edit{Ticket: tickets.ID(made.ID), Fields: map[string]any{"warranty": true, "serial": nil}})
	names(t, err, "/body/fields/serial required")
	// Nobody was shown the form of a letter; the next who edits it is.
	mail, err := opens(w, w.Vera, tickets.Open{Channel: tickets.Mail, Fields: map[string]any{"warranty": true}})
	check(t, err)
	_, err = edits(w, w.Vera, tickets.Edit{Ticket: tickets.ID(mail.ID), Fields: map[string]any{}})
	names(t, err, "/body/fields/serial required")
	tags := []string{"тихо"}
	_, err = edits(w, w.Vera, tickets.Edit{Ticket: tickets.ID(mail.ID), Tags: &tags})
	check(t, err)
	tags = []string{"срочно"}
	_, err = edits(w, w.Vera, tickets.Edit{Ticket: tickets.ID(mail.ID), Tags: &tags})
	names(t, err, "/body/fields/why required")
}

func TestAStatusDemandsWhatItMakesTheFormAsk(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	repairs(w)
	made, err := opens(w, w.Ivan, tickets.Open{})
	check(t, err)
	n := tickets.Number(made.Number)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "in_progress"}})
	check(t, err)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
	names(t, err, "/body/fields/act required")
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Готово", Anyway: true, Status: &tickets.Move{To: "resolved"}})
	names(t, err, "/body/status/fields/act required")
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved", Fields: map[string]any{"act": 7.0}}})
	names(t, err, "/body/fields/act string")
	if v := view(t, w, w.Vera, made.Number); v.Status != "in_progress" || len(v.Timeline.Entries) != 2 {
		t.Fatalf("something moved: %+v", v.Ticket)
	}
	moved, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved", Fields: map[string]any{"act": "АКТ-1"}}})
	check(t, err)
	if moved.Status != "resolved" || moved.Fields["act"] != "АКТ-1" || moved.PublicSeq != 3 || moved.Version != 4 {
		t.Fatalf("%+v", moved)
	}
	entries := view(t, w, w.Vera, made.Number).Timeline.Entries
	if e := entries[3]; e.Type != tickets.FactChanged || e.Detail.Changes[0].Field != "fields.act" {
		t.Fatalf("the answer is told as %+v", e)
	}
	if seen := view(t, w, w.Ivan, made.Number); len(seen.Timeline.Entries) != 3 || len(seen.Fields) != 0 {
		t.Fatalf("the client reads %+v", seen)
	}
	// Clients and timers wait for no form, and the answer is there when it is asked again.
	_, err = verb(w, w.Ivan, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Reopen(ctx, tx, tickets.Reopen{Ticket: n})
	})
	check(t, err)
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Готово", Anyway: true, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
	_, err = verb(w, w.Ivan, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Confirm(ctx, tx, n)
	})
	check(t, err)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "closed", Fields: map[string]any{"act": "АКТ-2"}}})
	refused(t, err, desk.ClosedIsFinal)
}

// Somebody who may move tickets and not edit them answers what the move asks, and
// nothing beside it.
func TestAMoveIsNoWayToEdit(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	repairs(w)
	mover := ticketstest.Staff("Глеб")
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := settings.Roles.Put(ctx, tx, settings.Draft[access.Role]{Key: "mover", Spec: access.Role{Name: called("Смена"), Grants: []access.Grant{{Permission: "ticket.read"}, {Permission: "ticket.status"}}}})
		return err
	})
	w.Hire(mover, "mover")
	made, err := opens(w, w.Ivan, tickets.Open{})
	check(t, err)
	n := tickets.Number(made.Number)
	_, err = status(w, mover, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved", Fields: map[string]any{"act": "АКТ-1", "warranty": true}}})
	refused(t, err, desk.Denied)
	_, err = status(w, mover, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "open", Fields: map[string]any{"warranty": true}}})
	refused(t, err, desk.Denied)
	_, err = status(w, mover, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved", Fields: map[string]any{"act": "АКТ-1"}}})
	check(t, err)
}

// A question that is not asked has no answer for others: they do not hang on what
// nobody sees.
func TestAQuestionThatIsNotAskedAnswersNoCondition(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	yes := settings.Field{Name: called("Да?"), Kind: settings.Boolean}
	is := func(key string) conditions.Tree { return conditions.Leaf("fields."+key, conditions.Is, true) }
	publish(w, map[string]settings.Field{"a": yes, "b": yes, "c": yes}, settings.TicketType{Name: called("Цепь"), Public: true, Fields: []settings.Question{
		{Field: "c", Required: true, When: is("b")}, {Field: "b", Default: true, When: is("a")}, {Field: "a"},
	}})
	_, err := opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"b": true}})
	check(t, err)
	_, err = opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"a": true}})
	names(t, err, "/body/fields/c required") // b begins with its default where it is asked
	made, err := opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"a": true, "b": nil}})
	check(t, err)
	if _, there := made.Fields["b"]; there {
		t.Errorf("emptied, and yet %v", made.Fields)
	}
	made, err = opens(w, w.Ivan, tickets.Open{})
	check(t, err)
	if len(made.Fields) != 0 {
		t.Errorf("a default of what is not asked: %v", made.Fields)
	}
}

func TestAFormKnowsTheCompanyOfWhoOpens(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	publish(w, map[string]settings.Field{"branch": {Name: called("Филиал"), Kind: settings.Text}}, settings.TicketType{Name: called("Ремонт"), Public: true, Fields: []settings.Question{
		{Field: "branch", Required: true, When: conditions.AllOf(conditions.Among("company", []string{w.Lotos.String()}), conditions.Among("channel", []string{"portal"}), conditions.Among("language", []string{"ru"}))},
	}})
	_, err := opens(w, w.Ivan, tickets.Open{})
	check(t, err)
	_, err = opens(w, w.Sasha, tickets.Open{})
	names(t, err, "/body/fields/branch required")
}

func TestAClientLearnsNothingOfInternalQuestions(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	text := settings.Field{Name: called("Вопрос"), Kind: settings.Text}
	publish(w, map[string]settings.Field{"secret": text, "open": text}, settings.TicketType{Name: called("Ремонт"), Public: true, Fields: []settings.Question{
		{Field: "secret", Internal: true, Required: true, Default: "тайна"},
		{Field: "open", When: conditions.Leaf("fields.secret", conditions.NotEmpty, nil)},
	}})
	ask := func(who desk.Actor, fields map[string]any) (keys []string) {
		_, asked, err := w.Tickets.Ask(t.Context(), w.Read(who), tickets.Asking{Type: "repair", Fields: fields})
		check(t, err)
		for _, q := range asked {
			keys = append(keys, q.Field)
		}
		return keys
	}
	for _, secret := range []any{nil, "", "x", 7.0, map[string]any{}} {
		if got := ask(w.Ivan, map[string]any{"secret": secret}); !slices.Equal(got, []string{"open"}) {
			t.Errorf("%v of a secret changes what is asked: %v", secret, got)
		}
		_, hidden := opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"secret": secret}})
		_, absent := opens(w, w.Ivan, tickets.Open{Fields: map[string]any{"absent": secret}})
		if got, want := wrongIn(hidden), wrongIn(absent); len(got) != 1 || got[0] != "/body/fields/secret unknown_field" || want[0] != "/body/fields/absent unknown_field" {
			t.Errorf("a hidden question answers %v, one that is not there %v", got, want)
		}
	}
	if got := ask(w.Vera, map[string]any{"secret": nil}); !slices.Equal(got, []string{"secret"}) {
		t.Errorf("the staff is asked %v", got)
	}
	for _, c := range []struct {
		who  desk.Actor
		in   tickets.Asking
		want desk.Code
	}{
		{w.Ivan, tickets.Asking{Type: "task"}, desk.NotFound},
		{w.Ivan, tickets.Asking{Type: "nothing"}, desk.NotFound},
		{w.Vera, tickets.Asking{Type: "nothing"}, desk.NotFound},
		{w.Vera, tickets.Asking{Type: "repair", Ticket: tickets.Number(9_999)}, desk.NotFound},
		{w.Ivan, tickets.Asking{Form: &settings.Form{}}, desk.Denied},
		{w.Nina, tickets.Asking{Type: "repair"}, desk.Denied},
	} {
		if _, _, err := w.Tickets.Ask(t.Context(), w.Read(c.who), c.in); desk.CodeOf(err) != c.want {
			t.Errorf("%s asks %+v: %v, want %s", c.who.Name, c.in, err, c.want)
		}
	}
}
