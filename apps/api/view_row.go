package api

import (
	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk/settings"
)

// Status is a tenant's word with the product's meaning.
type Status struct {
	Key      string   `json:"key"`
	Name     string   `json:"name"`
	Category Category `json:"category"`
}

// Category is what a status means to the product.
type Category string

// Schema names the enum.
func (Category) Schema(r huma.Registry) *huma.Schema {
	return named(r, "Category", "open", "in_progress", "pending", "resolved", "closed")
}

func statusOf(flow *settings.Workflow, key, language string) Status {
	s, ok := flow.Status(key)
	if !ok {
		return Status{Key: key, Name: key, Category: "open"}
	}
	return Status{Key: s.Key, Name: s.Name.In(language), Category: Category(s.Category.String())}
}

// Channel is how a ticket or a comment came.
type Channel string

// Schema names the enum.
func (Channel) Schema(r huma.Registry) *huma.Schema {
	return named(r, "Channel", "mail", "portal", "phone", "api", "form")
}

// Row is a ticket in a list.
type Row struct {
	Tenant       string    `json:"tenant" doc:"The tenant's slug"`
	Ref          string    `json:"ref" doc:"How people say it: ACME-1042"`
	Number       int64     `json:"number"`
	Version      int       `json:"version"`
	Subject      string    `json:"subject"`
	Type         string    `json:"type"`
	Status       Status    `json:"status"`
	Priority     int       `json:"priority" minimum:"1" maximum:"4" doc:"1 critical to 4 low"`
	Assignee     *Person   `json:"assignee"`
	Company      *string   `json:"company"`
	Contact      *string   `json:"contact"`
	Channel      Channel   `json:"channel"`
	IsNew        bool      `json:"is_new"`
	ClientWaits  bool      `json:"client_waits"`
	WaitingSince *Instant  `json:"waiting_since"`
	DueAt        *Instant  `json:"due_at"`
	DueKind      *string   `json:"due_kind"`
	SLA          *RowClock `json:"sla" doc:"The nearest deadline; null without one"`
	ResumeAt     *Instant  `json:"resume_at"`
	UpdatedAt    Instant   `json:"updated_at"`
	Preview      string    `json:"preview,omitempty"`
	Abilities    []string  `json:"abilities"`
}

// Counts stand beside the views and tenants of the queue.
type Counts struct {
	Views   ViewCounts    `json:"views"`
	Tenants []TenantCount `json:"tenants"`
}

// ViewCounts are the open tickets of each view.
type ViewCounts struct {
	Urgent        int `json:"urgent"`
	Mine          int `json:"mine"`
	Unassigned    int `json:"unassigned"`
	WaitingClient int `json:"waiting_client"`
	All           int `json:"all"`
}

// TenantCount is one tenant's share.
type TenantCount struct {
	Slug   string `json:"slug"`
	Open   int    `json:"open"`
	AtRisk int    `json:"at_risk"`
}

// orNil is a text or null.
func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
