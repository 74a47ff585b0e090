package api

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

type profileBody struct {
	IfMatch
	Body struct {
		Name     Maybe[string]              `json:"name,omitzero" doc:"As others see it"`
		Language Maybe[string]              `json:"language,omitzero"`
		TimeZone Maybe[string]              `json:"time_zone,omitzero"`
		Prefs    map[string]json.RawMessage `json:"prefs,omitempty" doc:"Merged member by member; null takes one away"`
	}
}

type changePasswordBody struct {
	Body struct {
		Current string `json:"current" maxLength:"200"`
		New     string `json:"new" maxLength:"200"`
	}
}

type codeBody struct {
	Body struct {
		Code string `json:"code" maxLength:"40"`
	}
}

type recoveryCodes struct {
	RecoveryCodes []string `json:"recovery_codes" doc:"Shown this once"`
}

type pinsBody struct {
	Body struct {
		Slugs []string `json:"slugs" maxItems:"9"`
	}
}

type IDPath struct {
	ID string `path:"id"`
}

// OpenSession is one place where the person is signed in.
type OpenSession struct {
	ID        string  `json:"id"`
	CreatedAt Instant `json:"created_at"`
	SeenAt    Instant `json:"seen_at"`
	IP        string  `json:"ip"`
	Agent     string  `json:"agent"`
	Current   bool    `json:"current"`
}

func (a *App) meRoutes(r *Routes) {
	mine(r, "GET /v1/me", Op{ID: "readMe", Tag: "Me", Summary: "The person signed in", Anyone: themselves},
		func(_ context.Context, c Caller, _ *noInput) (*Me, error) {
			m := meView(c.visitor.session.User)
			return &m, nil
		})
	mine(r, "PATCH /v1/me", Op{ID: "changeMe", Tag: "Me", Summary: "Change name, language, time zone, preferences", Anyone: themselves},
		func(ctx context.Context, c Caller, in *profileBody) (*Me, error) {
			u, err := a.People.ChangeProfile(ctx, c.visitor.session, people.Profile{
				Name: in.Body.Name.ptr(), Language: in.Body.Language.ptr(), TimeZone: in.Body.TimeZone.ptr(), Prefs: in.Body.Prefs, Version: in.Version(),
			})
			if err != nil {
				return nil, err
			}
			if in.Body.TimeZone.Set && u.TimeZone != c.visitor.session.User.TimeZone {
				err = a.house.Shared(ctx, u.Actor(), func(ctx context.Context, tx tenants.SharedTx) error { return a.Rota.ChangedZone(ctx, tx, u.ID) })
				if err != nil {
					return nil, err
				}
			}
			c.call.language = u.Language
			m := meView(u)
			return &m, nil
		})
	mine(r, "PUT /v1/me/password", Op{ID: "changePassword", Tag: "Me", Summary: "Change the password", Anyone: themselves, Class: signIn, Errors: []desk.Code{desk.SignInFailed}},
		func(ctx context.Context, c Caller, in *changePasswordBody) (Nothing, error) {
			return Nothing{}, a.People.ChangePassword(ctx, c.visitor.session, in.Body.Current, in.Body.New, c.from())
		})
	a.secondFactorRoutes(r)
	mine(r, "GET /v1/me/sessions", Op{ID: "listSessions", Tag: "Me", Summary: "Where the person is signed in", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*List[OpenSession], error) {
			all, err := a.People.Sessions(ctx, c.visitor.session.User.ID)
			list := &List[OpenSession]{}
			for _, s := range all {
				list.Items = append(list.Items, OpenSession{s.ID.String(), Instant(s.CreatedAt), Instant(s.SeenAt), s.IP, s.Agent, s.ID == c.visitor.session.ID})
			}
			return list, err
		})
	mine(r, "DELETE /v1/me/sessions/{id}", Op{ID: "endSession", Tag: "Me", Summary: "Sign out elsewhere", Anyone: themselves},
		func(ctx context.Context, c Caller, in *IDPath) (Nothing, error) {
			var id desk.CredentialID
			if id.UnmarshalText([]byte(in.ID)) != nil {
				return Nothing{}, desk.Missing()
			}
			if err := a.People.EndSession(ctx, c.visitor.session, id, c.from()); err != nil {
				return Nothing{}, err
			}
			a.sessionEnded(ctx, id)
			return Nothing{}, nil
		})
	mine(r, "GET /v1/me/tenants", Op{ID: "listMyTenants", Tag: "Me", Summary: "Tenants the person may open", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*List[MyTenant], error) {
			all, err := a.myTenants(ctx, c.visitor.session)
			return &List[MyTenant]{all}, err
		})
	mine(r, "PUT /v1/me/pins", Op{ID: "pinTenants", Tag: "Me", Summary: "Keep tenants under the keys 1 to 9", Anyone: themselves},
		func(ctx context.Context, c Caller, in *pinsBody) (Nothing, error) {
			return Nothing{}, a.pin(ctx, c.visitor.session, in.Body.Slugs)
		})
}

