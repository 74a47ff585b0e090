// Package customers is whose requests these are: companies and the people in
// them, by what they are reached and what of the portal they see.
//
// Owns: the tables companies and contacts, the facts whose subject is one.
// Does not own: identifiers (desk/lookup), signing in to the portal
// (tenants/people), equipment and contracts (desk/assets).
package customers
