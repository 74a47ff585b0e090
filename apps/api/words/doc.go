// Package words is the catalogue of sentences that the API says to people: one
// for each code of a refusal, of a wrong field and of a right, in Russian and
// English.
//
// Owns: the sentences and how numbers and names are put into them.
// Does not own: codes (desk), statuses (apps/api), the words of screens and letters.
package words
