// Package post keeps everything that came in by a wire or left by one, with its
// fate: raw and once on the way in, to the last try on the way out.
//
// Owns: messages.
// Does not own: how a message is read or sent (desk/channels/email), what it
// means (desk/flows). Outgoing rows of replies are born in the ticket's own
// statement (desk/tickets).
package post
