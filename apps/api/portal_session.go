package api

import (
	"context"
	"net/http"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// withCookie lets an answer set the session's cookie.
type withCookie struct{ cookies []*http.Cookie }

// Cookies are what the answer sets.
func (w *withCookie) Cookies() []*http.Cookie { return w.cookies }

type clientSignIn struct {
	Body struct {
		Email    string `json:"email,omitempty" maxLength:"254"`
		Code     string `json:"code,omitempty" maxLength:"20"`
		Password string `json:"password,omitempty" maxLength:"200"`
		Token    string `json:"token,omitempty" maxLength:"200"`
	}
}

type clientProfile struct {
	Body struct {
		Name     Maybe[string] `json:"name,omitzero"`
		Language Maybe[string] `json:"language,omitzero"`
		TimeZone Maybe[string] `json:"time_zone,omitzero"`
	}
}

type clientPassword struct {
	Body struct {
		Current string `json:"current,omitempty" maxLength:"200"`
		New     string `json:"new" maxLength:"200"`
	}
}

func (a *App) portalSessionRoutes(r *Routes) {
	const at, tag = "/v1/portal/{tenant}", "Session"
	public(r, "GET "+at+"/site", Op{ID: "readSite", Tag: "Site", Summary: "The portal before anybody signs in", Anyone: "a portal's face is public"},
		func(ctx context.Context, c Caller, _ *noInput) (*Site, error) {
			return a.site(ctx, c.Tenant, c.Language)
		})
	public(r, "POST "+at+"/session/codes", Op{ID: "wantCode", Tag: tag, Summary: "Ask for a letter with a code and a link; the answer is the same for unknown addresses", Anyone: nobodyYet, Answers: 202, Class: signIn, Repeatable: true},
		func(ctx context.Context, c Caller, in *emailBody) (Nothing, error) {
			return Nothing{}, a.People.WantCode(ctx, c.Tenant, in.Body.Email, c.from())
		})
	public(r, "POST "+at+"/session", Op{ID: "signIn", Tag: tag, Summary: "Sign in by code, link or password", Anyone: nobodyYet, Answers: 201, Class: signIn, Repeatable: true, Errors: []desk.Code{desk.SignInFailed, desk.NotFound}},
		func(ctx context.Context, c Caller, in *clientSignIn) (*PortalSession, error) {
			g, err := a.clientIn(ctx, c, in)
			if err != nil {
				return nil, err
			}
			s, err := a.portalSession(ctx, c.Tenant, g.Session)
			if err != nil {
				return nil, err
			}
			s.cookies = []*http.Cookie{a.cookie(g.Token, g.Session.ExpiresAt)}
			return s, nil
		})
	flow(r, "GET "+at+"/session", Op{ID: "readSession", Tag: tag, Summary: "Which client is signed in", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*PortalSession, error) {
			return a.portalSession(ctx, c.Tenant, c.visitor.session)
		})
	flow(r, "DELETE "+at+"/session", Op{ID: "signOut", Tag: tag, Summary: "Sign out", Anyone: themselves, Answers: 204, Frozen: true},
		func(ctx context.Context, c Caller, _ *noInput) (*signedOut, error) {
			if err := a.People.SignOut(ctx, c.visitor.session, c.from()); err != nil {
				return nil, err
			}
			a.sessionEnded(ctx, c.visitor.session.ID)
			return &signedOut{a.cookie("", time.Time{})}, nil
		})
	flow(r, "PUT "+at+"/me/password", Op{ID: "setPassword", Tag: tag, Summary: "Set the client's password", Anyone: themselves, Class: signIn, Errors: []desk.Code{desk.SignInFailed}},
		func(ctx context.Context, c Caller, in *clientPassword) (Nothing, error) {
			return Nothing{}, a.People.SetPortalPassword(ctx, c.visitor.session, c.Tenant, in.Body.Current, in.Body.New, c.from())
		})
	flow(r, "PATCH "+at+"/me", Op{ID: "changeMe", Tag: tag, Summary: "Change name, language, time zone", Anyone: themselves},
		func(ctx context.Context, c Caller, in *clientProfile) (*PortalSession, error) {
			err := a.house.Do(ctx, c.Tenant, c.Actor, func(ctx context.Context, tx tenants.Tx) error {
				_, err := a.Customers.EditContact(ctx, tx, c.Actor.Contact(), 0, customers.Person{Name: in.Body.Name.ptr(), Language: in.Body.Language.ptr(), TimeZone: in.Body.TimeZone.ptr()})
				return err
			})
			if err != nil {
				return nil, err
			}
			return a.portalSession(ctx, c.Tenant, c.visitor.session)
		})
}

func (a *App) clientIn(ctx context.Context, c Caller, in *clientSignIn) (people.Granted, error) {
	b := in.Body
	switch {
	case b.Token != "":
		return a.People.ByLink(ctx, c.Tenant, b.Token, c.from())
	case b.Code != "":
		return a.People.ByCode(ctx, c.Tenant, b.Email, b.Code, c.from())
	case b.Password != "":
		return a.People.ByPassword(ctx, c.Tenant, people.Credentials{Email: b.Email, Password: b.Password}, c.from())
	}
	return people.Granted{}, desk.Invalid(desk.Field("code", desk.Required))
}

func (a *App) portalSession(ctx context.Context, t tenants.Tenant, s people.Session) (*PortalSession, error) {
	c, err := a.People.Contact(ctx, s, t)
	if err != nil {
		return nil, err
	}
	actor := c.Actor()
	v := &PortalSession{Contact: PortalContact{
		ID: c.ID.String(), Name: c.Name, Email: c.Email, Language: Language(t.Language(c.Language)), TimeZone: orNil(c.TimeZone), Company: orNil(c.Company), Sees: "own", HasPassword: c.HasPassword,
	}}
	if v.Abilities, err = a.Guard.Held(ctx, t, actor); err != nil {
		return nil, err
	}
	company, err := a.Guard.Any(ctx, t, actor, access.RequestCompany)
	if company {
		v.Contact.Sees = "company"
	}
	return v, err
}

// site is what a portal shows to anybody.
func (a *App) site(ctx context.Context, t tenants.Tenant, language string) (*Site, error) {
	tx := a.house.Reader(t, desk.Automaton("portal"))
	shown := a.tenantView(t)
	v := &Site{Tenant: SiteTenant{Slug: t.Slug, Name: t.Name, Code: t.Code, State: shown.State, Look: shown.Look, Languages: shown.Languages}, Language: Language(language), SignIn: SignInWays{Code: true, Password: true}}
	var err error
	if v.Types, err = typeDefs(ctx, tx, language, true); err != nil {
		return nil, err
	}
	brand, err := settings.Brands.Live(ctx, tx, settings.Main)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	if brand.Spec.PortalName != "" {
		v.Tenant.Name = brand.Spec.PortalName
	}
	v.Tenant.Texts.Greeting = brand.Spec.Texts.Greeting.In(language)
	way, err := settings.Portals.Live(ctx, tx, settings.Main)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return nil, err
	}
	if err == nil {
		v.SignIn = SignInWays{way.Spec.SignInCode, way.Spec.SignInPassword}
	}
	return v, nil
}

// portalBoot puts what the portal needs before its first request into the page.
func (c *call) portalBoot(l *laidOut) error {
	if c.who.known() {
		s, err := c.app.portalSession(c.ctx, c.tenant, c.who.session)
		switch {
		case desk.Is(err, desk.SignInRequired):
		case err != nil:
			return err
		default:
			l.boot.Session = s
			c.language = string(s.Contact.Language)
		}
	}
	site, err := c.app.site(c.ctx, c.tenant, c.language)
	if err != nil {
		return err
	}
	l.boot.Tenant, l.title = site, site.Tenant.Name
	return nil
}
