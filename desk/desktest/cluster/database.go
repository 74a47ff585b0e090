package cluster

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience bounds every wait for the tests' server.
const patience = 2 * time.Minute

// Database makes an empty database and drops it when the test ends, with
// whatever still holds it. It returns how its administrator reaches it.
func Database(t testing.TB) string {
	t.Helper()
	dsn, err := create(t, "template1")
	if err != nil {
		t.Fatalf("make a test database: %v", err)
	}
	return dsn
}

// FromTemplate makes a database that is a copy of what build filled. build runs
// once per key over all test processes; the key must change with what is built
// (a hash of the migrations), and build must close its connections. A copy costs
// tens of milliseconds and is dropped when the test ends.
func FromTemplate(t testing.TB, key string, build func(dsn string) error) string {
	t.Helper()
	template, err := ensure(key, build)
	if err != nil {
		t.Fatalf("make the template %s: %v", key, err)
	}
	dsn, err := create(t, template)
	if err != nil {
		t.Fatalf("make a test database from %s: %v", key, err)
	}
	return dsn
}

var (
	mu        sync.Mutex
	templates = map[string]string{}
)

// ensure builds the template under an advisory lock, because packages are tested
// in processes of their own at the same time.
func ensure(key string, build func(dsn string) error) (string, error) {
	mu.Lock()
	defer mu.Unlock()
	if name, ok := templates[key]; ok {
		return name, nil
	}
	server, err := address()
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = c.Close(context.Background()) }()

	sum := fnv.New64a()
	_, _ = sum.Write([]byte(key))
	name := fmt.Sprintf("template_%x", sum.Sum64())
	if _, err := c.Exec(ctx, "select pg_advisory_lock($1)", int64(sum.Sum64())); err != nil {
		return "", fmt.Errorf("wait for the template: %w", err)
	}
	// The lock goes with the connection.
	var built bool
	if err := c.QueryRow(ctx, "select coalesce((select datistemplate from pg_database where datname = $1), false)", name).Scan(&built); err != nil {
		return "", fmt.Errorf("look for the template: %w", err)
	}
	if !built {
		if err := construct(ctx, c, server, name, build); err != nil {
			return "", err
		}
	}
	templates[key] = name
	return name, nil
}

func construct(ctx context.Context, c *pgx.Conn, server, name string, build func(dsn string) error) error {
	for _, sql := range []string{
		"drop database if exists " + name + " with (force)",
		"create database " + name,
	} {
		if _, err := c.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	dsn, err := within(server, name)
	if err != nil {
		return err
	}
	if err := build(dsn); err != nil {
		return fmt.Errorf("build: %w", err)
	}
	// Marked last: a half-built template is dropped and built again.
	_, err = c.Exec(ctx, "alter database "+name+" with is_template true allow_connections false")
	if err != nil {
		return fmt.Errorf("close the template: %w", err)
	}
	// A connection that build forgot would make every copy fail.
	_, err = c.Exec(ctx, "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", name)
	return err
}

func create(t testing.TB, template string) (string, error) {
	t.Helper()
	server, err := address()
	if err != nil {
		return "", err
	}
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	name := "test_" + hex.EncodeToString(random)
	// Copies of one template wait for each other while template1 is the source. Files
	// are copied as they are: without fsync that takes a third of writing them to the log.
	if err := administer(server, "create database "+name+" template "+template+" strategy file_copy"); err != nil {
		return "", err
	}
	t.Cleanup(func() {
		if err := administer(server, "drop database if exists "+name+" with (force)"); err != nil {
			t.Logf("drop the test database: %v", err)
		}
	})
	return within(server, name)
}

func administer(server, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = c.Close(context.Background()) }()
	if _, err := c.Exec(ctx, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}

// within is the server's address with another database.
func within(server, database string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("the test server's address: %w", err)
	}
	u.Path = "/" + database
	return u.String(), nil
}
