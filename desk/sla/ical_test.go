package sla

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/settings"
)

func moscow(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

var published = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func TestWhatIsWrittenIsReadBackTheSame(t *testing.T) {
	t.Parallel()
	zone := moscow(t)
	text := rapid.StringMatching(`([a-zA-Zа-яё0-9",;:\\=—«»日]([ a-zA-Zа-яё0-9",;:\\=\n—«»日]{0,120}[a-zA-Zа-яё0-9",;:\\=—«»日])?)?`)
	hour := rapid.IntRange(0, 11)
	day := rapid.Custom(func(t *rapid.T) Special {
		s := Special{
			Date:  civil(rapid.IntRange(-20_000, 60_000).Draw(t, "date")).Format(time.DateOnly),
			Extra: rapid.Bool().Draw(t, "extra"),
			Name:  settings.Words{RU: text.Draw(t, "ru"), EN: text.Draw(t, "en")},
		}
		if s.Extra && rapid.Bool().Draw(t, "open") {
			h := hour.Draw(t, "hour")
			s.Hours = []Hours{{oClock(h), oClock(h + 1)}, {oClock(h + 1), oClock(h + 2)}, {"13:30", "24:00"}}[:rapid.IntRange(1, 2).Draw(t, "n")]
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(day, 0, 30, func(s Special) string { return fmt.Sprint(s.Date, s.Extra) }).Draw(t, "days")
		file := WriteICal(Feed{ID: "office.acme", Title: "Офис; 5×8, Москва", TimeZone: "Europe/Moscow", Language: "ru", At: published}, days)
		for line := range strings.SplitSeq(string(file), "\r\n") {
			if len(line) > 75 {
				t.Fatalf("a line of %d octets: %q", len(line), line)
			}
		}
		got, err := ReadICal(file, zone, 1, 2)
		if err != nil || len(got.Skipped) > 0 {
			t.Fatalf("%v %v\n%s", err, got.Skipped, file)
		}
		if want := ordinal(days); len(want)+len(got.Days) > 0 && !reflect.DeepEqual(got.Days, want) {
			t.Fatalf("%+v\nwant %+v\n%s", got.Days, want, file)
		}
	})
}

func oClock(hour int) string { return fmt.Sprintf("%02d:00", hour) }

func file(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\nVERSION:2.0\n" + strings.Join(lines, "\n") + "\nEND:VCALENDAR\n")
}

func vevent(lines ...string) string {
	return "BEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT"
}

func dates(i Imported) (all []string) {
	for _, d := range i.Days {
		all = append(all, d.Date)
	}
	return all
}

func TestWholeDaysOfOtherCalendarsAreRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event string
		want  string
	}{
		"a date":                        {vevent("DTSTART;VALUE=DATE:20260101"), "2026-01-01"},
		"a date without its kind":       {vevent("dtstart:20260101"), "2026-01-01"},
		"several days":                  {vevent("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260104"), "2026-01-01 2026-01-02 2026-01-03"},
		"the same date at both ends":    {vevent("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260101"), "2026-01-01"},
		"a duration":                    {vevent("DTSTART;VALUE=DATE:20260101", "DURATION:P2D"), "2026-01-01 2026-01-02"},
		"weeks":                         {vevent("DTSTART;VALUE=DATE:20261228", "DURATION:P1W"), "2026-12-28 2026-12-29 2026-12-30 2026-12-31 2027-01-01 2027-01-02 2027-01-03"},
		"midnight to midnight":          {vevent("DTSTART:20260101T000000", "DTEND:20260102T000000"), "2026-01-01"},
		"midnight of a zone":            {vevent(`DTSTART;TZID="America/New_York":20260101T000000`, "DURATION:PT24H"), "2026-01-01"},
		"midnight of Moscow in UTC":     {vevent("DTSTART:20251231T210000Z", "DTEND:20260101T210000Z"), "2026-01-01"},
		"midnight of UTC":               {vevent("DTSTART:20260101T000000Z", "DTEND:20260102T000000Z"), "2026-01-01"},
		"each year":                     {vevent("DTSTART;VALUE=DATE:20200612", "RRULE:FREQ=YEARLY"), "2026-06-12 2027-06-12"},
		"each year until":               {vevent("DTSTART;VALUE=DATE:20200612", "RRULE:FREQ=YEARLY;UNTIL=20260613"), "2026-06-12"},
		"each year, so often":           {vevent("DTSTART;VALUE=DATE:20200612", "RRULE:FREQ=YEARLY;COUNT=7"), "2026-06-12"},
		"the fourth Thursday":           {vevent("DTSTART;VALUE=DATE:20201126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), "2026-11-26 2027-11-25"},
		"each year but one":             {vevent("DTSTART;VALUE=DATE:20200612", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20260612"), "2027-06-12"},
		"the leap day":                  {vevent("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"), ""},
		"two days each year":            {vevent("DTSTART;VALUE=DATE:20250101", "DTEND;VALUE=DATE:20250103", "RRULE:FREQ=YEARLY;COUNT=2"), "2026-01-01 2026-01-02"},
		"dates of their own":            {vevent("DTSTART;VALUE=DATE:20260612", "RDATE;VALUE=DATE:20260613,20270613"), "2026-06-12 2026-06-13 2027-06-13"},
		"a cancelled one":               {vevent("DTSTART;VALUE=DATE:20260101", "STATUS:CANCELLED"), ""},
		"one with an alarm":             {vevent("DTSTART;VALUE=DATE:20260101", "BEGIN:VALARM", "DTSTART:nonsense", "END:VALARM"), "2026-01-01"},
		"folded in the middle of a key": {"BEGIN:VEVENT\r\nDTST\r\n ART;VALUE=DA\r\n\tTE:20260101\r\nEND:VEVENT", "2026-01-01"},
		"one moved out of its row": {
			vevent("UID:a", "DTSTART;VALUE=DATE:20200612", "RRULE:FREQ=YEARLY") + "\n" + vevent("UID:a", "RECURRENCE-ID;VALUE=DATE:20260612", "DTSTART;VALUE=DATE:20260615"),
			"2026-06-15 2027-06-12",
		},
	} {
		got, err := ReadICal(file(c.event), moscow(t), 2026, 2027)
		if text := strings.Join(dates(got), " "); err != nil || text != c.want || len(got.Skipped) > 0 {
			t.Errorf("%s: %q, want %q: %v %v", name, text, c.want, err, got.Skipped)
		}
	}
}

func TestANameIsTakenInItsLanguage(t *testing.T) {
	t.Parallel()
	got, err := ReadICal(file(
		vevent("DTSTART;VALUE=DATE:20260101", `SUMMARY:New Year\, all day\nlong`), vevent("DTSTART;VALUE=DATE:20260107", "SUMMARY:Рождество"),
		vevent("DTSTART;VALUE=DATE:20260108", "SUMMARY;LANGUAGE=ru-RU:Z")), moscow(t), 2026, 2027)
	if err != nil || len(got.Days) != 3 || got.Days[0].Name.EN != "New Year, all day\nlong" || got.Days[1].Name.RU != "Рождество" || got.Days[2].Name.RU != "Z" {
		t.Errorf("%+v %v", got, err)
	}
	if years := got.Years(); !slices.Equal(years, []int{2026}) {
		t.Errorf("years %v", years)
	}
}

func TestAnEventThatIsNoWholeDayIsSkippedAndTold(t *testing.T) {
	t.Parallel()
	for _, event := range []string{
		vevent("DTSTART:20260101T090000", "DTEND:20260101T100000"), vevent("DTSTART:20260101T000000"), vevent("DTSTART:20260101T000000", "DURATION:PT12H"),
		vevent("DTSTART;VALUE=DATE:20260101", "DTEND:20260101T000000"),
	} {
		got, err := ReadICal(file(event, vevent("DTSTART:20260102")), moscow(t), 2026, 2027)
		if err != nil || len(got.Days) != 1 || len(got.Skipped) != 1 || got.Skipped[0].Params["line"] != 3 || got.Skipped[0].Params["why"] != "whole_day" {
			t.Errorf("%s: %+v %v", event, got, err)
		}
	}
}

func TestABrokenFileNamesItsLine(t *testing.T) {
	t.Parallel()
	many := strings.Repeat(vevent("DTSTART:20260101", "RRULE:FREQ=YEARLY;COUNT=1")+"\n", mostRules+1)
	for name, c := range map[string]struct {
		text string
		line int
		why  desk.FieldCode
	}{
		"nothing":                 {"", 1, desk.Unreadable},
		"no calendar":             {"Dear customer,\nsee below", 1, desk.Unreadable},
		"a card":                  {"BEGIN:VCARD\nEND:VCARD", 1, desk.Unreadable},
		"a line without a colon":  {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART\nEND:VEVENT\nEND:VCALENDAR", 3, desk.Unreadable},
		"bytes that are no text":  {"BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR", 2, desk.Unreadable},
		"an end of another":       {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", 3, desk.Unreadable},
		"no end":                  {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101", 3, desk.Unreadable},
		"more behind the end":     {"BEGIN:VCALENDAR\nEND:VCALENDAR\nX:1", 3, desk.Unreadable},
		"an event outside":        {"BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT", 3, desk.Unreadable},
		"no beginning":            {string(file(vevent("SUMMARY:x"))), 3, desk.Required},
		"a day that is none":      {string(file(vevent("SUMMARY:x", "DTSTART;VALUE=DATE:20260230"))), 5, desk.Date},
		"a year that is none":     {string(file(vevent("DTSTART:18000101"))), 4, desk.Date},
		"an end before the start": {string(file(vevent("DTSTART:20260105", "DTEND:20260101"))), 5, desk.NotAfter},
		"a length that is none":   {string(file(vevent("DTSTART:20260105", "DURATION:-P1D"))), 5, desk.Unreadable},
		"two years on end":        {string(file(vevent("DTSTART:20260105", "DTEND:20280105"))), 4, desk.MaxItems},
		"a rule that is none":     {string(file(vevent("DTSTART:20260105", "RRULE:FREQ=OFTEN"))), 5, desk.Recurrence},
		"each second":             {string(file(vevent("DTSTART:20260105", "RRULE:FREQ=SECONDLY"))), 5, desk.Recurrence},
		"hours that are none":     {string(file(vevent("DTSTART:20260105", "X-MANYDESK-HOURS:09:00-25:00"))), 5, desk.Time},
		"too deep":                {"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:X\n", mostDepth), mostDepth + 1, desk.TooDeep},
		"a line without end":      {"BEGIN:VCALENDAR\nX:" + strings.Repeat("x", mostLine), 2, desk.MaxLength},
		"too many events":         {string(file(strings.Repeat(vevent("DTSTART:20260101")+"\n", mostEvents+1))), 3 + 3*mostEvents, desk.MaxItems},
		"too many rules":          {string(file(many)), 5 + 4*mostRules, desk.MaxItems},
	} {
		got, err := ReadICal([]byte(c.text), moscow(t), 2026, 2027)
		var e *desk.Error
		if len(got.Days) > 0 || !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Params["line"] != c.line || e.Fields[0].Params["why"] != string(c.why) {
			t.Errorf("%s: %v %+v, want line %d %s", name, got.Days, e, c.line, c.why)
		}
	}
	if _, err := ReadICal(make([]byte, mostICal+1), moscow(t), 2026, 2027); !desk.Is(err, desk.TooLarge) {
		t.Errorf("a large file: %v", err)
	}
}

func FuzzICal(f *testing.F) {
	f.Add(WriteICal(Feed{ID: "a"}, []Special{{Date: "2026-01-01", Name: settings.Words{RU: "Новый год", EN: "New Year"}}, {Date: "2026-04-30", Extra: true, Hours: []Hours{{"09:00", "17:00"}}}}))
	f.Add(file(vevent("DTSTART;VALUE=DATE:20200612", "RRULE:FREQ=YEARLY;BYDAY=-1MO;BYSETPOS=-1;WKST=SU", "EXDATE:20260612,20270612T000000Z")))
	f.Add(file(vevent("DTSTART:20260101T000000Z", "DURATION:P1DT24H", "RECURRENCE-ID:20260101", "RDATE;VALUE=PERIOD:20260101T000000Z/P1D")))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ReadICal(text, time.UTC, 2026, 2027)
		if err != nil {
			return
		}
		again, err := ReadICal(WriteICal(Feed{ID: "a", Language: "en"}, got.Days), time.UTC, 2026, 2027)
		if err != nil || !sameDays(got.Days, again.Days) {
			t.Errorf("%v\n%+v\n%+v", err, got.Days, again.Days)
		}
	})
}

// sameDays compares what is stored, names without the control characters that no calendar may carry.
func sameDays(a, b []Special) bool {
	for i := range a {
		a[i].Name = settings.Words{RU: plainName(a[i].Name.RU), EN: plainName(a[i].Name.EN)}
	}
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func plainName(s string) string { return cutName(unescape(escape(s))) }
