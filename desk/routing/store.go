package routing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
)

// Pool is whom to ask for: one person, the engineers of a vendor, or else the
// tenant's own and its provider's people of a group.
type Pool struct {
	Person desk.UserID
	Vendor desk.CompanyID
	Group  string
	// With is whoever has the ticket now: the load is locked in the same order.
	With desk.UserID
}

type candidateRow struct {
	UserID      desk.UserID
	Name        string
	Active      bool
	Skills      json.RawMessage
	Languages   []string `bun:",array"`
	VendorID    desk.CompanyID
	LastGivenAt bun.NullTime
	Points      int
	Tickets     int
	Capacity    int
	Known       bool
	Rota        bool
	Until       bun.NullTime
	AbsentUntil bun.NullTime
}

// The people of a pool with their loads, shifts and skills in one statement.
const (
	people = `with c as (select s.user_id, s.name, s.active, s.skills, s.languages, s.vendor_id, s.last_given_at from ?tenant.staff s
			where case when $1::uuid is not null then s.user_id = $1 when $2::uuid is not null then s.active and s.vendor_id = $2
				else s.active and s.vendor_id is null and s.groups @> array[$3::text] end)`
	answers = ` select c.*, coalesce(w.points, m.points, 0) as points, coalesce(w.tickets, m.tickets, 0) as tickets, coalesce(w.capacity, m.capacity, $5::integer) as capacity,
			coalesce(w.user_id, m.user_id) is not null as known, coalesce(p.rota, false) as rota, p.until, p.absent_until
		from c left join w on w.user_id = c.user_id left join m on m.user_id = c.user_id
		left join manydesk.presence(array(select user_id from c), $4::timestamptz) p on p.user_id = c.user_id order by c.user_id`

	peek = people + `, w as (select x.* from manydesk.workload x where x.user_id in (select user_id from c)),
		m as (select * from w where false)` + answers

	// Rows that are not there yet are made first, then all are locked, both in order
	// of user: so two who choose at once wait for each other and never in a circle.
	hold = people + `, m as (insert into manydesk.workload as n (user_id, counted_at) select c.user_id, $4 from c
			where not exists (select from manydesk.workload x where x.user_id = c.user_id) order by c.user_id on conflict do nothing returning n.*),
		w as (select x.* from manydesk.workload x where (x.user_id in (select user_id from c) or x.user_id = $6::uuid) and (select count(*) from m) >= 0
			order by x.user_id for update)` + answers
)

// Peek reads a pool without locking anybody: for previews.
func Peek(ctx context.Context, tx tenants.ReadTx, p Pool) ([]Candidate, error) {
	var rows []candidateRow
	if err := tx.Query(ctx, &rows, peek, p.Person, p.Vendor, p.Group, tx.Now(), Capacity); err != nil {
		return nil, fmt.Errorf("read candidates: %w", err)
	}
	return candidates(rows)
}

// Hold reads a pool and keeps the loads of its people locked until the unit ends:
// whoever chooses next sees what came of this choice.
func Hold(ctx context.Context, tx tenants.Tx, p Pool) ([]Candidate, error) {
	for range 3 {
		var rows []candidateRow
		if err := tx.Query(ctx, &rows, hold, p.Person, p.Vendor, p.Group, tx.Now(), Capacity, p.With); err != nil {
			return nil, fmt.Errorf("lock candidates: %w", err)
		}
		whole := true
		for i := range rows {
			whole = whole && rows[i].Known
		}
		if whole {
			return candidates(rows)
		}
		// Somebody's first row was made by another unit while this one waited: it is
		// not in the statement's own snapshot, but in the next one's.
	}
	return nil, errUnknown
}

var errUnknown = errors.New("a load that was made at the same moment could not be read")

// Turns reads anew who was given something when, after the loads are locked: the
// statement that locked them may have begun before.
func Turns(ctx context.Context, tx tenants.ReadTx, all []Candidate) error {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].ID.UUID()
	}
	var rows []struct {
		UserID      desk.UserID
		LastGivenAt bun.NullTime
	}
	if err := tx.Query(ctx, &rows, "select user_id, last_given_at from ?tenant.staff where user_id = any($1::uuid[])", ids); err != nil {
		return fmt.Errorf("read whose turn it is: %w", err)
	}
	given := make(map[desk.UserID]time.Time, len(rows))
	for _, row := range rows {
		given[row.UserID] = row.LastGivenAt.Time
	}
	for i := range all {
		all[i].LastGiven = given[all[i].ID]
	}
	return nil
}

