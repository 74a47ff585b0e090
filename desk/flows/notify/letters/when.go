package letters

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// gap is a space at which no line breaks.
const gap = "\u00A0"

var months = map[string][12]string{
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// clock tells times to one reader.
type clock struct {
	language string
	zone     *time.Location
	now      time.Time
}

func (c clock) at(t time.Time) time.Time { return t.In(c.zone) }

// hour is "12:49".
func (c clock) hour(t time.Time) string { return c.at(t).Format("15:04") }

// day is "23 ноября", with the year when it is another than now.
func (c clock) day(t time.Time) string {
	t = c.at(t)
	s := strconv.Itoa(t.Day()) + gap + months[c.language][t.Month()-1]
	if t.Year() != c.at(c.now).Year() {
		s += gap + strconv.Itoa(t.Year())
		if c.language == "ru" {
			s += gap + "г."
		}
	}
	return s
}

// near is "сегодня" or "завтра", empty for other days.
func (c clock) near(t time.Time) string {
	days := dayNumber(c.at(t)) - dayNumber(c.at(c.now))
	switch {
	case days == 0:
		return pick(c.language, "сегодня", "today")
	case days == 1:
		return pick(c.language, "завтра", "tomorrow")
	}
	return ""
}

func dayNumber(t time.Time) int64 {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// by is a promise inside a sentence: "сегодня до 12:49", "до 25 ноября, 10:00".
func (c clock) by(t time.Time) string {
	word := pick(c.language, "до", "by")
	if near := c.near(t); near != "" {
		return near + " " + word + gap + c.hour(t)
	}
	return word + gap + c.day(t) + "," + gap + c.hour(t)
}

// until is how long something is waited for: "до завтра, 12:00", today "до 12:51".
func (c clock) until(t time.Time) string {
	word := pick(c.language, "до", "until")
	if near := c.near(t); near != "" {
		if dayNumber(c.at(t)) == dayNumber(c.at(c.now)) {
			return word + gap + c.hour(t)
		}
		return word + gap + near + "," + gap + c.hour(t)
	}
	return word + gap + c.day(t) + "," + gap + c.hour(t)
}

// fact is a promise in a table: "Сегодня, 23 ноября, до 12:49".
func (c clock) fact(t time.Time) string {
	s := c.day(t) + ", " + pick(c.language, "до", "by") + gap + c.hour(t)
	if near := c.near(t); near != "" {
		return capital(near) + ", " + s
	}
	return capital(s)
}

// written is when a message was written: "12:41" today, else "22 ноября, 12:41".
func (c clock) written(t time.Time) string {
	if dayNumber(c.at(t)) == dayNumber(c.at(c.now)) {
		return c.hour(t)
	}
	return c.day(t) + "," + gap + c.hour(t)
}

// cities are the zones that Russians name by a city.
var cities = map[string]string{
	"Europe/Moscow": "по" + gap + "Москве", "Europe/Kaliningrad": "по" + gap + "Калининграду", "Europe/Samara": "по" + gap + "Самаре",
	"Asia/Yekaterinburg": "по" + gap + "Екатеринбургу", "Asia/Omsk": "по" + gap + "Омску", "Asia/Novosibirsk": "по" + gap + "Новосибирску",
	"Asia/Krasnoyarsk": "по" + gap + "Красноярску", "Asia/Irkutsk": "по" + gap + "Иркутску", "Asia/Yakutsk": "по" + gap + "Якутску",
	"Asia/Vladivostok": "по" + gap + "Владивостоку", "Asia/Magadan": "по" + gap + "Магадану", "Asia/Kamchatka": "по" + gap + "Камчатке",
	"Europe/Minsk": "по" + gap + "Минску", "Asia/Almaty": "по" + gap + "Алматы",
}

// place says whose clock the times are by: "по Москве", "Moscow time", "UTC+5".
func (c clock) place(t time.Time) string {
	name := c.zone.String()
	if c.language == "ru" && cities[name] != "" {
		return cities[name]
	}
	if i := strings.LastIndexByte(name, '/'); c.language == "en" && i > 0 && !strings.HasPrefix(name, "Etc/") {
		return strings.ReplaceAll(name[i+1:], "_", gap) + gap + "time"
	}
	_, offset := c.at(t).Zone()
	switch {
	case offset == 0:
		return "UTC"
	case offset%3600 == 0:
		return fmt.Sprintf("UTC%+d", offset/3600)
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign, offset/3600, offset/60%60)
}

// lasted says a length in its two largest units: "2 часа 38 минут".
func lasted(language string, d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	units := []struct {
		size int
		ru   [3]string
		en   [2]string
	}{
		{1440, [3]string{"день", "дня", "дней"}, [2]string{"day", "days"}},
		{60, [3]string{"час", "часа", "часов"}, [2]string{"hour", "hours"}},
		{1, [3]string{"минуту", "минуты", "минут"}, [2]string{"minute", "minutes"}},
	}
	var parts []string
	for i, u := range units {
		n := minutes / u.size
		minutes %= u.size
		if n == 0 && (i < len(units)-1 || len(parts) > 0) || len(parts) == 2 {
			continue
		}
		n = max(n, 1)
		word := u.en[min(n-1, 1)]
		if language == "ru" {
			word = u.ru[plural(n)]
		}
		parts = append(parts, strconv.Itoa(n)+gap+word)
	}
	return strings.Join(parts, " ")
}

// plural picks the Russian form: 1 час, 2 часа, 5 часов.
func plural(n int) int {
	switch {
	case n%10 == 1 && n%100 != 11:
		return 0
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return 1
	}
	return 2
}

func pick(language, ru, en string) string {
	if language == "ru" {
		return ru
	}
	return en
}

func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
