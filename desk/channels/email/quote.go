package email

import (
	"regexp"
	"strings"
	"unicode"
)

// Marks of the line above which a person writes. Whoever renders letters puts one
// of them in, and whatever stands below comes back as a quote.
const (
	AboveLineRu = "Пишите выше этой линии"
	AboveLineEn = "Write above this line"
)

var (
	replySubject   = regexp.MustCompile(`(?i)^\s*(?:\[[^\]]{1,40}\]\s*)?(?:re|ответ|отв|aw|sv|rif|antw)(?:\[\d+\])?\s*:`)
	forwardSubject = regexp.MustCompile(`(?i)^\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|пересл|пересылка|wg|tr)(?:\[\d+\])?\s*:`)
	forwardLine    = regexp.MustCompile(`(?i)^[-_*\s]*(?:(?:begin )?forwarded message|пересылаемое сообщение|перенаправленное сообщение|` +
		`пересланное сообщение|начало (?:переадресованного|пересланного) (?:сообщения|письма)|пересланное письмо)[-_*:\s]*$`)
	originalLine = regexp.MustCompile(`(?i)^[-_*\s]{2,}(?:original (?:message|appointment)|исходное (?:сообщение|письмо)|` +
		`оригинальное сообщение|первоначальное сообщение|reply message|ursprüngliche nachricht)[-_*\s]{2,}$`)
	rule       = regexp.MustCompile(`^\s*(?:_{20,}|-{3,})\s*$`)
	headerFrom = regexp.MustCompile(`(?i)^[*\s]*(?:from|от|от кого|отправитель|von|de)\s*:\*?\s*\S`)
	headerMore = regexp.MustCompile(`(?i)^[*\s]*(?:sent|date|to|cc|subject|отправлено|дата|кому|копия|тема|gesendet|an|betreff|importance|важность)\s*:`)
	// Attributions: "On Mon, Nov 23, 2026 at 12:04 PM ACME <…> wrote:", "пн, 23 нояб. 2026 г. в 12:04, ACME <…>:".
	attributionEnd = regexp.MustCompile(`(?i)(?:wrote|writes|said|schrieb|пишет|писал|писала|писал\(а\)|написал|написала|написал\(а\)|` +
		`написали|<[^<>\s]+@[^<>\s]+>)\s*:?\s*-*\s*$`)
	attributionStart = regexp.MustCompile(`(?i)^\W*(?:on|am|le|el|il|op|den)\s|^\W*(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|сред|` +
		`четверг|пятниц|суббот|воскресень)|^\W*\d{1,4}[ .,/-]|^.{1,80}<[^<>\s]+@`)
	attributionDate = regexp.MustCompile(`\d{1,2}[:.]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}`)
)

// isReply reports a message that answers another: only there is a quote cut.
// A forwarded letter is no answer even when the client kept the references.
func isReply(m *Message) bool {
	if forwardSubject.MatchString(m.Subject) {
		return false
	}
	return len(m.InReplyTo) > 0 || len(m.References) > 0 || replySubject.MatchString(m.Subject)
}

// newParts is what of a reply is new, as text and, where the mail program marked
// its quote, as HTML; the HTML is empty when it and the text disagree.
// A reply that is nothing but a quote is shown whole, unless it brings files.
func newParts(m *Message, rawHTML string) (text, html string) {
	text = withoutQuote(m.Text)
	if text == "" && len(m.Attachments) == 0 {
		return m.Text, m.HTML
	}
	if text == m.Text {
		return m.Text, m.HTML
	}
	if m.HTML == "" {
		return text, ""
	}
	html = CleanHTML(withoutQuotedHTML(rawHTML))
	if letters(TextOfHTML(html)) != letters(text) {
		html = ""
	}
	return text, html
}

// letters folds a text to what must agree between two forms of it.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// withoutQuote takes the quoted part out of a reply: everything from our line, from
// "Original Message" or from a block of headers on; else the lines that begin with
// ">" and the sentence before them that says who wrote. Answers between quoted
// lines stay. What was forwarded is never cut.
func withoutQuote(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	var kept []string
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case forwardLine.MatchString(line):
			return tidy(append(kept, lines[i:]...))
		case strings.Contains(line, AboveLineRu) || strings.Contains(line, AboveLineEn):
			return tidy(withoutAttribution(kept))
		case originalLine.MatchString(line), headerBlock(lines[i:]),
			rule.MatchString(line) && headerBlock(skipBlank(lines[i+1:])):
			return tidy(kept)
		case strings.HasPrefix(line, ">"):
			continue
		}
		if n := attribution(lines[i:]); n > 0 {
			rest := skipBlank(lines[i+n:])
			if len(rest) == 0 || strings.HasPrefix(rest[0], ">") {
				i += n - 1
				continue
			}
			// A program that quotes without marks: all below is the old letter.
			if len(tidy(kept)) > 0 && attributionDate.MatchString(strings.Join(lines[i:i+n], " ")) {
				return tidy(kept)
			}
		}
		kept = append(kept, line)
	}
	return tidy(kept)
}

// attribution tells how many lines at the start say who wrote what follows; mail
// programs fold that sentence over up to three lines.
func attribution(lines []string) int {
	for n := 1; n <= 3 && n <= len(lines); n++ {
		last := lines[n-1]
		if strings.TrimSpace(last) == "" || strings.HasPrefix(last, ">") || len(last) > 300 {
			return 0
		}
		if n > 1 && !attributionStart.MatchString(lines[0]) {
			return 0
		}
		joined := strings.Join(lines[:n], " ")
		if strings.HasSuffix(last, ":") && attributionEnd.MatchString(last) && attributionDate.MatchString(joined) {
			return n
		}
	}
	return 0
}

// withoutAttribution drops a trailing "… wrote:" that belonged to what was cut.
func withoutAttribution(kept []string) []string {
	end := len(kept)
	for end > 0 && strings.TrimSpace(kept[end-1]) == "" {
		end--
	}
	for n := 1; n <= 3 && n <= end; n++ {
		if attribution(kept[end-n:end]) == n {
			return kept[:end-n]
		}
	}
	return kept
}

// headerBlock reports "From: … Sent: … To: … Subject: …" at the start of lines.
func headerBlock(lines []string) bool {
	if len(lines) == 0 || !headerFrom.MatchString(lines[0]) {
		return false
	}
	more := 0
	for _, line := range lines[1:min(len(lines), 7)] {
		if headerMore.MatchString(line) {
			more++
		}
	}
	return more >= 2
}

func skipBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	return lines
}

// tidy joins lines and leaves no more than one empty one between them.
func tidy(lines []string) string {
	var out []string
	for _, line := range lines {
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
