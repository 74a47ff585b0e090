package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Queue is the room's door. One serves the whole process.
type Queue struct {
	house   *tenants.House
	guard   *access.Guard
	tickets *tickets.Tickets
}

// New opens the room.
func New(house *tenants.House, guard *access.Guard, t *tickets.Tickets) *Queue {
	return &Queue{house, guard, t}
}

// View is a choice of the worklist.
type View string

// The views. Urgent is what is critical or high, and what is normal and waited
// for by its client; WaitingClient is what is paused.
const (
	Urgent        View = "urgent"
	Mine          View = "mine"
	Unassigned    View = "unassigned"
	WaitingClient View = "waiting_client"
	All           View = "all"
)

// Views lists them in their order of display.
func Views() []View { return []View{Urgent, Mine, Unassigned, WaitingClient, All} }

// Ranks where Urgent ends: before normal tickets that no client waits for.
const urgentRank = 6 * 10_000_000_000

// Row is a ticket in its tenant.
type Row struct {
	Tenant desk.TenantID
	tickets.Row
}

// scope is the part of a tenant that the actor may see.
type scope struct {
	Tenant desk.TenantID `json:"tenant"`
	Every  bool          `json:"every"`
	Types  []string      `json:"types"`
}

// scopes asks the rights in each tenant, in memory; tenants without any are left out.
func (q *Queue) scopes(ctx context.Context, actor desk.Actor, all []tenants.Tenant, right access.Permission) (scopes []scope, every bool, err error) {
	every = true
	for _, t := range all {
		types, err := q.guard.TypesOf(ctx, t, actor, right)
		if err != nil {
			return nil, false, err
		}
		if types.None() {
			continue
		}
		keys := types.Keys
		if keys == nil {
			keys = []string{}
		}
		scopes = append(scopes, scope{t.ID, types.All, keys})
		every = every && types.All
	}
	return scopes, every, nil
}

func encode(scopes []scope) string {
	b, err := json.Marshal(scopes)
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
	DueTick      int64
	DueAt        time.Time
	DueKind      string
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
	i.due_tick, i.due_at, i.due_kind, i.resume_at, i.waiting_since, i.updated_at, i.channel, i.subject, i.company, i.contact, i.flags`

func (r *indexRow) row() Row {
	row := Row{Tenant: desk.TenantID(r.TenantID), Row: tickets.Row{
		ID: r.TicketID, Number: r.Number, Version: r.Version, Type: r.Type, Status: r.Status, Category: r.Category, Priority: r.Priority,
		AssigneeID: r.AssigneeID, Assignee: r.Assignee, GroupKey: r.GroupKey, ResumeAt: r.ResumeAt, WaitingSince: r.WaitingSince, UpdatedAt: r.UpdatedAt,
		Channel: r.Channel, Subject: r.Subject, Company: r.Company, Contact: r.Contact, Fresh: r.Flags&tickets.FlagNew != 0, Rank: r.DueTick,
	}}
	if r.DueKind != "" {
		row.DueAt = r.DueAt // else it is an order and no deadline
	}
	return row
}
