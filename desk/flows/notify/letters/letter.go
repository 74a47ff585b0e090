package letters

import (
	"time"
)

// Kind says what a letter is about.
type Kind string

// The kinds: six to clients about a request, one to let them in, eight to staff.
const (
	Received  Kind = "received"
	Reply     Kind = "reply"
	NeedsInfo Kind = "needs_info"
	Resolved  Kind = "resolved"
	Closed    Kind = "closed"
	SignIn    Kind = "sign_in"

	Invitation    Kind = "invitation"
	PasswordReset Kind = "password_reset"
	Assigned      Kind = "assigned"
	ClientReplied Kind = "client_replied"
	Resumed       Kind = "resumed"
	// Escalated tells staff of a promise that is in danger or broken.
	Escalated Kind = "escalated"
	// Triggered tells staff what a trigger or a rule of routing wants told.
	Triggered Kind = "triggered"
	// Returned tells dispatchers of tickets that came back to nobody.
	Returned Kind = "returned"
)

// Letter is everything that a letter tells. What is zero or empty is left out.
type Letter struct {
	Kind Kind
	// Language is "ru" or "en"; anything else is Russian.
	Language string
	// Zone is the reader's; UTC when nil. Now tells what "today" is.
	Zone  *time.Location
	Now   time.Time
	Brand Brand

	// Ref is the request's number as people say it, "ACME-1042".
	Ref     string
	Subject string
	// Status is the tenant's own word for the state; empty takes ours for the kind.
	Status string
	// ReplyBy and ResolveBy are promises; Until is how long something is waited for
	// or valid: the client's answer, the time before closing, a code, a link.
	ReplyBy, ResolveBy, Until time.Time
	// Promise is which promise an escalation is about, Due when it is due or was.
	Promise string
	Due     time.Time
	// Title is what the trigger or rule that tells is called.
	Title string
	// Took is how long the solution took.
	Took time.Duration
	// Cause is why tickets came back, Who from: a person, a group or a vendor by its
	// name; Count is how many, Refs the first of them.
	Cause, Who string
	Count      int
	Refs       []string
	Summary    string
	Message    Message
	// Files are the names of what is attached.
	Files []string

	// Link is where the button leads.
	Link string
	// RatingLink opens the page of the rating; "score=4" is added to it. Opening it
	// records nothing.
	RatingLink string
	ReopenLink string
	// SettingsLink and OtherLanguageLink stand at the foot.
	SettingsLink, OtherLanguageLink string
	// Mark is the signed mark by which a reply without headers finds its request.
	Mark string

	// Code is what a client types to come in.
	Code string
	// By is who invites, and Provider for whom; Client is who wrote, and Company
	// where from, in letters to staff.
	By, Provider    string
	Client, Company string
	Priority        string
}

// Message is what somebody wrote.
type Message struct {
	Author string
	// Role stands under the author's name.
	Role string
	At   time.Time
	Text string
	// HTML is cleaned again here; Text is shown when it is empty.
	HTML string
}

// Brand is in whose name a letter speaks.
type Brand struct {
	Name string
	// Logo is an https address or "cid:…"; the name is written when it is empty.
	Logo, LogoDark string
	Light, Dark    Accent
	Phone          string
	// Hours says when the phone is answered, in the letter's language.
	Hours string
}

// Accent is the five values of a brand's colour in one theme, "#0c7a70" each. Empty
// or malformed values take the neutral ones.
type Accent struct{ Solid, On, Text, Strip, Tint string }

// Rendered is a letter ready to be sent.
type Rendered struct{ Subject, HTML, Text string }
