package letters

import (
	"strings"
	"testing"
	"time"
)

func TestTimesAreSaidInTheReadersZoneAndLanguage(t *testing.T) {
	t.Parallel()
	zone := moscow(t)
	now := time.Date(2026, 11, 23, 12, 41, 0, 0, zone)
	ru, en := clock{"ru", zone, now}, clock{"en", zone, now}
	plain := func(s string) string { return strings.ReplaceAll(s, gap, " ") }
	today, tomorrow, later, year := now.Add(8*time.Minute), now.AddDate(0, 0, 1), now.AddDate(0, 0, 3), now.AddDate(1, 0, 0)
	for _, c := range []struct{ got, want string }{
		{ru.by(today), "сегодня до 12:49"},
		{ru.by(later), "до 26 ноября, 12:41"},
		{ru.until(today), "до 12:49"},
		{ru.until(tomorrow), "до завтра, 12:41"},
		{ru.until(year), "до 23 ноября 2027 г., 12:41"},
		{ru.fact(today), "Сегодня, 23 ноября, до 12:49"},
		{ru.fact(later), "26 ноября, до 12:41"},
		{ru.written(now), "12:41"},
		{ru.written(now.AddDate(0, 0, -1)), "22 ноября, 12:41"},
		{en.by(today), "today by 12:49"},
		{en.by(later), "by 26 November, 12:41"},
		{en.until(tomorrow), "until tomorrow, 12:41"},
		{en.fact(tomorrow), "Tomorrow, 24 November, by 12:41"},
		{en.until(year), "until 23 November 2027, 12:41"},
		{ru.place(now), "по Москве"},
		{en.place(now), "Moscow time"},
		{clock{"en", time.UTC, now}.place(now), "UTC"},
		{clock{"ru", time.FixedZone("", -(3*3600 + 1800)), now}.place(now), "UTC-3:30"},
		{clock{"ru", time.FixedZone("", 5*3600), now}.place(now), "UTC+5"},
		// Midnight belongs to the reader's day, not to the server's.
		{clock{"ru", zone, time.Date(2026, 11, 23, 20, 59, 0, 0, time.UTC)}.by(time.Date(2026, 11, 23, 21, 1, 0, 0, time.UTC)), "завтра до 00:01"},
	} {
		if got := plain(c.got); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestLengthsAreSaidWithTheRightForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d      time.Duration
		ru, en string
	}{
		{30 * time.Second, "1 минуту", "1 minute"},
		{2 * time.Minute, "2 минуты", "2 minutes"},
		{11 * time.Minute, "11 минут", "11 minutes"},
		{61 * time.Minute, "1 час 1 минуту", "1 hour 1 minute"},
		{2*time.Hour + 38*time.Minute, "2 часа 38 минут", "2 hours 38 minutes"},
		{24 * time.Hour, "1 день", "1 day"},
		{5*24*time.Hour + 21*time.Hour + 5*time.Minute, "5 дней 21 час", "5 days 21 hours"},
	} {
		ru, en := strings.ReplaceAll(lasted("ru", c.d), gap, " "), strings.ReplaceAll(lasted("en", c.d), gap, " ")
		if ru != c.ru || en != c.en {
			t.Errorf("%v: %q and %q, want %q and %q", c.d, ru, en, c.ru, c.en)
		}
	}
}

func TestSubjectIsShownBare(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"Re: [ACME-1042] Не печатает касса": "Не печатает касса",
		"RE: Ответ: x":     "x",
		"[срочно важно] x": "[срочно важно] x",
		"a\r\nBcc: b":      "a Bcc: b",
		"Refund":           "Refund",
	} {
		if got := bare(raw); got != want {
			t.Errorf("%q is %q, want %q", raw, got, want)
		}
	}
}
