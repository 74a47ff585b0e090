package api

import (
	"crypto/rand"
	"regexp"
)

var requestIDs = regexp.MustCompile(`^[0-9A-Za-z_-]{4,64}$`)

const idLetters = "0123456789abcdefghjkmnpqrstvwxyz"

// requestID takes the caller's if it is one, so that a log can be followed
// through a proxy, else makes ten characters that a person can read out.
func requestID(given string) string {
	if requestIDs.MatchString(given) {
		return given
	}
	var raw [10]byte
	_, _ = rand.Read(raw[:]) // never fails (crypto/rand)
	for i, b := range raw {
		raw[i] = idLetters[b&31]
	}
	return string(raw[:])
}
