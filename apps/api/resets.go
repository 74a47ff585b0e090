package api

import (
	"context"

	"manydesk/desk"
)

type emailBody struct {
	Body struct {
		Email string `json:"email" minLength:"1" maxLength:"254"`
	}
}

type TokenPath struct {
	Token string `path:"token" maxLength:"200"`
}

type resetBody struct {
	Token string `path:"token" maxLength:"200"`
	Body  struct {
		Password string `json:"password" maxLength:"200"`
	}
}

type resetView struct {
	Email string `json:"email"`
}

const byLink = "a mailed link says who it is"

func (a *App) resetRoutes(r *Routes) {
	public(r, "POST /v1/password-resets", Op{
		ID: "wantPasswordReset", Tag: "Session", Summary: "Ask for a letter to set the password anew; the answer is the same for unknown addresses",
		Anyone: nobodyYet, Answers: 202, Class: signIn, Repeatable: true,
	}, func(ctx context.Context, c Caller, in *emailBody) (Nothing, error) {
		return Nothing{}, a.People.WantReset(ctx, in.Body.Email, c.from())
	})
	public(r, "GET /v1/password-resets/{token}", Op{ID: "readPasswordReset", Tag: "Session", Summary: "Whose password a mailed link sets", Anyone: byLink, Class: signIn, Cache: "no-store"},
		func(ctx context.Context, _ Caller, in *TokenPath) (*resetView, error) {
			email, err := a.People.Resetting(ctx, in.Token)
			return &resetView{email}, err
		})
	public(r, "PUT /v1/password-resets/{token}", Op{
		ID: "resetPassword", Tag: "Session", Summary: "Set the password by a mailed link and sign in", Anyone: byLink, Answers: 201, Class: signIn,
		Errors: []desk.Code{desk.NotFound, desk.SecondFactor},
	}, func(ctx context.Context, c Caller, in *resetBody) (*Session, error) {
		g, err := a.People.Reset(ctx, in.Token, in.Body.Password, c.from())
		return a.granted(ctx, c, g, err)
	})
}
