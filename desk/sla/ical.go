package sla

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"manydesk/desk/settings"
)

// Special is a date of a calendar that is not like its weekday.
type Special struct {
	Date string
	// Extra is a day with hours of its own, none for closed; else it is a holiday.
	Extra bool
	Hours []Hours
	Name  settings.Words
}

// Feed is whose dates are written as iCalendar.
type Feed struct {
	// ID makes the UIDs of the events, the same each time: "office.acme".
	ID, Title, TimeZone string
	// Language is that of the titles; both are kept beside.
	Language string
	// At is when the calendar was published.
	At time.Time
}

// The properties that are ours: what a date's hours are, and its name in each language.
const (
	hoursProperty = "X-MANYDESK-HOURS"
	nameProperty  = "X-MANYDESK-NAME"
	// closed is an extra day without hours.
	closed = "-"
)

// WriteICal gives the dates as iCalendar (RFC 5545): an event of a whole day for
// each, in their order. ReadICal gives the very same dates back.
func WriteICal(f Feed, days []Special) []byte {
	var w folder
	w.line("BEGIN:VCALENDAR")
	w.line("VERSION:2.0")
	w.line("PRODID:-//Manydesk//Calendar//EN")
	w.line("CALSCALE:GREGORIAN")
	w.line("X-WR-CALNAME:" + escape(f.Title))
	if f.TimeZone != "" {
		w.line("X-WR-TIMEZONE:" + f.TimeZone)
	}
	for _, d := range ordinal(days) {
		date, ok := dayOf(d.Date)
		if !ok {
			continue
		}
		kind := "holiday"
		if d.Extra {
			kind = "hours"
		}
		w.line("BEGIN:VEVENT")
		w.line("UID:" + d.Date + "-" + kind + "@" + f.ID)
		w.line("DTSTAMP:" + f.At.UTC().Format("20060102T150405Z"))
		w.line("DTSTART;VALUE=DATE:" + basic(date))
		w.line("DTEND;VALUE=DATE:" + basic(date+1))
		w.line("TRANSP:TRANSPARENT")
		if title := d.Name.In(f.Language); title != "" {
			w.line("SUMMARY:" + escape(title))
		}
		if d.Name.RU != "" {
			w.line(nameProperty + ";LANGUAGE=ru:" + escape(d.Name.RU))
		}
		if d.Name.EN != "" {
			w.line(nameProperty + ";LANGUAGE=en:" + escape(d.Name.EN))
		}
		if d.Extra {
			w.line(hoursProperty + ":" + spans(d.Hours))
		}
		w.line("END:VEVENT")
	}
	w.line("END:VCALENDAR")
	return w.text
}

// ordinal sorts by date, the holiday before the hours of the same date.
func ordinal(days []Special) []Special {
	sorted := slices.Clone(days)
	slices.SortStableFunc(sorted, func(a, b Special) int {
		if c := cmp.Compare(a.Date, b.Date); c != 0 || a.Extra == b.Extra {
			return c
		}
		if b.Extra {
			return -1
		}
		return 1
	})
	return sorted
}

func spans(hours []Hours) string {
	if len(hours) == 0 {
		return closed
	}
	all := make([]string, len(hours))
	for i, h := range hours {
		all[i] = h[0] + "-" + h[1]
	}
	return strings.Join(all, ",")
}

func basic(date int) string { return civil(date).Format("20060102") }

// civil is the day as an instant of UTC: only its date is meant.
func civil(date int) time.Time { return time.Unix(int64(date)*86400, 0).UTC() }

// folder writes lines of at most 75 octets, never through a character (RFC 5545, 3.1).
type folder struct{ text []byte }

func (f *folder) line(s string) {
	most := 75
	for len(s) > most {
		n := most
		for !utf8.RuneStart(s[n]) {
			n--
		}
		f.text = append(append(f.text, s[:n]...), "\r\n "...)
		s, most = s[n:], 74
	}
	f.text = append(append(f.text, s...), "\r\n"...)
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// escape writes a text value (RFC 5545, 3.3.11), without control characters, which have no place in one.
func escape(s string) string {
	return escapes.Replace(strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s))
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'n' || s[i] == 'N' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
