package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"manydesk/desk"
	"manydesk/migrations"
)

// House holds the pools of this process. Nothing else opens a database.
type House struct {
	options Options
	clock   desk.Clock
	// write belongs to units of work, hot and read to views: Postgres itself
	// refuses a write on these. Hot statements go by tenant, bun's by any
	// connection. Eight backends each, because a backend keeps the catalogue of
	// every tenant it has touched.
	write, hot *berths
	read       *bun.DB
	// owner runs migrations and provisioning; the application's login may not.
	ownerDSN string
	registry *registry
	keys     *keyring
	wake     func()
	steps    []migrations.Migration
}

// Options say how to reach the home cell.
type Options struct {
	// DSN is the application's login. OwnerDSN may make schemas and roles; empty means DSN.
	DSN, OwnerDSN string
	// Backends bounds the pools of units and of hot statements, its half that of
	// the other reads; 0 means 8.
	Backends int
	Clock    desk.Clock
	// Wake is called after each committed unit that left work in the outbox or a
	// timer (Tx.Wake); nil for none. It must not block.
	Wake func()
	// Steps are the migrations of a tenant's schema; nil means this binary's.
	Steps []migrations.Migration
	// Secret is 32 bytes that wrap the keys and secrets kept in the database.
	Secret []byte
	// lazy is At's.
	lazy bool
}

// Open connects the pools and waits for nothing: a database that is not there
// shows at Ready. Errors only for a DSN that cannot be read.
func Open(o Options) (*House, error) {
	if o.Clock == nil {
		o.Clock = desk.System
	}
	if o.Backends == 0 {
		o.Backends = 8
	}
	if o.OwnerDSN == "" {
		o.OwnerDSN = o.DSN
	}
	if o.Wake == nil {
		o.Wake = func() {}
	}
	if o.Steps == nil {
		o.Steps = migrations.Tenant()
	}
	h := &House{options: o, clock: o.Clock, ownerDSN: o.OwnerDSN, wake: o.Wake, steps: o.Steps}
	var err error
	var commits map[string]string
	if o.lazy {
		commits = map[string]string{"synchronous_commit": "off"}
	}
	if h.write, err = newBerths(o.DSN, o.Backends, commits); err != nil {
		return nil, err
	}
	reading := map[string]string{"default_transaction_read_only": "on"}
	if h.hot, err = newBerths(o.DSN, o.Backends, reading); err != nil {
		return nil, errors.Join(err, h.write.Close())
	}
	// Seldom asked: with the hot ones they are half as many again as the writers.
	read, err := open(o.DSN, (o.Backends+1)/2, reading)
	if err != nil {
		return nil, errors.Join(err, h.write.Close(), h.hot.Close())
	}
	h.read = bun.NewDB(read, pgdialect.New())
	h.registry = newRegistry(h.read, o.Clock)
	h.keys = newKeyring(o.Secret)
	return h, nil
}

// At is another house on the same databases under another clock, with pools of
// its own: for telling the past in its own time. Its commits do not wait for the
// disk, where they are in order all the same: who fails on the way begins anew.
func (h *House) At(clock desk.Clock) (*House, error) {
	o := h.options
	o.Clock, o.Backends, o.Wake, o.lazy = clock, 2, nil, true
	return Open(o)
}

// Ready answers whether the home cell can be used.
func (h *House) Ready(ctx context.Context) error {
	if err := h.read.PingContext(ctx); err != nil {
		return fmt.Errorf("ping the database: %w", err)
	}
	return nil
}

// Close gives the connections back.
func (h *House) Close() error { return errors.Join(h.write.Close(), h.hot.Close(), h.read.Close()) }

// Clock is the house's clock, for work outside a unit.
func (h *House) Clock() desk.Clock { return h.clock }

func open(dsn string, backends int, params map[string]string) (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	// bun writes its arguments into the text; only the hot statements are prepared,
	// and those say so (Query). pgx's own default prepares bun's texts too: 0.43 of the speed.
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	cfg.StatementCacheCapacity = 256
	for name, value := range map[string]string{
		"search_path":                         "",
		"plan_cache_mode":                     "force_generic_plan",
		"statement_timeout":                   "30000",
		"lock_timeout":                        "5000",
		"idle_in_transaction_session_timeout": "60000",
		"timezone":                            "UTC",
		// Our statements are short: compiling one costs seconds where it runs milliseconds.
		"jit": "off",
	} {
		cfg.RuntimeParams[name] = value
	}
	maps.Copy(cfg.RuntimeParams, params)
	db := stdlib.OpenDB(*cfg, stdlib.OptionShouldPing(func(context.Context, stdlib.ShouldPingParams) bool { return false }))
	db.SetMaxOpenConns(backends)
	db.SetMaxIdleConns(backends)
	// With jitter, so that the backends of all nodes are not renewed at once.
	db.SetConnMaxLifetime(10*time.Minute + rand.N(5*time.Minute))
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

// owner opens a connection that may change schemas, for one task.
func (h *House) owner() (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(h.ownerDSN)
	if err != nil {
		return nil, fmt.Errorf("read the owner's database address: %w", err)
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	cfg.RuntimeParams["search_path"] = ""
	cfg.RuntimeParams["timezone"] = "UTC"
	return stdlib.OpenDB(*cfg), nil
}
