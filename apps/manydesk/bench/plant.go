package bench

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"manydesk/apps/manydesk/embedded/catcher"
	"manydesk/apps/manydesk/embedded/redis"
)

// plant is the server and the worker as processes of their own. Redis and the
// catcher of outgoing mail live here, so that a process's CPU is its own.
type plant struct {
	bench   *bench
	server  *child
	worker  *child
	environ []string
	redis   *redis.Server
	catcher *catcher.Catcher
}

// build starts the server; the worker waits for hire.
func (b *bench) build(ctx context.Context) (*plant, error) {
	if b.Program == "" {
		return nil, errNoProgram
	}
	environ, err := b.database("wire")
	if err != nil {
		return nil, err
	}
	p := &plant{bench: b}
	if p.redis, err = redis.Start(); err != nil {
		return nil, err
	}
	p.catcher, err = catcher.Open(ctx, catcher.Options{Folder: filepath.Join(b.Folder, "caught"), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		p.stop(ctx)
		return nil, err
	}
	web, webErr := freePort()
	door, doorErr := freePort()
	if err := errors.Join(webErr, doorErr); err != nil {
		p.stop(ctx)
		return nil, err
	}
	p.environ = append(environ, "REDIS_URL="+p.redis.URL(), "SMTP_URL="+p.catcher.SMTPURL(), "MANYDESK_LISTEN="+web, "MANYDESK_MAIL_LISTEN="+door)
	server, err := b.start(filepath.Join(b.Folder, "wire"), []string{"serve"}, p.environ)
	if err != nil {
		p.stop(ctx)
		return nil, err
	}
	server.web, server.door = web, door
	p.server = server
	if err := server.await(ctx); err != nil {
		p.server = nil
		p.stop(ctx)
		return nil, err
	}
	return p, nil
}

// hire starts the worker.
func (p *plant) hire() (err error) {
	p.worker, err = p.bench.start(filepath.Join(p.bench.Folder, "wire"), []string{"work"}, p.environ)
	return err
}

func (p *plant) stop(ctx context.Context) {
	for _, c := range []*child{p.server, p.worker} {
		if c != nil {
			c.stop()
		}
	}
	if p.catcher != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		_ = p.catcher.Stop(ctx)
		cancel()
	}
	p.redis.Stop()
}

// freePort is an address below the ports that outgoing connections take.
func freePort() (string, error) {
	for range 100 {
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(20000+rand.IntN(12000)))
		if l, err := net.Listen("tcp", address); err == nil {
			return address, l.Close()
		}
	}
	return "", errors.New("no free port was found")
}
