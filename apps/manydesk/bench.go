package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"manydesk/apps/console"
	"manydesk/apps/manydesk/bench"
	"manydesk/apps/manydesk/config"
	"manydesk/apps/portal"
	"manydesk/desk"
	"manydesk/desk/flows/intake"
)

// measure runs the benchmarks on parts of its own in a temporary folder, never on
// anybody's data, and writes what came out.
func measure(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	const how = "manydesk bench [--quick] [--only MEASUREMENT] [--out docs/benchmarks.md]"
	quick, out, only := false, "", ""
	words, err := flags(rest, how, func(f *flag.FlagSet) {
		f.BoolVar(&quick, "quick", false, "")
		f.StringVar(&out, "out", "", "")
		f.StringVar(&only, "only", "", "")
	})
	if err != nil || len(words) > 0 {
		return usage(how)
	}
	folder, err := os.MkdirTemp("", "manydesk-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(folder)                      //nolint:errcheck // it is a temporary folder
	if err := os.Chmod(folder, 0o711); err != nil { //nolint:gosec // the database's account goes through to its own folder
		return fmt.Errorf("open the folder to the database: %w", err)
	}
	report := bench.Report{Machine: bench.ThisMachine(), Began: desk.System(), Quick: quick}
	if err := measureIn(ctx, p, cfg, folder, only, &report); err != nil {
		return err
	}
	report.Machine = report.Machine.After()
	report.Took = desk.System().Sub(report.Began)
	var page bytes.Buffer
	if err := report.Write(&page); err != nil {
		return err
	}
	if out == "" {
		_, err = page.WriteTo(p.out)
		return err
	}
	if err := os.WriteFile(out, page.Bytes(), 0o644); err != nil { //nolint:gosec // a page of the documentation
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func measureIn(ctx context.Context, p *program, cfg config.Config, folder, only string, report *bench.Report) error {
	scale, within := bench.Full(), 13*time.Minute
	if report.Quick {
		scale, within = bench.Quick(), 3*time.Minute
	}
	ctx, cancel := context.WithTimeoutCause(ctx, within, fmt.Errorf("the run took longer than %s", within))
	defer cancel()
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program: %w", err)
	}
	// Only what comes with the program: the settings' own parts hold data.
	cfg.Data, cfg.S3URL, cfg.Secret = filepath.Join(folder, "house"), "", ""
	stands := &parts{}
	defer func() { logStop(stands.stop(ctx)) }()
	if err := os.MkdirAll(cfg.Data, 0o711); err != nil { //nolint:gosec // the database's account goes through to its own folder
		return fmt.Errorf("make the data folder: %w", err)
	}
	if err := stands.startPostgres(ctx, cfg, false); err != nil {
		return err
	}
	open := func(ctx context.Context, backends int) (bench.Rooms, func() error, error) {
		cfg.Backends = backends
		w, err := openHouse(cfg, stands)
		if err != nil {
			return bench.Rooms{}, nil, err
		}
		w.links = linksTo(cfg, nil)
		if err := w.rooms(ctx, nil); err != nil {
			return bench.Rooms{}, nil, err
		}
		w.reactions()
		return bench.Rooms{House: w.house, Guard: w.guard, People: w.people, Joining: w.joining, Customers: w.customers, Tickets: w.tickets, Queue: w.queue}, w.house.Close, nil
	}
	if err := level(ctx, cfg, stands, report); err != nil {
		return err
	}
	secret, err := cfg.Key()
	if err != nil {
		return err
	}
	report.Rows, err = bench.Run(ctx, bench.Options{
		Scale: scale, Open: open, DSN: stands.dsn, OwnerDSN: stands.ownerDSN, Secret: secret, Program: program, Folder: folder, PostgresPrograms: cfg.PostgresPrograms,
		IntakeJob: intake.Job, Only: only, Console: console.Files(), Portal: portal.Files(), Progress: p.err,
	})
	if len(report.Rows) > 0 && err != nil {
		fmt.Fprintln(p.err, err)
		return nil
	}
	return err
}

// level brings the new database to this version.
func level(ctx context.Context, cfg config.Config, stands *parts, report *bench.Report) error {
	w, err := openHouse(cfg, stands)
	if err != nil {
		return err
	}
	defer func() { logStop(w.house.Close()) }()
	if err := w.house.Migrate(ctx, 2, nil); err != nil {
		return err
	}
	if err := w.house.Login(ctx, stands.login, stands.password); err != nil {
		return err
	}
	report.Machine.Postgres = bench.PostgresVersion(ctx, w.house)
	return nil
}
