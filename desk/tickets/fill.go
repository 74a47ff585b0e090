package tickets

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// filling is whose hand fills a form.
type filling struct {
	// client may not touch internal questions, and does not see that there are any.
	client bool
	// demand says which of the required questions must be answered.
	demand demand
	// before is the ticket before the change; nil when it is being opened.
	before *Ticket
}

// demand is how much of a form is insisted on.
type demand int

const (
	// nothing: nobody was shown the form, as with mail.
	nothing demand = iota
	// everything that is asked and required.
	everything
	// whatIsNew: what the change makes the form ask; what was asked before may wait.
	whatIsNew
)

// fill puts values into the form of a ticket as it will be and gives the answers
// as they are stored: empty ones are absent, what is not asked now keeps what it
// had. A ticket that is being opened begins with the defaults of what is asked.
func fill(ctx context.Context, tx tenants.ReadTx, form settings.Form, ticket *Ticket, values map[string]any, by filling) (map[string]any, []desk.FieldError, error) {
	answers, wrong := merged(form, by, values)
	a := asks(tx, &form, ticket, answers)
	if by.before == nil {
		a.begins(values)
	}
	var before *asker
	if by.demand == whatIsNew && form.Conditional() {
		before = asks(tx, &form, by.before, by.before.Fields)
	}
	kept := map[string]any{}
	for _, q := range form.Questions {
		answer, err := a.answer(ctx, &q)
		if err != nil {
			return nil, nil, err
		}
		if answer != nil {
			kept[q.Field] = answer
			continue
		}
		demanded, err := by.demands(ctx, a, before, &q)
		if err != nil {
			return nil, nil, err
		}
		if demanded {
			wrong = append(wrong, desk.Field("fields/"+q.Field, desk.Required))
		}
	}
	slices.SortFunc(wrong, func(a, b desk.FieldError) int { return cmp.Compare(a.Pointer, b.Pointer) })
	return kept, wrong, nil
}

// merged are the values that hold upon those there were, and what is wrong with them.
func merged(form settings.Form, by filling, values map[string]any) (map[string]any, []desk.FieldError) {
	var wrong []desk.FieldError
	answers := map[string]any{}
	if by.before != nil {
		for _, q := range form.Questions {
			if v, there := by.before.Fields[q.Field]; there {
				answers[q.Field] = v
			}
		}
	}
	for key, v := range values {
		q, there := form.Question(key)
		switch {
		case !there || by.client && q.Internal:
			wrong = append(wrong, desk.Field("fields/"+key, desk.UnknownField))
		case v == nil || v == "":
			delete(answers, key)
		default:
			if bad := check(key, q.Spec, v); bad != nil {
				wrong = append(wrong, *bad)
			}
			answers[key] = v
		}
	}
	return answers, wrong
}

// demands reports whether a question without an answer stands in the way.
func (by filling) demands(ctx context.Context, a, before *asker, q *settings.FormField) (bool, error) {
	if !q.Required || by.demand == nothing || by.client && q.Internal {
		return false, nil
	}
	if by.demand == whatIsNew {
		return isNew(ctx, a, before, q)
	}
	return a.asked(ctx, q)
}

// isNew reports whether a question is asked now and was not before; without a
// before none is.
func isNew(ctx context.Context, a, before *asker, q *settings.FormField) (bool, error) {
	if before == nil {
		return false, nil
	}
	now, err := a.asked(ctx, q)
	if err != nil || !now {
		return false, err
	}
	was, err := before.asked(ctx, q)
	return !was, err
}

// check answers what is wrong with one value; nil when nothing is.
func check(key string, f settings.Field, v any) *desk.FieldError {
	bad := func(code desk.FieldCode, params ...any) *desk.FieldError {
		e := desk.Field("fields/"+key, code, params...)
		return &e
	}
	s, isText := v.(string)
	switch f.Kind {
	case settings.Number:
		if n, ok := v.(float64); !ok || math.IsNaN(n) || math.IsInf(n, 0) {
			return bad(desk.Number)
		}
	case settings.Boolean:
		if _, ok := v.(bool); !ok {
			return bad(desk.Boolean)
		}
	case settings.Date:
		if _, err := time.Parse(time.DateOnly, s); !isText || err != nil {
			return bad(desk.Date)
		}
	case settings.Choice:
		if !slices.ContainsFunc(f.Choices, func(o settings.Option) bool { return isText && o.Key == s }) {
			return bad(desk.OneOf)
		}
	case settings.Text:
		return prose(bad, s, isText, 500)
	case settings.LongText:
		return prose(bad, s, isText, 10_000)
	}
	return nil
}

func prose(bad func(desk.FieldCode, ...any) *desk.FieldError, s string, isText bool, limit int) *desk.FieldError {
	switch {
	case !isText:
		return bad(desk.String)
	case !readable(s):
		return bad(desk.NotText)
	case utf8.RuneCountInString(s) > limit:
		return bad(desk.MaxLength, "max", limit)
	}
	return nil
}
