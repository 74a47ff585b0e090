// Package redis runs a private Redis inside the process, for an installation
// that was given no REDIS_URL. It forgets everything when it stops: Postgres
// holds the truth, Redis only carries and counts.
//
// Owns: the server in the process, its clock, its password.
// Does not own: what is kept in Redis, clients, queues (jobs).
package redis
