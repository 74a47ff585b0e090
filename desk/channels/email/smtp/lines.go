package smtp

import (
	"crypto/tls"
	"net"
	"sync"
	"time"
)

// lines are the open connections: counted, limited by host and in all, and known
// one by one, so that closing can leave alone those that carry a letter.
type lines struct {
	net.Listener
	options Options
	mu      sync.Mutex
	open    map[*line]struct{}
	hosts   map[string]int
	closing bool
}

// line is one connection.
type line struct {
	net.Conn
	lines *lines
	host  string
	end   *time.Timer
	// busy is set while a letter is received or stored; guarded by lines.mu.
	busy bool
	once sync.Once
}

func newLines(l net.Listener, o Options) *lines {
	return &lines{Listener: l, options: o, open: map[*line]struct{}{}, hosts: map[string]int{}}
}

// Accept waits for a connection that may stay. One too many is told to come later.
func (s *lines) Accept() (net.Conn, error) {
	for {
		conn, err := s.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if l, ok := s.admit(conn); ok {
			return l, nil
		}
		// A full house says so, and waits for nobody to read it.
		_ = conn.SetDeadline(s.options.Clock().Add(time.Second))
		_, _ = conn.Write([]byte("421 4.7.0 Too many connections, try again later\r\n"))
		_ = conn.Close()
	}
}

func (s *lines) admit(conn net.Conn) (*line, bool) {
	l := &line{Conn: conn, lines: s, host: hostOf(conn)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing || len(s.open) >= s.options.MaxConnections || s.hosts[l.host] >= s.options.MaxPerHost {
		return nil, false
	}
	s.open[l] = struct{}{}
	s.hosts[l.host]++
	l.end = time.AfterFunc(s.options.MaxSession, func() { _ = l.Close() })
	return l, true
}

// Close ends the connection and gives its place back.
func (l *line) Close() error {
	l.once.Do(func() {
		l.lines.mu.Lock()
		defer l.lines.mu.Unlock()
		l.end.Stop()
		delete(l.lines.open, l)
		if l.lines.hosts[l.host]--; l.lines.hosts[l.host] <= 0 {
			delete(l.lines.hosts, l.host)
		}
	})
	return l.Conn.Close()
}

// work marks that a letter is on the line.
func (l *line) work() {
	l.lines.mu.Lock()
	defer l.lines.mu.Unlock()
	l.busy = true
}

// rest marks that the letter was answered; a closing door then hangs up.
func (l *line) rest() {
	l.lines.mu.Lock()
	was := l.busy
	l.busy = false
	closing := l.lines.closing
	l.lines.mu.Unlock()
	if was && closing {
		_ = l.Close()
	}
}

// closeIdle hangs up where no letter is on the line, and lets nobody in.
func (s *lines) closeIdle() { s.hangUp(func(l *line) bool { return !l.busy }) }

// closeAll hangs up everywhere.
func (s *lines) closeAll() { s.hangUp(func(*line) bool { return true }) }

func (s *lines) hangUp(which func(*line) bool) {
	s.mu.Lock()
	s.closing = true
	var chosen []*line
	for l := range s.open {
		if which(l) {
			chosen = append(chosen, l)
		}
	}
	s.mu.Unlock()
	for _, l := range chosen {
		_ = l.Close()
	}
}

// lineOf finds our line under what the library made of it.
func lineOf(c net.Conn) *line {
	for {
		switch v := c.(type) {
		case *line:
			return v
		case *tls.Conn:
			c = v.NetConn()
		default:
			return nil
		}
	}
}

func hostOf(c net.Conn) string {
	host, _, err := net.SplitHostPort(c.RemoteAddr().String())
	if err != nil {
		return c.RemoteAddr().Network()
	}
	return host
}
