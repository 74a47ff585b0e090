package tickets_test

import (
	"testing"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
)

func TestConditionsKnowWhatTheTenantHasAgreedOn(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	office := conditions.Option{Key: "office", Name: conditions.Name{RU: "Офис", EN: "Office"}}
	v, err := tickets.Vocabulary(t.Context(), w.Read(w.Vera), []conditions.Option{office})
	if err != nil {
		t.Fatal(err)
	}
	for key, kind := range map[string]conditions.Kind{
		"type": conditions.Choice, "status": conditions.Choice, "group": conditions.Choice, "level": conditions.Choice, "company": conditions.Company,
		"fields.impact": conditions.Choice, "fields.since": conditions.Date, "fields.cause": conditions.Text,
	} {
		f, ok := v.Field(key)
		if !ok || f.Kind != kind || f.Name.RU == "" || f.Name.EN == "" || kind == conditions.Choice && len(f.Choices) == 0 {
			t.Errorf("%s is %+v", key, f)
		}
	}
	holds := conditions.AllOf(
		conditions.Leaf("type", conditions.In, []string{"incident"}), conditions.Leaf("created_at", conditions.InCalendar, "office"),
		conditions.Leaf("company", conditions.In, []string{w.Lotos.String()}), conditions.Leaf("fields.impact", conditions.In, []string{"all"}))
	if wrong := v.Check(holds, "/body/when"); len(wrong) > 0 {
		t.Errorf("%v", wrong)
	}
	for _, leaf := range []conditions.Tree{
		conditions.Leaf("type", conditions.In, []string{"nonsense"}), conditions.Leaf("created_at", conditions.InCalendar, "closed"), conditions.Leaf("fields.gone", conditions.Is, "x"),
	} {
		if wrong := v.Check(leaf, "/body/when"); len(wrong) != 1 {
			t.Errorf("%+v: %v", leaf, wrong)
		}
	}
	company, _ := v.Field("company")
	if name, ok := company.Called(w.Lotos.String()); !ok || name.In("ru") != "Лотос" {
		t.Errorf("the company is called %v", name)
	}
	if _, ok := company.Called(desk.NewCompanyID(w.Now()).String()); ok {
		t.Error("nobody has a name")
	}
}
