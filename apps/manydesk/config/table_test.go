package config

import (
	"os"
	"strings"
	"testing"
)

func TestEverySettingHasNamesAndWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range settings() {
		if s.key == "" || s.env == "" || s.help.ru == "" || s.help.en == "" || s.take == nil || seen[s.key] || seen[s.env] {
			t.Errorf("%+v", s)
		}
		seen[s.key], seen[s.env] = true, true
		if s.standard != "" && s.take(&Config{}, s.standard) != nil {
			t.Errorf("%s: its own default will not do", s.key)
		}
		for _, document := range []string{Help("ru"), Help("en"), Markdown("ru"), Markdown("en")} {
			if !strings.Contains(document, s.env) || !strings.Contains(document, s.flag()) {
				t.Errorf("%s is not in a document", s.key)
			}
		}
	}
}

func TestTheTableIsPutBetweenItsMarks(t *testing.T) {
	t.Parallel()
	text, ok := Readme("before\n"+tableBegins+"yesterday"+tableEnds+"\nafter", "en")
	if !ok || strings.Contains(text, "yesterday") || !strings.HasPrefix(text, "before\n") || !strings.HasSuffix(text, "\nafter") || !strings.Contains(text, "`MANYDESK_LISTEN`") {
		t.Errorf("%v: %s", ok, text)
	}
	if again, _ := Readme(text, "en"); again != text {
		t.Error("put twice it changes")
	}
	if _, ok := Readme("no marks", "ru"); ok {
		t.Error("put where there is no place")
	}
}

// make gen writes the table; here it is only compared.
func TestTheReadmeShowsTheSettingsOfToday(t *testing.T) {
	t.Parallel()
	for path, language := range map[string]string{"../../../README.md": "en", "../../../README.ru.md": "ru"} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if text, ok := Readme(string(b), language); !ok || text != string(b) {
			t.Errorf("%s: the table of settings is missing or old: run make gen", path)
		}
	}
}
