// Package email is the wire of letters: it reads what came, builds what goes,
// and signs the addresses and ids by which an answer finds its way home.
//
// Owns: how a raw message is understood (Read), what kind of thing it is
// (person, auto-reply, bounce, list, loop), what is new in it and what is a
// quote, the signed addresses, Message-IDs and body marks, the guard against
// storms of automatic letters, and the bytes of an outgoing letter (Build).
// Everything here is pure: values in, values out, no network, no clock.
//
// Does not own: tickets and who may answer in them (flows/intake), what letters
// say (flows/notify), where raw messages are kept, and the wires themselves
// (the smtp package beside).
package email
