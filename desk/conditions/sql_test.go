package conditions_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

// database is a tenant with a VIP company and one that is not.
type database struct {
	house  *tenants.House
	tenant tenants.Tenant
}

func postgres(t *testing.T) *database {
	t.Helper()
	h := stage.House(t)
	d := &database{house: h}
	d.tenant = stage.Tenant(t, h, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "insert into ?tenant.companies (id, name, vip) values ($1, 'Юг', true), ($2, 'Север', false)", company(t, yug), company(t, "cmp_01jd0000000000000000000009"))
		return err
	})
	return d
}

func company(t *testing.T, key string) (id desk.CompanyID) {
	t.Helper()
	if err := id.UnmarshalText([]byte(key)); err != nil {
		t.Fatal(err)
	}
	return id
}

func (d *database) do(fn func(ctx context.Context, tx tenants.Tx) error) error {
	return d.house.Do(context.Background(), d.tenant, desk.Automaton("test"), fn)
}

// keep replaces the tickets by these; a ticket's number is its place.
func (d *database) keep(all []bag) error {
	return d.do(func(ctx context.Context, tx tenants.Tx) error {
		if _, err := tx.Exec(ctx, "delete from ?tenant.tickets"); err != nil {
			return err
		}
		for i, b := range all {
			own := map[string]any{}
			for key, v := range b {
				if rest, ok := strings.CutPrefix(key, "fields."); ok && v != nil {
					own[rest] = v
				}
			}
			fields, err := json.Marshal(own)
			if err != nil {
				return err
			}
			var who desk.UserID
			if key, ok := b["assignee"].(string); ok {
				if err := who.UnmarshalText([]byte(key)); err != nil {
					return err
				}
			}
			var whose desk.CompanyID
			if key, ok := b["company"].(string); ok {
				if err := whose.UnmarshalText([]byte(key)); err != nil {
					return err
				}
			}
			_, err = tx.Exec(ctx, `insert into ?tenant.tickets (id, number, category, priority, line, created_at, updated_at, company_id, assignee_id,
					type, status, channel, group_key, level, language, subject, tags, fields)
				values ($1, $2, 1, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
				desk.NewTicketID(saturday), i, b["priority"], b["line"], b["created_at"], whose, who, b["type"], b["status"], b["channel"], b["group"], b["level"], b["language"], b["subject"], b["tags"], string(fields))
			if err != nil {
				return fmt.Errorf("keep %v: %w", b, err)
			}
		}
		return nil
	})
}

func (d *database) numbers(where string, args []any) (found []int, err error) {
	type row struct{ Number int }
	var rows []row
	err = d.house.Reader(d.tenant, desk.Automaton("test")).Query(context.Background(), &rows, "select t.number from ?tenant.tickets t where "+where+" order by t.number", args...)
	for _, r := range rows {
		found = append(found, r.Number)
	}
	return found, err
}

func compile(c tree, v conditions.Vocabulary, world conditions.Env) (text string, args []any, err error) {
	text, err = c.SQL(v, world, func(a any) string {
		args = append(args, a)
		return fmt.Sprintf("$%d", len(args))
	})
	return text, args, err
}

func sqlFields(v conditions.Vocabulary) []conditions.Field {
	return slices.DeleteFunc(slices.Clone(v.Fields()), func(f conditions.Field) bool { return f.SQL == "" })
}

func TestGoAndPostgresFindTheSameTicketsByAnyCondition(t *testing.T) {
	t.Parallel()
	d, v, world := postgres(t), vocabulary(t), env(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	fields := sqlFields(v)
	rapid.Check(t, func(rt *rapid.T) {
		world := world
		world.Zone = rapid.SampledFrom([]*time.Location{nil, berlin, world.Zone}).Draw(rt, "zone")
		all := make([]bag, 12)
		for i := range all {
			all[i] = bag{}
			for _, f := range fields {
				all[i][f.Key] = someValue(rt, f)
			}
			delete(all[i], "contact.vip")
			if key, ok := all[i]["company"].(string); ok {
				all[i]["contact.vip"] = key == yug
			}
		}
		if err := d.keep(all); err != nil {
			rt.Fatal(err)
		}
		for range 20 {
			agree(rt, d, v, world, someTree(rt, fields, 4), all)
		}
	})
}

func agree(t *rapid.T, d *database, v conditions.Vocabulary, world conditions.Env, c tree, all []bag) {
	shown, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if wrong := v.Check(c, ""); len(wrong) > 0 {
		t.Fatalf("%s: %v", shown, wrong)
	}
	text, args, err := compile(c, v, world)
	if errors.Is(err, conditions.ErrGoOnly) {
		return
	}
	if err != nil {
		t.Fatalf("%s: %v", shown, err)
	}
	stored, err := d.numbers(text, args)
	if err != nil {
		t.Fatalf("%s\n%s: %v", shown, text, err)
	}
	var held []int
	for i, stored := range all {
		values := bag{}
		for key, value := range stored {
			values[key] = v.Fit(key, value)
		}
		trace, err := c.Match(context.Background(), world, values)
		if err != nil {
			t.Fatal(err)
		}
		fast, err := c.Holds(context.Background(), world, values)
		if err != nil || fast != trace.Matched {
			t.Fatalf("%s holds %v, matches %v: %v", shown, fast, trace.Matched, err)
		}
		if fast {
			held = append(held, i)
		}
		for _, s := range trace.Explain(c, v, "ru") {
			if s.Text == "" {
				t.Fatalf("%s: nothing is said", shown)
			}
		}
	}
	if !slices.Equal(stored, held) {
		for i := range all {
			if slices.Contains(stored, i) != slices.Contains(held, i) {
				t.Logf("ticket %d: %v", i, all[i])
			}
		}
		t.Fatalf("%s\n%s\nPostgres finds %v, Go %v", shown, text, stored, held)
	}
}

func TestWhatOnlyGoCanAskHasNoSQL(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	for _, text := range []string{
		`{"any":[{"field":"description","op":"contains","value":"x"}]}`,
		`{"field":"subject","op":"matches","value":"\\bx"}`,
		`{"field":"subject","op":"matches","value":"(?m)^x"}`,
		`{"field":"subject","op":"matches","value":"x{300}"}`,
		`{"field":"subject","op":"matches","value":"(x{30}){30}"}`,
	} {
		if sql, _, err := compile(read(t, text), v, env(t)); !errors.Is(err, conditions.ErrGoOnly) {
			t.Errorf("%s: %s, %v", text, sql, err)
		}
	}
}

// Every letter of the first planes folds in Go as manydesk.fold does, so that a
// search finds in a list what a rule saw.
func TestLettersFoldAsInPostgres(t *testing.T) {
	t.Parallel()
	d := postgres(t)
	type row struct {
		Code   int
		Folded string
	}
	var rows []row
	err := d.house.Reader(d.tenant, desk.Automaton("test")).Query(t.Context(), &rows,
		"select n as code, manydesk.fold(chr(n)) as folded from generate_series(1, 70000) n where n not between 55296 and 57343")
	if err != nil {
		t.Fatal(err)
	}
	var differ []string
	for _, r := range rows {
		if conditions.Fold(string(rune(r.Code))) != r.Folded {
			differ = append(differ, fmt.Sprintf("%U %q", r.Code, r.Folded))
		}
	}
	if len(differ) > 0 {
		t.Fatalf("%d letters differ: %v", len(differ), differ[:min(len(differ), 80)])
	}
}
