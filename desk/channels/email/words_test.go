package email

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestHeaderIsDecoded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, want string }{
		{"plain", "plain"},
		{"=?utf-8?Q?=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82_all?=", "Привет all"},
		{"=?utf-8?B?0J/RgNC40LLQtdGC?= =?UTF-8?B?IQ==?= tail", "Привет! tail"},
		{"Re: =?koi8-r?B?7sU=?= x =?windows-1251?B?zeU=?=", "Re: Не x Не"},
		{"=?utf-8*ru?Q?=D0=94=D0=B0?=", "Да"},
		{"=?utf-8?Q?with space?=", "with space"},
		{"=?broken?", "=?broken?"},
		{"=?utf-8?X?abc?=", "=?utf-8?X?abc?="},
		{"=?no-such-charset?B?0J/RgNC40LLQtdGC?=", "Привет"},
		{"a =?= b", "a =?= b"},
	} {
		if got := decodeHeader(c.raw); got != c.want {
			t.Errorf("%q is %q, want %q", c.raw, got, c.want)
		}
	}
}

func TestRawEightBitHeaderIsGuessed(t *testing.T) {
	t.Parallel()
	raw, err := charmap.Windows1251.NewEncoder().String("Не печатает касса")
	if err != nil {
		t.Fatal(err)
	}
	if m := Read([]byte("Subject: " + raw + "\r\n\r\nx")); m.Subject != "Не печатает касса" {
		t.Errorf("subject %q", m.Subject)
	}
}

func TestCharsetIsGuessedByLetters(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Сканер штрихкода не читает коды", "НЕ РАБОТАЕТ КАССА, СРОЧНО", "Ошибка 1021 на Windows 10",
		"да", "Добрый день! Принтер HP LaserJet печатает пустые листы после обновления.",
	} {
		for name, cm := range map[string]*charmap.Charmap{"1251": charmap.Windows1251, "koi8-r": charmap.KOI8R, "866": charmap.CodePage866} {
			if text == "да" && name == "866" {
				continue // two letters tell too little
			}
			raw, err := cm.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := guessText([]byte(raw)); got != text {
				t.Errorf("%s: %q came out as %q", name, text, got)
			}
		}
	}
	if got := guessText([]byte("Caf\xe9 na\xefve d\xe9j\xe0 vu")); got != "Café naïve déjà vu" {
		t.Errorf("Western text came out as %q", got)
	}
}

func TestAddressesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		raw  string
		want []Address
	}{
		{"vera@acme.example", []Address{{"", "vera@acme.example"}}},
		{`"Ivanov, Ivan" <i@x.example>, Vera <v@x.example>`, []Address{{"Ivanov, Ivan", "i@x.example"}, {"Vera", "v@x.example"}}},
		{"=?utf-8?Q?Ivanov,_Ivan?= <i@x.example>", []Address{{"Ivanov, Ivan", "i@x.example"}}},
		{"v@x.example (Vera (chief))", []Address{{"Vera (chief)", "v@x.example"}}},
		{"undisclosed-recipients:;", nil},
		{"Team: a@x.example, b@x.example;", []Address{{"", "a@x.example"}, {"", "b@x.example"}}},
		{"<a@x.example>; B <b@x.example>", []Address{{"", "a@x.example"}, {"B", "b@x.example"}}},
		{`"a@x.example" <a@x.example>`, []Address{{"", "a@x.example"}}},
		{"<broken@x.example", []Address{{"", "broken@x.example"}}},
		{"MAILER-DAEMON", []Address{{"", "MAILER-DAEMON"}}},
		{`"O\"Hara" <o@x.example>`, []Address{{`O"Hara`, "o@x.example"}}},
		{", ,", nil},
	} {
		got, _ := parseAddresses(c.raw)
		if len(got) != len(c.want) {
			t.Errorf("%q: got %v, want %v", c.raw, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: got %q, want %q", c.raw, got[i], c.want[i])
			}
		}
	}
}

func TestMessageIDsAreFound(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"<a@x> <b@x>":                       "a@x b@x",
		"<a@x>\t<a@x>":                      "a@x",
		"a@x, b@x":                          "a@x b@x",
		"<a b@x>":                           "ab@x",
		"<unclosed@x":                       "unclosed@x",
		"Message of Monday from Vera <a@x>": "a@x",
		"":                                  "",
		"<>":                                "",
	} {
		if got := strings.Join(messageIDs(raw, 20), " "); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}
