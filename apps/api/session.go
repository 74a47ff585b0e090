package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"manydesk/desk"
	"manydesk/tenants/people"
)

// Session is who is signed in and what they may open.
type Session struct {
	User         Me           `json:"user"`
	Tenants      []MyTenant   `json:"tenants"`
	Installation Installation `json:"installation"`
	cookies      []*http.Cookie
}

// Cookies lets the browser in.
func (s *Session) Cookies() []*http.Cookie { return s.cookies }

// Me is the person signed in.
type Me struct {
	ID       string         `json:"id"`
	Email    string         `json:"email"`
	Name     string         `json:"name"`
	Language Language       `json:"language"`
	TimeZone string         `json:"time_zone"`
	TOTP     bool           `json:"totp"`
	Prefs    map[string]any `json:"prefs" doc:"The console's own: theme, density, single_keys, keymap"`
	Version  int            `json:"version"`
}

// ETag is the account's version.
func (m *Me) ETag() string { return versionTag(m.Version) }

// MyTenant is a tenant that the person may open.
type MyTenant struct {
	Tenant
	Pin       *int     `json:"pin"`
	Roles     []string `json:"roles"`
	Provider  *Titled  `json:"provider"`
	Abilities []string `json:"abilities"`
	Counts    MyCounts `json:"counts"`
}

// MyCounts are open tickets of one tenant.
type MyCounts struct {
	Open   int `json:"open"`
	AtRisk int `json:"at_risk"`
	Mine   int `json:"mine"`
}

// Installation is what the person is to the installation.
type Installation struct {
	Owner      bool `json:"owner"`
	NeedsSetup bool `json:"needs_setup"`
}

type signInBody struct {
	Body struct {
		Email    string `json:"email" minLength:"1" maxLength:"254"`
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

type challengeBody struct {
	Body struct {
		Challenge string `json:"challenge" maxLength:"100"`
		Code      string `json:"code" maxLength:"40"`
	}
}

type passwordBody struct {
	Body struct {
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

const (
	nobodyYet  = "nobody is signed in yet"
	themselves = "it is about the person who asks"
)

func (a *App) sessionRoutes(r *Routes) {
	public(r, "POST /v1/session", Op{
		ID: "signIn", Tag: "Session", Summary: "Sign in by e-mail and password", Anyone: nobodyYet, Answers: 201, Class: signIn, Repeatable: true,
		Errors: []desk.Code{desk.SignInFailed, desk.SecondFactor},
	}, func(ctx context.Context, c Caller, in *signInBody) (*Session, error) {
		g, err := a.People.SignIn(ctx, people.Credentials{Email: in.Body.Email, Password: in.Body.Password}, c.from())
		return a.granted(ctx, c, g, err)
	})
	public(r, "POST /v1/session/second-factor", Op{
		ID: "giveSecondFactor", Tag: "Session", Summary: "Answer the challenge with a code", Anyone: nobodyYet, Answers: 201, Class: signIn, Repeatable: true,
		Errors: []desk.Code{desk.SignInRequired},
	}, func(ctx context.Context, c Caller, in *challengeBody) (*Session, error) {
		g, err := a.People.SecondFactor(ctx, in.Body.Challenge, in.Body.Code, c.from())
		return a.granted(ctx, c, g, err)
	})
	mine(r, "GET /v1/session", Op{ID: "readSession", Tag: "Session", Summary: "Who is signed in", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*Session, error) {
			return a.sessionView(ctx, c.visitor.session)
		})
	mine(r, "DELETE /v1/session", Op{ID: "signOut", Tag: "Session", Summary: "Sign out", Anyone: themselves, Answers: 204},
		func(ctx context.Context, c Caller, _ *noInput) (*signedOut, error) {
			if err := a.People.SignOut(ctx, c.visitor.session, c.from()); err != nil {
				return nil, err
			}
			a.sessionEnded(ctx, c.visitor.session.ID)
			return &signedOut{a.cookie("", time.Time{})}, nil
		})
	mine(r, "POST /v1/session/reauthentication", Op{
		ID: "reauthenticate", Tag: "Session", Summary: "Give the password again before a dangerous act", Anyone: themselves, Answers: 204, Class: signIn, Repeatable: true,
		Errors: []desk.Code{desk.SignInFailed},
	}, func(ctx context.Context, c Caller, in *passwordBody) (Nothing, error) {
		return Nothing{}, a.People.Reauthenticate(ctx, c.visitor.session, in.Body.Password, c.from())
	})
}

// signedOut takes the cookie back.
type signedOut struct{ cookie *http.Cookie }

func (s *signedOut) Cookies() []*http.Cookie { return []*http.Cookie{s.cookie} }

// StatusCode is 204: there is nothing to say.
func (s *signedOut) StatusCode() int { return http.StatusNoContent }

func (c Caller) from() people.From { return people.From{IP: c.IP, Agent: c.Agent} }

// granted turns a sign-in into the answer with its cookie.
func (a *App) granted(ctx context.Context, c Caller, g people.Granted, err error) (*Session, error) {
	if err != nil {
		return nil, err
	}
	if c.call != nil && g.Session.User.Language != "" {
		c.call.language = g.Session.User.Language
	}
	s, err := a.sessionView(ctx, g.Session)
	if err != nil {
		return nil, err
	}
	s.cookies = []*http.Cookie{a.cookie(g.Token, g.Session.ExpiresAt)}
	return s, nil
}

// cookie is the session's: one per host, out of reach of scripts. An empty
// token takes it back.
func (a *App) cookie(token string, expires time.Time) *http.Cookie {
	c := &http.Cookie{Name: a.places.cookie(), Value: token, Path: "/", HttpOnly: true, Secure: a.places.secure, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
		return c
	}
	c.Expires = expires
	return c
}

func meView(u people.User) Me {
	m := Me{ID: u.ID.String(), Email: u.Email, Name: u.Name, Language: Language(u.Language), TimeZone: u.TimeZone, TOTP: u.TOTP, Prefs: map[string]any{}, Version: u.Version}
	if len(u.Prefs) > 0 && json.Unmarshal(u.Prefs, &m.Prefs) != nil {
		m.Prefs = map[string]any{}
	}
	return m
}

func (a *App) sessionView(ctx context.Context, s people.Session) (*Session, error) {
	all, err := a.myTenants(ctx, s)
	if err != nil {
		return nil, err
	}
	return &Session{User: meView(s.User), Tenants: all, Installation: Installation{Owner: s.User.Owner && s.Kind == people.Cookie}}, nil
}
