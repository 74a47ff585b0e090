package routing

import (
	"math"
	"slices"
	"time"

	"manydesk/desk/conditions"
)

// axis is how the values of a field are told apart: each has a point for every
// case that comparisons make, a nil point where nothing is known of the field.
type axis struct {
	kind  conditions.Kind
	field string
}

// nothing is the point of a field that is empty, another of a choice that nobody
// named.
type (
	nothing struct{}
	another struct{}
)

// axisOf finds what a field holds by what it is compared with; of comparisons of
// two kinds, left from before a field was changed, nothing is known.
func axisOf(field string, all []*conditions.Tree) axis {
	var kinds []conditions.Kind
	for _, t := range all {
		if kind := kindOf(t); kind != "" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) != 1 {
		return axis{field: field}
	}
	return axis{kinds[0], field}
}

func (axis) blind() axis { return axis{} }

func kindOf(t *conditions.Tree) conditions.Kind {
	switch t.Op {
	case conditions.Less, conditions.AtMost, conditions.More, conditions.AtLeast:
		return conditions.Number
	case conditions.In, conditions.NotIn:
		return conditions.Choice
	case conditions.Is, conditions.IsNot:
		switch t.Value.(type) {
		case bool:
			return conditions.Boolean
		case float64:
			return conditions.Number
		}
		if text, ok := t.Value.(string); ok && isOwn(t.Field) && dated(text) {
			return conditions.Date
		}
		return conditions.Text
	case conditions.Between:
		if pair, ok := t.Value.([]any); ok && len(pair) == 2 {
			if _, number := pair[0].(float64); number {
				return conditions.Number
			}
		}
		return conditions.Date
	case conditions.Before, conditions.After:
		if isOwn(t.Field) {
			return conditions.Date
		}
		return conditions.Time
	case conditions.Empty, conditions.NotEmpty:
		return ""
	default:
		return conditions.Text
	}
}

