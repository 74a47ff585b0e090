package email

import (
	"strings"
	"testing"
	"time"
)

func TestKindIsToldByTheHeader(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		header string
		want   Kind
	}{
		{"", Person},
		{"Auto-Submitted: no", Person},
		{"Precedence: normal", Person},
		{"X-Auto-Response-Suppress: None", Person},
		{"Auto-Submitted: auto-replied", AutoReply},
		{"Auto-Submitted: auto-generated; owner=x", AutoReply},
		{"Auto-Submitted: auto-notified", AutoReply},
		{"X-Auto-Response-Suppress: DR, OOF, AutoReply", AutoReply},
		{"X-Autoreply: yes", AutoReply},
		{"X-Autorespond: vacation", AutoReply},
		{"X-MS-Exchange-Inbox-Rules-Loop: a@x.example", AutoReply},
		{"Precedence: auto_reply", AutoReply},
		{"X-FC-MachineGenerated: true", AutoReply},
		{"Delivered-To: Autoresponder", AutoReply},
		{"Return-Path: <>", AutoReply},
		{"Subject: Автоответ: в отпуске", AutoReply},
		{"Subject: Out of office: gone", AutoReply},
		{"Subject: Automobile broke", Person},
		{"Content-Type: multipart/report; report-type=disposition-notification; boundary=B", AutoReply},
		{"Precedence: bulk", List},
		{"List-Unsubscribe: <mailto:u@x.example>", List},
		{"List-Id: <x.example>", List},
		{"Mailing-List: list x@x.example", List},
		{"List-Id: <x.example>\r\nAuto-Submitted: auto-replied", AutoReply},
		{"From: postmaster@x.example\r\nReturn-Path: <>", Bounce},
		{"From: MAILER-DAEMON\r\nSubject: Undelivered Mail", Bounce},
		{"From: postmaster@x.example\r\nSubject: Почтовый ящик почти полон", Person},
		{"X-Failed-Recipients: a@x.example", Bounce},
		{"Content-Type: multipart/report; report-type=delivery-status; boundary=B", Bounce},
		{LoopHeader + ": support@acme.example", Loop},
		{LoopHeader + ": Support+tag@ACME.example", Loop},
		{LoopHeader + ": other@tenant.example", Person},
		{LoopHeader + ": other@tenant.example\r\nAuto-Submitted: auto-generated", AutoReply},
		{strings.Repeat("Received: by x\r\n", 101) + "X-A: b", Loop},
	} {
		raw := "To: support@acme.example\r\nMessage-ID: <1@x>\r\n" + c.header + "\r\n\r\ntext"
		if c.header == "" || !strings.Contains(c.header, "From:") {
			raw = "From: vera@client.example\r\n" + raw
		}
		if got := Read([]byte(raw)).Kind; got != c.want {
			t.Errorf("%q is %s, want %s", c.header, got, c.want)
		}
	}
}

func TestDelayIsNoFailure(t *testing.T) {
	t.Parallel()
	raw := func(action, status string) []byte {
		return []byte("From: mailer-daemon@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=R\r\n\r\n" +
			"--R\r\n\r\nlate\r\n--R\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n" +
			"Final-Recipient: rfc822; a@x.example\r\nAction: " + action + "\r\nStatus: " + status + "\r\n--R--\r\n")
	}
	if m := Read(raw("delayed", "4.4.1")); m.Kind != Bounce || m.Bounce.Permanent() {
		t.Errorf("%s %+v", m.Kind, m.Bounce)
	}
	if m := Read(raw("failed", "5.1.1")); m.Kind != Bounce || !m.Bounce.Permanent() {
		t.Errorf("%s %+v", m.Kind, m.Bounce)
	}
	if m := Read(raw("delivered", "2.0.0")); m.Kind != AutoReply || m.Bounce != nil {
		t.Errorf("%s %+v", m.Kind, m.Bounce)
	}
}

func TestMessageWithoutIDKeepsOneOverASecondTry(t *testing.T) {
	t.Parallel()
	ours := func(minute string) string {
		return "Return-Path: <a@x.example>\r\nReceived: from mx (mx [10.0.0.1])\r\n\tby acme.example " + OurTrace + " with ESMTP;\r\n\tMon, 23 Nov 2026 12:" + minute + ":00 +0000\r\n"
	}
	rest := "Received: from pc by mx; Mon, 23 Nov 2026 11:59:59 +0000\r\nFrom: a@x.example\r\n\r\nalarm"
	first, second := Read([]byte(ours("00")+rest)), Read([]byte(ours("30")+rest))
	if first.MessageID != second.MessageID || !first.ArtificialID {
		t.Errorf("%q and %q", first.MessageID, second.MessageID)
	}
	// Two equal alarms of a device that writes neither date nor trace are two alarms.
	bare := "From: a@x.example\r\n\r\nalarm"
	if a, b := Read([]byte(ours("00")+bare)), Read([]byte(ours("30")+bare)); a.MessageID == b.MessageID {
		t.Error("the second alarm would be lost")
	}
}

func TestHugeAndNestedMailIsReadInTime(t *testing.T) {
	t.Parallel()
	var deep strings.Builder
	deep.WriteString("From: a@x.example\r\nContent-Type: multipart/mixed; boundary=B0\r\n\r\n")
	for i := range 399 {
		deep.WriteString("--B" + itoa(i) + "\r\nContent-Type: multipart/mixed; boundary=B" + itoa(i+1) + "\r\n\r\n")
	}
	deep.WriteString(strings.Repeat("line\r\n", 500_000))
	many := "From: a@x.example\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n" + strings.Repeat("--B\r\nContent-Type: image/png\r\n\r\nx\r\n", 20_000) + "--B--\r\n"
	for name, raw := range map[string]string{
		"nested":        deep.String(),
		"boundaries":    strings.Repeat("Content-Type: multipart/mixed; boundary=x\r\n", 1000) + "\r\nbody",
		"many parts":    many,
		"long text":     "From: a@x.example\r\n\r\n" + strings.Repeat("Привет ", 3_000_000),
		"long html":     "From: a@x.example\r\nContent-Type: text/html\r\n\r\n" + strings.Repeat("<div>", 4_000_000),
		"long quote":    "From: a@x.example\r\nSubject: Re: x\r\n\r\n" + strings.Repeat("On 12:30 <a@x.example> wrote:\r\n", 200_000),
		"long header":   "From: " + strings.Repeat("a@x.example, ", 500_000) + "\r\n\r\nx",
		"encoded words": "Subject: " + strings.Repeat("=?utf-8?Q?a?= ", 300_000) + "\r\n\r\nx",
		"half words":    "Subject: " + strings.Repeat("=?utf-8?Q?", 300_000) + "\r\n\r\nx",
		"folded":        "Subject: x\r\n" + strings.Repeat(" y\r\n", 500_000) + "\r\nx",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			m := Read([]byte(raw))
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%d bytes took %v", len(raw), took)
			} else {
				t.Logf("%d bytes took %v, problems %v", len(raw), took, m.Problems)
			}
		})
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
