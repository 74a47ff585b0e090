package access

import (
	"math/bits"
	"strings"
)

// Permission is one thing that may be allowed. Its number may change between
// versions of the program, its name never: names are stored in roles and keys.
type Permission uint8

// The permissions of staff, and of clients on the portal (request.…).
const (
	TicketRead Permission = iota
	TicketOpen
	TicketReply
	TicketNote
	TicketAssign
	TicketStatus
	TicketPriority
	TicketEdit
	TicketExport
	CustomerRead
	CustomerEdit
	MemberRead
	MemberManage
	RoleManage
	EngagementManage
	BrandEdit
	SettingsRead
	SettingsEdit
	AuditRead
	APIKeyManage
	TenantManage
	RequestRead
	RequestOpen
	RequestReply
	RequestRate
	RequestCompany

	permissions // how many there are
)

var names = [permissions]string{
	TicketRead: "ticket.read", TicketOpen: "ticket.open", TicketReply: "ticket.reply", TicketNote: "ticket.note",
	TicketAssign: "ticket.assign", TicketStatus: "ticket.status", TicketPriority: "ticket.priority",
	TicketEdit: "ticket.edit", TicketExport: "ticket.export",
	CustomerRead: "customer.read", CustomerEdit: "customer.edit",
	MemberRead: "member.read", MemberManage: "member.manage", RoleManage: "role.manage",
	EngagementManage: "engagement.manage", BrandEdit: "brand.edit",
	SettingsRead: "settings.read", SettingsEdit: "settings.edit", AuditRead: "audit.read",
	APIKeyManage: "apikey.manage", TenantManage: "tenant.manage",
	RequestRead: "request.read", RequestOpen: "request.open", RequestReply: "request.reply",
	RequestRate: "request.rate", RequestCompany: "request.company",
}

var byName = func() map[string]Permission {
	m := make(map[string]Permission, permissions)
	for p, name := range names {
		m[name] = Permission(p)
	}
	return m
}()

// String is the stored name: "ticket.reply".
func (p Permission) String() string { return names[p] }

// Group is the noun of the name: "ticket".
func (p Permission) Group() string {
	group, _, _ := strings.Cut(names[p], ".")
	return group
}

// Typed reports whether the permission can be given for some ticket types only.
func (p Permission) Typed() bool { return p <= TicketExport }

// Portal reports whether the permission belongs to clients, never to staff.
func (p Permission) Portal() bool { return p >= RequestRead }

// reading is the permission without which the object of p does not exist for
// the actor; ok is false where there is nothing to hide.
func (p Permission) reading() (Permission, bool) {
	switch p.Group() {
	case "ticket":
		return TicketRead, true
	case "customer":
		return CustomerRead, true
	case "member", "role":
		return MemberRead, true
	case "request":
		return RequestRead, true
	}
	return 0, false
}

// All lists the permissions in their order of display.
func All() []Permission {
	all := make([]Permission, permissions)
	for i := range all {
		all[i] = Permission(i)
	}
	return all
}

// Parse reads a stored name; false for a name this version does not know.
func Parse(name string) (Permission, bool) {
	p, ok := byName[name]
	return p, ok
}

// mask is a set of permissions.
type mask uint32

const (
	everything mask = 1<<permissions - 1
	portal     mask = everything &^ staffSide
	staffSide  mask = 1<<RequestRead - 1
	typed      mask = 1<<(TicketExport+1) - 1
)

// vendors is the most that a third party's engineer may do, and that on tickets
// of their company alone: nothing that shows a customer, a colleague or a setting.
var vendors = of(TicketRead, TicketReply, TicketNote, TicketAssign, TicketStatus, TicketPriority, TicketEdit)

func (m mask) has(p Permission) bool { return m>>p&1 == 1 }

func of(ps ...Permission) (m mask) {
	for _, p := range ps {
		m |= 1 << p
	}
	return m
}

func (m mask) list() []Permission {
	all := make([]Permission, 0, bits.OnesCount32(uint32(m)))
	for m != 0 {
		p := Permission(bits.TrailingZeros32(uint32(m)))
		all = append(all, p)
		m &^= 1 << p
	}
	return all
}
