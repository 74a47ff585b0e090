package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Ticket is a ticket as its page shows it.
type Ticket struct {
	Row
	CreatedAt      Instant           `json:"created_at"`
	ContactCard    *ContactCard      `json:"contact_card"`
	Fields         []FieldValue      `json:"fields"`
	TypeDef        TypeDef           `json:"type_def"`
	Tags           []string          `json:"tags"`
	Group          *Named            `json:"group"`
	Reopened       int               `json:"reopened"`
	Rating         *TicketRating     `json:"rating"`
	MergedInto     *string           `json:"merged_into"`
	FirstRepliedAt *Instant          `json:"first_replied_at"`
	ResolvedAt     *Instant          `json:"resolved_at"`
	ClosedAt       *Instant          `json:"closed_at"`
	Transitions    []Way             `json:"transitions"`
	Sender         Address           `json:"sender"`
	To             *Addressee        `json:"to"`
	Followers      []Person          `json:"followers"`
	Problems       []DeliveryTrouble `json:"problems"`
	Seen           int               `json:"seen" doc:"Number of the last public event; say it when you reply"`
	FirstUnread    *int              `json:"first_unread"`
	Clocks         []Clock           `json:"clocks" doc:"What was promised"`
	Process        *TicketWork       `json:"process" doc:"The process that was started last"`
	Tasks          TaskCount         `json:"tasks"`
	Timeline       *Timeline         `json:"timeline,omitempty"`
	location       string
}

// ETag is the ticket's version.
func (t *Ticket) ETag() string { return versionTag(t.Version) }

// Location is where the ticket is read.
func (t *Ticket) Location() string { return t.location }

// ContactCard is whose request it is.
type ContactCard struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Email    *string  `json:"email"`
	Phone    *string  `json:"phone"`
	Company  *string  `json:"company"`
	Language Language `json:"language"`
	TimeZone *string  `json:"time_zone"`
	Tickets  int      `json:"tickets"`
}

// TicketRating is what the client thought.
type TicketRating struct {
	Score   int      `json:"score"`
	Comment *string  `json:"comment"`
	At      *Instant `json:"at"`
}

// Way is a status the ticket may go to now.
type Way struct {
	To              Status `json:"to"`
	CommentRequired bool   `json:"comment_required"`
	UntilRequired   bool   `json:"until_required"`
	FieldsRequired  bool   `json:"fields_required" doc:"The status makes the form ask what is not answered yet: ask the form what"`
}

// Address is a mail address with a name.
type Address struct {
	Address string `json:"address"`
	Name    string `json:"name"`
}

// Addressee is to whom an answer goes.
type Addressee struct {
	Contact string `json:"contact"`
	Name    string `json:"name"`
	Address string `json:"address"`
}

// DeliveryTrouble is a letter that did not arrive.
type DeliveryTrouble struct {
	Kind    string   `json:"kind" enum:"send_failed,bounced"`
	Text    string   `json:"text"`
	At      *Instant `json:"at"`
	Comment int      `json:"comment"`
	Message string   `json:"message" doc:"The letter, to be tried again"`
}

// Timeline is a page of what was said and what happened, oldest first.
type Timeline struct {
	Items []Entry `json:"items"`
	Next  *string `json:"next" doc:"The before of the page with older entries, null when there are none"`
}

// ticketAbilities are what a ticket's page may offer.
var ticketAbilities = []access.Permission{
	access.TicketRead, access.TicketReply, access.TicketNote, access.TicketAssign, access.TicketStatus, access.TicketPriority, access.TicketEdit,
}

// frame is what a ticket is shown in: the tenant's words and what is allowed.
type frame struct {
	app      *App
	tenant   tenants.Tenant
	language string
	flow     settings.Workflow
	// clocks read the calendars for rows of a list; nil shows no deadlines.
	clocks *sla.Readings
	// rules are the names of escalations, routes those of the rules of routing.
	rules, routes, groups, macros map[string]settings.Words
	// vendor is the third party whose engineer looks: what they see is that one's.
	vendor desk.CompanyID
}

