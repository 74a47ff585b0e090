package conditions

import (
	"context"
	"slices"
	"strings"
	"time"
)

// seen is a field's value, with its folded text once somebody asked.
type seen struct {
	value  any
	folded string
	ready  bool
}

func (s *seen) fold() (string, bool) {
	text, ok := s.value.(string)
	if !ok || text == "" {
		return "", false
	}
	if !s.ready {
		s.folded, s.ready = fold(text), true
	}
	return s.folded, true
}

// remembered asks its values once each.
type remembered struct {
	values Values
	known  map[string]*seen
}

// Remember asks values for each field at most once, however many trees are then
// evaluated with it. It serves one goroutine.
func Remember(values Values) Values {
	if r, ok := values.(*remembered); ok {
		return r
	}
	return &remembered{values: values, known: map[string]*seen{}}
}

// Value gives what is remembered.
func (r *remembered) Value(ctx context.Context, key string) (any, error) {
	s, err := r.look(ctx, key)
	if err != nil {
		return nil, err
	}
	return s.value, nil
}

func (r *remembered) look(ctx context.Context, key string) (*seen, error) {
	if s, ok := r.known[key]; ok {
		return s, nil
	}
	v, err := r.values.Value(ctx, key)
	if err != nil {
		return nil, err
	}
	s := &seen{value: v}
	r.known[key] = s
	return s, nil
}

// holds compares a value, as the positive comparison says and then denied.
func (p *test) holds(env *Env, s *seen) bool { return p.positive(env, s) != p.denied }

func (p *test) positive(env *Env, s *seen) bool {
	switch p.op {
	case NotEmpty:
		return !empty(s.value)
	case Is:
		return p.is(s)
	case Contains:
		text, ok := s.fold()
		return ok && strings.Contains(text, p.text)
	case StartsWith:
		text, ok := s.fold()
		return ok && strings.HasPrefix(text, p.text)
	case Matches:
		text, ok := s.value.(string)
		return ok && text != "" && p.expr.MatchString(text)
	case Less, AtMost, More, AtLeast, Between:
		return p.measure(s)
	case In:
		key, ok := s.value.(string)
		return ok && key != "" && (slices.Contains(p.list, key) || env.Me == key && slices.Contains(p.list, Me))
	case HasAny, HasAll:
		return p.tagged(s)
	default:
		return p.timed(env, s)
	}
}

// Me in a comparison of people is whoever asks.
const Me = "me"

func (p *test) is(s *seen) bool {
	switch p.typed {
	case Text:
		text, ok := s.fold()
		return ok && text == p.text
	case Number:
		n, ok := number(s.value)
		return ok && n == p.number
	default:
		truth, _ := s.value.(bool)
		return truth == p.truth
	}
}

func (p *test) measure(s *seen) bool {
	if p.op == Between && p.typed == Date {
		d, ok := s.value.(string)
		return ok && isDate(d) && p.plain <= d && d <= p.last
	}
	n, ok := number(s.value)
	if !ok {
		return false
	}
	switch p.op {
	case Less:
		return n < p.number
	case AtMost:
		return n <= p.number
	case More:
		return n > p.number
	case AtLeast:
		return n >= p.number
	default:
		return p.number <= n && n <= p.upTo
	}
}

func (p *test) tagged(s *seen) bool {
	tags, _ := s.value.([]string)
	for _, want := range p.list {
		if slices.Contains(tags, want) != (p.op == HasAll) {
			return p.op == HasAny
		}
	}
	return p.op == HasAll
}

func (p *test) timed(env *Env, s *seen) bool {
	if d, ok := s.value.(string); ok {
		// A date is before or after another day, never on it.
		return p.dated && isDate(d) && (p.op == Before && d < p.plain || p.op == After && d > p.plain)
	}
	at, ok := s.value.(time.Time)
	if !ok || at.IsZero() {
		return false
	}
	at = at.Truncate(time.Microsecond)
	switch p.op {
	case Before:
		return at.Before(p.at(env))
	case After:
		return !at.Before(p.at(env))
	case Within:
		now := env.now()
		from, to := now, now.Add(p.offset)
		if p.offset < 0 {
			from, to = to, from
		}
		return !at.Before(from) && !at.After(to)
	case InCalendar:
		hours, known := env.hours(p.plain)
		return known && hours.Open(at)
	case AtHours:
		_, minute := wall(at, env.Zone)
		if p.span.From < p.span.To {
			return p.span.From <= minute && minute < p.span.To
		}
		return minute >= p.span.From || minute < p.span.To
	case OnDays:
		date, _ := wall(at, env.Zone)
		return p.weekdays[((date+4)%7+7)%7]
	default:
		return false
	}
}

func number(value any) (float64, bool) {
	switch n := value.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	default:
		return 0, false
	}
}

func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case time.Time:
		return v.IsZero()
	default:
		return false
	}
}
