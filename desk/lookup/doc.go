// Package lookup is by what anything is found: the identifiers of people and
// things in one form each, and the keyed hashes over all tenants that say only
// "look there" to those who may look.
//
// Owns: the table identifiers, manydesk.lookup, the canonical forms, the folding
// of words.
// Does not own: what an identifier belongs to (customers, assets), who may look
// (tenants/access).
package lookup
