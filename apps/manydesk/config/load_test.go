package config

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "manydesk.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEverythingHasADefaultThatWorks(t *testing.T) {
	t.Parallel()
	c, rest, err := Load(Sources{})
	if err != nil || len(rest) != 0 {
		t.Fatal(rest, err)
	}
	if c.Listen != "127.0.0.1:8080" || c.MailListen != "127.0.0.1:2525" || !filepath.IsAbs(c.Data) || c.Backends != 8 ||
		c.StopWithin != 30*time.Second || c.LogLevel != slog.LevelInfo || c.LogFormat != "auto" || c.BaseURL != nil || c.DatabaseURL != "" {
		t.Errorf("%+v", c)
	}
}

func TestFlagOverEnvironmentOverFileOverDefault(t *testing.T) {
	t.Parallel()
	path := file(t, "# our desk\nlisten = \"127.0.0.1:1\"\nworkers = 3\nmail_listen = 127.0.0.1:11\n")
	c, rest, err := Load(Sources{
		StandardFile: filepath.Join(t.TempDir(), "absent.conf"),
		Environ:      []string{"MANYDESK_LISTEN=127.0.0.1:2", "MANYDESK_MAIL_LISTEN=127.0.0.1:12", "MANYDESK_WORKERS=", "MANYDESK_CONFIG=" + path},
		Args:         []string{"acme", "--listen", "127.0.0.1:3", "--demo", "--", "--listen=x"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.MailListen != "127.0.0.1:12" || c.Workers != 3 {
		t.Errorf("listen %s, mail %s, workers %d", c.Listen, c.MailListen, c.Workers)
	}
	if !slices.Equal(rest, []string{"acme", "--demo", "--listen=x"}) {
		t.Errorf("rest %v", rest)
	}
}

func TestEveryMistakeIsToldAtOnceInBothLanguages(t *testing.T) {
	t.Parallel()
	path := file(t, "lissten = 127.0.0.1:1\nnonsense\nworkers = many\nworkers = 2\n")
	_, _, err := Load(Sources{
		Args: []string{"--config", path, "--listen", "8080", "--backends"},
		Environ: []string{
			"MANYDESK_BASE_URL=desk", "DATABASE_URL=mysql://root:hunter2@db/x", "MANYDESK_LISTN=1", "MANYDESK_SECRET=short",
			"MANYDESK_PROXIES=10.0.0.0/99", "MANYDESK_STOP_WITHIN=never", "MANYDESK_LOG_LEVEL=loud", "MANYDESK_LANGUAGE=de",
			"MANYDESK_MAIL_DOMAIN=a b", "REDIS_URL_FILE=/absent", "MANYDESK_TEST_LISTN=1", "MANYDESK_DEPLOY_SCRIPT=x", "DATABASE_OWNER_URL=postgres://o@h/d",
		},
	})
	var wrong Mistakes
	if !errors.As(err, &wrong) {
		t.Fatal(err)
	}
	for _, want := range []string{
		`--listen: "8080" will not do, an address like host:port is wanted, for example 127.0.0.1:8080.`,
		`--backends: no value is given.`,
		`lissten (manydesk.conf:1): there is no such setting, perhaps listen was meant.`,
		`:2: a line like "setting = value" is wanted.`,
		`workers (manydesk.conf:3): "many" will not do, a whole number from 1 to 500 is wanted.`,
		`workers (manydesk.conf:4): the setting is given twice.`,
		`MANYDESK_BASE_URL: "desk" will not do`,
		`DATABASE_URL: an address like postgres://`,
		`MANYDESK_LISTN: there is no such setting, perhaps MANYDESK_LISTEN was meant.`,
		`MANYDESK_SECRET: 32 bytes in base64 or hex are wanted`,
		`MANYDESK_PROXIES: "10.0.0.0/99" will not do`,
		`MANYDESK_STOP_WITHIN: "never" will not do`,
		`MANYDESK_LOG_LEVEL: "loud" will not do`,
		`MANYDESK_LANGUAGE: "de" will not do, ru or en is wanted.`,
		`MANYDESK_MAIL_DOMAIN: "a b" will not do`,
		`REDIS_URL_FILE: the file /absent cannot be read.`,
		`DATABASE_OWNER_URL: without DATABASE_URL`,
	} {
		if !strings.Contains(wrong.Error(), want) {
			t.Errorf("not said: %s", want)
		}
	}
	if len(wrong) != 17 {
		t.Errorf("%d mistakes:\n%s", len(wrong), wrong.Error())
	}
	russian := strings.Join(wrong.In("ru"), "\n")
	for _, want := range []string{"--listen: «8080» не подходит, нужен адрес вида узел:порт", "возможно, имелась в виду MANYDESK_LISTEN."} {
		if !strings.Contains(russian, want) {
			t.Errorf("not said: %s\n%s", want, russian)
		}
	}
	if strings.Contains(wrong.Error()+russian, "hunter2") || strings.Contains(wrong.Error(), `"short"`) {
		t.Error("a secret is repeated in a sentence")
	}
}

func TestANamedFileMustBeThere(t *testing.T) {
	t.Parallel()
	_, _, err := Load(Sources{Args: []string{"--config=/absent.conf"}})
	if err == nil || !strings.Contains(err.Error(), "/absent.conf cannot be read") {
		t.Error(err)
	}
}

func TestSecretsComeFromFilesToo(t *testing.T) {
	t.Parallel()
	path := file(t, "postgres://u:p@db:5432/manydesk\n")
	c, _, err := Load(Sources{Environ: []string{"DATABASE_URL_FILE=" + path}})
	if err != nil || c.DatabaseURL != "postgres://u:p@db:5432/manydesk" {
		t.Errorf("%q, %v", c.DatabaseURL, err)
	}
}

func TestLanguageFollowsTheLocale(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"": "en", "LANG=ru_RU.UTF-8": "ru", "LANG=C.UTF-8": "en", "LANG=ru_RU.UTF-8 LC_ALL=en_US.UTF-8": "en", "LANG=en_US MANYDESK_LANGUAGE=ru": "ru",
	} {
		c, _, err := Load(Sources{Environ: strings.Fields(line)})
		if err != nil || c.Language != want {
			t.Errorf("%s: %s, %v", line, c.Language, err)
		}
	}
}

func TestAStrayArgumentIsNamed(t *testing.T) {
	t.Parallel()
	if got := Stray("--lisen=:80").In("en"); got != "--lisen: there is no such setting, perhaps --listen was meant." {
		t.Error(got)
	}
	if got := Stray("--dem", "--demo").In("ru"); !strings.Contains(got, "--demo") {
		t.Error(got)
	}
	if got := Stray("--quite-different").In("en"); got != "--quite-different: there is no such setting." {
		t.Error(got)
	}
}

func TestNoTextBreaksLoading(t *testing.T) {
	t.Parallel()
	names := []string{}
	for _, s := range settings() {
		names = append(names, s.env)
	}
	rapid.Check(t, func(r *rapid.T) {
		env := []string{}
		for range 4 {
			env = append(env, rapid.SampledFrom(names).Draw(r, "name")+"="+rapid.String().Draw(r, "value"))
		}
		c, _, err := Load(Sources{Environ: env})
		var wrong Mistakes
		if err != nil && !errors.As(err, &wrong) {
			r.Fatal(err)
		}
		if err == nil && (c.Listen == "" || c.Data == "" || c.Language == "") {
			r.Fatalf("%+v", c)
		}
	})
}