func (a *App) frame(ctx context.Context, tx tenants.ReadTx) (frame, error) {
	flow, err := tickets.Workflow(ctx, tx)
	if err != nil {
		return frame{}, err
	}
	live, err := sla.Escalations.All(ctx, tx)
	f := frame{app: a, tenant: tx.Tenant(), language: tx.Actor().Language, flow: flow, rules: make(map[string]settings.Words, len(live))}
	for _, e := range live {
		f.rules[e.Key] = e.Spec.Name
	}
	if err == nil {
		err = f.places(ctx, tx)
	}
	if err == nil {
		f.vendor, err = a.Guard.Vendor(ctx, tx)
	}
	return f, err
}

// places are what rules of routing and groups are called now.
func (f *frame) places(ctx context.Context, tx tenants.ReadTx) error {
	sets, err := routing.Sets.All(ctx, tx)
	if err != nil {
		return err
	}
	groups, err := settings.Groups.All(ctx, tx)
	if err != nil {
		return err
	}
	f.routes, f.groups = map[string]settings.Words{}, make(map[string]settings.Words, len(groups))
	for _, set := range sets {
		for _, r := range set.Spec.Rules {
			f.routes[r.Key] = r.Name
		}
	}
	for _, g := range groups {
		f.groups[g.Key] = g.Spec.Name
	}
	f.macros, err = macroNames(ctx, tx)
	return err
}

// abilities are those on a ticket that the frame shows.
func (f *frame) abilities(ctx context.Context, tx tenants.ReadTx, kind string, of ...access.Permission) ([]string, error) {
	return f.app.abilities(ctx, tx, access.Object{Type: kind, Vendor: f.vendor}, of...)
}

// abilities drop the noun, so that a screen asks t.abilities.includes("reply").
func (a *App) abilities(ctx context.Context, tx tenants.ReadTx, on access.Object, of ...access.Permission) ([]string, error) {
	held, err := a.Guard.Abilities(ctx, tx, on, of...)
	for i, h := range held {
		held[i] = verbOf(h)
	}
	return held, err
}

func verbOf(permission string) string {
	for i := range permission {
		if permission[i] == '.' {
			return permission[i+1:]
		}
	}
	return permission
}

// row shows a ticket's list row.
func (f *frame) row(t *tickets.Ticket, assignee, company, contact string, isNew bool) Row {
	r := Row{
		Tenant: f.tenant.Slug, Ref: f.tenant.Ref(t.Number), Number: t.Number, Version: t.Version, Subject: t.Subject, Type: t.Type,
		Status: statusOf(&f.flow, t.Status, f.language), Priority: t.Priority, Company: orNil(company), Contact: orNil(contact),
		Channel: Channel(t.Channel), IsNew: isNew, ClientWaits: t.ClientWaits(), DueAt: at(t.DueAt), ResumeAt: at(t.ResumeAt), UpdatedAt: Instant(t.UpdatedAt),
	}
	if r.ClientWaits {
		r.WaitingSince = at(t.WaitingSince)
	}
	r.Assignee = staffPerson(t.AssigneeID, assignee)
	return r
}

