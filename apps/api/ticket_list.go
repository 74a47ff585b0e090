package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type listTicketsIn struct {
	Paging
	Filter string `query:"filter" maxLength:"2000" doc:"status:open priority<=2 assignee:me \"words\""`
	Sort   string `query:"sort" enum:"-number,number,urgency" default:"-number"`
}

func (a *App) ticketListRoute(r *Routes, at string) {
	view(r, "GET "+at, Op{ID: "listTickets", Tag: "Tickets", Summary: "Tickets of the tenant", Needs: []access.Permission{access.TicketRead}, Errors: []desk.Code{desk.BadFilter, desk.BadCursor}}, a.listTickets)
}

func (a *App) listTickets(ctx context.Context, tx tenants.ReadTx, in *listTicketsIn) (*Page[Row], error) {
	filter, err := parseFilter(in.Filter, tx.Actor().User(), tx.Now())
	if err != nil {
		return nil, err
	}
	q := tickets.ListQuery{Filter: filter, Order: tickets.Order(in.Sort), Limit: in.Limit}
	where := scope{tx.Tenant().ID, tx.Actor().ID, "tickets", in.Sort + "\n" + in.Filter}
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &q.After); err != nil {
			return nil, err
		}
	}
	began := tx.Now()
	if !q.After.Now.IsZero() {
		began = q.After.Now
	}
	order, err := a.Triage.Readings(ctx, tx, began)
	if err != nil {
		return nil, err
	}
	if q.Order == tickets.ByUrgency {
		q.Clocks = order.Ticks(tx.Tenant().Calendars)
	}
	l, err := a.Tickets.List(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	if f.clocks, err = a.Triage.Readings(ctx, tx, tx.Now()); err != nil {
		return nil, err
	}
	page := &Page[Row]{}
	for i := range l.Rows {
		row, err := f.listRow(ctx, tx, &l.Rows[i])
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, row)
	}
	if l.Next != nil {
		if q.Order == tickets.ByUrgency {
			l.Next.Now = began
		}
		page.Next, err = a.cursors.seal(ctx, where, l.Next)
	}
	return page, err
}

// listRow shows a line of a list. Abilities come from compiled rights: memory, not the database.
func (f *frame) listRow(ctx context.Context, tx tenants.ReadTx, r *tickets.Row) (Row, error) {
	t := tickets.Ticket{
		Number: r.Number, Version: r.Version, Subject: r.Subject, Type: r.Type, Status: r.Status, Category: r.Category, Priority: r.Priority,
		AssigneeID: r.AssigneeID, Channel: r.Channel, WaitingSince: r.WaitingSince, ResumeAt: r.ResumeAt, DueAt: r.DueAt, UpdatedAt: r.UpdatedAt,
	}
	v := f.row(&t, r.Assignee, r.Company, r.Contact, r.Fresh)
	if r.DueKind != "" && f.clocks != nil {
		left := r.DueTick - f.clocks.Tick(r.Calendar)
		v.DueKind = orNil(r.DueKind)
		v.SLA = &RowClock{ClockKind(r.DueKind), Instant(r.DueAt), r.DueTarget, left, left <= 0, countingOf(f.clocks.Of(r.Calendar))}
	}
	var err error
	v.Abilities, err = f.abilities(ctx, tx, r.Type, ticketAbilities...)
	return v, err
}
