package redis

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// tick is how often time passes in the server. It is told how much passed and
// does not look itself: without the tick no lock, session or rate window would
// ever end.
const tick = 100 * time.Millisecond

// share is the part of one core that letting time pass may cost: the server
// looks at every key each time, and finished tasks are kept for a day.
const share = 0.02

// Server is a running private Redis.
type Server struct {
	mini     *miniredis.Miniredis
	addr     string
	password string
	stop     chan struct{}
	stopped  chan struct{}
	once     sync.Once
}

// Start brings the server up on a free loopback port behind a random password.
func Start() (*Server, error) {
	s := &Server{
		mini:     miniredis.NewMiniRedis(),
		password: rand.Text(),
		stop:     make(chan struct{}),
		stopped:  make(chan struct{}),
	}
	s.mini.RequireAuth(s.password)
	if err := s.mini.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("start the embedded redis: %w", err)
	}
	s.addr = s.mini.Addr()
	go s.pass()
	return s, nil
}

// pass lets the server's time run by the machine's monotonic clock, so that a
// late tick is made up for.
func (s *Server) pass() {
	defer close(s.stopped)
	timer := time.NewTimer(tick)
	defer timer.Stop()
	last := time.Now()
	for {
		select {
		case <-timer.C:
			began := time.Now()
			s.mini.FastForward(began.Sub(last))
			last = began
			timer.Reset(max(tick, time.Duration(float64(time.Since(began))/share)))
		case <-s.stop:
			return
		}
	}
}

// URL is how clients reach the server.
func (s *Server) URL() string {
	u := url.URL{Scheme: "redis", User: url.UserPassword("", s.password), Host: s.addr, Path: "/0"}
	return u.String()
}

// Stop ends the server and forgets everything. It may be called twice.
func (s *Server) Stop() {
	s.once.Do(func() {
		close(s.stop)
		<-s.stopped
		s.mini.Close()
	})
}
