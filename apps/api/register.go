package api

import "manydesk/tenants/access"

// nouns registers every route. It reads as the API's table of contents.
func (a *App) nouns(r *Routes) {
	a.sessionRoutes(r)
	a.meRoutes(r)
	a.keyRoutes(r)
	a.resetRoutes(r)
	a.setupRoutes(r)
	a.invitationRoutes(r)
	a.streamRoutes(r)
	a.documentRoutes(r)
	a.queueRoutes(r)
	a.savedViewRoutes(r)

	a.tenantRoutes(r)
	a.ticketRoutes(r)
	a.ticketTypeRoutes(r)
	a.formRoutes(r)
	a.memberRoutes(r)
	a.roleRoutes(r)
	a.engagementRoutes(r)
	a.contactRoutes(r)
	writes := []access.Permission{access.TicketReply, access.TicketNote, access.TicketOpen}
	a.uploadRoutes(r, "/v1/tenants/{tenant}/uploads", writes...)
	a.fileRoutes(r, "/v1/tenants/{tenant}/files", access.TicketRead)

	a.summaryRoutes(r)
	a.brandRoutes(r)
	a.slaSettingRoutes(r)
	a.triggerRoutes(r)
	a.processRoutes(r)
	a.taskRoutes(r)
	a.macroRoutes(r)
	a.routingRoutes(r)
	a.groupRoutes(r)
	a.shiftRoutes(r)
	a.loadRoutes(r)
	a.vendorRoutes(r)
	a.companyRoutes(r)
	a.auditRoutes(r)
	a.messageRoutes(r)
	a.presenceRoutes(r)

	a.clockRoutes(r)

	a.providerRoutes(r)

	a.portalSessionRoutes(r)
	a.requestRoutes(r)
	a.requestClockRoutes(r, "/v1/portal/{tenant}")
	a.ratingRoutes(r)
	a.uploadRoutes(r, "/v1/portal/{tenant}/uploads", access.RequestOpen, access.RequestReply)
	a.fileRoutes(r, "/v1/portal/{tenant}/files", access.RequestRead)
}
