//go:build unix

package postgres

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// Server is a running private Postgres.
type Server struct {
	options  Options
	programs programs
	who      account
	key      secret
	sockets  string
	// borrowed is true when sockets is a temporary folder that goes with us.
	borrowed bool
	lock     *lock

	mu    sync.Mutex
	child *child

	stopping chan struct{}
	stopOnce sync.Once
	stopped  chan struct{}
	failed   chan error
}

// Start brings the database up and returns when it answers. The folder is made
// when it is new; a server orphaned by a killed parent is stopped first. A
// *Refusal says what the person can do: another instance runs on the folder, no
// programs, programs of another version, a folder the account cannot enter.
// ctx bounds the start only; the server lives until Stop.
func Start(ctx context.Context, o Options) (*Server, error) {
	o, err := o.filled()
	if err != nil {
		return nil, err
	}
	who, err := currentAccount()
	if err != nil {
		return nil, err
	}
	if err := prepareFolder(o, who); err != nil {
		return nil, err
	}
	held, err := takeLock(o.Data)
	if err != nil {
		return nil, err
	}
	s := &Server{
		options: o, who: who, lock: held,
		stopping: make(chan struct{}), stopped: make(chan struct{}), failed: make(chan error, 1),
	}
	if err := s.bringUp(ctx); err != nil {
		s.cleanUp()
		return nil, err
	}
	go s.keep(context.WithoutCancel(ctx))
	return s, nil
}

func (s *Server) bringUp(ctx context.Context) error {
	o := s.options
	if o.Anew {
		if err := clearData(ctx, o); err != nil {
			return err
		}
	}
	wanted, err := writtenBy(o.Data)
	if err != nil {
		return fmt.Errorf("read the data's version: %w", err)
	}
	if s.programs, err = findPrograms(ctx, o, wanted); err != nil {
		return err
	}
	if s.programs, err = reachable(s.programs, s.who, o.Data+".programs"); err != nil {
		return err
	}
	if wanted == "" {
		if err := refuseStrangers(o.Data); err != nil {
			return err
		}
		if err := initialise(ctx, o, s.programs, s.who); err != nil {
			return err
		}
	}
	if s.key, err = readSecret(o.Data); err != nil {
		return err
	}
	if err := s.makeSocketFolder(); err != nil {
		return err
	}
	if err := clearOrphans(ctx, o); err != nil {
		return err
	}
	s.child, err = s.launch(ctx)
	return err
}

// clearData takes the data away, under our lock and with nobody at work on it.
func clearData(ctx context.Context, o Options) error {
	if _, err := os.Stat(o.Data); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err := clearOrphans(ctx, o); err != nil {
		return err
	}
	if err := os.RemoveAll(o.Data); err != nil {
		return fmt.Errorf("begin the data anew: %w", err)
	}
	return nil
}

// refuseStrangers is a Refusal when the folder has files but no database.
func refuseStrangers(data string) error {
	entries, err := os.ReadDir(data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look into the data folder: %w", err)
	}
	if len(entries) > 0 {
		return refuse("В папке %s лежат посторонние файлы, а базы данных нет: выберите другую папку (настройка MANYDESK_DATA).",
			"The folder %s has files in it but no database: choose another folder (setting MANYDESK_DATA).", data)
	}
	return os.Remove(data)
}

// keep starts the server again when it dies without being asked to. After five
// deaths in a minute it gives up and tells Failed.
func (s *Server) keep(ctx context.Context) {
	defer close(s.stopped)
	var deaths []time.Time
	for {
		c := s.current()
		select {
		case <-c.exited:
		case <-s.stopping:
			s.end(c)
			return
		}
		select {
		case <-s.stopping:
			return
		default:
		}
		deaths = append(deaths, c.ended)
		if n := len(deaths); n >= 5 && deaths[n-1].Sub(deaths[n-5]) < time.Minute {
			s.failed <- fmt.Errorf("postgres died five times in a minute, the last time: %w", c.err)
			return
		}
		s.options.Log.Error("postgres died and is started again", "error", c.err, "log", s.options.Data+".log")
		next, err := s.relaunch(ctx)
		if err != nil {
			s.failed <- fmt.Errorf("start postgres again: %w", err)
			return
		}
		s.mu.Lock()
		s.child = next
		s.mu.Unlock()
	}
}

func (s *Server) relaunch(ctx context.Context) (*child, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.StartWithin)
	defer cancel()
	if err := clearOrphans(ctx, s.options); err != nil {
		return nil, err
	}
	return s.launch(ctx)
}

func (s *Server) current() *child {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.child
}

// Failed hears once when the server is gone for good: it kept dying.
func (s *Server) Failed() <-chan error { return s.failed }

// PID is the process of the running server.
func (s *Server) PID() int { return s.current().process.Pid }

// Version is the major version: "15".
func (s *Server) Version() string { return s.programs.major }

// Password of a login, for whoever makes the role anew.
func (s *Server) Password(login string) string { return s.key.password(login) }

// DSN is how a login reaches the product's database.
func (s *Server) DSN(login string) string { return s.DSNFor(login, Database) }

// DSNFor is how a login reaches any database of the cluster.
func (s *Server) DSNFor(login, database string) string {
	u := url.URL{
		Scheme: "postgres",
		User:   url.UserPassword(login, s.key.password(login)),
		Path:   "/" + database,
		RawQuery: url.Values{
			"host": {s.sockets},
			"port": {strconv.Itoa(s.options.port())},
		}.Encode(),
	}
	return u.String()
}

// Stop shuts down in order: open transactions are rolled back, what is committed
// is on disk. It may be called twice. The error is ctx's when the server is not
// down in time; it is then on its way down all the same.
func (s *Server) Stop(ctx context.Context) error {
	s.stopOnce.Do(func() { close(s.stopping) })
	select {
	case <-s.stopped:
	case <-ctx.Done():
		return fmt.Errorf("stop postgres: %w", ctx.Err())
	}
	s.cleanUp()
	return nil
}

// Leave lets go of a server started with Outlive: it runs on, our lock is free.
func (s *Server) Leave() error { return s.lock.release() }

func (s *Server) cleanUp() {
	if s.borrowed {
		_ = os.RemoveAll(s.sockets)
	}
	_ = s.lock.release()
}

// makeSocketFolder chooses <data>.run, or a short temporary folder when the path
// would be longer than a socket's address may be.
func (s *Server) makeSocketFolder() error {
	dir := s.options.Data + ".run"
	const longest = 103
	if len(filepath.Join(dir, ".s.PGSQL."+strconv.Itoa(s.options.port()))) > longest {
		short, err := os.MkdirTemp("", "manydesk-")
		if err != nil {
			return fmt.Errorf("make the socket folder: %w", err)
		}
		dir, s.borrowed = short, true
	}
	s.sockets = dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the socket folder: %w", err)
	}
	if err := s.who.give(dir); err != nil {
		return fmt.Errorf("give the socket folder: %w", err)
	}
	return nil
}
