package settings

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

var named2 = Words{RU: "Имя", EN: "Name"}

func fieldsOf(t *testing.T, err error) (pointers []string) {
	t.Helper()
	if err == nil {
		return nil
	}
	var e *desk.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	for _, f := range e.Fields {
		pointers = append(pointers, f.Pointer+" "+string(f.Code))
	}
	return pointers
}

func waitsFor(field string, on ...string) Question {
	var nodes []conditions.Tree
	for _, key := range on {
		nodes = append(nodes, conditions.Not(conditions.AnyOf(conditions.Leaf("fields."+key, conditions.NotEmpty, nil))))
	}
	if len(nodes) == 0 {
		return Question{Field: field}
	}
	return Question{Field: field, When: conditions.AllOf(nodes...)}
}

func TestAQuestionDoesNotWaitForItself(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		questions []Question
		want      []string
	}{
		"none":                  {[]Question{waitsFor("a"), waitsFor("b", "a"), waitsFor("c", "a", "b")}, nil},
		"itself":                {[]Question{waitsFor("a", "a"), waitsFor("b", "a")}, []string{"/body/spec/fields/0/when circular"}},
		"by another":            {[]Question{waitsFor("a", "b"), waitsFor("b", "a")}, []string{"/body/spec/fields/0/when circular", "/body/spec/fields/1/when circular"}},
		"round":                 {[]Question{waitsFor("a", "c"), waitsFor("b", "a"), waitsFor("c", "b"), waitsFor("d", "c")}, []string{"/body/spec/fields/0/when circular", "/body/spec/fields/1/when circular", "/body/spec/fields/2/when circular"}},
		"a field not of a form": {[]Question{waitsFor("a", "elsewhere")}, nil},
	} {
		if got := fieldsOf(t, TicketType{Name: named2, Fields: c.questions}.Validate()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A form whose questions wait only for earlier ones is no circle, whatever its
// order; one more that waits for a later one of its own chain is.
func TestCirclesAreFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 8).Draw(t, "questions")
		names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}[:n]
		questions := make([]Question, n)
		for i := range n {
			var on []string
			if i > 0 {
				on = append(on, names[i-1])
				on = append(on, rapid.SliceOfN(rapid.SampledFrom(names[:i]), 0, 2).Draw(t, "on")...)
			}
			questions[i] = waitsFor(names[i], on...)
		}
		form := TicketType{Name: named2, Fields: rapid.Permutation(questions).Draw(t, "order")}
		if err := form.Validate(); err != nil {
			t.Fatalf("no circle: %v", err)
		}
		first := rapid.IntRange(0, n-1).Draw(t, "first")
		last := rapid.IntRange(first, n-1).Draw(t, "last")
		at := slices.IndexFunc(form.Fields, func(q Question) bool { return q.Field == names[first] })
		form.Fields[at] = waitsFor(names[first], names[last])
		if err := form.Validate(); !desk.Is(err, desk.ValidationFailed) {
			t.Fatalf("%s waits for %s: %v", names[first], names[last], err)
		}
	})
}

func TestAFieldAndATypeAreCheckedWholly(t *testing.T) {
	t.Parallel()
	long := string(slices.Repeat([]byte("x"), longestHint+1))
	for want, err := range map[string]error{
		"/body/spec/choices required":        Field{Name: named2, Kind: Choice}.Validate(),
		"/body/spec/choices max_items":       Field{Name: named2, Kind: Text, Choices: []Option{{"a", named2}}}.Validate(),
		"/body/spec/kind one_of":             Field{Name: named2, Kind: "colour"}.Validate(),
		"/body/spec/hint/ru max_length":      Field{Name: named2, Kind: Text, Hint: Words{RU: long}}.Validate(),
		"/body/spec/choices/1/key unique":    Field{Name: named2, Kind: Choice, Choices: []Option{{"a", named2}, {"a", named2}}}.Validate(),
		"/body/spec/fields/0/field required": TicketType{Name: named2, Fields: []Question{{}}}.Validate(),
		"/body/spec/fields/1/field unique":   TicketType{Name: named2, Fields: []Question{{Field: "a"}, {Field: "a"}}}.Validate(),
		"/body/spec/fields max_items":        TicketType{Name: named2, Fields: make([]Question, mostQuestions+1)}.Validate(),
		"/body/spec/hint/en max_length":      TicketType{Name: named2, Hint: Words{EN: long}}.Validate(),
	} {
		if got := fieldsOf(t, err); !slices.Equal(got, []string{want}) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}
