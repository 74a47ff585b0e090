package jobs

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

func TestAProcessThatOnlyServesWakesTheOneThatWorks(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		never := func(o *Options) { o.Sweep = time.Hour }
		w := newWorld(t, url, never)
		bell := NewBell()
		serving := stage.Open(t, w.owner, stage.Options{Wake: bell.Ring})
		door := w.another(serving, bell, never)
		ctx, cancel := context.WithCancel(context.Background())
		left := make(chan error, 1)
		go func() { left <- door.Carry(ctx) }()
		t.Cleanup(func() {
			cancel()
			if err := receive(t, "the serving process ends", left); err != nil {
				t.Error(err)
			}
		})
		called, calls := make(chan *Work, 1), make(chan firing, 1)
		w.mux.Handle("x", w.done(called))
		w.mux.Timer("clock", fired(calls))
		acme := w.tenant()
		w.run(w.line)
		until(t, "the worker listens", func() bool {
			n, err := w.redis.PubSubNumSub(t.Context(), w.line.key("wake")).Result()
			return err == nil && n[w.line.key("wake")] == 2
		})
		until(t, "the worker has looked once and rests", func() bool { w.line.mu.Lock(); defer w.line.mu.Unlock(); return !w.line.next.IsZero() })
		for range 3 {
			err := serving.Do(t.Context(), acme, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error {
				if err := Enqueue(ctx, tx, aJob("x", desk.Default)); err != nil {
					return err
				}
				return SetTimers(ctx, tx, aTimer("clock", tx.Now().Add(50*time.Millisecond)))
			})
			if err != nil {
				t.Fatal(err)
			}
			receive(t, "the job", called)
			receive(t, "the timer", calls)
		}
	})
}

func TestTwoWorkersShareTheTasks(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, url string) {
		w := newWorld(t, url, func(o *Options) { o.Workers = 1 })
		bell := NewBell()
		second := w.another(stage.Open(t, w.owner, stage.Options{Wake: bell.Ring}), bell, func(o *Options) { o.Workers = 1 })
		acme := w.tenant()
		called := make(chan *Work, 1000)
		// Neither can do both at once: each waits until the other has begun.
		began := make(chan struct{})
		w.mux.Handle("meet", func(ctx context.Context, work *Work) error {
			select {
			case began <- struct{}{}:
			case <-began:
			case <-ctx.Done():
				return ctx.Err()
			}
			return w.done(called)(ctx, work)
		})
		w.run(w.line)
		w.run(second)
		w.enqueue(acme, aJob("meet", desk.Default), aJob("meet", desk.Default))
		await(t, called, 2)
	})
}
