package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/smtp"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"manydesk/apps/manydesk/config"
	"manydesk/apps/manydesk/embedded/catcher"
	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/flows/intake"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// BenchmarkLettersIntoTickets gives letters for fifty tenants over twelve
// connections and waits until each is a ticket. Targets: 200 a second accepted,
// 100 a second made tickets. The CPU a letter takes is told beside, because it
// stays the same on a crowded machine.
func BenchmarkLettersIntoTickets(b *testing.B) {
	const desks, lines = 50, 12
	ctx := b.Context()
	owner := stage.DSN(b)
	caught, err := catcher.Open(ctx, catcher.Options{Folder: b.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = caught.Stop(context.WithoutCancel(ctx)) })
	cfg := config.Config{Data: b.TempDir(), Secret: hex.EncodeToString(stage.Secret), Backends: 8, Workers: 8, StopWithin: 20 * time.Second}
	var listen net.ListenConfig
	door, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	w, err := open(ctx, cfg, &parts{dsn: stage.AsApplication(b, owner), ownerDSN: owner, redisURL: cluster.Mini(b), smtpURL: caught.SMTPURL()},
		linksTo(cfg, nil), func(*tenants.House) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
	for i := range desks {
		if _, err := w.house.Create(ctx, tenants.New{Slug: fmt.Sprintf("desk-%d", i), Name: "Desk", Code: "DSK"}, desk.Automaton("test"), w.joining.Fill(people.User{})); err != nil {
			b.Fatal(err)
		}
	}
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- w.run(running, roles{door: door, work: true}) }()
	gone := func(what string) {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for n := 1; n > 0; <-tick.C {
			if err := w.house.SharedReader(operator).QueryRow(ctx, "select count(*) from manydesk.outbox "+what, nil, &n); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ResetTimer()
	// backends is the CPU that Postgres has used for us, where there is a /proc.
	backends := func() (sum time.Duration) {
		var rows []struct{ Pid int }
		if err := w.house.SharedReader(operator).Query(ctx, &rows, "select pid from pg_catalog.pg_stat_activity where datname = current_database()"); err != nil {
			b.Fatal(err)
		}
		for _, r := range rows {
			text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", r.Pid))
			if err != nil {
				continue
			}
			f := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
			for _, ticks := range f[11:13] {
				n, _ := strconv.ParseInt(ticks, 10, 64)
				sum += time.Duration(n) * 10 * time.Millisecond
			}
		}
		return sum
	}
	began, before, pgBefore := time.Now(), spent(), backends()
	var n atomic.Int64
	var all sync.WaitGroup
	for range lines {
		all.Go(func() {
			c, err := smtp.Dial(door.Addr().String())
			if err != nil {
				b.Error(err)
				return
			}
			for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
				if err := post(c, i, fmt.Sprintf("desk-%d@localhost", i%desks)); err != nil {
					b.Error(err)
					return
				}
			}
			_ = c.Quit()
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "accepted/s")
	gone("where name = '" + intake.Job + "'")
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "tickets/s")
	b.ReportMetric(float64((spent()-before).Microseconds())/1000/float64(b.N), "cpu-ms/letter")
	b.ReportMetric(float64((backends()-pgBefore).Microseconds())/1000/float64(b.N), "pg-ms/letter")
	gone("")
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "told/s")
	b.ReportMetric(float64((spent()-before).Microseconds())/1000/float64(b.N), "cpu-all-ms/letter")
	b.ReportMetric(float64((backends()-pgBefore).Microseconds())/1000/float64(b.N), "pg-all-ms/letter")
	b.StopTimer()
	b.Logf("%+v", w.line.Stats())
	stop()
	if err := <-ended; err != nil {
		b.Error(err)
	}
}

// spent is the CPU that this process has used.
func spent() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func post(c *smtp.Client, n int64, to string) error {
	from := fmt.Sprintf("client%d@lotus.example", n)
	if err := c.Mail(from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	body, err := c.Data()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(body, "From: Client %[1]d <%[2]s>\r\nTo: %[3]s\r\nSubject: Blank receipts %[1]d\r\nMessage-ID: <bench-%[1]d@lotus.example>\r\n"+
		"Date: Sun, 22 Nov 2026 10:00:00 +0300\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%[4]s\r\n", n, from, to, strings.Repeat("The till prints blank receipts after the update. ", 8))
	if err != nil {
		return err
	}
	return body.Close()
}
