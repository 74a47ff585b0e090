package desk

// ActorKind says what kind of being acts.
type ActorKind string

// The kinds of actor. A system actor is named: "system:intake".
const (
	StaffActor   ActorKind = "staff"
	ContactActor ActorKind = "contact"
	SystemActor  ActorKind = "system"
)

// Actor is who does what a unit of work does. It is made at the edge from a
// session, a key, a mailed link or a job, and travels in the transaction.
type Actor struct {
	Kind ActorKind
	// ID is a user's or a contact's id; zero for the system.
	ID AnyID
	// Name is what the timeline shows: a person's name or "system:intake".
	Name string
	// Provider is set when the person works here by an engagement.
	Provider   ProviderID
	Engagement EngagementID
	// Language is "ru" or "en": the language of sentences for this actor.
	Language string
	// Scopes narrow an API key; nil means everything the person may do.
	Scopes []string
	// Key is the API key's or session's id, for logs and idempotency.
	Key CredentialID
}

// Automaton is a named actor for work that nobody asked for by hand.
func Automaton(name string) Actor {
	return Actor{Kind: SystemActor, Name: "system:" + name, Language: "ru"}
}

// User is the actor's user id, zero for contacts and the system.
func (a Actor) User() UserID {
	if a.Kind == StaffActor {
		return UserID(a.ID)
	}
	return UserID{}
}

// Contact is the actor's contact id, zero for staff and the system.
func (a Actor) Contact() ContactID {
	if a.Kind == ContactActor {
		return ContactID(a.ID)
	}
	return ContactID{}
}
