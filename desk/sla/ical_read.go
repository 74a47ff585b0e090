package sla

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// Imported are the dates of a file.
type Imported struct {
	// Days are in order, each date once as a holiday and once with hours at most.
	Days []Special
	// Skipped says of each event that is no whole day where it stands.
	Skipped []desk.FieldError
}

// Years are those that the dates lie in, in order.
func (i Imported) Years() []int {
	seen := map[int]bool{}
	for _, d := range i.Days {
		if year, err := strconv.Atoi(d.Date[:4]); err == nil {
			seen[year] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// ReadICal reads the whole-day events of an iCalendar file (RFC 5545): single
// days, several days in a row, and what repeats, as far as it falls into the
// years from first to last. Instants count by the wall clock they are written
// in, those of UTC by the zone. A calendar that we wrote comes back as it was.
//
// Errors: TooLarge; ValidationFailed of "/body" with the number of the line.
// Then nothing is read at all.
func ReadICal(text []byte, zone *time.Location, first, last int) (Imported, error) {
	found, err := events(text)
	if err != nil {
		return Imported{}, err
	}
	r := reading{zone: zone, first: first, last: last, moved: map[string]map[int]bool{}, days: map[dayKey]Special{}}
	all := make([]event, 0, len(found))
	for _, c := range found {
		e, err := r.event(c)
		if err != nil {
			return Imported{}, err
		}
		if e.instead != nil {
			if r.moved[e.uid] == nil {
				r.moved[e.uid] = map[int]bool{}
			}
			r.moved[e.uid][*e.instead] = true
		}
		all = append(all, e)
	}
	for _, e := range all {
		if err := r.put(e); err != nil {
			return Imported{}, err
		}
	}
	days := slices.Collect(maps.Values(r.days))
	slices.SortFunc(days, func(a, b Special) int { return cmp.Compare(a.Date, b.Date) })
	return Imported{ordinal(days), r.skipped}, nil
}

type dayKey struct {
	date  int
	extra bool
}

// reading is what was read of a file so far.
type reading struct {
	zone        *time.Location
	first, last int
	rules       int
	// moved are the dates of a repeating event that another event stands for.
	moved   map[string]map[int]bool
	days    map[dayKey]Special
	skipped []desk.FieldError
}

// event is a VEVENT understood.
type event struct {
	at, from, days int // the line, the first date, how many
	uid            string
	what           Special
	named          bool // by our own property
	rules          []property
	also           []int
	not            map[int]bool
	instead        *int
	gone           bool // cancelled, or no whole day
}

const longest = 366 // days in a row

// event understands the properties of one.
func (r *reading) event(c component) (event, error) {
	e := event{at: c.at, not: map[int]bool{}}
	var start, end, length *property
	for i, p := range c.properties {
		switch p.name {
		case "UID":
			e.uid = p.value
		case "DTSTART":
			start = &c.properties[i]
		case "DTEND":
			end = &c.properties[i]
		case "DURATION":
			length = &c.properties[i]
		case "STATUS":
			e.gone = strings.EqualFold(strings.TrimSpace(p.value), "CANCELLED")
		case "RRULE":
			e.rules = append(e.rules, p)
		case "RDATE", "EXDATE", "RECURRENCE-ID":
			if err := r.dates(&e, p); err != nil {
				return e, err
			}
		case "SUMMARY":
			e.title(p)
		case nameProperty, hoursProperty:
			if err := e.ours(p); err != nil {
				return e, err
			}
		}
	}
	if start == nil {
		return e, badLine(c.at, desk.Required)
	}
	return e, r.span(&e, *start, end, length)
}

// dates reads a list of dates that are added to a repeating event, taken out of it or replaced.
func (r *reading) dates(e *event, p property) error {
	for text := range strings.SplitSeq(p.value, ",") {
		text, _, _ = strings.Cut(text, "/") // a period stands for its first day
		m, ok := r.moment(p, text)
		if !ok {
			return badLine(p.at, desk.Date)
		}
		switch p.name {
		case "RDATE":
			e.also = append(e.also, m.date)
		case "EXDATE":
			e.not[m.date] = true
		default:
			e.instead = &m.date
		}
	}
	return nil
}

// title takes a summary for the name, unless ours says it better.
func (e *event) title(p property) {
	text := cutName(unescape(p.value))
	language := strings.ToLower(p.params["LANGUAGE"])
	russian := strings.HasPrefix(language, "ru") || language == "" && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	if e.named {
		return
	}
	if russian {
		e.what.Name.RU = text
	} else {
		e.what.Name.EN = text
	}
}

// ours reads what only our own files say.
func (e *event) ours(p property) error {
	if p.name == hoursProperty {
		hours, ok := readSpans(p.value)
		if !ok {
			return badLine(p.at, desk.Time)
		}
		e.what.Extra, e.what.Hours = true, hours
		return nil
	}
	if !e.named {
		e.what.Name, e.named = settings.Words{}, true
	}
	if p.params["LANGUAGE"] == "ru" {
		e.what.Name.RU = cutName(unescape(p.value))
	} else {
		e.what.Name.EN = cutName(unescape(p.value))
	}
	return nil
}

func readSpans(text string) ([]Hours, bool) {
	if text == closed {
		return nil, true
	}
	var hours []Hours
	for part := range strings.SplitSeq(text, ",") {
		from, to, ok := strings.Cut(part, "-")
		if !ok {
			return nil, false
		}
		hours = append(hours, Hours{from, to})
	}
	_, wrong := intervals("", hours)
	return hours, len(wrong) == 0
}

const longestName = 200

func cutName(s string) string {
	s = strings.TrimSpace(s)
	if runes := []rune(s); len(runes) > longestName {
		return strings.TrimSpace(string(runes[:longestName]))
	}
	return s
}
