// Package reports counts. It only reads, and it is the one room that joins
// across nouns.
//
// A figure agrees with the list a person gets by the same words: what is created,
// resolved or closed in a period is what the ticket list filters by those
// moments; open is what stands open now.
//
// Owns: the definitions of figures.
// Does not own: any row.
package reports
