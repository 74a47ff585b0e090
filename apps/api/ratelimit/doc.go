// Package ratelimit says how often somebody may do something.
//
// Owns: the arithmetic (GCRA: one instant a key, no windows that double at
// their edges), its script in Redis, and the same in memory for when Redis is away.
// Does not own: who is limited, by what key, and what the answer looks like.
package ratelimit
