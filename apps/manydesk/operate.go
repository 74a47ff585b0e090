package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	goredis "github.com/redis/go-redis/v9"

	"manydesk/apps/manydesk/config"
	"manydesk/apps/manydesk/demo"
	"manydesk/desk"
	"manydesk/desk/flows/joining"
	"manydesk/jobs"
	"manydesk/migrations"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

var operator = desk.Automaton("cli")

// onData runs f on the data alone and puts it away again.
func onData(ctx context.Context, cfg config.Config, f func(ctx context.Context, w *works) error) error {
	stands, err := openDatabase(ctx, cfg)
	if stands != nil {
		defer func() { logStop(stands.stop(ctx)) }()
	}
	if err != nil {
		return err
	}
	w, err := openHouse(cfg, stands)
	if err != nil {
		return err
	}
	defer func() { logStop(w.house.Close()) }()
	w.links = linksTo(cfg, nil)
	return f(ctx, w)
}

// onRooms is onData for commands that speak to the nouns.
func onRooms(ctx context.Context, cfg config.Config, f func(ctx context.Context, w *works) error) error {
	return onData(ctx, cfg, func(ctx context.Context, w *works) error {
		if err := w.house.Current(ctx); err != nil {
			return err
		}
		if err := w.rooms(ctx, nil); err != nil {
			return err
		}
		return f(ctx, w)
	})
}

// flags reads a command's own flags; words are what stands around them.
func flags(rest []string, how string, declare func(f *flag.FlagSet)) ([]string, error) {
	f := flag.NewFlagSet("", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	declare(f)
	var words []string
	for len(rest) > 0 {
		if err := f.Parse(rest); err != nil {
			return nil, usage(how)
		}
		if rest = f.Args(); len(rest) > 0 {
			words, rest = append(words, rest[0]), rest[1:]
		}
	}
	return words, nil
}

// migrate brings the data to this version, with a bar that moves.
func migrate(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	parallel := 4
	words, err := flags(rest, "manydesk migrate [--parallel 4]", func(f *flag.FlagSet) { f.IntVar(&parallel, "parallel", parallel, "") })
	if err != nil || len(words) > 0 {
		return usage("manydesk migrate [--parallel 4]")
	}
	return onData(ctx, cfg, func(ctx context.Context, w *works) error {
		if err := w.house.Migrate(ctx, parallel, bar(p.err)); err != nil {
			return err
		}
		_, err := fmt.Fprintf(p.out, "shared %d, tenant %d\n", len(migrations.Shared()), len(migrations.Tenant()))
		return err
	})
}

// bar draws how far it is, at most once for each percent.
func bar(to io.Writer) tenants.Progress {
	last := -1
	return func(done, total int) {
		percent := done * 100 / total
		if percent == last {
			return
		}
		last = percent
		width := percent * 40 / 100
		fmt.Fprintf(to, "\r[%-40s] %3d %%  %d/%d", "========================================"[:width], percent, done, total)
		if done == total {
			fmt.Fprintln(to)
		}
	}
}

func tenantCreate(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	const how = "manydesk tenant create --slug acme --name ACME [--code ACME] [--zone Europe/Moscow] [--languages ru,en] [--owner E-MAIL]"
	var n tenants.New
	var owner, languages string
	words, err := flags(rest, how, func(f *flag.FlagSet) {
		f.StringVar(&n.Slug, "slug", "", "")
		f.StringVar(&n.Name, "name", "", "")
		f.StringVar(&n.Code, "code", "", "")
		f.StringVar(&n.TimeZone, "zone", "", "")
		f.StringVar(&languages, "languages", "", "")
		f.StringVar(&owner, "owner", "", "")
	})
	if err != nil || len(words) > 0 {
		return usage(how)
	}
	n.Languages = list(languages)
	return onRooms(ctx, cfg, func(ctx context.Context, w *works) error {
		t, err := w.house.Create(ctx, n, operator, w.joining.Fill(people.User{}))
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s  %s  %s\n", t.Slug, t.Code, w.links.Mailbox(t))
		if owner == "" {
			return nil
		}
		return w.invite(ctx, p, t, owner, "owner")
	})
}

func tenantList(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	if len(rest) > 0 {
		return usage("manydesk tenant list")
	}
	return onData(ctx, cfg, func(ctx context.Context, w *works) error {
		out := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
		for after := ""; ; {
			page, err := w.house.List(ctx, after, 500)
			if err != nil {
				return err
			}
			for _, t := range page {
				fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", t.Slug, t.Code, t.Name, t.State, t.TimeZone, t.StateReason)
				after = t.Slug
			}
			if len(page) < 500 {
				return out.Flush()
			}
		}
	})
}

func tenantSuspend(ctx context.Context, _ *program, cfg config.Config, rest []string) error {
	reason := ""
	words, err := flags(rest, "", func(f *flag.FlagSet) { f.StringVar(&reason, "reason", "", "") })
	if err != nil || len(words) != 1 {
		return usage("manydesk tenant suspend SLUG [--reason …]")
	}
	return setState(ctx, cfg, words[0], tenants.Suspended, reason)
}

func tenantResume(ctx context.Context, _ *program, cfg config.Config, rest []string) error {
	if len(rest) != 1 {
		return usage("manydesk tenant resume SLUG")
	}
	return setState(ctx, cfg, rest[0], tenants.Active, "")
}

func setState(ctx context.Context, cfg config.Config, slug string, state tenants.State, reason string) error {
	return onData(ctx, cfg, func(ctx context.Context, w *works) error {
		t, err := w.house.BySlug(ctx, slug)
		if err != nil {
			return err
		}
		if err := w.house.SetState(ctx, t.ID, state, reason, operator); err != nil || state != tenants.Active || w.redisURL == "" {
			return err
		}
		return w.resume(ctx, t)
	})
}

// resume has what waited for the tenant go on at once. Without a Redis there is
// nobody who works, and whoever starts later looks anyway.
func (w *works) resume(ctx context.Context, t tenants.Tenant) error {
	o, err := goredis.ParseURL(w.redisURL)
	if err != nil {
		return fmt.Errorf("read the address of Redis: %w", err)
	}
	line, err := jobs.Open(w.house, jobs.NewMux(), jobs.Options{Redis: o})
	if err != nil {
		return err
	}
	return errors.Join(line.Resume(ctx, t.ID), line.Close())
}

func userInvite(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	const how = "manydesk user invite E-MAIL --tenant SLUG [--role agent]"
	var slug string
	role := "agent"
	words, err := flags(rest, how, func(f *flag.FlagSet) {
		f.StringVar(&slug, "tenant", "", "")
		f.StringVar(&role, "role", role, "")
	})
	if err != nil || len(words) != 1 || slug == "" {
		return usage(how)
	}
	return onRooms(ctx, cfg, func(ctx context.Context, w *works) error {
		t, err := w.house.BySlug(ctx, slug)
		if err != nil {
			return err
		}
		return w.invite(ctx, p, t, words[0], role)
	})
}

// invite asks somebody in and prints the link too: mail may not be set up yet.
func (w *works) invite(ctx context.Context, p *program, t tenants.Tenant, email, role string) error {
	_, token, err := w.joining.InviteByHand(ctx, t, operator, joining.Invite{Email: email, Roles: []string{role}})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, w.links.Console("/invitations/"+token))
	return err
}

