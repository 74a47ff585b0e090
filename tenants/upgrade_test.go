package tenants_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/migrations"
	"manydesk/tenants"
)

func TestMigrateCanBeRepeatedAndRunTwiceAtOnce(t *testing.T) {
	t.Parallel()
	owner := stage.DSN(t)
	h := stage.Open(t, owner)
	stage.Tenant(t, h, nil)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			if err := stage.Open(t, owner).Migrate(t.Context(), 4, nil); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if err := h.Current(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderBinaryRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	err := h.Shared(t.Context(), desk.Automaton("future"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.tenants set schema_version = 999 where id = $1", int32(acme.ID))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Current(t.Context()); !errors.Is(err, tenants.ErrNewerSchema) {
		t.Fatalf("got %v", err)
	}
	if err := h.Migrate(t.Context(), 1, nil); !errors.Is(err, tenants.ErrNewerSchema) {
		t.Fatalf("got %v", err)
	}
}

// A tenant made today equals one made before and upgraded since.
func TestAnUpgradedTenantEqualsAFreshOne(t *testing.T) {
	t.Parallel()
	owner := stage.DSN(t)
	before := stage.Open(t, owner)
	old := stage.Tenant(t, before, nil)
	next := append(migrations.Tenant(), migrations.Migration{
		Number: len(migrations.Tenant()) + 1, Name: "tenant/9999_floor",
		SQL: "alter table {{schema}}.assets add column floor smallint;",
	})
	after := stage.Open(t, owner, stage.Options{Steps: next})
	if err := after.Current(t.Context()); err == nil {
		t.Fatal("a binary runs on data that is behind it")
	}
	var last, total int
	if err := after.Migrate(t.Context(), 2, func(done, of int) { last, total = done, of }); err != nil || last != 1 || total != 1 {
		t.Fatalf("%d of %d: %v", last, total, err)
	}
	fresh := stage.Tenant(t, after, nil)
	if a, b := describe(t, after, old), describe(t, after, fresh); a != b {
		t.Fatalf("the upgraded schema differs:\n%s\n%s", a, b)
	}
	if err := before.Current(t.Context()); !errors.Is(err, tenants.ErrNewerSchema) {
		t.Fatalf("the older binary: %v", err)
	}
}

func TestAFailedUpgradeLeavesTheTenantAsItWas(t *testing.T) {
	t.Parallel()
	owner := stage.DSN(t)
	good, bad := stage.Tenant(t, stage.Open(t, owner), nil), stage.Tenant(t, stage.Open(t, owner), nil)
	step := migrations.Migration{Number: len(migrations.Tenant()) + 1, Name: "tenant/9999_broken", SQL: "alter table {{schema}}.assets add column floor smallint; select 1 / (case '{{schema}}' when 't_" + itoa(int(bad.ID)) + "' then 0 else 1 end);"}
	broken := stage.Open(t, owner, stage.Options{Steps: append(migrations.Tenant(), step)})
	if err := broken.Migrate(t.Context(), 1, nil); err == nil {
		t.Fatal("a failing step passed")
	}
	step.SQL = "alter table {{schema}}.assets add column floor smallint;"
	mended := stage.Open(t, owner, stage.Options{Steps: append(migrations.Tenant(), step)})
	if err := mended.Migrate(t.Context(), 1, nil); err != nil {
		t.Fatalf("the repeat after the mend: %v", err)
	}
	if a, b := describe(t, mended, good), describe(t, mended, bad); a != b {
		t.Fatal("the two tenants differ")
	}
}

func describe(t *testing.T, h *tenants.House, tenant tenants.Tenant) string {
	t.Helper()
	var shape string
	err := h.Reader(tenant, vera).QueryRow(t.Context(), `select string_agg(line, E'\n' order by line) from (
		select c.table_name || '.' || c.column_name || ' ' || c.data_type || ' ' || c.is_nullable || coalesce(' ' || replace(c.column_default, c.table_schema, ''), '') as line
		  from information_schema.columns c where c.table_schema = $1
		union all select replace(indexdef, schemaname, '') from pg_catalog.pg_indexes where schemaname = $1) x`, []any{"t_" + itoa(int(tenant.ID))}, &shape)
	if err != nil {
		t.Fatal(err)
	}
	return shape
}
