// Package rating lets a client rate the work by a link from a letter, without
// signing in. Opening the link records nothing: mail scanners open every link.
//
// Owns: the signed word in the link.
// Does not own: the rating (desk/tickets), the letter (desk/flows/notify).
package rating