func (a *App) secondFactorRoutes(r *Routes) {
	mine(r, "POST /v1/me/totp", Op{ID: "beginSecondFactor", Tag: "Me", Summary: "Make a secret for an authenticator app", Anyone: themselves, Repeatable: true, Errors: []desk.Code{desk.AlreadyExists, desk.Reauthenticate}},
		func(ctx context.Context, c Caller, _ *noInput) (*people.Enrolment, error) {
			e, err := a.People.BeginTOTP(ctx, c.visitor.session)
			return &e, err
		})
	mine(r, "PUT /v1/me/totp", Op{ID: "confirmSecondFactor", Tag: "Me", Summary: "Turn the second factor on with its first code", Anyone: themselves, Class: signIn},
		func(ctx context.Context, c Caller, in *codeBody) (*recoveryCodes, error) {
			codes, err := a.People.ConfirmTOTP(ctx, c.visitor.session, in.Body.Code, c.from())
			return &recoveryCodes{codes}, err
		})
	mine(r, "DELETE /v1/me/totp", Op{ID: "endSecondFactor", Tag: "Me", Summary: "Turn the second factor off", Anyone: themselves, Class: signIn, Errors: []desk.Code{desk.SignInFailed}},
		func(ctx context.Context, c Caller, in *passwordBody) (Nothing, error) {
			return Nothing{}, a.People.EndTOTP(ctx, c.visitor.session, in.Body.Password, c.from())
		})
}

// ptr is the value for verbs that take nil as "leave it".
func (m Maybe[T]) ptr() *T {
	if !m.Set || m.Null {
		return nil
	}
	return &m.Value
}

func (a *App) pin(ctx context.Context, s people.Session, wanted []string) error {
	live, err := a.People.Tenants(ctx, s)
	if err != nil {
		return err
	}
	ids := make([]desk.TenantID, len(live))
	for i, m := range live {
		ids[i] = m.Tenant
	}
	all, err := a.house.Many(ctx, ids)
	if err != nil {
		return err
	}
	bySlug := map[string]desk.TenantID{}
	for id, t := range all {
		bySlug[t.Slug] = id
	}
	order := make([]desk.TenantID, 0, len(wanted))
	for i, slug := range wanted {
		id, ok := bySlug[slug]
		if !ok {
			return desk.Invalid(desk.Field("slugs/"+strconv.Itoa(i), desk.UnknownID))
		}
		order = append(order, id)
	}
	return a.People.Pin(ctx, s, order)
}

// credentialID reads an id of a path; what is none does not exist.
func credentialID(s string) (desk.CredentialID, error) {
	var id desk.CredentialID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

// APIKey is a key as its owner sees it again.
type APIKey struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Shown      string    `json:"shown" doc:"Its beginning"`
	Scopes     *[]string `json:"scopes"`
	Tenants    *[]string `json:"tenants"`
	CreatedAt  Instant   `json:"created_at"`
	ExpiresAt  *Instant  `json:"expires_at"`
	LastUsedAt *Instant  `json:"last_used_at"`
	Key        string    `json:"key,omitempty" doc:"The secret, shown this once"`
}

