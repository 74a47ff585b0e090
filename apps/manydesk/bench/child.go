package bench

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"manydesk/desk"
)

// child is the program in a process of its own.
type child struct {
	cmd   *exec.Cmd
	ended chan struct{}
	// announced is closed when it has said where it is.
	announced chan struct{}
	// web and door are host:port of the console and of the mail door.
	web, door string
	// ready is the time from its start to its first good answer.
	ready time.Duration
	errs  *tail
}

// errNoProgram leaves out what needs one.
var errNoProgram = errors.New("there is no program to start")

// launch starts `manydesk up` on a folder and waits until it answers; more are
// further settings. Whoever launches stops.
func (b *bench) launch(ctx context.Context, folder string, args, more []string) (*child, error) {
	if b.Program == "" {
		return nil, errNoProgram
	}
	began := desk.System()
	c, err := b.start(folder, append([]string{"up"}, args...), append([]string{
		"MANYDESK_LISTEN=127.0.0.1:0", "MANYDESK_MAIL_LISTEN=127.0.0.1:0", "MANYDESK_CATCHER_LISTEN=127.0.0.1:0",
	}, more...))
	if err != nil {
		return nil, err
	}
	select {
	case <-c.announced:
	case <-c.ended:
	case <-ctx.Done():
	}
	if err := c.await(ctx); err != nil {
		return nil, err
	}
	c.ready = desk.System().Sub(began)
	return c, nil
}

// start starts the program and does not wait.
func (b *bench) start(folder string, args, more []string) (*child, error) {
	c := &child{cmd: exec.Command(b.Program, args...), ended: make(chan struct{}), announced: make(chan struct{}), errs: &tail{}}
	c.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "MANYDESK_LANGUAGE=en", "MANYDESK_LOG_LEVEL=warn", "MANYDESK_DATA=" + folder,
		"MANYDESK_POSTGRES_PROGRAMS=" + b.PostgresPrograms,
	}, more...)
	c.cmd.Dir = b.Folder
	c.cmd.Stderr = c.errs
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	go func() {
		c.listen(out)
		_ = c.cmd.Wait()
		close(c.ended)
	}()
	return c, nil
}

// await waits for the first good answer; a program that gives none is stopped.
func (c *child) await(ctx context.Context) error {
	err := until(ctx, func() (bool, error) {
		select {
		case <-c.ended:
			return false, fmt.Errorf("the program did not start: %s", c.errs)
		default:
			return c.web != "" && c.answers(ctx), nil
		}
	})
	if err != nil {
		c.stop()
	}
	return err
}

// listen reads what the program announces, to the end.
func (c *child) listen(out io.Reader) {
	all := bufio.NewScanner(out)
	for all.Scan() {
		switch f := strings.Fields(all.Text()); {
		case len(f) == 2 && f[0] == "Console":
			if u, err := url.Parse(f[1]); err == nil {
				c.web = "127.0.0.1:" + u.Port()
			}
		case len(f) == 3 && f[0] == "Incoming":
			c.door = strings.TrimPrefix(f[2], "smtp://")
		case len(f) > 0 && f[0] == "Stop:":
			close(c.announced)
		}
	}
}

// browser is a client whose every name leads to the child.
func (c *child) browser(connections int) *http.Client {
	var d net.Dialer
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		MaxIdleConnsPerHost: connections,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return d.DialContext(ctx, network, c.web)
		},
	}}
}

// at is a path on the console.
func (c *child) at(path string) string {
	_, port, _ := net.SplitHostPort(c.web)
	return "http://localhost:" + port + path
}

func (c *child) answers(ctx context.Context) bool {
	client := c.browser(1)
	defer client.CloseIdleConnections()
	r, err := http.NewRequestWithContext(ctx, "GET", c.at("/readyz"), nil)
	if err != nil {
		return false
	}
	answer, err := client.Do(r)
	if err != nil {
		return false
	}
	defer answer.Body.Close() //nolint:errcheck // its status is what counts
	return answer.StatusCode == http.StatusOK
}

// stop ends it in order, and after twenty seconds out of order.
func (c *child) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	timer := time.NewTimer(20 * time.Second)
	defer timer.Stop()
	select {
	case <-c.ended:
	case <-timer.C:
		_ = c.cmd.Process.Kill()
		<-c.ended
	}
}

// onHouse launches it on the database that is measured.
func (b *bench) onHouse(ctx context.Context, name string, args ...string) (*child, error) {
	database, err := b.database(name)
	if err != nil {
		return nil, err
	}
	return b.launch(ctx, filepath.Join(b.Folder, name), args, database)
}

// database are the settings that lead to what is measured; name shows at its connections.
func (b *bench) database(name string) ([]string, error) {
	u, err := url.Parse(b.DSN)
	if err != nil {
		return nil, fmt.Errorf("read the database's address: %w", err)
	}
	q := u.Query()
	q.Set("application_name", name)
	u.RawQuery = q.Encode()
	return []string{"DATABASE_URL=" + u.String(), "DATABASE_OWNER_URL=" + b.OwnerDSN, "MANYDESK_SECRET=" + hex.EncodeToString(b.Secret)}, nil
}

// tail keeps the last of what was written to it.
type tail struct{ b []byte }

// Write is io.Writer's; one goroutine of the command writes.
func (t *tail) Write(b []byte) (int, error) {
	t.b = append(t.b, b...)
	t.b = t.b[max(0, len(t.b)-2000):]
	return len(b), nil
}

// String is read after the process has ended.
func (t *tail) String() string { return string(t.b) }
