package sla

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
)

func shippedYear(t *testing.T, year int) ProductionYear {
	t.Helper()
	all, err := shippedYears()
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range all {
		if y.Country == "RU" && y.Year == year {
			return y
		}
	}
	t.Fatalf("no %d among %d years", year, len(all))
	return ProductionYear{}
}

func office() CalendarSpec {
	day := []Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}
	return CalendarSpec{
		Name: settings.Words{RU: "Офис", EN: "Office"},
		Spec: Spec{TimeZone: "Europe/Moscow", Weekly: map[string][]Hours{"mon": day, "tue": day, "wed": day, "thu": day, "fri": {{"09:00", "16:45"}}}},
	}
}

// The official production calendar says how many days and hours of a 40-hour
// week are worked in a year.
func TestAYearHasAsManyWorkingDaysAsTheProductionCalendarSays(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]struct{ days, hours int }{2026: {247, 1972}, 2027: {249, 1987}} {
		c := office()
		for _, name := range weekdays[1:6] {
			c.Weekly[name] = []Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}
		}
		c, _, err := Apply(c, []ProductionYear{shippedYear(t, year)})
		if err != nil {
			t.Fatal(err)
		}
		calendar, wrong := c.Calendar()
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		zone := calendar.Zone()
		days := 0
		for at := time.Date(year, 1, 1, 10, 0, 0, 0, zone); at.Year() == year; at = at.AddDate(0, 0, 1) {
			if calendar.Open(at) {
				days++
			}
		}
		hours := Elapsed(calendar, time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone), nil)
		if days != want.days || hours != time.Duration(want.hours)*time.Hour {
			t.Errorf("%d has %d working days, %s: want %+v", year, days, hours, want)
		}
	}
}

func TestAProductionYearIsPutIntoACalendar(t *testing.T) {
	t.Parallel()
	c := office()
	c.Holidays = []string{"2026-08-01"}
	c.ExtraDays = []ExtraDay{{"2026-05-09", []Hours{{"10:00", "12:00"}}}, {"2026-07-01", nil}}
	got, changes, err := Apply(c, []ProductionYear{shippedYear(t, 2026)})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(got.Holidays, "2026-01-09") || !slices.Contains(got.Holidays, "2026-05-09") || !slices.Contains(got.Holidays, "2026-08-01") {
		t.Errorf("holidays %v", got.Holidays)
	}
	want := []ExtraDay{
		{"2026-04-30", []Hours{{"09:00", "13:00"}, {"14:00", "17:00"}}},
		{"2026-05-08", []Hours{{"09:00", "15:45"}}},
		{"2026-06-11", []Hours{{"09:00", "13:00"}, {"14:00", "17:00"}}},
		{"2026-07-01", nil},
		{"2026-11-03", []Hours{{"09:00", "13:00"}, {"14:00", "17:00"}}},
	}
	if !reflect.DeepEqual(got.ExtraDays, want) {
		t.Errorf("extra days %v\nwant %v", got.ExtraDays, want)
	}
	if got.Notes["2026-01-07"].EN != "Orthodox Christmas" || len(changes) != 22 || len(c.Holidays) != 1 {
		t.Errorf("%v, %d changes", got.Notes["2026-01-07"], len(changes))
	}
	again, changes, err := Apply(got, []ProductionYear{shippedYear(t, 2026)})
	if err != nil || len(changes) > 0 || !reflect.DeepEqual(again, got) {
		t.Errorf("the second time: %v %v", changes, err)
	}
}

func TestADecreeTakesTheHoursOfAnEarlierEditionAway(t *testing.T) {
	t.Parallel()
	c, _, err := Apply(office(), []ProductionYear{shippedYear(t, 2027)})
	if err != nil {
		t.Fatal(err)
	}
	// A made-up decree: the last day of the year is off for a Saturday that is worked, and no day is short.
	decree := shippedYear(t, 2027)
	decree.State, decree.Short = Decreed, []ProductionDay{{Date: "2027-11-13"}}
	decree.Off = append(decree.Off, ProductionDay{Date: "2027-12-31"})
	decree.Working = []ProductionDay{{Date: "2027-11-13", Like: "2027-11-05"}, {Date: "2027-11-14"}}
	if err := decree.Validate(); err != nil {
		t.Fatal(err)
	}
	got, changes, err := Apply(c, []ProductionYear{decree})
	want := []ExtraDay{{"2027-11-13", []Hours{{"09:00", "15:45"}}}, {"2027-11-14", []Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}}}
	if err != nil || !reflect.DeepEqual(got.ExtraDays, want) || !slices.Contains(got.Holidays, "2027-12-31") || len(changes) != 8 {
		t.Errorf("%v %+v", got.ExtraDays, changes)
	}
}

func TestShortDaysLoseTheirLastHour(t *testing.T) {
	t.Parallel()
	for want, hours := range map[string][]Hours{
		"09:00-17:00": {{"09:00", "18:00"}}, "09:00-12:30": {{"09:00", "13:00"}, {"14:00", "14:30"}}, "-": {{"09:00", "10:00"}}, "00:00-23:00": {{"00:00", "24:00"}},
	} {
		if got := spans(shorter(hours)); got != want {
			t.Errorf("%v: %s, want %s", hours, got, want)
		}
	}
}

func TestACalendarThatIsAlwaysOpenKnowsNoHolidays(t *testing.T) {
	t.Parallel()
	c := CalendarSpec{Name: settings.Words{EN: "24×7"}, Spec: Spec{TimeZone: "UTC", Always: true}}
	if _, _, err := Apply(c, []ProductionYear{shippedYear(t, 2026)}); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("got %v", err)
	}
}

func TestAFileOfAYearNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"country":"ru","year":1980,"state":"guessed"}`: "/body/country /body/off /body/state /body/year",
		`{"country":"RU","year":2028,"state":"decreed","off":[{"date":"2027-01-01"},{"date":"2028-01-01"},{"date":"2028-01-01"}]}`:                  "/body/off/0/date /body/off/2/date",
		`{"country":"RU","year":2028,"state":"decreed","off":[{"date":"2028-01-01"}],"short":[{"date":"2028-01-01"}]}`:                              "/body/short/0/date",
		`{"country":"RU","year":2028,"state":"decreed","off":[{"date":"2028-01-01","name":{"en":"` + strings.Repeat("x", 201) + `"}}]}`:             "/body/off/0/name/en",
		`{"country":"RU","year":2028,"state":"decreed","off":[{"date":"2028-01-01"}],"working":[{"date":"2028-01-15","like":"the Friday before"}]}`: "/body/working/0/like",
	} {
		_, err := ReadProduction(strings.NewReader(text))
		var e *desk.Error
		var got []string
		if errors.As(err, &e) {
			for _, f := range e.Fields {
				got = append(got, f.Pointer)
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"", "[]", `{"county":"RU"}`, `{"year":2028} {}`} {
		if _, err := ReadProduction(strings.NewReader(text)); !desk.Is(err, desk.BodyUnreadable) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ReadProduction(strings.NewReader(strings.Repeat(" ", MostProduction+1))); !desk.Is(err, desk.TooLarge) {
		t.Errorf("a large file: %v", err)
	}
}
