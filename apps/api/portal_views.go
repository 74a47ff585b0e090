package api

import (
	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk/settings"
)

// The portal's types are its own: nothing of a ticket that is not for clients
// has a member here to leak by.

// Site is a portal before anybody signs in.
type Site struct {
	Tenant   SiteTenant `json:"tenant"`
	Types    []TypeDef  `json:"types"`
	SignIn   SignInWays `json:"sign_in"`
	Language Language   `json:"language"`
}

// SiteTenant is whose portal it is.
type SiteTenant struct {
	Slug      string     `json:"slug"`
	Name      string     `json:"name"`
	Code      string     `json:"code"`
	State     string     `json:"state" enum:"active,read_only,suspended" doc:"What is suspended can be read, and nobody signs in anew"`
	Languages []Language `json:"languages"`
	Look      Look       `json:"look"`
	Texts     SiteTexts  `json:"texts"`
}

// SiteTexts are the tenant's own sentences, in the reader's language.
type SiteTexts struct {
	Greeting string `json:"greeting,omitempty"`
}

// SignInWays are how clients come in.
type SignInWays struct {
	Code     bool `json:"code"`
	Password bool `json:"password"`
}

// RequestState is where a request stands, in words for clients.
type RequestState string

// Schema names the enum.
func (RequestState) Schema(r huma.Registry) *huma.Schema {
	return named(r, "RequestState", "received", "assigned", "in_work", "waiting", "resolved", "closed")
}

// RequestRow is a request in a list.
type RequestRow struct {
	Ref       string       `json:"ref"`
	Number    int64        `json:"number"`
	Subject   string       `json:"subject"`
	State     RequestState `json:"state"`
	Sentence  string       `json:"sentence" doc:"What is happening, in one sentence"`
	Step      int          `json:"step" minimum:"1" maximum:"5"`
	Steps     []Step       `json:"steps"`
	Waiting   *Waiting     `json:"waiting"`
	UpdatedAt Instant      `json:"updated_at"`
	CreatedAt Instant      `json:"created_at"`
	Rating    *int         `json:"rating"`
	Abilities []string     `json:"abilities"`
}

// Step is one of the five steps of a request.
type Step struct {
	Key  string   `json:"key" enum:"received,assigned,in_work,resolved,closed"`
	Name string   `json:"name"`
	At   *Instant `json:"at"`
}

// Waiting is what is asked of the client.
type Waiting struct {
	Question string   `json:"question"`
	From     string   `json:"from"`
	Until    *Instant `json:"until"`
}

// RequestPage is a request as its client reads it.
type RequestPage struct {
	RequestRow
	Text           string           `json:"text"`
	Type           Named            `json:"type"`
	Fields         []FieldValue     `json:"fields"`
	Thread         []ThreadEntry    `json:"thread"`
	Who            *string          `json:"who" doc:"Who works on it"`
	Version        int              `json:"version"`
	CanReopenUntil *Instant         `json:"can_reopen_until"`
	RatingForm     *RatingForm      `json:"rating_form"`
	Promises       []RequestPromise `json:"promises"`
}

// ETag is the request's version.
func (p *RequestPage) ETag() string { return versionTag(p.Version) }

// ThreadEntry is one line of a request's conversation.
type ThreadEntry struct {
	Seq      int           `json:"seq"`
	At       Instant       `json:"at"`
	Kind     string        `json:"kind" enum:"mine,theirs,colleague,event"`
	Author   *ThreadAuthor `json:"author"`
	HTML     string        `json:"html,omitempty" doc:"Sanitised by the server"`
	Text     string        `json:"text,omitempty"`
	Event    string        `json:"event,omitempty" doc:"What happened, in one sentence"`
	Files    []FileRef     `json:"files"`
	location string
}

// Location is where the entry is read.
func (e *ThreadEntry) Location() string { return e.location }

// ThreadAuthor is who wrote a line.
type ThreadAuthor struct {
	Name     string `json:"name"`
	Initials string `json:"initials"`
}

// RatingForm is what the client may say of the work.
type RatingForm struct {
	Score         *int     `json:"score"`
	Reasons       []string `json:"reasons"`
	Comment       *string  `json:"comment"`
	EditableUntil *Instant `json:"editable_until"`
}

// Home is the portal's first page.
type Home struct {
	Greeting    string       `json:"greeting"`
	Waiting     []RequestRow `json:"waiting"`
	Counts      HomeCounts   `json:"counts"`
	Requests    []RequestRow `json:"requests"`
	ToRate      []RequestRow `json:"to_rate"`
	CompanyOpen *int         `json:"company_open"`
	Support     SupportHours `json:"support"`
	Desk        *DeskHours   `json:"desk" doc:"When requests are worked on; null where nothing is promised"`
}

// HomeCounts are the client's requests.
type HomeCounts struct {
	InWork   int `json:"in_work"`
	Resolved int `json:"resolved"`
	All      int `json:"all"`
}

// SupportHours says whether somebody is there now; null while nobody said when.
type SupportHours struct {
	Open *bool  `json:"open"`
	Text string `json:"text"`
}

// PortalSession is which client is signed in.
type PortalSession struct {
	Contact   PortalContact `json:"contact"`
	Abilities []string      `json:"abilities"`
	withCookie
}

// PortalContact is the client.
type PortalContact struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Email       string   `json:"email"`
	Language    Language `json:"language"`
	TimeZone    *string  `json:"time_zone"`
	Company     *string  `json:"company"`
	Sees        string   `json:"sees" enum:"own,company"`
	HasPassword bool     `json:"has_password"`
}

// stateOf is a ticket's place in words for clients, and its step.
func stateOf(c settings.Category, assigned bool) (RequestState, int) {
	switch {
	case c == settings.Closed:
		return "closed", 5
	case c == settings.Resolved:
		return "resolved", 4
	case c == settings.Pending && assigned:
		return "waiting", 3
	case c == settings.Pending:
		return "waiting", 1
	case c == settings.InProgress:
		return "in_work", 3
	case assigned:
		return "assigned", 2
	default:
		return "received", 1
	}
}
