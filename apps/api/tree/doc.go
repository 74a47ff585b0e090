// Package tree finds the route of a request by its path, segment by segment.
//
// Owns: the match itself. A literal segment wins over a parameter, case and a
// trailing slash count, parameters come out unescaped and as strings of their own.
// Does not own: what a route does, the query, the methods' meaning.
package tree
