package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"manydesk/apps/manydesk/config"
	"manydesk/apps/manydesk/embedded/postgres"
)

// version is set by the linker: -X main.version=1.2.3.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := program{args: os.Args[1:], environ: os.Environ(), in: os.Stdin, out: os.Stdout, err: os.Stderr}
	code := p.run(ctx)
	stop()
	os.Exit(code)
}

// program is one call of the command, with everything it touches, so that tests can make one.
type program struct {
	args, environ []string
	in            io.Reader
	out, err      io.Writer
}

// command is one thing the program does.
type command struct {
	words  string
	ru, en string
	run    func(ctx context.Context, p *program, cfg config.Config, rest []string) error
}

// commands is the list of --help, in its order.
func commands() []command {
	return []command{
		{"up", "всё в одном: база, Redis, почта, сервер и работник; --demo наполняет пустую установку", "everything in one: database, Redis, mail, server and worker; --demo fills an empty installation", up},
		{"serve", "сервер с внешними Postgres и Redis", "the server, against real Postgres and Redis", serve},
		{"work", "работник: письма, сроки, задания", "the worker: mail, timers, jobs", work},
		{"migrate", "обновить общую схему и всех заказчиков", "bring the shared schema and all customers to this version", migrate},
		{"tenant create", "новый заказчик: --slug --name [--code] [--zone] [--owner почта]", "a new customer: --slug --name [--code] [--zone] [--owner e-mail]", tenantCreate},
		{"tenant list", "заказчики", "the customers", tenantList},
		{"tenant suspend", "приостановить: SLUG [--reason …]", "suspend: SLUG [--reason …]", tenantSuspend},
		{"tenant resume", "возобновить: SLUG", "resume: SLUG", tenantResume},
		{"user invite", "пригласить: ПОЧТА --tenant SLUG --role РОЛЬ", "invite: E-MAIL --tenant SLUG --role ROLE", userInvite},
		{"user reset-password", "ссылка для нового пароля: ПОЧТА", "a link for a new password: E-MAIL", userResetPassword},
		{"demo", "люди демонстрации, их пароли и ключи; --json", "the demo's people, passwords and keys; --json", demoPeople},
		{"bench", "измерить всё на этой машине: --quick, --out ФАЙЛ", "measure everything on this machine: --quick, --out FILE", measure},
		{"mail show", "как понято письмо: ФАЙЛ или -", "how a message is understood: FILE or -", func(_ context.Context, p *program, _ config.Config, rest []string) error {
			return mailShow(rest, p.in, p.out)
		}},
		{"sla due", "сроки по календарям: ФАЙЛ или -, массив JSON", "deadlines by calendars: FILE or -, a JSON array", func(_ context.Context, p *program, _ config.Config, rest []string) error {
			return slaDue(rest, p.in, p.out, config.Language(config.Environment(p.environ)))
		}},
		{"calendar add-year", "год производственного календаря: --country RU --file ФАЙЛ ГОД", "a year of a production calendar: --country RU --file FILE YEAR", calendarAddYear},
		{"calendar list", "производственные календари по годам", "production calendars by year", calendarList},
		{"version", "версия программы и схем", "version of the program and its schemas", showVersion},
	}
}

// run finds the command, reads the settings and turns an error into a sentence
// and an exit status: 2 for a mistake of the person, 1 for ours.
func (p *program) run(ctx context.Context) int {
	language := config.Language(config.Environment(p.environ))
	cmd, args, found := p.find()
	if !found {
		p.help(language)
		if len(p.args) == 0 || p.args[0] == "--help" || p.args[0] == "help" {
			return 0
		}
		return 2
	}
	cfg, rest, err := config.Load(config.Sources{Args: args, Environ: p.environ, StandardFile: config.StandardFile})
	if err == nil {
		language = cfg.Language
		slog.SetDefault(logger(cfg, p.err))
		err = cmd.run(ctx, p, cfg, rest)
	}
	return p.report(err, language)
}

func (p *program) find() (command, []string, bool) {
	for _, c := range commands() {
		n := 1 + countSpaces(c.words)
		if len(p.args) >= n && joined(p.args[:n]) == c.words {
			return c, p.args[n:], true
		}
	}
	return command{}, nil, false
}

// usageError is a call that cannot be understood.
type usageError string

func (u usageError) Error() string { return string(u) }

func usage(how string) error { return usageError(how) }

func (p *program) report(err error, language string) int {
	var mistakes config.Mistakes
	var refusal *postgres.Refusal
	var use usageError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return 0
	case errors.As(err, &mistakes):
		for _, line := range mistakes.In(language) {
			fmt.Fprintln(p.err, line)
		}
		return 2
	case errors.As(err, &refusal):
		fmt.Fprintln(p.err, refusal.In(language))
		return 2
	case errors.As(err, &use):
		fmt.Fprintln(p.err, use.Error())
		return 2
	}
	fmt.Fprintln(p.err, sentence(err, language))
	return 1
}

func (p *program) help(language string) {
	fmt.Fprintf(p.out, "manydesk %s\n\n", version)
	for _, c := range commands() {
		what := c.en
		if language == "ru" {
			what = c.ru
		}
		fmt.Fprintf(p.out, "  %-20s %s\n", c.words, what)
	}
	fmt.Fprintf(p.out, "\n%s", config.Help(language))
}

func logger(cfg config.Config, to io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: cfg.LogLevel}
	text := cfg.LogFormat == "text"
	if f, ok := to.(*os.File); ok && cfg.LogFormat == "auto" {
		if info, err := f.Stat(); err == nil {
			text = info.Mode()&os.ModeCharDevice != 0
		}
	}
	if text {
		return slog.New(slog.NewTextHandler(to, o))
	}
	return slog.New(slog.NewJSONHandler(to, o))
}
