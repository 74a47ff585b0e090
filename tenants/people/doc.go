// Package people knows who signs in: the users of the console with their
// passwords, second factors, sessions and API keys, and the contacts of the
// portals, each bound to one tenant, so that the same person in two tenants is
// two who never meet.
//
// Everything that lets someone in is a credential: 256 random bits whose
// SHA-256 is the key of its row, so a cookie and an API key are found by the same
// look-up and a stolen table opens nothing. Passwords are argon2id.
//
// Owns: manydesk.users, user_identities, providers, provider_members,
// engagements, memberships, credentials, sign_ins.
// Does not own: when people work (tenants/rota), what members may do
// (tenants/access), the staff rows of tenants (desk/staff), the meeting of both
// (desk/flows/joining), contacts themselves (desk/customers), letters
// (desk/flows/notify), cookies and headers (apps/api).
package people
