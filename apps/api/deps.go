package api

import (
	"context"
	"io/fs"
	"log/slog"

	"github.com/redis/go-redis/v9"

	"manydesk/desk/customers"
	"manydesk/desk/files"
	"manydesk/desk/flows/joining"
	"manydesk/desk/flows/rating"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
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
	Ratings   *rating.Ratings
	Editor    *settings.Editor
	// Line passes live hints; nil for an edge without a live stream.
	Line *jobs.Line
	// Redis counts rates and holds claims; nil counts in memory.
	Redis redis.UniversalClient
	Log   *slog.Logger
	// Console and Portal are the builds of the web apps; nil for none.
	Console, Portal fs.FS
}
