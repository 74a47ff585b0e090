package catcher

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// tongue is one language of the page.
type tongue string

const (
	russian tongue = "ru"
	english tongue = "en"
)

var matcher = language.NewMatcher([]language.Tag{language.English, language.Russian})

// languageOf is the first of our languages in the browser's list, English when none is.
func languageOf(accept string) tongue {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return english
	}
	if _, i, _ := matcher.Match(tags...); i == 1 {
		return russian
	}
	return english
}

func (t tongue) code() string { return string(t) }

// say looks a phrase up; a missing one shows its key, which a test forbids.
func (t tongue) say(key string) string {
	if p, ok := phrases[key]; ok {
		if t == russian {
			return p[0]
		}
		return p[1]
	}
	return key
}

// phrases are Russian and English.
var phrases = map[string][2]string{
	"title":       {"Исходящая почта", "Outgoing mail"},
	"lead":        {"Почтовый сервер не настроен, поэтому письма никому не уходят: они остаются здесь.", "No mail server is set up, so letters go to nobody: they stay here."},
	"filter":      {"Кому", "To"},
	"filter_hint": {"часть адреса", "part of an address"},
	"find":        {"Найти", "Find"},
	"all":         {"Показать все", "Show all"},
	"refresh":     {"Обновить", "Refresh"},
	"clear":       {"Удалить все", "Delete all"},
	"empty":       {"Писем пока нет", "No letters yet"},
	"empty_hint":  {"Как только система отправит письмо, оно появится здесь.", "As soon as the system sends a letter, it appears here."},
	"none_found":  {"На этот адрес писем не было", "No letters went to this address"},
	"older":       {"Более ранние", "Older"},
	"newest":      {"К самым новым", "Back to the newest"},
	"no_subject":  {"(без темы)", "(no subject)"},
	"back":        {"Все письма", "All letters"},
	"from":        {"От кого", "From"},
	"to":          {"Кому", "To"},
	"really_to":   {"Доставлено бы на", "Would be delivered to"},
	"date":        {"Получено", "Arrived"},
	"files":       {"Вложения", "Attachments"},
	"body":        {"Письмо", "Letter"},
	"as_text":     {"Текст без оформления", "Plain text"},
	"headers":     {"Заголовки", "Headers"},
	"header":      {"Заголовок", "Header"},
	"value":       {"Значение", "Value"},
	"original":    {"Скачать оригинал", "Download the original"},
	"missing":     {"Такого письма нет", "There is no such letter"},
	"missing_why": {"Его удалили или ссылка неверна.", "It was deleted, or the link is wrong."},
	"trouble":     {"Письмо не удалось прочитать", "The letter could not be read"},
	"trouble_why": {"Причина записана в журнал. Попробуйте ещё раз.", "The reason is in the log. Try again."},
	"skip":        {"К содержанию", "Skip to content"},
}

var russianMonths = [...]string{"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."}

// when is a moment in the machine's own zone: the page is read on that machine.
func (t tongue) when(at time.Time) string {
	at = at.Local()
	if t == russian {
		return fmt.Sprintf("%d %s %d г., %s", at.Day(), russianMonths[at.Month()-1], at.Year(), at.Format("15:04"))
	}
	return at.Format("2 Jan 2006, 15:04")
}

// letters is a number of letters in words: 1 письмо, 2 письма, 5 писем.
func (t tongue) letters(n int) string {
	if t == english {
		if n == 1 {
			return "1 letter"
		}
		return strconv.Itoa(n) + " letters"
	}
	switch tens, ones := n%100, n%10; {
	case ones == 1 && tens != 11:
		return strconv.Itoa(n) + " письмо"
	case ones >= 2 && ones <= 4 && (tens < 12 || tens > 14):
		return strconv.Itoa(n) + " письма"
	default:
		return strconv.Itoa(n) + " писем"
	}
}

// size is a number of bytes for people.
func (t tongue) size(bytes any) string {
	n := float64(0)
	switch v := bytes.(type) {
	case int:
		n = float64(v)
	case int64:
		n = float64(v)
	}
	units := []string{"B", "KB", "MB"}
	if t == russian {
		units = []string{"Б", "КБ", "МБ"}
	}
	i := 0
	for n >= 1024 && i < len(units)-1 {
		n /= 1024
		i++
	}
	s := strconv.FormatFloat(n, 'f', 0, 64)
	if n < 10 && i > 0 {
		s = strconv.FormatFloat(n, 'f', 1, 64)
	}
	if t == russian {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "\u00a0" + units[i]
}