func candidates(rows []candidateRow) ([]Candidate, error) {
	all := make([]Candidate, len(rows))
	for i, row := range rows {
		all[i] = Candidate{
			ID: row.UserID, Name: row.Name, Active: row.Active, Points: row.Points, Tickets: row.Tickets, Capacity: row.Capacity,
			LastGiven: row.LastGivenAt.Time, Rota: row.Rota, Until: row.Until.Time, AbsentUntil: row.AbsentUntil.Time, Languages: row.Languages, Vendor: row.VendorID,
		}
		if len(row.Skills) > 2 {
			if err := json.Unmarshal(row.Skills, &all[i].Skills); err != nil {
				return nil, fmt.Errorf("read the skills of a person: %w", err)
			}
		}
	}
	return all, nil
}

// memory is how far back somebody is remembered to have known a customer.
const memory = 90 * 24 * time.Hour

// Knew are those who had the last tickets of a contact and of its company, the
// latest first, those of the contact before.
func Knew(ctx context.Context, tx tenants.ReadTx, contact desk.ContactID, company desk.CompanyID, but desk.TicketID) ([]desk.UserID, error) {
	if contact.IsZero() && company.IsZero() {
		return nil, nil
	}
	var rows []struct{ Who desk.UserID }
	err := tx.Query(ctx, &rows, `select who from (
			(select 1 as nearer, t.number, t.assignee_id as who from ?tenant.tickets t where t.contact_id = $1 and t.assignee_id is not null and t.created_at > $3 and t.id is distinct from $4 order by t.number desc limit 5)
			union all
			(select 2, t.number, t.assignee_id from ?tenant.tickets t where t.company_id = $2 and t.assignee_id is not null and t.created_at > $3 and t.id is distinct from $4 order by t.number desc limit 5)) x
		order by nearer, number desc`, contact, company, tx.Now().Add(-memory), but)
	if err != nil {
		return nil, fmt.Errorf("read who knew the customer: %w", err)
	}
	all := make([]desk.UserID, 0, len(rows))
	seen := map[desk.UserID]bool{}
	for _, row := range rows {
		if !seen[row.Who] {
			seen[row.Who] = true
			all = append(all, row.Who)
		}
	}
	return all, nil
}

// Standing reports whether a person and a vendor that a rule names are still
// there; a zero one is.
func Standing(ctx context.Context, tx tenants.ReadTx, person desk.UserID, vendor desk.CompanyID) (ok bool, err error) {
	if person.IsZero() && vendor.IsZero() {
		return true, nil
	}
	err = tx.QueryRow(ctx, `select ($1::uuid is null or exists (select from ?tenant.staff s where s.user_id = $1 and s.active))
		and ($2::uuid is null or exists (select from ?tenant.companies c where c.id = $2 and c.kind = 'vendor' and c.archived_at is null))`, []any{person, vendor}, &ok)
	if err != nil {
		return false, fmt.Errorf("look whether those whom a rule names are there: %w", err)
	}
	return ok, nil
}

// Recount sets every load to what the worklist says: for the night, and after a
// tenant has gone with its tickets. Rights are those of the installation.
func Recount(ctx context.Context, tx tenants.SharedTx) (n int64, err error) {
	// Locked first, counted then: a count begun before would miss what those did for
	// whom the lock waited.
	if _, err := tx.Exec(ctx, "select user_id from manydesk.workload order by user_id for update"); err != nil {
		return 0, fmt.Errorf("lock loads: %w", err)
	}
	n, err = tx.Exec(ctx, `with n as (select i.assignee_id as who, count(*)::integer as tickets, sum(case when i.category = 3 then (p.points + 1) / 2 else p.points end)::integer as points
				from manydesk.ticket_index i, lateral (select (array[8, 4, 2, 1])[i.priority] as points) p
				where i.assignee_id is not null and i.category between 1 and 3 group by 1)
		update manydesk.workload w set points = coalesce(n.points, 0), tickets = coalesce(n.tickets, 0), counted_at = $1
			from manydesk.workload had left join n on n.who = had.user_id
			where w.user_id = had.user_id and (w.points, w.tickets) is distinct from (coalesce(n.points, 0), coalesce(n.tickets, 0))`, tx.Now())
	if err != nil {
		return 0, fmt.Errorf("recount loads: %w", err)
	}
	return n, nil
}
