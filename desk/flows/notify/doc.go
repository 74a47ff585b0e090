// Package notify decides who hears of what, and sends it: letters to clients in
// the tenant's name and the client's language, letters to staff, letters that
// let somebody in.
//
// A letter is a row of messages before it is mail: what was frozen when it was
// written is what goes out, a failure is seen on the ticket, and the same letter
// sent twice by an accident has the same Message-ID.
//
// Owns: the rules of who is told.
// Does not own: how a letter looks (letters), how it travels (desk/channels/email),
// its row (desk/channels/post).
package notify
