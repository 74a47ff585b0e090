package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/smtp"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"manydesk/apps/manydesk/config"
	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// asProgram makes the test's own binary the program: what is killed is main's
// code in a process of its own, without another build.
const asProgram = "MANYDESK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := program{args: os.Args[1:], environ: os.Environ(), in: os.Stdin, out: os.Stdout, err: os.Stderr}
	code := p.run(ctx)
	stop()
	os.Exit(code)
}

// Letters and tickets are acknowledged by 250 and 201. Whoever did not hear that
// says it again, with the same Message-ID or Idempotency-Key.
func TestWhatWasAcceptedSurvivesKills(t *testing.T) {
	t.Parallel()
	const letters, calls, kills = 300, 300, 8
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	p := newPlant(t)

	var accepted atomic.Int64
	var senders sync.WaitGroup
	for lane := range 4 {
		senders.Go(func() {
			for n := lane; n < letters; n += 4 {
				p.insist(ctx, func(ctx context.Context) error { return p.mail(ctx, n) })
				accepted.Add(1)
			}
		})
		senders.Go(func() {
			for n := lane; n < calls; n += 4 {
				p.insist(ctx, func(ctx context.Context) error { return p.call(ctx, n) })
				accepted.Add(1)
			}
		})
	}
	// The kills are spread over the first three quarters of what arrives.
	for i := range kills {
		p.until(ctx, func() bool {
			return accepted.Load() >= int64((letters+calls)*(i+1)*3/4/(kills+1))
		})
		victims := [][]string{{"serve"}, {"work"}, {"serve", "work"}}[rand.IntN(3)]
		for _, role := range victims {
			p.kill(role)
		}
		for _, role := range victims {
			p.start(role)
		}
	}
	senders.Wait()
	if ctx.Err() != nil {
		t.Fatalf("only %d of %d were accepted in time\n%s", accepted.Load(), letters+calls, p.said())
	}
	t.Logf("%d kills, %d tries without an answer", kills, p.refused.Load())
	p.until(ctx, func() bool { return p.count(ctx, "select count(*) from manydesk.outbox") == 0 })
	if ctx.Err() != nil {
		t.Fatalf("left in the outbox: %s\n%s", p.left(), p.said())
	}
	p.eachIsThereOnce(ctx, letters, calls)
}

// plant is the product's two processes on real parts.
type plant struct {
	t              *testing.T
	w              *works
	tenant         tenants.Tenant
	key            string
	web, door      string
	environ        []string
	client         *http.Client
	mu             sync.Mutex
	processes      map[string]*exec.Cmd
	output         bytes.Buffer
	outputMu       sync.Mutex
	refused        atomic.Int64
	lastComplaints atomic.Value
}

func newPlant(t *testing.T) *plant {
	t.Helper()
	p := &plant{t: t, web: freePort(t), door: freePort(t), processes: map[string]*exec.Cmd{}, client: &http.Client{Timeout: 10 * time.Second}}
	owner := stage.DSN(t)
	redis, real := cluster.Redis(t)
	if !real {
		t.Log("redis-server is not installed: the jobs go through miniredis")
		redis = cluster.Mini(t)
	}
	secret, data := hex.EncodeToString(stage.Secret), t.TempDir()
	p.environ = []string{
		asProgram + "=1", "PATH=" + os.Getenv("PATH"), "MANYDESK_DATA=" + data, "MANYDESK_SECRET=" + secret, "MANYDESK_LANGUAGE=en", "MANYDESK_LOG_LEVEL=warn",
		"DATABASE_URL=" + stage.AsApplication(t, owner), "DATABASE_OWNER_URL=" + owner, "REDIS_URL=" + redis, "SMTP_URL=" + mailServer(t), "S3_URL=" + os.Getenv("S3_URL"),
		"MANYDESK_LISTEN=" + p.web, "MANYDESK_MAIL_LISTEN=" + p.door,
	}
	p.furnish(owner, config.Config{Data: data, Secret: secret, Backends: 4})
	for _, role := range []string{"serve", "work"} {
		p.start(role)
	}
	t.Cleanup(func() {
		for _, role := range []string{"serve", "work"} {
			p.kill(role)
		}
	})
	return p
}

// furnish makes the tenant, its owner and the owner's key, as a demo does.
func (p *plant) furnish(owner string, cfg config.Config) {
	p.t.Helper()
	ctx := p.t.Context()
	w, err := openHouse(cfg, &parts{dsn: stage.AsApplication(p.t, owner), ownerDSN: owner})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = w.house.Close() })
	w.links = linksTo(cfg, nil)
	if err := w.rooms(ctx, nil); err != nil {
		p.t.Fatal(err)
	}
	vera, err := w.people.NewUser(ctx, people.NewUser{Name: "Вера", Email: "vera@acme.example", Password: "shest-soroki-na-rele", Language: "ru", TimeZone: "Europe/Moscow"})
	if err != nil {
		p.t.Fatal(err)
	}
	p.tenant, err = w.house.Create(ctx, tenants.New{Slug: "acme", Code: "ACME", Name: "ACME"}, desk.Automaton("test"), w.joining.Fill(vera))
	if err != nil {
		p.t.Fatal(err)
	}
	granted, err := w.people.Start(ctx, vera, people.From{})
	if err != nil {
		p.t.Fatal(err)
	}
	session, err := w.people.ByToken(ctx, granted.Token)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, p.key, err = w.people.MakeKey(ctx, session, people.NewKey{Name: "test"}, people.From{}); err != nil {
		p.t.Fatal(err)
	}
	p.w = w
}

// start runs a role in a process of its own; it need not answer yet.
func (p *plant) start(role string) { p.startAs(role, role) }

