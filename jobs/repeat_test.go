package jobs

import (
	"testing"
	"time"

	"github.com/hibiken/asynq"

	"manydesk/desk"
)

func TestATaskThatRedisStillHasIsNotOfferedTwice(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, nil)
		w.enqueue(w.tenant(), aJob("x", desk.Bulk))
		if err := w.line.round(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		w.skew.Add(int64(time.Hour))
		if err := w.line.round(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		if s := w.line.Stats(); s.Offered != 1 || s.Repeated != 0 {
			t.Errorf("%+v", s)
		}
		if n := w.count("select count(*) from manydesk.outbox where tries = 1 and again_at > ?", w.now()); n != 1 {
			t.Error("the row is not looked at again later")
		}
	})
}

func TestAFinishedTaskWithAnOpenRowIsOfferedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	acme := w.tenant()
	called := make(chan *Work, 1)
	w.mux.Handle("x", w.done(called))
	w.enqueue(acme, aJob("x", desk.Default))
	rows, _, err := w.line.claimFresh(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	// Redis believes that it is done, though nobody has closed the row.
	client := asynq.NewClientFromRedisClient(w.redis)
	if _, err := client.Enqueue(asynq.NewTask(taskType, []byte("0.0")), asynq.TaskID(taskID(rows[0])), asynq.Retention(time.Hour)); err != nil {
		t.Fatal(err)
	}
	w.run(w.line)
	until(t, "the false task is finished", func() bool { return w.line.Stats().Twice == 1 })
	w.skew.Add(int64(time.Hour))
	w.line.Wake()
	if got := receive(t, "the second try", called); got.Tries != 2 {
		t.Errorf("try %d", got.Tries)
	}
}

func TestAJobThatKillsItsWorkersIsParked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.hasty(1)
	w.enqueue(w.tenant(), aJob("deadly", desk.Default))
	for range 8 {
		// The worker and its Redis die with the job in their hands.
		if err := w.line.round(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		if err := w.redis.FlushAll(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		w.skew.Add(int64(time.Minute))
	}
	all, err := w.line.Parked(t.Context(), 0, 10)
	if err != nil || len(all) != 1 || all[0].Tries != 4 {
		t.Errorf("%+v %v", all, err)
	}
}

func TestWhatRedisSaysOfATask(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	client := asynq.NewClientFromRedisClient(w.redis)
	r := row{ID: 7, Lane: string(desk.Default), Tries: 1}
	is := func(want fate) {
		t.Helper()
		if got, err := w.line.fate(r, w.line.orphans()); got != want || err != nil {
			t.Errorf("%d %v, want %d", got, err, want)
		}
	}
	is(gone)
	if _, err := client.Enqueue(asynq.NewTask(taskType, nil), asynq.TaskID(taskID(r)), asynq.Queue(string(desk.Bulk))); err != nil {
		t.Fatal(err)
	}
	is(waiting)
	// A worker took it and never renewed its lease.
	for _, cmd := range [][]any{
		{"rpoplpush", "asynq:{bulk}:pending", "asynq:{bulk}:active"},
		{"hset", "asynq:{bulk}:t:" + taskID(r), "state", "active"},
		{"zadd", "asynq:{bulk}:lease", time.Now().Add(time.Minute).Unix(), taskID(r)},
	} {
		if err := w.redis.Do(t.Context(), cmd...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	is(waiting)
	if err := w.redis.Do(t.Context(), "zadd", "asynq:{bulk}:lease", time.Now().Add(-time.Minute).Unix(), taskID(r)).Err(); err != nil {
		t.Fatal(err)
	}
	is(broken)
}
