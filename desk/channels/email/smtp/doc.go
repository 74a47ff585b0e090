// Package smtp is the door and the post van of letters: a listener that takes mail
// in by SMTP or LMTP, and a sender that hands built letters to a server.
//
// Owns: the conversation (limits, timeouts, TLS, refusals), the trace it writes on
// top of what it accepted, and the promise that 250 is said only after the letter
// was stored; outgoing: connection, sign-in, TLS, and what a server's refusal means.
//
// Does not own: whose address is whose and where a letter is stored (Inbox, given
// by the caller), what a letter says and looks like (package email), retries.
package smtp
