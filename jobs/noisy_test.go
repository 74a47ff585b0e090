package jobs

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

func TestANoisyTenantIsDemoted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), func(o *Options) { o.Tokens = 100 })
	tokens := w.line.tokens
	now := w.now()
	for i := range 10 {
		if !tokens.take(tenantLane{1, desk.Default}, now) {
			t.Fatalf("job %d of a quiet minute was demoted", i)
		}
	}
	if tokens.take(tenantLane{1, desk.Default}, now) {
		t.Error("the eleventh at once was not")
	}
	if !tokens.take(tenantLane{1, desk.Critical}, now) || !tokens.take(tenantLane{2, desk.Default}, now) {
		t.Error("another lane or tenant pays for it")
	}
	if !tokens.take(tenantLane{1, desk.Default}, now.Add(time.Second)) {
		t.Error("a second later there is a token again")
	}
	r := row{TenantID: 3, Lane: string(desk.MailLane)}
	queues := map[string]int{}
	for range 11 {
		queues[w.line.queue(r)]++
	}
	if queues["mail"] != 10 || queues[bulkMail] != 1 {
		t.Errorf("mail goes to %v", queues)
	}
	r = row{TenantID: 4, Lane: string(desk.Critical)}
	for range 11 {
		queues[w.line.queue(r)]++
	}
	r = row{TenantID: 5, Lane: string(desk.Bulk)}
	for range 11 {
		w.line.queue(r)
	}
	if got := w.line.tokens.loud(w.now()); len(got) != 4 {
		t.Errorf("noisy are %v", got)
	}
	if got := w.line.tokens.loud(w.now().Add(time.Minute)); len(got) != 0 {
		t.Errorf("noisy a minute later are %v", got)
	}
	if queues["critical"] != 10 || queues["bulk"] != 1 || w.line.Stats().Demoted != 2 {
		t.Errorf("%v %+v", queues, w.line.Stats())
	}
}

func TestAQuietTenantDoesNotWaitForANoisyOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	noisy, quiet := w.tenant(), w.tenant()
	var mu sync.Mutex
	done := map[desk.TenantID]int{}
	called := make(chan *Work, 1)
	w.mux.Handle("x", func(ctx context.Context, work *Work) error {
		err := w.house.Do(ctx, work.Tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error { return work.Done(ctx, tx) })
		mu.Lock()
		done[work.Tenant.ID]++
		mu.Unlock()
		if work.Tenant.ID == quiet.ID {
			called <- work
		}
		return err
	})
	w.enqueue(noisy, w.many(3000, "x", desk.Default)...)
	w.run(w.line)
	for range 5 {
		w.enqueue(quiet, aJob("x", desk.Default))
		receive(t, "the quiet tenant's job", called)
	}
	mu.Lock()
	defer mu.Unlock()
	if n := done[noisy.ID]; n > 2500 {
		t.Errorf("the quiet tenant's five jobs were done after %d of the noisy one's", n)
	}
}

// BenchmarkNoisyNeighbour has one tenant enqueue 20,000 jobs and measures how
// long the jobs of twenty others wait meanwhile. Target: 50 ms at p99.
func BenchmarkNoisyNeighbour(b *testing.B) {
	for name, url := range map[string]func() string{
		"miniredis": func() string { return cluster.Mini(b) },
		"redis": func() string {
			u, ok := cluster.Redis(b)
			if !ok {
				b.Fatal("redis-server is not installed")
			}
			return u
		},
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				neighbours(b, url())
			}
		})
	}
}

func neighbours(b *testing.B, url string) {
	const noise, quiet, each = 20_000, 20, 25
	w := newWorld(b, url, nil)
	w.asInProduction()
	noisy := w.tenant()
	var others []tenants.Tenant
	for range quiet {
		others = append(others, w.tenant())
	}
	type wait struct {
		tenant desk.TenantID
		took   time.Duration
	}
	waits := make(chan wait, noise)
	w.mux.Handle("x", func(ctx context.Context, work *Work) error {
		if work.Tenant.ID != noisy.ID {
			waits <- wait{work.Tenant.ID, w.now().Sub(work.Created)}
		}
		return w.house.Do(ctx, work.Tenant, desk.Automaton("test"), func(ctx context.Context, tx tenants.Tx) error { return work.Done(ctx, tx) })
	})
	w.run(w.line)
	measure := func() (p50, p99 float64) {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for range each {
			for _, o := range others {
				<-tick.C
				w.enqueue(o, aJob("x", desk.Default))
			}
		}
		var all []time.Duration
		for range quiet * each {
			all = append(all, receive(b, "a quiet job", waits).took)
		}
		slices.Sort(all)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		return ms(all[len(all)/2]), ms(all[len(all)*99/100])
	}
	alone50, alone99 := measure()
	for range noise / 2000 {
		w.enqueue(noisy, w.many(2000, "x", desk.Default)...)
	}
	until(b, "the noise has begun", func() bool { return w.line.Stats().Done > quiet*each+100 })
	b.ResetTimer()
	began, before := w.now(), w.line.Stats().Done
	p50, p99 := measure()
	b.ReportMetric(alone50, "alone-p50-ms")
	b.ReportMetric(alone99, "alone-p99-ms")
	b.ReportMetric(p50, "p50-ms")
	b.ReportMetric(p99, "p99-ms")
	b.ReportMetric(float64(w.line.Stats().Done-before-quiet*each)/w.now().Sub(began).Seconds(), "noise/s")
	b.StopTimer()
}

// asInProduction gives the line a house with as many backends as the product's.
func (w *world) asInProduction() {
	house, err := tenants.Open(tenants.Options{DSN: stage.AsApplication(w.t, w.owner), OwnerDSN: w.owner, Wake: w.bell.Ring})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = house.Close() })
	w.house = house
	w.line.house = house
}

// BenchmarkCarry measures jobs from the commit to the closed row, many at once.
func BenchmarkCarry(b *testing.B) {
	url, ok := cluster.Redis(b)
	if !ok {
		b.Fatal("redis-server is not installed")
	}
	w := newWorld(b, url, func(o *Options) { o.Tokens = 1 << 30 })
	w.asInProduction()
	acme := w.tenant()
	called := make(chan *Work, b.N)
	w.mux.Handle("x", w.done(called))
	w.run(w.line)
	b.ResetTimer()
	go func() {
		for n := b.N; n > 0; n -= 100 {
			w.enqueue(acme, w.many(min(n, 100), "x", desk.Default)...)
		}
	}()
	for range b.N {
		receive(b, "a job", called)
	}
}
