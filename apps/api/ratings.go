package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/flows/rating"
)

// RatingPage is what the page behind a letter's stars shows.
type RatingPage struct {
	Ref     string `json:"ref"`
	Subject string `json:"subject"`
	Score   *int   `json:"score"`
	Name    string `json:"name"`
}

type giveRatingIn struct {
	Token string `path:"token" maxLength:"200"`
	Body  ratingBody
}

// GivenRating is what was recorded.
type GivenRating struct {
	Score int `json:"score"`
}

func (a *App) ratingRoutes(r *Routes) {
	const at = "/v1/portal/{tenant}/ratings/{token}"
	public(r, "GET "+at, Op{ID: "readRatingLink", Tag: "Requests", Summary: "What a letter's stars rate; records nothing", Anyone: byLink, Class: signIn, Cache: "no-store"},
		func(ctx context.Context, c Caller, in *TokenPath) (*RatingPage, error) {
			f, err := a.Ratings.Show(ctx, c.Tenant, in.Token)
			if err != nil {
				return nil, err
			}
			p := &RatingPage{Ref: c.Tenant.Ref(f.Number), Subject: f.Subject, Name: f.Name}
			if f.Score > 0 {
				p.Score = &f.Score
			}
			return p, nil
		})
	public(r, "POST "+at, Op{ID: "giveRating", Tag: "Requests", Summary: "Rate the work by a letter's link", Anyone: byLink, Class: signIn, Repeatable: true, Errors: []desk.Code{desk.NotFound, desk.TransitionRefused}},
		func(ctx context.Context, c Caller, in *giveRatingIn) (*GivenRating, error) {
			f, err := a.Ratings.Give(ctx, c.Tenant, in.Token, rating.Given{Score: in.Body.Score, Reasons: in.Body.Reasons, Comment: in.Body.Comment})
			if err != nil {
				return nil, err
			}
			return &GivenRating{f.Score}, nil
		})
}
