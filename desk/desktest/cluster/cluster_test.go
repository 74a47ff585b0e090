package cluster

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

func one[T any](t *testing.T, dsn, sql string) T {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(t.Context()) }()
	var v T
	if err := c.QueryRow(t.Context(), sql).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEachDatabaseIsItsOwn(t *testing.T) {
	t.Parallel()
	a, b := Database(t), Database(t)
	if one[string](t, a, "select current_database()") == one[string](t, b, "select current_database()") {
		t.Error("two tests share a database")
	}
}

func TestATemplateIsBuiltOnceAndCopied(t *testing.T) {
	t.Parallel()
	var builds atomic.Int32
	key := "cluster-test-" + t.TempDir()
	build := func(dsn string) error {
		builds.Add(1)
		c, err := pgx.Connect(context.Background(), dsn)
		if err != nil {
			return err
		}
		defer func() { _ = c.Close(context.Background()) }()
		_, err = c.Exec(context.Background(), "create table filled as select 42 as n")
		return err
	}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			began := time.Now()
			dsn := FromTemplate(t, key, build)
			t.Logf("a copy took %s", time.Since(began).Round(time.Millisecond))
			if n := one[int](t, dsn, "select n from filled"); n != 42 {
				t.Errorf("n = %d", n)
			}
		})
	}
	wg.Wait()
	if n := builds.Load(); n != 1 {
		t.Errorf("built %d times", n)
	}
	server, err := address()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		name := templates[key]
		_ = administer(server, "alter database "+name+" is_template false")
		_ = administer(server, "drop database "+name)
	})
}

func TestRedisAnswers(t *testing.T) {
	t.Parallel()
	urls := []string{Mini(t)}
	if real, ok := Redis(t); ok {
		urls = append(urls, real)
	} else {
		t.Log("redis-server is not installed: only miniredis was asked")
	}
	for _, u := range urls {
		o, err := redis.ParseURL(u)
		if err != nil {
			t.Fatal(err)
		}
		c := redis.NewClient(o)
		if err := c.Set(t.Context(), "k", "v", 200*time.Millisecond).Err(); err != nil {
			t.Fatalf("%s: %v", u, err)
		}
		tick := time.NewTicker(10 * time.Millisecond)
		for c.Exists(t.Context(), "k").Val() == 1 {
			select {
			case <-t.Context().Done():
				t.Fatal("the key does not die")
			case <-tick.C:
			}
		}
		tick.Stop()
		_ = c.Close()
	}
}
