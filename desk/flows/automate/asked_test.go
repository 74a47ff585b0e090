package automate_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// A status that makes the form ask is refused to a trigger as to anybody, and the
// log of runs says so; one that answers first moves the ticket.
func TestATriggerMovesNoTicketPastItsForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		name := settings.Words{RU: "Акт", EN: "Act"}
		if _, err := settings.Fields.Put(ctx, tx, settings.Draft[settings.Field]{Key: "act", Spec: settings.Field{Name: name, Kind: settings.Text}}); err != nil {
			return err
		}
		_, err := settings.Types.Put(ctx, tx, settings.Draft[settings.TicketType]{Key: "repair", Spec: settings.TicketType{Name: name, Public: true, Fields: []settings.Question{
			{Field: "act", Required: true, When: conditions.Leaf("status", conditions.In, []string{"resolved"})},
		}}})
		return err
	})
	resolve := triggers.Action{Kind: triggers.Status, To: "resolved"}
	w.publish(map[string]triggers.Trigger{
		"bare":     {On: triggers.Opened, When: conditions.Leaf("subject", conditions.Contains, "молча"), Actions: []triggers.Action{resolve, tag("дальше")}},
		"answered": {On: triggers.Opened, When: conditions.Leaf("subject", conditions.Contains, "с актом"), Actions: []triggers.Action{set("fields.act", "АКТ-1"), resolve}},
	})
	bare := w.Open(w.Ivan, tickets.Open{Subject: "молча", Text: "x", Type: "repair"})
	answered := w.Open(w.Ivan, tickets.Open{Subject: "с актом", Text: "x", Type: "repair"})
	w.work()
	if got := w.ticket(bare.ID); got.Status != "open" || len(got.Tags) != 1 {
		t.Errorf("it was moved, or what follows was not done: %+v", got)
	}
	deed := w.runs("bare")[1].Trace.Deeds[0] // the newest run is of the other ticket
	if deed.Code != string(desk.ValidationFailed) || deed.Detail != "/body/fields/act" {
		t.Errorf("the log says %+v", deed)
	}
	if got := w.ticket(answered.ID); got.Status != "resolved" || got.Fields["act"] != "АКТ-1" {
		t.Errorf("it stands as %+v", got)
	}
}
