package conditions

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// test is a comparison made ready: what JSON said, in Go's types.
type test struct {
	op     Op // the positive one
	denied bool

	text   string // folded
	plain  string // a date, a calendar's key
	number float64
	upTo   float64
	last   string // the second of two dates
	truth  bool
	list   []string
	expr   *regexp.Regexp
	// A moment is an instant, a date in the zone of Env, or so long from its Now.
	moment   time.Time
	dated    bool
	relative bool
	offset   time.Duration
	span     Interval
	weekdays [7]bool
	// typed is what kind of value Is compares.
	typed Kind
}

var errValue = errors.New("the value does not suit the comparison")

// prepare reads a comparison's value by what its op wants, whatever the field.
func prepare(t *Tree) (*test, error) {
	p := &test{op: t.Op}
	p.op, p.denied = t.Op.negative()
	if !p.take(t.Value) {
		return nil, fmt.Errorf("%s %s: %w", t.Field, t.Op, errValue)
	}
	return p, nil
}

func (p *test) take(value any) (ok bool) {
	switch p.op {
	case NotEmpty:
		return value == nil
	case Is:
		return p.takeIs(value)
	case Contains, StartsWith:
		p.plain, ok = value.(string)
		p.text = fold(p.plain)
		return ok && p.text != ""
	case Matches:
		p.plain, ok = value.(string)
		if !ok || len(p.plain) > 2*maxText {
			return false
		}
		var err error
		p.expr, err = regexp.Compile(p.plain)
		return err == nil
	case Less, AtMost, More, AtLeast:
		p.number, ok = value.(float64)
		return ok
	case Between:
		return p.takeBetween(value)
	case In, HasAny, HasAll:
		p.list, ok = texts(value)
		if p.op != In {
			for i, tag := range p.list {
				p.list[i] = strings.ToLower(tag)
			}
		}
		return ok && len(p.list) > 0
	case Before, After:
		return p.takeMoment(value)
	case Within:
		p.offset, ok = relative(value)
		return ok && p.offset != 0
	case InCalendar:
		p.plain, ok = value.(string)
		return ok && p.plain != ""
	case AtHours:
		return p.takeHours(value)
	case OnDays:
		return p.takeDays(value)
	default:
		return false
	}
}

func (p *test) takeIs(value any) (ok bool) {
	switch v := value.(type) {
	case string:
		p.typed, p.plain, p.text = Text, v, fold(v)
		return v != ""
	case float64:
		p.typed, p.number = Number, v
		return true
	case bool:
		p.typed, p.truth = Boolean, v
		return true
	default:
		return false
	}
}

func (p *test) takeBetween(value any) (ok bool) {
	pair, ok := value.([]any)
	if !ok || len(pair) != 2 {
		return false
	}
	if p.number, ok = pair[0].(float64); ok {
		p.typed = Number
		p.upTo, ok = pair[1].(float64)
		return ok
	}
	first, fine := pair[0].(string)
	last, also := pair[1].(string)
	p.typed, p.plain, p.last = Date, first, last
	return fine && also && isDate(first) && isDate(last)
}

func (p *test) takeMoment(value any) bool {
	if d, ok := relative(value); ok {
		p.relative, p.offset = true, d
		return true
	}
	s, ok := value.(string)
	if !ok {
		return false
	}
	if isDate(s) {
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return false
		}
		p.dated, p.plain = true, s
		return true
	}
	at, err := time.Parse(time.RFC3339, s)
	p.moment = at.UTC().Truncate(time.Microsecond)
	return err == nil && at.Year() > 0
}

func (p *test) takeHours(value any) bool {
	pair, ok := texts(value)
	if !ok || len(pair) != 2 {
		return false
	}
	from, ok := minutes(pair[0])
	to, fine := minutes(pair[1])
	p.span = Interval{from, to}
	return ok && fine && from < 1440 && from != to
}

func (p *test) takeDays(value any) bool {
	list, ok := texts(value)
	if !ok || len(list) == 0 {
		return false
	}
	for _, name := range list {
		found := false
		for i, day := range days {
			if name == day {
				p.weekdays[i], found = true, true
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// at is the moment that the comparison names.
func (p *test) at(env *Env) time.Time {
	switch {
	case p.relative:
		return env.now().Add(p.offset)
	case p.dated:
		t, err := time.ParseInLocation(time.DateOnly, p.plain, env.zone())
		if err != nil {
			return time.Time{}
		}
		return t
	default:
		return p.moment
	}
}

func texts(value any) ([]string, bool) {
	items, ok := value.([]any)
	if !ok || len(items) > maxChoices {
		return nil, false
	}
	out := make([]string, len(items))
	for i, item := range items {
		if out[i], ok = item.(string); !ok {
			return nil, false
		}
	}
	return out, true
}

// relative reads {"seconds": -7200}.
func relative(value any) (time.Duration, bool) {
	members, ok := value.(map[string]any)
	if !ok || len(members) != 1 {
		return 0, false
	}
	n, ok := whole(members["seconds"])
	if !ok || n > maxSeconds || n < -maxSeconds {
		return 0, false
	}
	return time.Duration(n) * time.Second, true
}

// minutes reads "HH:MM" up to "24:00".
func minutes(s string) (int, bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	h, errH := strconv.ParseUint(s[:2], 10, 8)
	m, errM := strconv.ParseUint(s[3:], 10, 8)
	if errH != nil || errM != nil || m > 59 || h > 24 || h == 24 && m > 0 {
		return 0, false
	}
	return int(h*60 + m), true
}

// isDate reports the form of a date; whether that day exists is asked when a rule is checked.
func isDate(s string) bool {
	if len(s) != 10 {
		return false
	}
	for i := range 10 {
		if c := s[i]; i == 4 || i == 7 {
			if c != '-' {
				return false
			}
		} else if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
