package events

import (
	"strings"

	"manydesk/desk"
)

// ActorKind is how an actor is written in facts.actor_kind: "staff", "contact",
// or the automaton's name, "system:intake". The names of people are not kept in
// facts: they change, and the nouns know them by id.
func ActorKind(a desk.Actor) string {
	if a.Kind == desk.SystemActor && a.Name != "" {
		return a.Name
	}
	return string(a.Kind)
}

// ActorOf is the reverse of ActorKind.
func ActorOf(kind string, id desk.AnyID, provider desk.ProviderID) desk.Actor {
	if kind == string(desk.SystemActor) || strings.HasPrefix(kind, "system:") {
		return desk.Actor{Kind: desk.SystemActor, Name: kind, ID: id}
	}
	return desk.Actor{Kind: desk.ActorKind(kind), ID: id, Provider: provider}
}
