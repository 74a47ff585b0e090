// Package desk is the vocabulary that every other room speaks: typed ids, the
// actor, the fact, the error and the clock. It imports the standard library only.
//
// Owns: the words and their shapes.
// Does not own: storage, transport, translation, any rule of a noun.
package desk
