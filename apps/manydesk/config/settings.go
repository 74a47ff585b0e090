package config

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// setting is one line of the list.
type setting struct {
	// key names it in the file; the flag is --key with dashes.
	key string
	env string
	// standard is what holds when nothing is said, as a person would write it.
	standard string
	// secret values are never repeated in a sentence.
	secret bool
	help   words
	take   func(c *Config, value string) *complaint
}

// words are the same thing in Russian and English.
type words struct{ ru, en string }

func (w words) in(language string) string {
	if language == "ru" {
		return w.ru
	}
	return w.en
}

func (s setting) flag() string { return "--" + strings.ReplaceAll(s.key, "_", "-") }

// settings is the list. Its order is the order of --help and of the README.
func settings() []setting {
	return []setting{
		{"data", "MANYDESK_DATA", standardData(), false, words{"папка данных", "data folder"}, folder(func(c *Config) *string { return &c.Data })},
		{"listen", "MANYDESK_LISTEN", "127.0.0.1:8080", false, words{"адрес консоли, порталов и API", "address of the console, the portals and the API"}, address(func(c *Config) *string { return &c.Listen })},
		{"base_url", "MANYDESK_BASE_URL", "", false, words{"адрес консоли, каким его видит браузер; без него — по MANYDESK_LISTEN", "the console's address as browsers see it; without it, by MANYDESK_LISTEN"}, web(func(c *Config) **urlURL { return &c.BaseURL })},
		{"portal_domain", "MANYDESK_PORTAL_DOMAIN", "", false, words{"домен порталов: <заказчик>.<домен>; без него — узел из MANYDESK_BASE_URL", "domain of the portals: <customer>.<domain>; without it, the host of MANYDESK_BASE_URL"}, domain(func(c *Config) *string { return &c.PortalDomain })},
		{"files_url", "MANYDESK_FILES_URL", "", false, words{"адрес для скачивания файлов, отдельный узел; без него — files.<узел консоли>", "address that files are downloaded from, a host of its own; without it, files.<console host>"}, web(func(c *Config) **urlURL { return &c.FilesURL })},
		{"proxies", "MANYDESK_PROXIES", "", false, words{"сети доверенных прокси через запятую, например 10.0.0.0/8", "networks of trusted proxies, separated by commas, for example 10.0.0.0/8"}, networks(func(c *Config) *[]prefix { return &c.Proxies })},
		{"mail_listen", "MANYDESK_MAIL_LISTEN", "127.0.0.1:2525", false, words{"адрес приёма писем по SMTP", "address that takes letters by SMTP"}, address(func(c *Config) *string { return &c.MailListen })},
		{"mail_domain", "MANYDESK_MAIL_DOMAIN", "", false, words{"домен первых почтовых адресов: <заказчик>@<домен>; без него — узел консоли", "domain of the first mail addresses: <customer>@<domain>; without it, the console's host"}, domain(func(c *Config) *string { return &c.MailDomain })},
		{"catcher_listen", "MANYDESK_CATCHER_LISTEN", "127.0.0.1:8025", false, words{"адрес страницы исходящей почты (когда нет SMTP_URL)", "address of the outgoing mail page (when there is no SMTP_URL)"}, address(func(c *Config) *string { return &c.CatcherListen })},
		{"database_url", "DATABASE_URL", "", true, words{"внешний Postgres; без него программа запускает свой", "an outside Postgres; without it the program runs its own"}, link(func(c *Config) *string { return &c.DatabaseURL }, "postgres://user:password@host:5432/manydesk", "postgres", "postgresql")},
		{"database_owner_url", "DATABASE_OWNER_URL", "", true, words{"он же от имени владельца, который создаёт схемы и роли; без него — DATABASE_URL", "the same as the owner, who makes schemas and roles; without it, DATABASE_URL"}, link(func(c *Config) *string { return &c.DatabaseOwnerURL }, "postgres://owner:password@host:5432/manydesk", "postgres", "postgresql")},
		{"redis_url", "REDIS_URL", "", true, words{"внешний Redis; без него — встроенный", "an outside Redis; without it, the embedded one"}, link(func(c *Config) *string { return &c.RedisURL }, "redis://:password@host:6379/0", "redis", "rediss", "unix")},
		{"smtp_url", "SMTP_URL", "", true, words{"почтовый сервер для исходящих писем; без него письма остаются на странице исходящей почты", "mail server for outgoing letters; without it they stay on the outgoing mail page"}, link(func(c *Config) *string { return &c.SMTPURL }, "smtps://user:password@host:465", "smtp", "smtps")},
		{"s3_url", "S3_URL", "", true, words{"хранилище файлов S3; без него — папка данных", "S3 storage of files; without it, the data folder"}, link(func(c *Config) *string { return &c.S3URL }, "https://key:secret@host/bucket", "http", "https")},
		{"meili_url", "MEILI_URL", "", true, words{"поиск Meilisearch; без него ищет Postgres", "Meilisearch; without it Postgres searches"}, link(func(c *Config) *string { return &c.MeiliURL }, "http://:key@host:7700", "http", "https")},
		{"stripe_key", "STRIPE_KEY", "", true, words{"ключ Stripe; без него счета ведутся в самой системе", "Stripe's key; without it bills are kept in the system itself"}, text(func(c *Config) *string { return &c.StripeKey })},
		{"secret", "MANYDESK_SECRET", "", true, words{"32 байта в base64 или hex, которыми зашифрованы ключи в базе; без них — файл secret в папке данных", "32 bytes in base64 or hex that seal the keys in the database; without them, the file secret in the data folder"}, key(func(c *Config) *string { return &c.Secret })},
		{"postgres_programs", "MANYDESK_POSTGRES_PROGRAMS", "", false, words{"папка с программами initdb и postgres; без неё ищутся сами", "folder with the programs initdb and postgres; without it they are looked for"}, folder(func(c *Config) *string { return &c.PostgresPrograms })},
		{"postgres_port", "MANYDESK_POSTGRES_PORT", "0", false, words{"порт встроенного Postgres на 127.0.0.1; 0 — только сокет", "port of the embedded Postgres on 127.0.0.1; 0 means its socket only"}, whole(func(c *Config) *int { return &c.PostgresPort }, 0, 65535)},
		{"backends", "MANYDESK_BACKENDS", "8", false, words{"соединений с базой на запись; на чтение в полтора раза больше", "database connections for writing; for reading half as many again"}, whole(func(c *Config) *int { return &c.Backends }, 1, 200)},
		{"workers", "MANYDESK_WORKERS", "20", false, words{"сколько фоновых заданий идёт одновременно", "how many background jobs run at once"}, whole(func(c *Config) *int { return &c.Workers }, 1, 500)},
		{"language", "MANYDESK_LANGUAGE", standardLanguage, false, words{"язык командной строки и новой установки: ru или en; без него — по LANG", "language of the command line and of a new installation: ru or en; without it, by LANG"}, oneOf(func(c *Config) *string { return &c.Language }, "ru", "en")},
		{"log_level", "MANYDESK_LOG_LEVEL", "info", false, words{"подробность журнала: debug, info, warn или error", "how much is logged: debug, info, warn or error"}, level},
		{"log_format", "MANYDESK_LOG_FORMAT", "auto", false, words{"вид журнала: text, json или auto (text на терминале)", "form of the log: text, json or auto (text on a terminal)"}, oneOf(func(c *Config) *string { return &c.LogFormat }, "auto", "text", "json")},
		{"stop_within", "MANYDESK_STOP_WITHIN", "30s", false, words{"сколько ждать начатого при остановке", "how long a stop waits for what was begun"}, duration(func(c *Config) *time.Duration { return &c.StopWithin }, time.Second, 10*time.Minute)},
	}
}

// standardLanguage stands in the list; Load puts LANG's language in its place.
const standardLanguage = ""

// standardData is where a system keeps the data of a service, or a person theirs.
func standardData() string {
	if os.Geteuid() == 0 {
		return "/var/lib/manydesk"
	}
	if home := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, "manydesk")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "manydesk-data"
	}
	return filepath.Join(home, ".local", "share", "manydesk")
}

// shownStandard is a default for the printed table, the same on every machine.
func (s setting) shownStandard() string {
	if s.key == "data" {
		return "/var/lib/manydesk (root), ~/.local/share/manydesk"
	}
	return s.standard
}

func number(n int) string { return strconv.Itoa(n) }
