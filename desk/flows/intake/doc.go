// Package intake turns what arrives into tickets and replies: where a letter
// belongs, who wrote it, whether a machine did, and what is kept of it.
//
// Nothing accepted is lost: a letter is stored raw before it is accepted, its
// job comes back until it is settled, and what cannot be read becomes a ticket
// with the original attached.
//
// Owns: the rules of threading, loops and bounces.
// Does not own: reading a message (desk/channels/email), its row
// (desk/channels/post), the ticket (desk/tickets), the acknowledgement (desk/flows/notify).
package intake
