package letters

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"manydesk/desk/channels/email"
)

var update = flag.Bool("update", false, "write the golden files anew")

func moscow(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// sample is a letter with everything that its kind may tell.
func sample(t testing.TB, kind Kind, language string) Letter {
	t.Helper()
	zone := moscow(t)
	now := time.Date(2026, 11, 23, 12, 41, 0, 0, zone)
	l := Letter{
		Kind: kind, Language: language, Zone: zone, Now: now,
		Brand: Brand{
			Name:  pick(language, "ЛиС", "LiS"),
			Light: Accent{"#0c7a70", "#ffffff", "#0a6c63", "#0c8578", "#e0f4f1"},
			Dark:  Accent{"#3fbdae", "#0d1116", "#62d0c3", "#2aa899", "#123330"},
			Phone: "8 800 000-22-31", Hours: pick(language, "круглосуточно", "round the clock"),
		},
		Ref: "ЛИС-2231", Subject: pick(language, "Датчик CO2 молчит, корпус 2", "CO2 sensor is silent, building 2"),
		Link: "https://lis.example/requests/2231", SettingsLink: "https://lis.example/me", OtherLanguageLink: "https://lis.example/requests/2231?lang=x",
		Mark: "[#ЛИС-2231:abcdefghijklm]",
	}
	switch kind {
	case Received:
		l.ReplyBy, l.ResolveBy = now.Add(8*time.Minute), now.Add(3*time.Hour+53*time.Minute)
	case Reply, NeedsInfo:
		l.Until = time.Date(2026, 11, 24, 12, 0, 0, 0, zone)
		l.Message = Message{
			Author: pick(language, "Олег Савин", "Oleg Savin"), Role: pick(language, "инженер по микроклимату", "climate engineer"), At: now,
			HTML: pick(language, "<p>Добрый день, Иван! Вижу, связь с датчиком пропала в 06:02.</p><p>Проверьте, пожалуйста, горит ли <b>зелёный индикатор</b> на его блоке питания.</p>",
				"<p>Hello Ivan, I can see that the sensor went silent at 06:02.</p><p>Please check whether the <b>green light</b> on its power supply is on.</p>"),
		}
		l.Files = []string{pick(language, "схема.pdf", "scheme.pdf")}
	case Resolved, Closed:
		l.Took, l.Summary = 2*time.Hour+38*time.Minute, pick(language, "Датчик CO2 снова на связи", "The CO2 sensor is back")
		l.RatingLink, l.ReopenLink = "https://lis.example/rate/tok", "https://lis.example/requests/2231?reopen"
		l.Until = time.Date(2026, 11, 26, 15, 12, 0, 0, zone)
		l.Message = Message{Author: pick(language, "Олег Савин", "Oleg Savin"), At: now.Add(-22 * time.Hour), Text: pick(language, "Заменил блок питания <24 В>.\nПоказания 1 240 ppm.", "Replaced the <24 V> power supply.\nIt shows 1,240 ppm.")}
	case SignIn:
		l.Code, l.Until = "4821 07", now.Add(10*time.Minute)
		l.Link = "https://lis.example/sign-in/tok"
	case Invitation:
		l.By, l.Until, l.Provider = pick(language, "Мария Орлова", "Maria Orlova"), now.AddDate(0, 0, 7), pick(language, "Техподдержка 24", "Support 24")
	case PasswordReset:
		l.Until = now.Add(time.Hour)
	case Returned:
		l.Cause, l.Who, l.Count, l.Refs = "removed", pick(language, "Олег Савин", "Oleg Savin"), 12, []string{"ЛИС-2231", "ЛИС-2240", "ЛИС-2244"}
		l.Link = "https://desk.example/t/lis/distribution"
	case Assigned, ClientReplied, Resumed, Escalated, Triggered:
		l.Promise, l.Due, l.Title = "resolution", now.Add(20*time.Minute), pick(language, "VIP ждёт час", "A VIP has waited an hour")
		l.Client, l.Company, l.Priority = pick(language, "Иван Петров", "Ivan Petrov"), pick(language, "Тепличный комбинат", "Greenhouses Ltd"), pick(language, "Высокий", "High")
		l.ResolveBy = now.Add(26 * time.Hour)
		l.Message = Message{Author: l.Client, At: now, Text: pick(language, "Индикатор не горит.", "The light is off.")}
	}
	return l
}

func all() []Kind {
	return []Kind{Received, Reply, NeedsInfo, Resolved, Closed, SignIn, Invitation, PasswordReset, Assigned, ClientReplied, Resumed, Escalated, Triggered, Returned}
}

func TestLettersAreAsTheyWereLookedAt(t *testing.T) {
	t.Parallel()
	for _, kind := range all() {
		for _, language := range []string{"ru", "en"} {
			name := string(kind) + "." + language
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				got, err := Render(sample(t, kind, language))
				if err != nil {
					t.Fatal(err)
				}
				golden(t, name+".txt", "Subject: "+got.Subject+"\n\n"+got.Text)
				golden(t, name+".html", got.HTML)
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it and run with -update\n%s", name, got)
	}
}

func TestBothFormsSayTheSame(t *testing.T) {
	t.Parallel()
	letters := regexp.MustCompile(`[^\p{L}\p{N}]+`)
	fold := func(s string) string { return letters.ReplaceAllString(s, "") }
	for _, kind := range all() {
		for _, language := range []string{"ru", "en"} {
			l := sample(t, kind, language)
			got, err := Render(l)
			if err != nil {
				t.Fatal(err)
			}
			html := fold(email.TextOfHTML(got.HTML))
			for _, line := range strings.Split(got.Text, "\n") {
				line, _, _ = strings.Cut(line, "http")
				line = strings.TrimSuffix(line, "(")
				for _, part := range strings.Split(line, ": ") {
					if part = fold(part); part != "" && !strings.Contains(html, part) && part != fold(l.Message.Author+", "+pick(language, "22 ноября, 14:41", "22 November, 14:41")) &&
						!strings.Contains(part, pick(language, "из5", "outof5")) && !strings.HasPrefix(part, fold(l.Message.Author)) && part != fold(l.Brand.Name) {
						t.Errorf("%s %s: the HTML lacks %q", kind, language, part)
					}
				}
			}
		}
	}
}

func TestNothingOfAClientIsTakenForOurs(t *testing.T) {
	t.Parallel()
	evil := `<script>alert(1)</script><img src=x onerror=1>"'`
	l := sample(t, Reply, "ru")
	l.Subject, l.Summary, l.Client, l.Company, l.Brand.Name, l.Message.Author, l.Message.Role = evil, evil, evil, evil, evil, evil, evil
	l.Message.HTML = evil + `<a href="javascript:alert(1)">x</a><p style="position:fixed">y</p>`
	l.Link, l.Brand.Logo = "javascript:alert(1)", "javascript:alert(1)"
	l.Brand.Light.Solid = "red;background:url(https://spy.example)"
	l.Files = []string{evil}
	for _, kind := range all() {
		l.Kind = kind
		got, err := Render(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<img src=x", "onerror=1>", `"javascript:`, "spy.example", "position:fixed"} {
			if strings.Contains(got.HTML, bad) {
				t.Errorf("%s: %q is in the letter", kind, bad)
			}
		}
		if strings.ContainsAny(got.Subject, "\r\n") {
			t.Errorf("%s: subject %q", kind, got.Subject)
		}
	}
}

func TestAnswerAboveTheLineIsAllThatIsNew(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		got, err := Render(sample(t, Reply, language))
		if err != nil {
			t.Fatal(err)
		}
		head := "From: ivan@client.example\r\nSubject: Re: x\r\nMessage-ID: <1@client.example>\r\n"
		plain := email.Read([]byte(head + "\r\nIt is off.\r\n\r\n" + got.Text))
		if plain.NewText != "It is off." {
			t.Errorf("%s: new text %q", language, plain.NewText)
		}
		html := email.Read([]byte(head + "Content-Type: text/html; charset=utf-8\r\n\r\n<p>It is off.</p>" + got.HTML))
		if html.NewText != "It is off." || email.TextOfHTML(html.NewHTML) != "It is off." {
			t.Errorf("%s: new text %q, html %q", language, html.NewText, html.NewHTML)
		}
	}
}

func TestEmptyLetterStillStands(t *testing.T) {
	t.Parallel()
	for _, kind := range all() {
		got, err := Render(Letter{Kind: kind, Ref: "A-1", Brand: Brand{Name: "Acme"}})
		if err != nil || got.Subject == "" || !strings.Contains(got.HTML, "</html>") || strings.Contains(got.HTML, "0001") {
			t.Errorf("%s: %v %q", kind, err, got.Subject)
		}
	}
	if _, err := Render(Letter{Kind: "poem"}); err == nil {
		t.Error("an unknown kind was rendered")
	}
}
