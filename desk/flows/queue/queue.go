package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Queue is the room's door. One serves the whole process.
type Queue struct {
	house   *tenants.House
	guard   *access.Guard
	tickets *tickets.Tickets
	shelf   *sla.Shelf
}

// New opens the room.
func New(house *tenants.House, guard *access.Guard, t *tickets.Tickets, shelf *sla.Shelf) *Queue {
	return &Queue{house, guard, t, shelf}
}

// View is a choice of the worklist.
type View string

// The views. Urgent is what is due within four hours of working time and, of what
// has no deadline, what is critical or high or normal and waited for by its
// client; WaitingClient is what is paused.
const (
	Urgent        View = "urgent"
	Mine          View = "mine"
	Unassigned    View = "unassigned"
	WaitingClient View = "waiting_client"
	All           View = "all"
)

// Views lists them in their order of display.
func Views() []View { return []View{Urgent, Mine, Unassigned, WaitingClient, All} }

// Where Urgent ends: in seconds of working time left, and among what has no
// deadline before normal tickets that no client waits for.
const (
	urgentLeft = 4 * 3600
	urgentRank = 6 * 10_000_000_000
)

// Row is a ticket in its tenant.
type Row struct {
	Tenant desk.TenantID
	tickets.Row
	// Clock is the nearest deadline; nil without one.
	Clock *Clock
}

// Clock is a deadline as a row shows it.
type Clock struct {
	Kind string
	Due  time.Time
	// Target and Left are seconds of working time at the moment of the answer; Left
	// is negative when it is late.
	Target, Left int64
	sla.Reading
}

// scope is the part of a tenant that the actor may see.
type scope struct {
	Tenant desk.TenantID `json:"tenant"`
	Every  bool          `json:"every"`
	Types  []string      `json:"types"`
	// Vendor narrows it to what was given to a third party; nil for whoever is none of its engineers.
	Vendor *string `json:"vendor"`
}

// list is one ordered list of the worklist: what a tenant has on one calendar.
// Tick is the calendar's clock now, Until where the view ends.
type list struct {
	scope
	Calendar int   `json:"calendar"`
	Tick     int64 `json:"tick"`
	Until    int64 `json:"until"`
}

// lists are those of the scopes, one for each calendar that a tenant works by
// and one for what has no deadline.
func (q *Queue) lists(ctx context.Context, actor desk.Actor, all []tenants.Tenant, scopes []scope, now time.Time, view View) ([]list, *sla.Readings, error) {
	by := make(map[desk.TenantID][]int32, len(all))
	ids := make([]int, 0, len(all))
	for _, t := range all {
		by[t.ID] = t.Calendars
		for _, id := range t.Calendars {
			ids = append(ids, int(id))
		}
	}
	if _, err := q.shelf.Book(ctx, actor, ids...); err != nil {
		return nil, nil, err
	}
	clocks := q.shelf.At(now)
	var lists []list
	for _, s := range scopes {
		lists = append(lists, list{s, 0, 0, ends(view, 0)})
		for _, id := range by[s.Tenant] {
			if view != WaitingClient { // what is paused stands on no calendar
				lists = append(lists, list{s, int(id), clocks.Tick(int(id)), ends(view, int(id))})
			}
		}
	}
	return lists, clocks, nil
}

// ends is where a view ends on a calendar, in working time left or rank.
func ends(view View, calendar int) int64 {
	switch {
	case view == Urgent && calendar != 0:
		return urgentLeft
	case view == Urgent:
		return urgentRank
	case view == Unassigned:
		return tickets.PausedRank
	}
	return 1 << 62
}

// scopes asks the rights in each tenant, in memory; tenants without any are left out.
func (q *Queue) scopes(ctx context.Context, actor desk.Actor, all []tenants.Tenant, right access.Permission) (scopes []scope, every bool, err error) {
	every = true
	for _, t := range all {
		seen, err := q.guard.SightOf(ctx, t, actor, right)
		if err != nil {
			return nil, false, err
		}
		if seen.None() {
			continue
		}
		s := scope{Tenant: t.ID, Every: seen.All, Types: seen.Keys}
		if s.Types == nil {
			s.Types = []string{}
		}
		if !seen.Vendor.IsZero() {
			id := seen.Vendor.UUID()
			s.Vendor = &id
		}
		scopes = append(scopes, s)
		every = every && seen.All && seen.Vendor.IsZero()
	}
	return scopes, every, nil
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode scopes: %v", err)) // numbers and strings
	}
	return string(b)
}

type indexRow struct {
	TenantID     int32
	TicketID     desk.TicketID
	Number       int64
	Version      int
	Type         string
	Status       string
	Category     tickets.Category
	Priority     int
	AssigneeID   desk.UserID
	Assignee     string
	GroupKey     string
	CalendarID   int
	DueTick      int64
	DueAt        time.Time
	DueKind      string
	DueTarget    int64
	ResumeAt     time.Time
	WaitingSince time.Time
	UpdatedAt    time.Time
	Channel      string
	Subject      string
	Company      string
	Contact      string
	Flags        int
}

const indexColumns = `i.tenant_id, i.ticket_id, i.number, i.version, i.type, i.status, i.category, i.priority, i.assignee_id, u.name as assignee, i.group_key,
	i.calendar_id, i.due_tick, i.due_at, i.due_kind, i.due_target, i.resume_at, i.waiting_since, i.updated_at, i.channel, i.subject, i.company, i.contact, i.flags`

func (r *indexRow) row(clocks *sla.Readings) Row {
	row := Row{Tenant: desk.TenantID(r.TenantID), Row: tickets.Row{
		ID: r.TicketID, Number: r.Number, Version: r.Version, Type: r.Type, Status: r.Status, Category: r.Category, Priority: r.Priority,
		AssigneeID: r.AssigneeID, Assignee: r.Assignee, GroupKey: r.GroupKey, ResumeAt: r.ResumeAt, WaitingSince: r.WaitingSince, UpdatedAt: r.UpdatedAt,
		Channel: r.Channel, Subject: r.Subject, Company: r.Company, Contact: r.Contact, Fresh: r.Flags&tickets.FlagNew != 0, Rank: r.DueTick,
	}}
	if r.DueKind != "" {
		row.DueAt = r.DueAt // else it is an order and no deadline
		row.Clock = &Clock{Kind: r.DueKind, Due: r.DueAt, Target: r.DueTarget, Left: r.DueTick - clocks.Tick(r.CalendarID), Reading: clocks.Of(r.CalendarID)}
	}
	return row
}
