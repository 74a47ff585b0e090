// Package migrations holds the SQL that makes and upgrades schemas: one folder
// a migration, shared/NNNN_name and tenant/NNNN_name, each with up.sql and,
// where data moves, before.sql and after.sql.
//
// Owns: the files, their order and their checksums.
// Does not own: running them (tenants).
package migrations

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
)

//go:embed shared tenant
var files embed.FS

// Migration is one step. SQL of a tenant's step has the placeholders {{schema}} and {{role}}.
type Migration struct {
	Number int
	Name   string
	// SQL is before.sql, up.sql and after.sql, run as one message and so as one transaction.
	SQL      string
	Checksum [32]byte
}

// Shared lists the steps of the shared schema in order.
func Shared() []Migration { return read("shared") }

// Tenant lists the steps of a tenant's schema in order.
func Tenant() []Migration { return read("tenant") }

// Script is all the steps as one script for a new tenant.
func Script(steps []Migration, schema, role string) string {
	var b strings.Builder
	for _, m := range steps {
		b.WriteString(m.For(schema, role))
		b.WriteByte('\n')
	}
	return b.String()
}

// For fills in the tenant's names.
func (m Migration) For(schema, role string) string {
	return strings.NewReplacer("{{schema}}", schema, "{{role}}", role).Replace(m.SQL)
}

// read panics on a malformed tree: the files are compiled in, so a test sees it first.
func read(dir string) []Migration {
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(err)
	}
	var all []Migration
	for _, e := range entries {
		number, _, ok := strings.Cut(e.Name(), "_")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || !e.IsDir() {
			panic(fmt.Sprintf("migration folder %s/%s is not NNNN_name", dir, e.Name()))
		}
		m := Migration{Number: n, Name: dir + "/" + e.Name()}
		for _, part := range []string{"before.sql", "up.sql", "after.sql"} {
			b, err := files.ReadFile(dir + "/" + e.Name() + "/" + part)
			if err == nil {
				m.SQL += string(b) + "\n"
			} else if !errors.Is(err, fs.ErrNotExist) {
				panic(err)
			}
		}
		m.Checksum = sha256.Sum256([]byte(m.SQL))
		all = append(all, m)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Number < all[j].Number })
	for i, m := range all {
		if m.Number != i+1 {
			panic(fmt.Sprintf("migrations of %s have a gap or a twin at %d", dir, i+1))
		}
	}
	return all
}
