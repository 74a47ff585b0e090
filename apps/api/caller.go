package api

import (
	"net/netip"

	"manydesk/desk"
	"manydesk/tenants"
)

// Caller is who asks and from where, for verbs that are not bound to a tenant's handle.
type Caller struct {
	Actor    desk.Actor
	Tenant   tenants.Tenant
	Provider desk.ProviderID
	Language string
	IP       netip.Addr
	Agent    string
	Site     siteKind

	visitor visitor
	call    *call
}

func (c *call) caller() Caller {
	return Caller{
		Actor: c.who.actor, Tenant: c.tenant, Provider: c.provider.id, Language: c.language, IP: c.ip,
		Agent: cut(c.header("User-Agent"), 300), Site: c.site.kind, visitor: c.who, call: c,
	}
}

func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most])
}
