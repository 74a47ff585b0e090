// Package webhook makes one signed call to a tenant's system, by the rules of
// Standard Webhooks (https://www.standardwebhooks.com): webhook-id, which stays
// the same on each retry, webhook-timestamp, and a webhook-signature for each
// live secret, HMAC-SHA256 over "id.timestamp.body".
//
// A call goes where a person of a tenant says, so it trusts no address: every
// dial is checked after the name was resolved, redirects are not followed,
// proxies of the environment are not used, and little is read of the answer.
//
// Owns: signing, secrets, the guard of addresses, one attempt and what came of it.
// Does not own: who is subscribed, when it is tried again, the log of deliveries,
// the sealing of secrets (tenants); it stores nothing.
package webhook