type newKeyBody struct {
	Body struct {
		Name      string     `json:"name" maxLength:"80"`
		Scopes    *[]string  `json:"scopes,omitempty" nullable:"true"`
		Tenants   *[]string  `json:"tenants,omitempty" nullable:"true"`
		ExpiresAt *time.Time `json:"expires_at,omitempty" nullable:"true"`
	}
}

func (a *App) keyRoutes(r *Routes) {
	mine(r, "GET /v1/me/api-keys", Op{ID: "listKeys", Tag: "Me", Summary: "The person's API keys", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*List[APIKey], error) {
			all, err := a.People.Keys(ctx, c.visitor.session.User.ID)
			if err != nil {
				return nil, err
			}
			list := &List[APIKey]{}
			for _, k := range all {
				v, err := a.keyView(ctx, k)
				if err != nil {
					return nil, err
				}
				list.Items = append(list.Items, v)
			}
			return list, nil
		})
	mine(r, "POST /v1/me/api-keys", Op{ID: "makeKey", Tag: "Me", Summary: "Make an API key", Anyone: themselves, Answers: 201, Errors: []desk.Code{desk.LimitReached, desk.Reauthenticate}},
		func(ctx context.Context, c Caller, in *newKeyBody) (*APIKey, error) {
			n, err := a.newKey(ctx, c.visitor.session, in)
			if err != nil {
				return nil, err
			}
			k, secret, err := a.People.MakeKey(ctx, c.visitor.session, n, c.from())
			if err != nil {
				return nil, err
			}
			v, err := a.keyView(ctx, k)
			v.Key = secret
			return &v, err
		})
	mine(r, "DELETE /v1/me/api-keys/{id}", Op{ID: "endKey", Tag: "Me", Summary: "Revoke an API key", Anyone: themselves},
		func(ctx context.Context, c Caller, in *IDPath) (Nothing, error) {
			id, err := credentialID(in.ID)
			if err != nil {
				return Nothing{}, err
			}
			if err := a.People.EndKey(ctx, c.visitor.session, id, c.from()); err != nil {
				return Nothing{}, err
			}
			a.sessionEnded(ctx, id)
			return Nothing{}, nil
		})
}

func (a *App) newKey(ctx context.Context, s people.Session, in *newKeyBody) (people.NewKey, error) {
	n := people.NewKey{Name: in.Body.Name}
	// A key is as good as the session that makes it: not from another key.
	if s.Kind != people.Cookie {
		return n, desk.Refuse(desk.SignInRequired)
	}
	if in.Body.Scopes != nil {
		n.Scopes = append([]string{}, *in.Body.Scopes...)
	}
	if in.Body.ExpiresAt != nil {
		n.ExpiresAt = in.Body.ExpiresAt.UTC()
	}
	if in.Body.Tenants == nil {
		return n, nil
	}
	n.Tenants = []desk.TenantID{}
	for i, slug := range *in.Body.Tenants {
		t, err := a.house.BySlug(ctx, slug)
		if err == nil {
			_, err = a.People.ActorIn(ctx, s, t)
		}
		if err != nil {
			return n, desk.Invalid(desk.Field("tenants/"+strconv.Itoa(i), desk.UnknownID))
		}
		n.Tenants = append(n.Tenants, t.ID)
	}
	return n, nil
}

func (a *App) keyView(ctx context.Context, k people.Key) (APIKey, error) {
	v := APIKey{ID: k.ID.String(), Name: k.Name, Shown: k.Shown, CreatedAt: Instant(k.CreatedAt), ExpiresAt: at(k.ExpiresAt), LastUsedAt: at(k.SeenAt)}
	if k.Scopes != nil {
		v.Scopes = &k.Scopes
	}
	if k.Tenants == nil {
		return v, nil
	}
	all, err := a.house.Many(ctx, k.Tenants)
	if err != nil {
		return v, err
	}
	v.Tenants = &[]string{}
	for _, id := range k.Tenants {
		if t, ok := all[id]; ok {
			*v.Tenants = append(*v.Tenants, t.Slug)
		}
	}
	return v, nil
}
