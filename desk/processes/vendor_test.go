package processes_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

func TestAVendorsEngineerSeesTheTasksOfTheirOwnTicketsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mila, vendor := ticketstest.Staff("Мила"), w.Lotos
	w.Hire(mila, access.Agent)
	own := func(query string, args ...any) {
		w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
			if _, err := tx.Exec(ctx, query, args...); err != nil {
				return err
			}
			return tx.AccessChanged(ctx)
		})
		tenant, err := w.House.ByID(t.Context(), w.Tenant.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.Tenant = tenant
	}
	own("update ?tenant.staff set vendor_id = $2 where user_id = $1", mila.ID, vendor)
	made := w.add(w.Vera, processes.NewTask{Title: "Заменить плату"})
	_, err := w.work.List(t.Context(), w.Read(mila), w.ticket)
	refused(t, err, desk.NotFound)
	refused(t, w.complete(mila, made.ID), desk.NotFound)

	own("update ?tenant.tickets set vendor_id = $2 where id = $1", w.ticket.ID, vendor)
	if all, err := w.work.List(t.Context(), w.Read(mila), w.ticket); err != nil || len(all.Tasks) != 1 {
		t.Errorf("of their own ticket they see %+v, %v", all, err)
	}
	// They give work to colleagues of their own company, and to no group.
	add := func(in processes.NewTask) error {
		in.Ticket, in.Title = w.ticket, "Ещё"
		return w.Do(mila, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.work.Add(ctx, tx, in)
			return err
		})
	}
	refused(t, add(processes.NewTask{Person: w.Oleg.User()}), desk.ValidationFailed)
	refused(t, add(processes.NewTask{Group: "first"}), desk.Denied)
	if err := add(processes.NewTask{Person: mila.User()}); err != nil {
		t.Error(err)
	}
}
