// Package stage sets the stage for tests: a house on a real Postgres, a
// tenant in a schema of its own, characters with names.
//
// Owns: the stage.
// Does not own: the servers below it (desk/desktest/cluster), any rule.
package stage
