package queue

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Counts are the numbers beside the views and the tenants.
type Counts struct {
	Views   map[View]int
	Tenants []TenantCount
}

// TenantCount is one tenant's part of them. AtRisk is what has broken its
// deadline or will within an hour of working time.
type TenantCount struct {
	Tenant             desk.TenantID
	Open, AtRisk, Mine int
}

// Each list is counted by its own part of the index: as a join the whole
// worklist of the cell was read for a person with a single tenant.
const countsSQL = `select c.tenant as tenant_id, sum(n.open)::bigint as open, sum(n.urgent)::bigint as urgent, sum(n.mine)::bigint as mine,
		sum(n.unassigned)::bigint as unassigned, sum(n.waiting)::bigint as waiting, sum(n.at_risk)::bigint as at_risk
	from jsonb_to_recordset($1::jsonb) c(tenant integer, every boolean, types jsonb, vendor uuid, calendar integer, tick bigint, until bigint)
	cross join lateral (select count(*) as open,
		count(*) filter (where x.due_tick < c.tick + c.until) as urgent, count(*) filter (where x.assignee_id = $2) as mine,
		count(*) filter (where x.assignee_id is null and x.due_tick < $3) as unassigned, count(*) filter (where x.due_tick >= $3) as waiting,
		count(*) filter (where x.due_kind is not null and x.due_tick < c.tick + $4) as at_risk
		from manydesk.ticket_index x where x.tenant_id = c.tenant and x.calendar_id = c.calendar and (c.every or jsonb_exists(c.types, x.type)) and (c.vendor is null or x.vendor_id = c.vendor)) n
	group by c.tenant order by c.tenant`

// Counts counts what List would list, in one statement. Every tenant in which the
// actor may see tickets has its line, also with nothing in it.
func (q *Queue) Counts(ctx context.Context, actor desk.Actor, all []tenants.Tenant) (Counts, error) {
	c := Counts{Views: map[View]int{}, Tenants: []TenantCount{}}
	for _, v := range Views() {
		c.Views[v] = 0
	}
	scopes, _, err := q.scopes(ctx, actor, all, access.TicketRead)
	if err != nil || len(scopes) == 0 {
		return c, err
	}
	var rows []struct {
		TenantID                                        int32
		Open, Urgent, Mine, Unassigned, Waiting, AtRisk int
	}
	tx := q.house.SharedReader(actor)
	lists, _, err := q.lists(ctx, actor, all, scopes, tx.Now(), Urgent)
	if err != nil {
		return c, err
	}
	err = tx.Query(ctx, &rows, countsSQL, encode(lists), actor.ID, int64(tickets.PausedRank), int64(soon/time.Second))
	if err != nil {
		return c, fmt.Errorf("count the queue: %w", err)
	}
	of := map[desk.TenantID]TenantCount{}
	for _, r := range rows {
		c.Views[Urgent] += r.Urgent
		c.Views[Mine] += r.Mine
		c.Views[Unassigned] += r.Unassigned
		c.Views[WaitingClient] += r.Waiting
		c.Views[All] += r.Open
		id := desk.TenantID(r.TenantID)
		of[id] = TenantCount{id, r.Open, r.AtRisk, r.Mine}
	}
	for _, s := range scopes {
		line := of[s.Tenant]
		line.Tenant = s.Tenant
		c.Tenants = append(c.Tenants, line)
	}
	return c, nil
}

// soon is how much working time is left to what counts as at risk.
const soon = time.Hour
