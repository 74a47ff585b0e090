package letters

import (
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"manydesk/desk/channels/email"
)

// view is a letter in words, the same for both forms of it.
type view struct {
	Language  string
	Subject   string
	Preheader string
	// Above is the line over which a reply is written; empty where none is read.
	Above    string
	Brand    Brand
	Light    shades
	Dark     shades
	Logo     template.URL
	LogoDark template.URL
	Heading  string
	Lead     string
	Code     string
	Stars    []star
	StarNote string
	Message  *quoted
	Facts    []fact
	Files    string
	Button   link
	Hint     string
	Reopen   sentence
	Urgent   sentence
	Foot     []link
	Mark     string
}

// shades are an accent's values as a stylesheet may take them.
type shades struct{ Solid, On, Text, Strip, Tint template.CSS }

type star struct {
	URL   string
	Label string
	Title string
}

type fact struct{ Name, Value string }

type link struct{ Text, URL string }

// sentence has a link or a number in its middle.
type sentence struct {
	Before, After string
	Link          link
}

type quoted struct {
	Initials string
	Author   string
	Meta     string
	HTML     template.HTML
	Text     string
}

func viewOf(l Letter) (*view, error) {
	if l.Language != "en" {
		l.Language = "ru"
	}
	if l.Zone == nil {
		l.Zone = time.UTC
	}
	fill, ok := kinds[l.Kind]
	if !ok {
		return nil, fmt.Errorf("no letter of the kind %q", l.Kind)
	}
	v := &view{
		Language: l.Language, Brand: l.Brand,
		Light: l.Brand.Light.or(neutralLight).shades(), Dark: l.Brand.Dark.or(neutralDark).shades(),
		Logo: picture(l.Brand.Logo), LogoDark: picture(l.Brand.LogoDark),
	}
	c := clock{language: l.Language, zone: l.Zone, now: l.Now}
	fill(v, l, c)
	v.Preheader = strings.TrimSpace(v.Heading + ". " + v.Lead)
	return v, nil
}

var (
	neutralLight = Accent{"#5b636d", "#ffffff", "#515963", "#c3c8cf", "#eceff2"}
	neutralDark  = Accent{"#8b929b", "#0d1116", "#a9aeb6", "#4a515a", "#232931"}
	color        = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
)

// or takes the neutral accent when any value is no colour: half a brand is unreadable.
func (a Accent) or(neutral Accent) Accent {
	for _, value := range []string{a.Solid, a.On, a.Text, a.Strip, a.Tint} {
		if !color.MatchString(value) {
			return neutral
		}
	}
	return a
}

func (a Accent) shades() shades {
	return shades{template.CSS(a.Solid), template.CSS(a.On), template.CSS(a.Text), template.CSS(a.Strip), template.CSS(a.Tint)}
}

// picture lets through what may stand in a letter as its logo.
func picture(s string) template.URL {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "cid:") {
		return template.URL(s)
	}
	return ""
}

// client fills in what all letters about a request have.
func (v *view) client(l Letter) {
	v.Subject = "[" + l.Ref + "] " + bare(l.Subject)
	v.Above = pick(l.Language, email.AboveLineRu+", ответ попадёт в"+gap+"заявку", email.AboveLineEn+" and your reply joins the request")
	v.Button = link{pick(l.Language, "Открыть заявку", "Open the request"), l.Link}
	v.Files = joined(l.Files)
	v.Mark = l.Mark
	v.foot(l)
}

func (v *view) foot(l Letter) {
	if l.Brand.Phone != "" {
		v.Urgent = sentence{
			Before: pick(l.Language, "Вопросы срочнее письма: ", "More urgent than a letter: "),
			Link:   link{Text: strings.ReplaceAll(l.Brand.Phone, " ", gap)},
			After:  ".",
		}
		if l.Brand.Hours != "" {
			v.Urgent.After = ", " + l.Brand.Hours + "."
		}
	}
	if l.SettingsLink != "" {
		v.Foot = append(v.Foot, link{pick(l.Language, "Настроить письма", "Letter settings"), l.SettingsLink})
	}
	if l.OtherLanguageLink != "" {
		v.Foot = append(v.Foot, link{pick(l.Language, "In English", "По-русски"), l.OtherLanguageLink})
	}
}

var answers = regexp.MustCompile(`(?i)^(?:\s*(?:re|fwd?|ответ|отв|пересл)(?:\[\d+\])?\s*:\s*)+`)

// bare is a subject without "Re:" and the number that we put there ourselves.
func bare(subject string) string {
	subject = answers.ReplaceAllString(subject, "")
	if strings.HasPrefix(subject, "[") {
		if tag, rest, ok := strings.Cut(subject, "]"); ok && strings.Contains(tag, "-") && !strings.Contains(tag, " ") {
			subject = rest
		}
	}
	return strings.Join(strings.Fields(answers.ReplaceAllString(subject, "")), " ")
}

// message shows what somebody wrote; nothing when it is empty.
func (v *view) message(m Message, c clock) {
	html, text := email.CleanHTML(m.HTML), strings.TrimSpace(m.Text)
	if html == "" {
		html = paragraphs(text)
	}
	if html == "" {
		return
	}
	meta := m.Role
	if !m.At.IsZero() {
		meta = strings.TrimPrefix(meta+", "+c.written(m.At), ", ")
	}
	if text == "" {
		text = email.TextOfHTML(html)
	}
	v.Message = &quoted{Initials: initials(m.Author), Author: m.Author, Meta: meta, HTML: template.HTML(html), Text: text}
}

// paragraphs writes plain text as HTML: an empty line parts paragraphs.
func paragraphs(text string) string {
	var out []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, "<p>"+strings.ReplaceAll(template.HTMLEscapeString(p), "\n", "<br>")+"</p>")
		}
	}
	return strings.Join(out, "")
}

func initials(name string) string {
	var out []rune
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(out) < 2 {
			out = append(out, unicode.ToUpper([]rune(word)[0]))
		}
	}
	return string(out)
}

// stars are five links to the page of the rating, where nothing is recorded until
// it is sent: programs that read mail ahead open links too.
func (v *view) stars(l Letter) {
	page, err := url.Parse(l.RatingLink)
	if err != nil || l.RatingLink == "" {
		return
	}
	for score := 1; score <= 5; score++ {
		q := page.Query()
		q.Set("score", fmt.Sprint(score))
		page.RawQuery = q.Encode()
		label := fmt.Sprint(score)
		switch score {
		case 1:
			label += pick(l.Language, ", плохо", ", bad")
		case 5:
			label += pick(l.Language, ", отлично", ", excellent")
		}
		v.Stars = append(v.Stars, star{page.String(), label, fmt.Sprintf(pick(l.Language, "%d из 5", "%d out of 5"), score)})
	}
	v.StarNote = pick(l.Language, "Откроется страница, там оценку можно дополнить и"+gap+"отправить.",
		"A page opens, where you can add a comment and send the rating.")
}

func (v *view) add(name, value string) {
	if value != "" {
		v.Facts = append(v.Facts, fact{name, value})
	}
}

func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
