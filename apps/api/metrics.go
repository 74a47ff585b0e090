package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the edge's figures; labels are route patterns, never paths.
type metrics struct {
	registry *prometheus.Registry
	took     *prometheus.HistogramVec
	flying   prometheus.Gauge
	streams  prometheus.Gauge
	events   *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "manydesk_http_request_seconds", Help: "Time to answer a request, by route pattern.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route", "status"}),
		flying:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "manydesk_http_requests_in_flight", Help: "Requests being answered now."}),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{Name: "manydesk_streams_open", Help: "Live streams open on this node."}),
		events:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "manydesk_stream_events_total", Help: "Events queued to live streams, and streams reset because they were slow."}, []string{"outcome"}),
	}
	m.registry.MustRegister(m.took, m.flying, m.streams, m.events, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) began() { m.flying.Inc() }

func (m *metrics) ended(method, route string, status int, took time.Duration) {
	m.flying.Dec()
	m.took.WithLabelValues(method, route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// Register lets other rooms show their figures on the same page.
func (a *App) Register(c ...prometheus.Collector) { a.metrics.registry.MustRegister(c...) }

// Metrics is the page of figures, for a listener of its own that only the
// operator reaches: figures tell what tenants do. The sites' listener gives it to
// this machine alone (operator).
func (a *App) Metrics() http.Handler {
	return promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{})
}
