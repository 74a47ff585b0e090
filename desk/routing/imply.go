package routing

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"manydesk/desk/conditions"
)

// leafImplies is implies for two comparisons of one field. What is empty
// satisfies every negative comparison and no positive one.
func leafImplies(a, b *conditions.Tree) bool {
	if a.Field != b.Field {
		return false
	}
	if a.Op == b.Op && reflect.DeepEqual(a.Value, b.Value) {
		return true
	}
	switch b.Op {
	case conditions.Empty:
		return false
	case conditions.NotEmpty:
		return positive(a.Op)
	case conditions.NotIn, conditions.HasNone, conditions.IsNot, conditions.NotContains:
		if a.Op == conditions.Empty {
			return true
		}
		if denied(a.Op) {
			return denies(a, b)
		}
		opposite := *b
		opposite.Op = affirmed[b.Op]
		return leafExcludes(a, &opposite)
	default:
	}
	switch a.Op {
	case conditions.In, conditions.HasAny, conditions.HasAll:
		return listImplies(a, b)
	case conditions.Is, conditions.Less, conditions.AtMost, conditions.More, conditions.AtLeast, conditions.Between:
		if span, ok := spanOf(a); ok {
			within, fine := spanOf(b)
			return fine && within.holds(span)
		}
	default:
	}
	return textImplies(a, b)
}

var affirmed = map[conditions.Op]conditions.Op{
	conditions.NotIn: conditions.In, conditions.HasNone: conditions.HasAny, conditions.IsNot: conditions.Is, conditions.NotContains: conditions.Contains,
}

func denied(op conditions.Op) bool { _, is := affirmed[op]; return is }

// positive reports comparisons that nothing empty satisfies. An unanswered yes or
// no is a no, so that Is says it only of others; those have no NotEmpty.
func positive(op conditions.Op) bool {
	return op != conditions.Empty && op != conditions.NotInCalendar && !denied(op)
}

// denies is leafImplies for two negative comparisons: what the second denies the
// first denies as well.
func denies(a, b *conditions.Tree) bool {
	if a.Op != b.Op {
		return false
	}
	switch a.Op {
	case conditions.NotIn, conditions.HasNone:
		mine, ok := list(a)
		its, fine := list(b)
		return ok && fine && subset(its, mine)
	case conditions.NotContains:
		mine, ok := a.Value.(string)
		its, fine := b.Value.(string)
		return ok && fine && strings.Contains(fold(its), fold(mine))
	default:
		return false
	}
}

// leafExcludes is excludes for two comparisons of one field.
func leafExcludes(a, b *conditions.Tree) bool {
	if a.Field != b.Field {
		return false
	}
	switch {
	case a.Op == conditions.Empty:
		return positive(b.Op)
	case b.Op == conditions.Empty:
		return positive(a.Op)
	case denied(a.Op) && !denied(b.Op):
		opposite := *a
		opposite.Op = affirmed[a.Op]
		return leafImplies(b, &opposite)
	case denied(b.Op) && !denied(a.Op):
		return leafExcludes(b, a)
	case a.Op == conditions.In && b.Op == conditions.In:
		mine, ok := list(a)
		its, fine := list(b)
		return ok && fine && !slices.ContainsFunc(mine, func(s string) bool { return slices.Contains(its, s) })
	case a.Op == conditions.Is && b.Op == conditions.Is:
		return differs(a.Value, b.Value)
	}
	mine, ok := spanOf(a)
	its, fine := spanOf(b)
	return ok && fine && (mine.to < its.from || its.to < mine.from || mine.to == its.from && (mine.openTo || its.openFrom) || its.to == mine.from && (its.openTo || mine.openFrom))
}

func differs(a, b any) bool {
	if x, ok := a.(string); ok {
		y, fine := b.(string)
		return fine && fold(x) != fold(y)
	}
	return reflect.TypeOf(a) == reflect.TypeOf(b) && a != b
}

func listImplies(a, b *conditions.Tree) bool {
	mine, ok := list(a)
	its, fine := list(b)
	if !ok || !fine {
		return false
	}
	switch {
	case a.Op == conditions.In && b.Op == conditions.In, a.Op == conditions.HasAny && b.Op == conditions.HasAny:
		return subset(mine, its)
	case a.Op == conditions.HasAll && b.Op == conditions.HasAll:
		return subset(its, mine)
	case a.Op == conditions.HasAll && b.Op == conditions.HasAny:
		return slices.ContainsFunc(mine, func(s string) bool { return slices.Contains(its, s) })
	case a.Op == conditions.HasAny && b.Op == conditions.HasAll:
		return len(its) == 1 && len(mine) == 1 && mine[0] == its[0]
	}
	return false
}

// list are the values of a comparison; not ok where "me" stands in it, which is
// somebody else for everybody.
func list(t *conditions.Tree) (out []string, ok bool) {
	items, ok := t.Value.([]any)
	for _, item := range items {
		s, is := item.(string)
		if !is || s == conditions.Me {
			return nil, false
		}
		if t.Op == conditions.HasAny || t.Op == conditions.HasAll || t.Op == conditions.HasNone {
			s = strings.ToLower(s)
		}
		out = append(out, s)
	}
	return out, ok
}

func subset(few, many []string) bool {
	return !slices.ContainsFunc(few, func(s string) bool { return !slices.Contains(many, s) })
}

// span are numbers between two bounds.
type span struct {
	from, to         float64
	openFrom, openTo bool
}

func spanOf(t *conditions.Tree) (s span, ok bool) {
	s = span{from: math.Inf(-1), to: math.Inf(1)}
	if t.Op == conditions.Between {
		pair, is := t.Value.([]any)
		if !is || len(pair) != 2 {
			return s, false
		}
		s.from, ok = pair[0].(float64)
		if !ok {
			return s, false
		}
		s.to, ok = pair[1].(float64)
		return s, ok
	}
	n, ok := t.Value.(float64)
	switch t.Op {
	case conditions.Is:
		s.from, s.to = n, n
	case conditions.Less:
		s.to, s.openTo = n, true
	case conditions.AtMost:
		s.to = n
	case conditions.More:
		s.from, s.openFrom = n, true
	case conditions.AtLeast:
		s.from = n
	default:
		return s, false
	}
	return s, ok
}

// holds reports that another span lies within.
func (s span) holds(other span) bool {
	low := other.from > s.from || other.from == s.from && (!s.openFrom || other.openFrom)
	high := other.to < s.to || other.to == s.to && (!s.openTo || other.openTo)
	return low && high
}

// textImplies compares words: what is, begins with or contains a longer text also
// contains a shorter one of it.
func textImplies(a, b *conditions.Tree) bool {
	long, ok := a.Value.(string)
	short, fine := b.Value.(string)
	if !ok || !fine {
		return false
	}
	long, short = fold(long), fold(short)
	switch b.Op {
	case conditions.Is:
		return a.Op == conditions.Is && long == short
	case conditions.StartsWith:
		return (a.Op == conditions.Is || a.Op == conditions.StartsWith) && strings.HasPrefix(long, short)
	case conditions.Contains:
		return (a.Op == conditions.Is || a.Op == conditions.StartsWith || a.Op == conditions.Contains) && strings.Contains(long, short)
	default:
		return false
	}
}

// fold is how conditions compare texts: small letters, е for ё.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r = unicode.ToLower(r); r == 'ё' {
			return 'е'
		}
		return r
	}, s)
}