func userResetPassword(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	if len(rest) != 1 {
		return usage("manydesk user reset-password E-MAIL")
	}
	return onRooms(ctx, cfg, func(ctx context.Context, w *works) error {
		token, err := w.people.ResetByHand(ctx, rest[0])
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(p.out, w.links.Console("/password-resets/"+token))
		return err
	})
}

func demoPeople(_ context.Context, p *program, cfg config.Config, rest []string) error {
	asJSON := false
	words, err := flags(rest, "", func(f *flag.FlagSet) { f.BoolVar(&asJSON, "json", false, "") })
	if err != nil || len(words) > 0 {
		return usage("manydesk demo [--json]")
	}
	made, err := demo.Read(filepath.Join(cfg.Data, "demo.json"))
	if os.IsNotExist(err) {
		return usage(map[string]string{
			"ru": "В этой папке данных нет демонстрации: запустите manydesk up --demo.",
			"en": "There is no demo in this data folder: run manydesk up --demo.",
		}[cfg.Language])
	}
	if err != nil {
		return err
	}
	if asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(made)
	}
	out := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	for _, one := range made.Staff {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", one.Name, one.Email, made.Password, one.Role)
	}
	for _, one := range made.Clients {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", one.Name, one.Email, made.Password, one.Tenant)
	}
	return out.Flush()
}

func showVersion(_ context.Context, p *program, _ config.Config, _ []string) error {
	_, err := fmt.Fprintf(p.out, "manydesk %s (shared schema %d, tenant schema %d)\n", version, len(migrations.Shared()), len(migrations.Tenant()))
	return err
}
