package config

import (
	"log/slog"
	"net/netip"
	"net/url"
	"time"
)

// Config is every setting, read and checked. Text is never empty where there is
// a default.
type Config struct {
	// Data is the folder of everything that this machine keeps.
	Data string
	// Secret is 32 bytes as written; Key reads or makes them.
	Secret string

	// Listen is where the console, the portals and the API answer.
	Listen string
	// BaseURL is the console's address as browsers see it; nil: what Listen says.
	BaseURL *url.URL
	// PortalDomain is what tenants' names are put before: acme.<PortalDomain>.
	// Empty: the host of BaseURL.
	PortalDomain string
	// FilesURL is where files are downloaded from, a host without cookies; nil:
	// files.<host of BaseURL>.
	FilesURL *url.URL
	// Proxies are the networks whose X-Forwarded-For is believed.
	Proxies []netip.Prefix

	// MailListen is where letters come in by SMTP.
	MailListen string
	// MailDomain is the domain of tenants' first addresses: acme@<MailDomain>.
	// Empty: the host of BaseURL.
	MailDomain string
	// CatcherListen is where the page of caught letters answers.
	CatcherListen string

	// The outside parts; empty means that the binary brings its own.
	DatabaseURL, DatabaseOwnerURL, RedisURL, SMTPURL, S3URL, MeiliURL, StripeKey string

	// PostgresPrograms is the folder of the embedded Postgres's programs; empty:
	// they are looked for. PostgresPort opens it on loopback too; 0: it does not.
	PostgresPrograms string
	PostgresPort     int
	// Backends bounds the connections for writing and those for reading by tenant;
	// half as many more read the rest.
	Backends int
	// Workers is how many jobs run at once.
	Workers int

	// Language is of the command line and of a new installation: "ru" or "en".
	Language  string
	LogLevel  slog.Level
	LogFormat string
	// StopWithin bounds a graceful stop.
	StopWithin time.Duration
}
