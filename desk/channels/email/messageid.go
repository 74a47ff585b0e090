package email

// IsMessageID reports whether a stored id can stand in a header: ids that we
// made up for letters without one, or told apart by a hash, cannot.
func IsMessageID(id string) bool { return idLike(id) }
