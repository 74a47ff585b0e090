package api

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/redis/go-redis/v9"

	"manydesk/desk/customers"
	"manydesk/desk/files"
	"manydesk/desk/flows/automate"
	"manydesk/desk/flows/joining"
	"manydesk/desk/flows/queue"
	"manydesk/desk/flows/rating"
	"manydesk/desk/flows/reports"
	"manydesk/desk/flows/team"
	"manydesk/desk/flows/triage"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// Deps are the rooms whose verbs the routes call. Who makes them is wire.go.
type Deps struct {
	// Context is the process's; requests in flight outlive its end.
	Context   context.Context
	House     *tenants.House
	Guard     *access.Guard
	People    *people.People
	Tickets   *tickets.Tickets
	Files     *files.Files
	Customers *customers.Customers
	Staff     *staff.Staff
	Joining   *joining.Joining
	Queue     *queue.Queue
	Reports   *reports.Reports
	Ratings   *rating.Ratings
	Editor    *settings.Editor
	Triage    *triage.Triage
	Processes *processes.Processes
	Automate  *automate.Automate
	Rota      *rota.Rota
	Team      *team.Team
	// Line passes live hints; nil for an edge without a live stream.
	Line *jobs.Line
	// Redis counts rates and holds claims; nil counts in memory.
	Redis redis.UniversalClient
	Log   *slog.Logger
	// Mailbox is a tenant's address on the installation's own mail domain; nil
	// makes one of the console's host.
	Mailbox func(t tenants.Tenant) string
	// Console and Portal are the builds of the web apps; nil for none.
	Console, Portal fs.FS
}

// missing names the rooms that were forgotten: an edge without them would fall
// over at the first request and not at the start.
func (d Deps) missing() error {
	for name, absent := range map[string]bool{
		"Context": d.Context == nil, "House": d.House == nil, "Guard": d.Guard == nil, "People": d.People == nil, "Tickets": d.Tickets == nil,
		"Files": d.Files == nil, "Customers": d.Customers == nil, "Staff": d.Staff == nil, "Joining": d.Joining == nil, "Queue": d.Queue == nil,
		"Reports": d.Reports == nil, "Ratings": d.Ratings == nil, "Editor": d.Editor == nil, "Triage": d.Triage == nil, "Processes": d.Processes == nil, "Automate": d.Automate == nil, "Rota": d.Rota == nil, "Team": d.Team == nil,
	} {
		if absent {
			return fmt.Errorf("the edge was given no %s", name)
		}
	}
	return nil
}
