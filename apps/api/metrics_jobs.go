package api

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"manydesk/jobs"
)

// lineFigures are the figures of the jobs: what this process did, and what lies
// in the outbox of all. Labels are lanes and outcomes, never tenants.
type lineFigures struct {
	//nolint:containedctx // whoever asks for figures gives none
	ctx  context.Context
	line *jobs.Line
}

var (
	jobsTotal   = prometheus.NewDesc("manydesk_jobs_total", "Jobs of this process since it began, by what became of them.", []string{"outcome"}, nil)
	timersTotal = prometheus.NewDesc("manydesk_timers_total", "Timers of this process since it began, by what became of them.", []string{"outcome"}, nil)
	timersLate  = prometheus.NewDesc("manydesk_timers_worst_delay_seconds", "The worst delay of a timer that this process has fired.", nil, nil)
	redisLost   = prometheus.NewDesc("manydesk_redis_lost_total", "Times that Redis had forgotten everything.", nil, nil)
	outboxRows  = prometheus.NewDesc("manydesk_outbox_rows", "Rows of the outbox of all processes: open, offered or parked.", []string{"lane", "state"}, nil)
	outboxAge   = prometheus.NewDesc("manydesk_outbox_oldest_seconds", "Age of the oldest row of the outbox that is not parked.", []string{"lane"}, nil)
	timersOpen  = prometheus.NewDesc("manydesk_timers", "Timers there are, and those of them that are due.", []string{"state"}, nil)
)

// Describe names the figures.
func (f lineFigures) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{jobsTotal, timersTotal, timersLate, redisLost, outboxRows, outboxAge, timersOpen} {
		to <- d
	}
}

// Collect counts when somebody asks; nothing is counted for nobody.
func (f lineFigures) Collect(to chan<- prometheus.Metric) {
	s := f.line.Stats()
	count := func(d *prometheus.Desc, n int64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
	}
	for outcome, n := range map[string]int64{
		"offered": s.Offered, "repeated": s.Repeated, "known": s.Known, "demoted": s.Demoted,
		"done": s.Done, "twice": s.Twice, "failed": s.Failed, "parked": s.Parked, "hinted": s.Hints,
	} {
		count(jobsTotal, n, outcome)
	}
	count(timersTotal, s.Fired, "fired")
	count(timersTotal, s.FailedTimers, "failed")
	count(redisLost, s.RedisLost)
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(timersLate, float64(s.LateMillis)/1000)
	ctx, cancel := context.WithTimeout(f.ctx, 5*time.Second)
	defer cancel()
	b, err := f.line.Backlog(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(outboxRows, err)
		return
	}
	for lane, l := range b.Lanes {
		gauge(outboxRows, float64(l.Open), string(lane), "open")
		gauge(outboxRows, float64(l.Offered), string(lane), "offered")
		gauge(outboxRows, float64(l.Parked), string(lane), "parked")
		gauge(outboxAge, l.Oldest.Seconds(), string(lane))
	}
	gauge(timersOpen, float64(b.Timers), "waiting")
	gauge(timersOpen, float64(b.Late), "due")
}
