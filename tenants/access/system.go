package access

// automata are the rights of work that nobody asked for by hand. An actor that
// is not in this list may do nothing.
var automata = map[string]mask{
	// intake turns messages into tickets and replies.
	"system:intake": of(TicketRead, TicketOpen, TicketReply, TicketNote, TicketStatus, TicketEdit, CustomerRead, CustomerEdit, SettingsRead),
	// notify reads what it tells of, and marks what could not be told.
	"system:notify": of(TicketRead, TicketEdit, CustomerRead, MemberRead, SettingsRead),
	// timer resumes what was paused, sends what was held, closes what was resolved,
	// and does what triggers of time say.
	"system:timer": of(TicketRead, TicketReply, TicketNote, TicketStatus, TicketAssign, TicketPriority, TicketEdit, CustomerRead, SettingsRead),
	// triage gives a new ticket its people.
	"system:triage": of(TicketRead, TicketAssign, TicketPriority, TicketEdit, CustomerRead, SettingsRead),
	// team gives on what people have who went.
	"system:team": of(TicketRead, TicketAssign, TicketPriority, TicketEdit, CustomerRead, MemberRead, SettingsRead),
	// rating takes the score that a mailed link carries.
	"system:rating": of(TicketRead, RequestRead, RequestRate),
	// queue keeps the worklist in step.
	"system:queue": of(TicketRead, SettingsRead),
	// triggers do what the tenant has agreed shall happen by itself.
	"system:triggers": of(TicketRead, TicketReply, TicketNote, TicketStatus, TicketAssign, TicketPriority, TicketEdit, CustomerRead, SettingsRead),
	// webhooks tell other systems of tickets.
	"system:webhooks": of(TicketRead, SettingsRead),
	// joining makes members of invited people.
	"system:joining": of(MemberRead, MemberManage, EngagementManage, SettingsRead),
	// setup fills a new tenant; cli is whoever holds the machine.
	"system:setup": everything,
	"system:cli":   everything,
	"system:demo":  everything,
}
