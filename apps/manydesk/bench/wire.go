package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"manydesk/tenants"
	"manydesk/tenants/people"
)

// wire measures what comes by HTTP and SMTP, on a program of its own.
func wire(ctx context.Context, b *bench) ([]Row, error) {
	petr, err := b.People.NewUser(ctx, people.NewUser{Name: "Пётр", Email: "petr@desk.example", Password: "shest-soroki-na-rele", Language: "ru", TimeZone: "Europe/Moscow"})
	if err != nil {
		return nil, err
	}
	tenant, err := b.House.Create(ctx, tenants.New{Slug: "wire", Name: "Wire", Code: "WIRE"}, operator, b.Joining.Fill(petr))
	if err != nil {
		return nil, err
	}
	b.made++
	cookies, keys, err := b.credentials(ctx, petr)
	if err != nil {
		return nil, fmt.Errorf("make sessions and keys: %w", err)
	}
	if _, err := b.furnishDesks(ctx); err != nil {
		return nil, err
	}
	if err := b.forget(ctx); err != nil {
		return nil, err
	}
	p, err := b.build(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop(ctx)
	c := p.server
	rows, err := c.keyAndCookie(ctx, b.Scale, keys, cookies)
	if err != nil {
		return rows, fmt.Errorf("key and cookie: %w", err)
	}
	made, err := b.createByHTTP(ctx, c, tenant, keys)
	if err != nil {
		return rows, fmt.Errorf("create by HTTP: %w", err)
	}
	rows = append(rows, made...)
	if err := b.forget(ctx); err != nil {
		return rows, err
	}
	if err := p.hire(); err != nil {
		return rows, err
	}
	mails, err := b.letters(ctx, c)
	return append(rows, mails...), err
}

// credentials are enough of both for no limit of calls to be met.
func (b *bench) credentials(ctx context.Context, u people.User) (cookies, keys []string, err error) {
	for range 40 {
		granted, err := b.People.Start(ctx, u, people.From{})
		if err != nil {
			return nil, nil, err
		}
		session, err := b.People.ByToken(ctx, granted.Token)
		if err != nil {
			return nil, nil, err
		}
		_, key, err := b.People.MakeKey(ctx, session, people.NewKey{Name: "bench"}, people.From{})
		if err != nil {
			return nil, nil, err
		}
		cookies, keys = append(cookies, granted.Token), append(keys, key)
	}
	return cookies, keys, nil
}

// keyAndCookie asks for the same session by both, in short turns whose order
// changes: what else the machine does falls on both alike.
func (c *child) keyAndCookie(ctx context.Context, scale Scale, keys, cookies []string) ([]Row, error) {
	client := c.browser(8)
	defer client.CloseIdleConnections()
	ask := func(dress func(r *http.Request, i int64)) (speed, error) {
		return rate(ctx, 8, scale.Span/8, func(ctx context.Context, i int64) error {
			r, err := http.NewRequestWithContext(ctx, "GET", c.at("/v1/session"), nil)
			if err != nil {
				return err
			}
			dress(r, i)
			return answered(client, r, http.StatusOK)
		})
	}
	dresses := [2]func(r *http.Request, i int64){
		func(r *http.Request, i int64) {
			r.AddCookie(&http.Cookie{Name: "manydesk", Value: cookies[i%int64(len(cookies))]})
		},
		func(r *http.Request, i int64) { r.Header.Set("Authorization", "Bearer "+keys[i%int64(len(keys))]) },
	}
	var by [2][]float64
	for turn := range 8 * scale.Rounds {
		which := (turn + turn/2) % 2
		went, err := ask(dresses[which])
		if err != nil {
			return nil, err
		}
		by[which] = append(by[which], went.per)
	}
	cookie, key := middle(by[0]), middle(by[1])
	r := Row{What: "GET /v1/session with an API key, 8 at once", Figure: perSecond(key), Yardstick: "with a session cookie " + perSecond(cookie), Ratio: ratio(key, cookie)}
	return []Row{r.wants("ratio ≥ 0.95", key >= 0.95*cookie)}, nil
}

// answered sends a request and reads the answer to its end.
func answered(client *http.Client, r *http.Request, status int) error {
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // read to its end
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != status {
		return fmt.Errorf("%s %s: %s: %s", r.Method, r.URL.Path, answer.Status, said[:min(len(said), 200)])
	}
	return nil
}

// createByHTTP opens tickets as an integration does, 32 at once.
func (b *bench) createByHTTP(ctx context.Context, c *child, tenant tenants.Tenant, keys []string) ([]Row, error) {
	client := c.browser(32)
	defer client.CloseIdleConnections()
	before, cpuErr := used(c.cmd.Process.Pid)
	went, err := rate(ctx, 32, b.Scale.Span, func(ctx context.Context, i int64) error {
		body, err := json.Marshal(map[string]any{
			"subject": "Не печатает касса №3", "text": map[string]string{"format": "plain", "body": story}, "type": "question",
			"contact": map[string]string{"email": fmt.Sprintf("caller%d@lotus.example", i%100), "name": "Иван"},
		})
		if err != nil {
			return err
		}
		r, err := http.NewRequestWithContext(ctx, "POST", c.at("/v1/tenants/"+tenant.Slug+"/tickets"), bytes.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+keys[i%int64(len(keys))])
		r.Header.Set("Idempotency-Key", fmt.Sprintf("bench-%d-%d", b.House.Clock()().UnixNano(), i))
		return answered(client, r, http.StatusCreated)
	})
	if err != nil {
		return nil, err
	}
	after, _ := used(c.cmd.Process.Pid)
	r := Row{
		What:   "create a ticket by POST with an API key, a contact looked up and an Idempotency-Key kept, 32 at once, 8 connections to Postgres, the load on the same cores",
		Figure: fmt.Sprintf("%s, p95 %s", perSecond(went.per), millis(went.p95)),
	}
	var of float64
	r.Yardstick, r.Ratio, of = b.besides(went.per)
	cpu := time.Duration(0)
	if cpuErr == nil {
		cpu = (after.cpu - before.cpu) / time.Duration(went.n*5/4)
		r.Figure += fmt.Sprintf(", %s CPU of the server", millis(cpu))
	}
	if of == 0 {
		r.Target, r.Met = "≥ 0.9 of the floor", Unknown
		return []Row{r}, nil
	}
	return []Row{r.wants("≥ 0.9 of the floor, ≤ 1 ms CPU", of >= 0.9 && cpu <= time.Millisecond)}, nil
}
