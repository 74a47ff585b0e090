package ratelimit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"pgregory.net/rapid"

	"manydesk/apps/api/ratelimit"
	"manydesk/desk/desktest/cluster"
)

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestQuotaIsGivenAtOnceAndComesBackStepByStep(t *testing.T) {
	t.Parallel()
	now := start
	l := ratelimit.New(nil, func() time.Time { return now })
	rule := ratelimit.Rule{Name: "sign-in", Quota: 5, Window: time.Minute}
	for i := range 5 {
		if v := l.Take(context.Background(), rule, "a"); !v.Allowed || v.Remaining != 4-i {
			t.Fatalf("act %d: %+v", i+1, v)
		}
	}
	v := l.Take(context.Background(), rule, "a")
	if v.Allowed || v.Retry != 12*time.Second || v.Reset != time.Minute {
		t.Fatalf("the sixth act: %+v", v)
	}
	if !l.Take(context.Background(), rule, "b").Allowed {
		t.Error("another key was limited too")
	}
	now = now.Add(12 * time.Second)
	if !l.Take(context.Background(), rule, "a").Allowed || l.Take(context.Background(), rule, "a").Allowed {
		t.Error("after one step exactly one act is allowed")
	}
}

func TestNeverMoreThanQuotaPlusWhatTheTimeGives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := start
		l := ratelimit.New(nil, func() time.Time { return now })
		rule := ratelimit.Rule{Name: "x", Quota: rapid.IntRange(1, 20).Draw(t, "quota"), Window: time.Minute}
		step, allowed := rule.Window/time.Duration(rule.Quota), 0
		for range rapid.IntRange(1, 200).Draw(t, "acts") {
			now = now.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "pause")) * time.Millisecond)
			if l.Take(context.Background(), rule, "k").Allowed {
				allowed++
			}
		}
		if most := rule.Quota + int(now.Sub(start)/step); allowed > most {
			t.Fatalf("%d acts allowed, at most %d", allowed, most)
		}
	})
}

type broken struct{ redis.Scripter }

func (broken) EvalSha(ctx context.Context, _ string, _ []string, _ ...any) *redis.Cmd {
	cmd := redis.NewCmd(ctx)
	cmd.SetErr(errors.New("connection refused"))
	return cmd
}

func TestWithoutRedisTheNodeCountsAlone(t *testing.T) {
	t.Parallel()
	l := ratelimit.New(broken{}, func() time.Time { return start })
	rule := ratelimit.Rule{Name: "x", Quota: 1, Window: time.Second}
	if !l.Take(context.Background(), rule, "k").Allowed || l.Take(context.Background(), rule, "k").Allowed {
		t.Error("the quota of one was not kept")
	}
}

func TestNodesShareOneQuotaInRedis(t *testing.T) {
	t.Parallel()
	o, err := redis.ParseURL(cluster.AnyRedis(t))
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(o)
	t.Cleanup(func() { _ = client.Close() })
	now := start
	clock := func() time.Time { return now }
	one, two := ratelimit.New(client, clock), ratelimit.New(client, clock)
	alone := ratelimit.New(nil, clock)
	rule := ratelimit.Rule{Name: "x", Quota: 4, Window: time.Minute}
	for i := range 12 {
		node := one
		if i%2 == 1 {
			node = two
		}
		got, want := node.Take(t.Context(), rule, "k"), alone.Take(t.Context(), rule, "k")
		if got.Allowed != want.Allowed || got.Remaining != want.Remaining || got.Retry != want.Retry {
			t.Errorf("act %d: Redis %+v, memory %+v", i+1, got, want)
		}
		if i == 7 {
			now = now.Add(31 * time.Second)
		}
	}
}
