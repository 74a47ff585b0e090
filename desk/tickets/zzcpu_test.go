package tickets_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

func pgCPU(pid int) time.Duration {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/schedstat")
	if err != nil {
		panic(err)
	}
	n, _ := strconv.ParseInt(strings.Fields(string(b))[0], 10, 64)
	return time.Duration(n)
}

func goCPU() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func cost(b *testing.B, pid int, fn func(i int64) error) {
	b.Helper()
	for i := range 300 {
		if err := fn(int64(i)); err != nil {
			b.Fatal(err)
		}
	}
	p, g := pgCPU(pid), goCPU()
	b.ResetTimer()
	for i := range b.N {
		if err := fn(int64(i)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(pgCPU(pid)-p)/float64(b.N)/1000, "pg_us")
	b.ReportMetric(float64(goCPU()-g)/float64(b.N)/1000, "go_us")
}

func BenchmarkZ(b *testing.B) {
	r := newTrack(b)
	var numbers [100]int64
	for i := range numbers {
		made, err := r.open(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		numbers[i] = made.Number
		for j := range 20 {
			err := r.house.Do(b.Context(), r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) (err error) {
				if j%2 == 0 {
					_, err = r.tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(made.Number), Text: words, Anyway: true, Hold: -1})
				} else {
					_, err = r.tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.Number(made.Number), Text: words})
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	var pid int
	tx := r.house.Reader(r.tenant, r.vera)
	if err := tx.QueryRow(b.Context(), "select pg_backend_pid()", nil, &pid); err != nil {
		b.Fatal(err)
	}
	b.Run("view", func(b *testing.B) {
		cost(b, pid, func(i int64) error {
			v, err := r.tickets.View(b.Context(), tx, numbers[i%100], 20)
			if err == nil && len(v.Timeline.Entries) != 20 {
				return fmt.Errorf("%d entries", len(v.Timeline.Entries))
			}
			return err
		})
	})
	var wpid int
	_ = r.house.Do(b.Context(), r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) (err error) {
		return tx.QueryRow(b.Context(), "select pg_backend_pid()", nil, &wpid)
	})
	b.Run("open", func(b *testing.B) {
		cost(b, wpid, func(i int64) error { _, err := r.open(b.Context()); return err })
	})
	_ = desk.Actor{}
}

func BenchmarkY(b *testing.B) {
	r := newTrack(b)
	made, err := r.open(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for j := range 20 {
		err := r.house.Do(b.Context(), r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) (err error) {
			if j%2 == 0 {
				_, err = r.tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(made.Number), Text: words, Anyway: true, Hold: -1})
			} else {
				_, err = r.tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.Number(made.Number), Text: words})
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	dir, _ := os.ReadDir("/tmp/sqlv")
	for _, f := range dir {
		text, _ := os.ReadFile("/tmp/sqlv/" + f.Name())
		b.Run(f.Name(), func(b *testing.B) {
			err := r.house.Do(b.Context(), r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) (err error) {
				var pid int
				if err := tx.QueryRow(b.Context(), "select pg_backend_pid()", nil, &pid); err != nil {
					return err
				}
				cost(b, pid, func(int64) error {
					args := []any{made.Number, r.vera.ID, 21}
					n := strings.Count(string(text), "$3")
					if n == 0 {
						args = args[:2]
					}
					_, err := tx.Exec(ctx, string(text), args...)
					return err
				})
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		})
	}
}
