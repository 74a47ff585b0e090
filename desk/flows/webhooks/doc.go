// Package webhooks calls the systems of tenants: what is to be told, to whom,
// when it is tried again, and what became of it.
//
// A call is a row of messages from the moment it is decided, so that it is seen,
// and its body never changes; every try has the same webhook-id.
//
// Owns: the bodies of calls, their retries, their fate in messages.
// Does not own: signing and the guard of addresses (desk/channels/webhook), when
// something escalates (desk/flows/triage), where secrets are kept (desk/settings).
package webhooks
