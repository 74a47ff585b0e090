package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"manydesk/tenants"
)

// story is the text that tickets and letters carry.
const story = "С утра касса печатает пустые чеки, перезагрузка не помогла. After the update the printer prints blank receipts, a restart did not help. " +
	"Пробовали другую ленту и другой кабель, всё то же самое, покупатели ждут."

const floorScript = `begin;
insert into floor_tickets (subject, body) values ('Не печатает касса №3', 'x') returning id \gset
insert into floor_comments (ticket_id, body) values (:id, '` + story + `');
insert into floor_events (ticket_id, type, data) values (:id, 'ticket.opened', '{"channel":"api"}');
insert into floor_outbox (name, ticket_id) values ('notify.opened', :id);
insert into floor_queue (ticket_id, subject) values (:id, 'Не печатает касса №3');
commit;
`

var (
	floorTables = []string{
		"floor_tickets (id bigserial primary key, subject text, body text)",
		"floor_comments (id bigserial primary key, ticket_id bigint, body text)",
		"floor_events (id bigserial primary key, ticket_id bigint, type text, data jsonb)",
		"floor_outbox (id bigserial primary key, name text, ticket_id bigint)",
		"floor_queue (ticket_id bigint primary key, subject text)",
	}
	tps = regexp.MustCompile(`tps = ([0-9.]+)`)
)

// pgbench is the program beside the server's, or on PATH; empty where there is none.
func (b *bench) pgbench() string {
	beside := filepath.Join(b.PostgresPrograms, "pgbench")
	if info, err := os.Stat(beside); b.PostgresPrograms != "" && err == nil && info.Mode().IsRegular() {
		return beside
	}
	found, err := exec.LookPath("pgbench")
	if err != nil {
		return ""
	}
	return found
}

// measureFloor is pgbench's rate of the five inserts, 32 at once; 0 without pgbench.
func (b *bench) measureFloor(ctx context.Context) (float64, error) {
	if b.pgbench() == "" {
		return 0, nil
	}
	for _, table := range floorTables {
		err := b.owner.Shared(ctx, operator, func(ctx context.Context, tx tenants.SharedTx) error {
			_, err := tx.Exec(ctx, "create table if not exists public."+table)
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("make the floor's tables: %w", err)
		}
	}
	per, err := b.runScript(ctx, floorScript, 32)
	if err == nil {
		b.floor = append(b.floor, per)
	}
	return per, err
}

// readFloor is pgbench's rate of one bare select beside a measured read, 8 at
// once, as a yardstick; empty without pgbench.
func (b *bench) readFloor(ctx context.Context, what, sql string, per float64) (yardstick, share string, err error) {
	if b.pgbench() == "" {
		return "no floor: pgbench is not installed", "", nil
	}
	floor, err := b.runScript(ctx, sql+";\n", 8)
	if err != nil {
		return "", "", err
	}
	return "pgbench, " + what + " " + perSecond(floor), ratio(per, floor), nil
}

// runScript is pgbench's rate of a script, prepared, so many at once.
func (b *bench) runScript(ctx context.Context, body string, clients int) (float64, error) {
	script := filepath.Join(b.Folder, "floor.sql")
	if err := os.WriteFile(script, []byte(body), 0o600); err != nil {
		return 0, fmt.Errorf("write the floor's script: %w", err)
	}
	// Below three seconds it may not even have connected on a busy machine.
	seconds := strconv.Itoa(max(int(b.Scale.Span.Seconds()), 3))
	out, err := exec.CommandContext(ctx, b.pgbench(), "-n", "-M", "prepared", "-c", strconv.Itoa(clients), "-j", "2", "-T", seconds, "-f", script, b.OwnerDSN).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	m := tps.FindSubmatch(out)
	if m == nil {
		return 0, errors.New("pgbench got nothing done")
	}
	per, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		return 0, fmt.Errorf("read pgbench's figure: %w", err)
	}
	return per, nil
}

// besides is the floor as a yardstick, and the ratio to it.
func (b *bench) besides(per float64) (yardstick, share string, of float64) {
	floor := middle(b.floor)
	if floor == 0 {
		return "no floor: pgbench is not installed or failed", "", 0
	}
	return "floor " + perSecond(floor), ratio(per, floor), per / floor
}
