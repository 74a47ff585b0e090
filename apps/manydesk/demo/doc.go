// Package demo fills an empty installation with a provider, five customers and
// three months of believable work, the same for everybody who runs it.
//
// Owns: the cast, the scenarios and their telling.
// Does not own: any rule: what it writes goes through the nouns' own doors.
package demo
