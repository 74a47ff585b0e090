package email

import "testing"

var quotes = []struct{ name, text, want string }{
	{"nothing quoted", "Всё работает.\n\nСпасибо", "Всё работает.\n\nСпасибо"},
	{"our line under an attribution", "Да\n\nпн, 23 нояб. 2026 г. в 12:04, ACME <s@acme.example>:\n\nПишите выше этой линии, ответ попадёт в заявку\nЗаявка принята", "Да"},
	{"our line behind a quote mark", "Yes\n\nOn Mon, Nov 23, 2026 at 12:04 PM ACME <s@acme.example> wrote:\n> Write above this line\n> Hello", "Yes"},
	{"attribution over two lines", "Works.\n\nOn Monday, November 23, 2026 at 12:04 PM, ACME Support\n<support@acme.example> wrote:\n\n> try again", "Works."},
	{"a line before the attribution is kept", "Works\nOn Mon, Nov 23, 2026 at 12:04 PM ACME <s@acme.example> wrote:\n> try", "Works"},
	{"Outlook in English", "See log.\n\n________________________________\nFrom: ACME <s@acme.example>\nSent: Monday, November 23, 2026\nTo: Ivan\nSubject: RE: [ACME-1] x\n\nold", "See log."},
	{"Outlook with stars", "Готово.\n\n*From:* ACME <s@acme.example>\n*Sent:* Monday\n*To:* Ivan\n*Subject:* x\n\nold", "Готово."},
	{"Mail.ru", "Помогло.\n\n\n>Понедельник, 23 ноября 2026, 12:04 +03:00 от ACME <s@acme.example>:\n>\n>Перезапустите", "Помогло."},
	{"Yandex without marks", "Помогло.\n\n23.11.2026, 12:04, \"ACME\" <s@acme.example>:\nПерезапустите кассу.", "Помогло."},
	{"Thunderbird in Russian", "Помогло.\n\n23.11.2026 12:04, ACME пишет:\n> Перезапустите", "Помогло."},
	{"answers between the lines", "> Версия?\n5.8.2\n> С какого дня?\nсо вчера", "5.8.2\nсо вчера"},
	{"what was forwarded stays", "Смотрите ниже.\n\n---------- Forwarded message ---------\nFrom: Vera <vera@client.example>\nDate: Mon\nTo: Ivan\nSubject: x\n\n> not lost", "Смотрите ниже.\n\n---------- Forwarded message ---------\nFrom: Vera <vera@client.example>\nDate: Mon\nTo: Ivan\nSubject: x\n\n> not lost"},
	{"a sentence that ends with a colon", "Сделал так в 12:30:\n1. выключил\n2. включил", "Сделал так в 12:30:\n1. выключил\n2. включил"},
	{"From in a log is no header", "From: the log\nit says error", "From: the log\nit says error"},
}

func TestQuoteIsCut(t *testing.T) {
	t.Parallel()
	for _, c := range quotes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := withoutQuote(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func reply(html string) []byte {
	return []byte("From: ivan@client.example\r\nSubject: Re: x\r\nIn-Reply-To: <1@acme.example>\r\nMessage-ID: <2@client.example>\r\n" +
		"Content-Type: text/html; charset=utf-8\r\n\r\n" + html)
}

func TestQuoteIsCutFromHTML(t *testing.T) {
	t.Parallel()
	for name, html := range map[string]string{
		"Gmail":       `<div dir="ltr">Да, <b>помогло</b></div><br><div class="gmail_quote"><div class="gmail_attr">пн, 23 нояб. 2026 г. в 12:04, ACME &lt;<a href="mailto:s@acme.example">s@acme.example</a>&gt;:<br></div><blockquote class="gmail_quote">Перезапустите<div>x</div></blockquote></div>`,
		"Thunderbird": `<p>Да, <b>помогло</b></p><div class="moz-cite-prefix">23.11.2026 12:04, ACME пишет:<br></div><blockquote type="cite" cite="mid:1"><p>Перезапустите</p></blockquote>`,
		"Outlook":     `<p>Да, <b>помогло</b></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> ACME<br><b>Sent:</b> Monday<br><b>To:</b> Ivan<br><b>Subject:</b> x</p></div></div><p>Перезапустите</p>`,
		"OWA":         `<div>Да, <b>помогло</b></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>От:</b> ACME<br><b>Отправлено:</b> 23<br><b>Кому:</b> Иван<br><b>Тема:</b> x</div><div>Перезапустите</div>`,
		"our line":    `<p>Да, <b>помогло</b></p><table><tr><td>Пишите выше этой линии, ответ попадёт в заявку</td></tr><tr><td>Перезапустите</td></tr></table>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := Read(reply(html))
			if m.NewText != "Да, помогло" {
				t.Errorf("new text %q of %q", m.NewText, m.Text)
			}
			if got := TextOfHTML(m.NewHTML); got != "Да, помогло" {
				t.Errorf("new html %q", m.NewHTML)
			}
		})
	}
}

func TestQuoteAloneIsShownWholeUnlessItBringsAFile(t *testing.T) {
	t.Parallel()
	head := "From: i@client.example\r\nSubject: Re: x\r\nMessage-ID: <2@client.example>\r\n"
	if m := Read([]byte(head + "\r\n> only this\r\n")); m.NewText != "> only this" {
		t.Errorf("new text %q", m.NewText)
	}
	m := Read([]byte(head + "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\n> only this\r\n--B\r\n" +
		"Content-Type: image/png; name=a.png\r\n\r\nx\r\n--B--\r\n"))
	if m.NewText != "" || len(m.Attachments) != 1 {
		t.Errorf("new text %q, files %v", m.NewText, m.Attachments)
	}
}