// startAs is start for one more process of a role, under a name of its own.
func (p *plant) startAs(name, role string) {
	p.t.Helper()
	cmd := exec.Command(os.Args[0], role)
	cmd.Env = p.environ
	cmd.Stdout, cmd.Stderr = p, p
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	p.processes[name] = cmd
	p.mu.Unlock()
}

// kill ends it at once and waits for its port to be free.
func (p *plant) kill(role string) {
	p.mu.Lock()
	cmd := p.processes[role]
	delete(p.processes, role)
	p.mu.Unlock()
	if cmd != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

// Write keeps what the processes say.
func (p *plant) Write(b []byte) (int, error) {
	p.outputMu.Lock()
	defer p.outputMu.Unlock()
	return p.output.Write(b)
}

func (p *plant) said() string {
	p.outputMu.Lock()
	defer p.outputMu.Unlock()
	all := p.output.Bytes()
	return fmt.Sprintf("last refusal: %v\n%s", p.lastComplaints.Load(), all[max(0, len(all)-4000):])
}

// insist repeats what was not acknowledged.
func (p *plant) insist(ctx context.Context, once func(ctx context.Context) error) {
	p.until(ctx, func() bool {
		try, cancel := context.WithTimeout(ctx, 15*time.Second)
		defer cancel()
		err := once(try)
		if err != nil {
			p.refused.Add(1)
			p.lastComplaints.Store(err.Error())
		}
		return err == nil
	})
}

// until asks again every 30 ms; it ends with ctx, which its callers look at.
func (p *plant) until(ctx context.Context, done func() bool) {
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *plant) mail(ctx context.Context, n int) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", p.door)
	if err != nil {
		return err
	}
	defer c.Close() //nolint:errcheck // quit or not, it is over
	deadline, _ := ctx.Deadline()
	if err := c.SetDeadline(deadline); err != nil {
		return err
	}
	s, err := smtp.NewClient(c, "localhost")
	if err != nil {
		return err
	}
	from := fmt.Sprintf("client%d@lotus.example", n)
	if err := s.Mail(from); err != nil {
		return err
	}
	if err := s.Rcpt("acme@localhost"); err != nil {
		return err
	}
	body, err := s.Data()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(body, "From: Client %[1]d <%[2]s>\r\nTo: acme@localhost\r\nSubject: Letter %[1]d\r\nMessage-ID: <crash-%[1]d@lotus.example>\r\n"+
		"Date: Sun, 22 Nov 2026 10:00:00 +0300\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe till prints blank receipts, number %[1]d.\r\n", n, from)
	if err != nil {
		return err
	}
	// The 250 is read here.
	return body.Close()
}

func (p *plant) call(ctx context.Context, n int) error {
	body, err := json.Marshal(map[string]any{
		"subject": fmt.Sprintf("Call %d", n), "text": map[string]string{"format": "plain", "body": "The till prints blank receipts."},
		"contact": map[string]string{"email": fmt.Sprintf("caller%d@lotus.example", n%20), "name": "Caller"},
	})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, "POST", "http://"+p.web+"/v1/tenants/acme/tickets", bytes.NewReader(body))
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(p.web)
	if err != nil {
		return err
	}
	r.Host = "localhost:" + port
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+p.key)
	r.Header.Set("Idempotency-Key", "crash-"+strconv.Itoa(n))
	answer, err := p.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // read to its end or given up
	var said bytes.Buffer
	if _, err := said.ReadFrom(answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s: %s", answer.Status, said.String())
	}
	return nil
}

func (p *plant) count(ctx context.Context, sql string) int {
	n := -1
	if err := p.w.house.SharedReader(desk.Automaton("test")).QueryRow(ctx, sql, nil, &n); err != nil && ctx.Err() == nil {
		p.t.Error(err)
	}
	return n
}

// left says what the outbox still holds.
func (p *plant) left() string {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var rows []struct {
		Name, Error string
		N, Tries    int
	}
	err := p.w.house.SharedReader(desk.Automaton("test")).Query(ctx, &rows,
		"select name, coalesce(error, '') as error, count(*) as n, max(tries) as tries from manydesk.outbox group by 1, 2 order by 3 desc limit 10")
	return fmt.Sprintf("%+v %v", rows, err)
}

func (p *plant) eachIsThereOnce(ctx context.Context, letters, calls int) {
	p.t.Helper()
	var rows []struct {
		Subject string
		N       int
	}
	reader := p.w.house.Reader(p.tenant, desk.Automaton("test"))
	if err := reader.Query(ctx, &rows, "select subject, count(*) as n from ?tenant.tickets group by subject"); err != nil {
		p.t.Fatal(err)
	}
	found := map[string]int{}
	for _, r := range rows {
		found[r.Subject] = r.N
	}
	for kind, want := range map[string]int{"Letter": letters, "Call": calls} {
		for n := range want {
			subject := fmt.Sprintf("%s %d", kind, n)
			if found[subject] != 1 {
				p.t.Errorf("%q is there %d times", subject, found[subject])
			}
			delete(found, subject)
		}
	}
	for subject, n := range found {
		p.t.Errorf("nobody sent %q, which is there %d times", subject, n)
	}
	var mails struct{ Done, All int }
	err := reader.Query(ctx, &mails, "select count(*) filter (where state = 'done') as done, count(*) as all from ?tenant.messages where direction = 'in'")
	if err != nil || mails.Done != letters || mails.All != letters {
		p.t.Errorf("of %d letters %d are kept and %d done (%v)", letters, mails.All, mails.Done, err)
	}
}

// freePort is an address below the ports that outgoing connections take, so that
// a killed server finds it free again.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(20000+rand.IntN(12000)))
		if l, err := net.Listen("tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
	t.Fatal("no free port was found")
	return ""
}