// ticket shows a ticket's page.
func (f *frame) ticket(ctx context.Context, tx tenants.ReadTx, v *tickets.View, timeline bool) (*Ticket, error) {
	contact := ""
	if v.Contact != nil {
		contact = v.Contact.Name
	}
	t := &Ticket{
		Row: f.row(&v.Ticket, v.Assignee.Name, v.Company, contact, v.IsNew), CreatedAt: Instant(v.CreatedAt), Tags: v.Tags, Reopened: v.Reopened,
		FirstRepliedAt: at(v.FirstRepliedAt), ResolvedAt: at(v.ResolvedAt), ClosedAt: at(v.ClosedAt), Seen: v.PublicSeq,
		location: "/v1/tenants/" + f.tenant.Slug + "/tickets/" + itoa(int(v.Number)),
	}
	var err error
	if t.Abilities, err = f.abilities(ctx, tx, v.Type, ticketAbilities...); err != nil {
		return nil, err
	}
	promised, err := f.app.Triage.Clocks(ctx, tx, &v.Ticket)
	if err != nil {
		return nil, err
	}
	if t.Clocks = clockViews(promised); len(promised) > 0 {
		t.SLA = nearest(promised)
	}
	if v.FirstUnread > 0 {
		t.FirstUnread = &v.FirstUnread
	}
	if v.MergedInto > 0 {
		t.MergedInto = orNil(f.tenant.Ref(v.MergedInto))
	}
	if err := f.work(t, &v.Ticket); err != nil {
		return nil, err
	}
	f.contact(t, v)
	if err := f.form(ctx, tx, t, v); err != nil {
		return nil, err
	}
	for _, p := range v.People {
		if p.Follows {
			t.Followers = append(t.Followers, personOf(string(p.Kind), p.ID, p.Name))
		}
	}
	for _, p := range v.Problems {
		kind := "send_failed"
		if p.State == "bounced" {
			kind = "bounced"
		}
		t.Problems = append(t.Problems, DeliveryTrouble{Kind: kind, Text: p.Text, At: at(p.At), Comment: p.Reply, Message: p.Message.String()})
	}
	if v.Rating != nil {
		t.Rating = &TicketRating{Score: v.Rating.Score, Comment: orNil(v.Rating.Comment), At: at(v.Rating.At)}
	}
	if t.Sender, err = f.app.sender(ctx, tx, v.Language); err != nil || !timeline {
		return t, err
	}
	t.Timeline, err = f.timeline(ctx, tx, v.Type, v.Timeline)
	return t, err
}

func (f *frame) contact(t *Ticket, v *tickets.View) {
	c := v.Contact
	if c == nil {
		return
	}
	t.ContactCard = &ContactCard{
		ID: c.ID.String(), Name: c.Name, Email: orNil(c.Email), Phone: orNil(c.Phone), Company: orNil(v.Company),
		Language: Language(f.tenant.Language(c.Language)), TimeZone: orNil(c.TimeZone), Tickets: c.Tickets,
	}
	if c.Email != "" {
		t.To = &Addressee{Contact: c.ID.String(), Name: c.Name, Address: c.Email}
	}
}

func (f *frame) form(ctx context.Context, tx tenants.ReadTx, t *Ticket, v *tickets.View) error {
	form, err := settings.FormOf(ctx, tx, v.Type)
	if desk.Is(err, desk.NotFound) {
		form, err = settings.Form{Key: v.Type, Type: settings.TicketType{Name: settings.Words{RU: v.Type, EN: v.Type}}}, nil
	}
	if err != nil {
		return err
	}
	t.TypeDef = typeDef(form, f.language, false)
	t.Fields = fieldValues(form, v.Fields, f.language, false)
	if err := f.ways(ctx, tx, t, v, form); err != nil {
		return err
	}
	if v.GroupKey == "" {
		return nil
	}
	g, err := settings.Groups.Live(ctx, tx, v.GroupKey)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return err
	}
	t.Group = &Named{v.GroupKey, v.GroupKey}
	if err == nil {
		t.Group.Name = g.Spec.Name.In(f.language)
	}
	return nil
}

func (f *frame) ways(ctx context.Context, tx tenants.ReadTx, t *Ticket, v *tickets.View, form settings.Form) error {
	ways := f.flow.Transitions[v.Status]
	keys := make([]string, len(ways))
	for i, w := range ways {
		keys[i] = w.To
	}
	demand, err := tickets.Asks(ctx, tx, form, &v.Ticket, keys)
	if err != nil {
		return err
	}
	for _, w := range ways {
		if s, ok := f.flow.Status(w.To); ok {
			t.Transitions = append(t.Transitions, Way{statusOf(&f.flow, w.To, f.language), f.flow.NeedsComment(v.Status, w.To), s.UntilRequired(), demand[w.To]})
		}
	}
	return nil
}
