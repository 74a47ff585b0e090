// Package catcher keeps the outgoing mail of an installation that was given no
// SMTP_URL: it takes letters by SMTP on loopback and shows them on a page of its
// own, so that the invitation or the answer to a client can be read at once.
//
// Owns: the caught letters (on disk, the newest thousands), the SMTP server they
// come by, the page and its words in both languages.
// Does not own: what letters say (flows/notify), how incoming mail is understood
// (channels/email), sending (flows/notify through the mail lane).
package catcher
