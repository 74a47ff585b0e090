package redis

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func client(t *testing.T, url string) *redis.Client {
	t.Helper()
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(o)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestWhatHasATimeToLiveDies(t *testing.T) {
	t.Parallel()
	s, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	c := client(t, s.URL())
	if err := c.Set(t.Context(), "short", "v", 300*time.Millisecond).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.Set(t.Context(), "long", "v", time.Hour).Err(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for c.Exists(t.Context(), "short").Val() == 1 {
		if time.Since(began) > 20*time.Second {
			t.Fatal("still there after 20 s")
		}
		<-poll.C
	}
	if lived := time.Since(began); lived < 150*time.Millisecond {
		t.Errorf("died after %s", lived)
	}
	if c.Exists(t.Context(), "long").Val() != 1 {
		t.Error("an hour passed too soon")
	}
}

func TestStrangersAreNotServed(t *testing.T) {
	t.Parallel()
	s, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	stranger := redis.NewClient(&redis.Options{Addr: s.addr, MaxRetries: -1})
	defer func() { _ = stranger.Close() }()
	if err := stranger.Set(t.Context(), "k", "v", 0).Err(); err == nil {
		t.Error("served without the password")
	}
}

func TestStopMayBeCalledTwice(t *testing.T) {
	t.Parallel()
	s, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	s.Stop()
	s.Stop()
	c := redis.NewClient(&redis.Options{Addr: s.addr, MaxRetries: -1, DialTimeout: time.Second})
	defer func() { _ = c.Close() }()
	if err := c.Ping(t.Context()).Err(); err == nil {
		t.Error("still answers")
	}
}
