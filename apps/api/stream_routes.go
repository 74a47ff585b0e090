package api

import (
	"context"
	"encoding/json"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
)

type watchesBody struct {
	Stream string `path:"stream" maxLength:"20"`
	Body   struct {
		Watches []string `json:"watches" maxItems:"200"`
	}
}

func (a *App) streamRoutes(r *Routes) {
	carry(r, "GET /v1/stream", Op{
		ID: "openStream", Tag: "Live", Summary: "Events as they happen (server-sent events)", Anyone: themselves, Bytes: "text/event-stream", Class: unlimited,
		Errors: []desk.Code{desk.TooManyStreams},
	}, a.openStream)
	mine(r, "PUT /v1/stream/{stream}/watches", Op{ID: "setWatches", Tag: "Live", Summary: "Say what is on the screen: queue, ticket:acme/1042", Anyone: themselves}, a.setWatches)
	carry(r, "GET /v1/portal/{tenant}/stream", Op{
		ID: "openStream", Tag: "Live", Summary: "Events as they happen (server-sent events)", Anyone: themselves, Bytes: "text/event-stream", Class: unlimited,
		Errors: []desk.Code{desk.TooManyStreams},
	}, a.openStream)
}

// setWatches tells the stream what its client shows. The stream may be open on
// another node, so the word goes by the live channel.
func (a *App) setWatches(ctx context.Context, c Caller, in *watchesBody) (Nothing, error) {
	data, err := json.Marshal(watchList{in.Stream, c.Actor.Key.String(), in.Body.Watches})
	if err != nil {
		return Nothing{}, err
	}
	h := jobs.Hint{Name: hintWatches, Data: data}
	a.streams.watch(h)
	if a.Line == nil {
		return Nothing{}, nil
	}
	if err := a.Line.Publish(ctx, h); err != nil {
		a.log.Warn("watches were not passed on", "error", err.Error())
	}
	return Nothing{}, nil
}

// sessionEnded tells every node that a session, or all of somebody's, is over.
func (a *App) sessionEnded(ctx context.Context, id desk.CredentialID) {
	h := jobs.Hint{Name: hintSessionEnded, Subject: id.Any()}
	a.streams.sessionEnded(h)
	a.publish(ctx, h)
}

// publish passes a hint on with no promise: a lost one costs a second, the time
// for which access is remembered.
func (a *App) publish(ctx context.Context, h jobs.Hint) {
	if a.Line == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if err := a.Line.Publish(ctx, h); err != nil {
		a.log.Warn("a hint was not published", "name", h.Name, "error", err.Error())
	}
}

func (a *App) documentRoutes(r *Routes) {
	const anyoneMay = "the description of the API is no secret"
	public(r, "GET /v1/openapi.json", Op{ID: "readOpenAPI", Tag: "API", Summary: "This document", Anyone: anyoneMay, Cache: "public, max-age=300"},
		func(context.Context, Caller, *noInput) (json.RawMessage, error) { return a.document(r.agent) })
	public(r, "GET /v1/portal/openapi.json", Op{ID: "readOpenAPI", Tag: "API", Summary: "This document", Anyone: anyoneMay, Cache: "public, max-age=300"},
		func(context.Context, Caller, *noInput) (json.RawMessage, error) { return a.document(r.portal) })
}