func dated(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// knows reports comparisons that the points answer; others are themselves only.
func (x axis) knows(t *conditions.Tree) bool {
	switch x.kind {
	case conditions.Choice:
		if t.Op == conditions.In || t.Op == conditions.NotIn {
			_, ok := list(t)
			return ok
		}
		return t.Op == conditions.Empty || t.Op == conditions.NotEmpty
	case conditions.Boolean:
		return t.Op == conditions.Is
	case conditions.Number:
		opposite := *t
		if t.Op == conditions.IsNot {
			opposite.Op = conditions.Is
		}
		_, ok := spanOf(&opposite)
		return ok || t.Op == conditions.Empty || t.Op == conditions.NotEmpty
	case conditions.Time:
		text, _ := t.Value.(string)
		_, err := time.Parse(time.RFC3339, text)
		return (t.Op == conditions.Before || t.Op == conditions.After) && err == nil || t.Op == conditions.Empty || t.Op == conditions.NotEmpty
	case conditions.Date:
		switch t.Op {
		case conditions.Empty, conditions.NotEmpty:
			return true
		case conditions.Between:
			return true
		default:
			text, _ := t.Value.(string)
			return dated(text)
		}
	default:
		return false
	}
}

// points are one value for each case; keys are the only ones there are, nil if
// there may be others.
func (x axis) points(all []*conditions.Tree, keys []string) []any {
	switch x.kind {
	case conditions.Boolean:
		return []any{true, false}
	case conditions.Choice:
		return x.choices(all, keys)
	case conditions.Number:
		return x.numbers(all)
	case conditions.Time:
		return moments(all)
	case conditions.Date:
		return dates(all)
	default:
		return nil
	}
}

func (x axis) choices(all []*conditions.Tree, keys []string) (points []any) {
	if keys != nil {
		for _, key := range keys {
			points = append(points, key)
		}
		return points
	}
	var named []string
	for _, t := range all {
		if some, ok := list(t); ok {
			named = append(named, some...)
		}
	}
	slices.Sort(named)
	for _, key := range slices.Compact(named) {
		points = append(points, key)
	}
	return append(points, another{}, nothing{})
}

func (x axis) numbers(all []*conditions.Tree) (points []any) {
	if x.field == "priority" {
		return []any{1.0, 2.0, 3.0, 4.0}
	}
	var bounds []float64
	for _, t := range all {
		if n, ok := t.Value.(float64); ok {
			bounds = append(bounds, n)
		}
		if pair, ok := t.Value.([]any); ok {
			for _, v := range pair {
				if n, ok := v.(float64); ok {
					bounds = append(bounds, n)
				}
			}
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for i, n := range bounds {
		if i == 0 {
			points = append(points, math.Nextafter(n, math.Inf(-1)))
		} else {
			points = append(points, bounds[i-1]+(n-bounds[i-1])/2)
		}
		points = append(points, n)
	}
	if len(bounds) > 0 {
		points = append(points, math.Nextafter(bounds[len(bounds)-1], math.Inf(1)))
	}
	return append(points, nothing{})
}

// moments stand for the times from one bound to the next: a time is after a bound
// from it on, before it until then.
func moments(all []*conditions.Tree) (points []any) {
	var bounds []time.Time
	for _, t := range all {
		if text, ok := t.Value.(string); ok {
			if at, err := time.Parse(time.RFC3339, text); err == nil {
				bounds = append(bounds, at.UTC().Truncate(time.Microsecond))
			}
		}
	}
	slices.SortFunc(bounds, time.Time.Compare)
	bounds = slices.CompactFunc(bounds, time.Time.Equal)
	for i, at := range bounds {
		if i == 0 {
			points = append(points, at.Add(-time.Microsecond))
		}
		points = append(points, at)
	}
	return append(points, nothing{})
}

// dates are the days that are named and those between them.
func dates(all []*conditions.Tree) (points []any) {
	var bounds []string
	for _, t := range all {
		if text, ok := t.Value.(string); ok && dated(text) {
			bounds = append(bounds, text)
		}
		if pair, ok := t.Value.([]any); ok {
			for _, v := range pair {
				if text, ok := v.(string); ok {
					bounds = append(bounds, text)
				}
			}
		}
	}
	slices.Sort(bounds)
	for i, day := range slices.Compact(bounds) {
		if i == 0 {
			points = append(points, "0000-00-00") // before every day
		}
		points = append(points, day, day+"+") // the day, and what comes before the next
	}
	// What stands in the field may be no date, from before it was one.
	return append(points, another{}, nothing{})
}

// holds is the comparison of a point.
func (x axis) holds(t *conditions.Tree, point any) bool {
	_, empty := point.(nothing)
	switch t.Op {
	case conditions.Empty:
		return empty
	case conditions.NotEmpty:
		return !empty
	case conditions.NotIn, conditions.IsNot:
		opposite := *t
		opposite.Op = affirmed[t.Op]
		return !x.holds(&opposite, point)
	default:
	}
	switch v := point.(type) {
	case bool:
		return t.Value == v
	case float64:
		s, ok := spanOf(t)
		return ok && s.holds(span{from: v, to: v})
	case time.Time:
		text, _ := t.Value.(string)
		at, err := time.Parse(time.RFC3339, text)
		return err == nil && v.Before(at.Truncate(time.Microsecond)) == (t.Op == conditions.Before)
	case string:
		if x.kind == conditions.Date {
			return ofDate(t, v)
		}
		keys, ok := list(t)
		return ok && slices.Contains(keys, v)
	default:
		return false
	}
}

func ofDate(t *conditions.Tree, day string) bool {
	if pair, ok := t.Value.([]any); ok && len(pair) == 2 {
		first, _ := pair[0].(string)
		last, _ := pair[1].(string)
		return first <= day && day <= last
	}
	wanted, _ := t.Value.(string)
	switch t.Op {
	case conditions.Before:
		return day < wanted
	case conditions.After:
		return day > wanted
	default:
		return day == wanted
	}
}
