package tenants

import (
	"strconv"
	"time"

	"manydesk/desk"
)

// Tenant is what the registry knows of a customer company. It is a value from a
// cache at most a second old; a copy never changes.
type Tenant struct {
	ID   desk.TenantID
	Slug string
	Cell int16
	Name string
	// Code is the short name agents see and tickets carry: ACME.
	Code          string
	State         State
	Languages     []string
	TimeZone      string
	Look          Look
	Calendars     []int32
	SchemaVersion int
	ConfigVersion int64
	AccessVersion int64
	Trial         bool
	CreatedAt     time.Time
	StateReason   string
}

// State of a tenant; only active ones can be written to.
type State string

// The states of a tenant.
const (
	Creating  State = "creating"
	Active    State = "active"
	ReadOnly  State = "read_only"
	Suspended State = "suspended"
	Moving    State = "moving"
	Erasing   State = "erasing"
)

// Look is what tells tenants apart at a glance. Accents come from the contrast
// guard (one brand colour in, readable values out); the logo's key is a file of
// the tenant.
type Look struct {
	Brand string `json:"brand,omitempty"`
	Light Accent `json:"light,omitzero"`
	Dark  Accent `json:"dark,omitzero"`
	Logo  string `json:"logo,omitempty"`
	// Version moves with every change, so that /brand/<version>.css can be kept for ever.
	Version int `json:"version,omitempty"`
}

// Accent is the five values a theme uses; empty means the neutral default.
type Accent struct {
	Solid string `json:"solid,omitempty"`
	On    string `json:"on,omitempty"`
	Text  string `json:"text,omitempty"`
	Strip string `json:"strip,omitempty"`
	Tint  string `json:"tint,omitempty"`
}

// schema and role are made of a number, so they need no quoting.
func (t Tenant) schema() string { return "t_" + strconv.Itoa(int(t.ID)) }
func (t Tenant) role() string   { return "r_" + strconv.Itoa(int(t.ID)) }

// Ref is how people say a ticket: ACME-1042.
func (t Tenant) Ref(number int64) string { return t.Code + "-" + strconv.FormatInt(number, 10) }

// Language picks the reader's language if the tenant has it, else the tenant's first.
func (t Tenant) Language(wanted string) string {
	for _, l := range t.Languages {
		if l == wanted {
			return l
		}
	}
	if len(t.Languages) > 0 {
		return t.Languages[0]
	}
	return "ru"
}

func (t Tenant) writable() error {
	switch t.State {
	case Active, Creating:
		return nil
	case ReadOnly:
		return desk.Refuse(desk.TenantReadOnly, "customer", t.Name)
	default:
		return desk.Refuse(desk.TenantSuspended, "customer", t.Name)
	}
}
