package tickets

import (
	"cmp"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// filling is whose hand fills a form.
type filling struct {
	// client may not touch internal questions, and does not see that there are any.
	client bool
	// demand: required questions must be answered, for somebody was shown the form.
	demand bool
}

// fill checks values against a form and gives them back as they are stored:
// empty ones are absent, questions that were not asked keep what they had.
func fill(form settings.Form, had, values map[string]any, by filling) (map[string]any, []desk.FieldError) {
	var wrong []desk.FieldError
	asked := map[string]settings.FormField{}
	for _, q := range form.Questions {
		if !q.Internal || !by.client {
			asked[q.Field] = q
		}
	}
	filled := map[string]any{}
	for _, q := range form.Questions {
		if v, there := had[q.Field]; there {
			filled[q.Field] = v
		} else if q.Default != nil && had == nil {
			filled[q.Field] = q.Default
		}
	}
	for key, v := range values {
		q, ok := asked[key]
		switch {
		case !ok:
			wrong = append(wrong, desk.Field("fields/"+key, desk.UnknownField))
			delete(filled, key)
		case v == nil || v == "":
			delete(filled, key)
		default:
			if bad := check(key, q.Spec, v); bad != nil {
				wrong = append(wrong, *bad)
			}
			filled[key] = v
		}
	}
	for key, q := range asked {
		if _, there := filled[key]; q.Required && by.demand && !there {
			wrong = append(wrong, desk.Field("fields/"+key, desk.Required))
		}
	}
	slices.SortFunc(wrong, func(a, b desk.FieldError) int { return cmp.Compare(a.Pointer, b.Pointer) })
	return filled, wrong
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
