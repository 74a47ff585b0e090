package bench

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Report is a whole run.
type Report struct {
	Machine Machine
	Began   time.Time
	Took    time.Duration
	Quick   bool
	Rows    []Row
}

// Write writes the report as the page of the documentation.
func (r Report) Write(to io.Writer) error {
	var b strings.Builder
	b.WriteString("# Benchmarks\n\n")
	b.WriteString("Written by `make bench`. Every figure was measured on one machine in one run, database, product and load together; " +
		"machines differ, so read the ratios. The floor is pgbench with five bare inserts into four small tables in one transaction, " +
		"prepared, 32 at once, in the same Postgres with fsync on; beside a read it is pgbench with one bare select of the same rows, 8 at once.\n\n")
	kind := "full run"
	if r.Quick {
		kind = "quick run: small counts, of little worth beside a full one"
	}
	fmt.Fprintf(&b, "- %s, %s, %.0f s\n", r.Began.Format("2 January 2006, 15:04 UTC"), kind, r.Took.Seconds())
	for _, line := range r.Machine.Lines() {
		b.WriteString("- " + line + "\n")
	}
	b.WriteString("\n| what | figure | yardstick in the same run | ratio | target | met |\n|---|---|---|---|---|---|\n")
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", cell(row.What), cell(row.Figure), cell(row.Yardstick), cell(row.Ratio), cell(row.Target), row.Met)
	}
	count := map[Verdict]int{}
	for _, row := range r.Rows {
		count[row.Met]++
	}
	fmt.Fprintf(&b, "\n%d met, %d missed, %d not measured.\n", count[Met], count[Missed], count[Unknown])
	_, err := io.WriteString(to, b.String())
	return err
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
