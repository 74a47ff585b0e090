// Package letters writes what clients and staff read in their mail: one column in
// the tenant's look, in Russian or English, as HTML and as plain text that say the
// same. Rendering is pure: a Letter in, three strings out.
//
// Owns: the words, dates and looks of letters.
// Does not own: who is told and when (flows/notify), the signed mark, links and
// addresses that it is given, how a letter travels (channels/email).
package letters
