package sla

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"manydesk/desk"
)

// moment is a DATE or a DATE-TIME: its local date and how far into it.
type moment struct {
	date int
	into time.Duration
}

// moment reads one. An instant of UTC is taken in the calendar's zone, if that
// is where its day begins, else as it is written.
func (r *reading) moment(p property, text string) (moment, bool) {
	text = strings.TrimSpace(text)
	if p.params["VALUE"] == "DATE" || len(text) == 8 {
		t, err := time.Parse("20060102", text)
		return moment{date: days(t)}, err == nil && sane(t)
	}
	t, err := time.Parse("20060102T150405", strings.TrimSuffix(text, "Z"))
	if err != nil || !sane(t) {
		return moment{}, false
	}
	if strings.HasSuffix(text, "Z") && r.zone != nil {
		_, offset := t.In(r.zone).Zone()
		if local := t.Add(time.Duration(offset) * time.Second); local.Equal(midnight(local)) {
			t = local
		}
	}
	return moment{days(t), t.Sub(midnight(t))}, true
}

func sane(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2200 }

func days(t time.Time) int { return int(floor(t.Unix(), 86400)) }

func midnight(t time.Time) time.Time { return civil(days(t)) }

// span finds which days an event takes. What is no whole day is skipped and told.
func (r *reading) span(e *event, start property, end, length *property) error {
	from, ok := r.moment(start, start.value)
	if !ok {
		return badLine(start.at, desk.Date)
	}
	e.from, e.days = from.date, 1
	whole := from.into == 0
	switch {
	case end != nil:
		to, ok := r.moment(*end, end.value)
		if !ok {
			return badLine(end.at, desk.Date)
		}
		if to.date < from.date || to.date == from.date && to.into < from.into {
			return badLine(end.at, desk.NotAfter)
		}
		// Some write the same date as the end of a day.
		e.days = max(to.date-from.date, 1)
		whole = whole && to.into == 0 && (to.date > from.date || len(strings.TrimSpace(end.value)) == 8)
	case length != nil:
		d, ok := duration(length.value)
		if !ok {
			return badLine(length.at, desk.Unreadable)
		}
		e.days = int(d / (24 * time.Hour))
		whole = whole && d%(24*time.Hour) == 0 && d > 0
	default:
		whole = len(strings.TrimSpace(start.value)) == 8
	}
	if e.days > longest {
		return badLine(start.at, desk.MaxItems)
	}
	if !whole && !e.gone {
		r.skipped = append(r.skipped, desk.Field("/body", desk.BadLine, "line", e.at, "why", string(desk.WholeDay)))
		e.gone = true
	}
	return nil
}

var durations = regexp.MustCompile(`^\+?P(?:(\d{1,3})W|(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?)$`)

// duration reads RFC 5545, 3.3.6, not negative.
func duration(text string) (total time.Duration, ok bool) {
	found := durations.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return 0, false
	}
	for i, unit := range []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if found[i+1] != "" {
			n, err := strconv.Atoi(found[i+1])
			if err != nil {
				return 0, false
			}
			total += time.Duration(n) * unit
		}
	}
	return total, true
}

// put lays an event's days down: its own, if it does not repeat, else those of the years wanted.
func (r *reading) put(e event) error {
	if e.gone {
		return nil
	}
	begins := map[int]bool{e.from: true}
	for _, d := range e.also {
		begins[d] = true
	}
	for _, rule := range e.rules {
		if r.rules++; r.rules > mostRules {
			return badLine(rule.at, desk.MaxItems)
		}
		found, err := r.repeat(e.from, rule)
		if err != nil {
			return err
		}
		for _, d := range found {
			begins[d] = true
		}
	}
	repeats := len(e.rules)+len(e.also) > 0
	for begin := range begins {
		if e.not[begin] || e.instead == nil && r.moved[e.uid][begin] || repeats && !r.wanted(begin) {
			continue
		}
		for date := begin; date < begin+e.days; date++ {
			key := dayKey{date, e.what.Extra}
			if had, ok := r.days[key]; ok && had.Name.In("en") != "" {
				continue
			}
			day := e.what
			day.Date = civil(date).Format(time.DateOnly)
			r.days[key] = day
		}
	}
	if len(r.days) > maxDays {
		return badLine(e.at, desk.MaxItems)
	}
	return nil
}

func (r *reading) wanted(date int) bool {
	year := civil(date).Year()
	return r.first <= year && year <= r.last
}

const (
	// mostRules bounds the rules of a file: each may cost milliseconds.
	mostRules = 60
	// mostRule bounds what one rule says.
	mostRule = 300
	// mostSteps bounds how often an event repeats before and in the years wanted.
	mostSteps = 80_000
)

// repeat gives the dates of a rule up to the last year wanted. Rules below a day make no sense here.
func (r *reading) repeat(from int, p property) ([]int, error) {
	bad := badLine(p.at, desk.Recurrence)
	if len(p.value) > mostRule {
		return nil, bad
	}
	option, err := rrule.StrToROptionInLocation(strings.ToUpper(strings.TrimSpace(p.value)), time.UTC)
	if err != nil || option.Freq > rrule.DAILY || option.Interval < 0 || option.Interval > 1000 || option.Count < 0 {
		return nil, bad
	}
	option.Dtstart = civil(from)
	option.Byhour, option.Byminute, option.Bysecond = nil, nil, nil
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, bad
	}
	var found []int
	next := rule.Iterator()
	for range mostSteps {
		at, ok := next()
		if !ok || at.Year() > r.last {
			break
		}
		if d := days(at); r.wanted(d) {
			found = append(found, d)
		}
	}
	return found, nil
}
