package settings

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"manydesk/desk"
)

func TestDefaultWorkflowIsTheAgreedMatrix(t *testing.T) {
	t.Parallel()
	w := DefaultWorkflow()
	if err := w.Validate(); err != nil {
		t.Fatal(err)
	}
	allowed := map[string]string{
		"open": "in_progress pending resolved", "in_progress": "pending resolved",
		"pending": "open in_progress resolved", "resolved": "closed open", "closed": "",
	}
	for _, from := range w.Statuses {
		for _, to := range w.Statuses {
			_, may := w.May(from.Key, to.Key)
			if want := slices.Contains(strings.Fields(allowed[from.Key]), to.Key); may != want {
				t.Errorf("%s → %s is %v, want %v", from.Key, to.Key, may, want)
			}
		}
	}
	if s, _ := w.Status("pending"); !s.UntilRequired() {
		t.Error("a pause does not ask until when")
	}
}

func TestBrokenWorkflowsAreRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Workflow){
		"no closed status":      func(w *Workflow) { w.Statuses = w.Statuses[:4] },
		"a way out of closed":   func(w *Workflow) { w.Transitions["closed"] = []Transition{{To: "open"}} },
		"a way to nowhere":      func(w *Workflow) { w.Transitions["open"] = []Transition{{To: "lost"}} },
		"a way from nowhere":    func(w *Workflow) { w.Transitions["lost"] = []Transition{{To: "open"}} },
		"a pause without end":   func(w *Workflow) { w.Transitions["pending"] = []Transition{{To: "resolved"}} },
		"two of one key":        func(w *Workflow) { w.Statuses = append(w.Statuses, w.Statuses[0]) },
		"no name":               func(w *Workflow) { w.Statuses[0].Name = Words{RU: "Открыта"} },
		"a category of its own": func(w *Workflow) { w.Statuses[0].Category = 9 },
		"closes in the past":    func(w *Workflow) { w.CloseAfterDays = -1 },
	} {
		w := DefaultWorkflow()
		spoil(&w)
		if err := w.Validate(); !desk.Is(err, desk.ValidationFailed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCategoryTravelsByName(t *testing.T) {
	t.Parallel()
	for c := Open; c <= Closed; c++ {
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back Category
		if err := json.Unmarshal(text, &back); err != nil || back != c {
			t.Errorf("%s came back as %v: %v", text, back, err)
		}
	}
	var c Category
	if err := json.Unmarshal([]byte(`"lost"`), &c); err == nil {
		t.Error("an unknown category was read")
	}
}

func TestDefaultsHaveBothLanguagesAndAreValid(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		for _, d := range Defaults(language) {
			if v, ok := d.Spec.(interface{ Validate() error }); ok {
				if err := v.Validate(); err != nil {
					t.Errorf("%s %s: %v", d.Kind, d.Key, err)
				}
			}
		}
	}
}
