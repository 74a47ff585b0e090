package people

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"hash/crc32"
	"math/big"
	"strings"
)

// newToken makes 256 random bits as 43 characters that need no escaping in a
// cookie or a link, and what is stored of them.
func newToken() (token string, hash [32]byte) {
	var bits [32]byte
	fill(bits[:])
	token = base64.RawURLEncoding.EncodeToString(bits[:])
	return token, sha256.Sum256([]byte(token))
}

// tokenHash is what a token is found by; false for what cannot be one, so that
// junk costs no look-up.
func tokenHash(token string) (hash [32]byte, ok bool) {
	if strings.HasPrefix(token, keyPrefix) {
		return sha256.Sum256([]byte(token)), wellFormedKey(token)
	}
	if len(token) != 43 {
		return hash, false
	}
	for _, c := range []byte(token) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return hash, false
		}
	}
	return sha256.Sum256([]byte(token)), true
}

// An API key is "mdk_live_", 8 characters that may be shown, "_", 43 secret
// ones and a checksum of 6: a fixed pattern for scanners of leaked secrets.
const (
	keyPrefix = "mdk_live_"
	keyLength = len(keyPrefix) + 8 + 1 + 43 + 6
	base62    = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// newKey makes an API key, the part of it that may be shown, and what is stored.
func newKey() (key, shown string, hash [32]byte) {
	shown = random62(8)
	key = keyPrefix + shown + "_" + random62(43)
	key += checksum(key)
	return key, shown, sha256.Sum256([]byte(key))
}

func wellFormedKey(key string) bool {
	if len(key) != keyLength || key[len(keyPrefix)+8] != '_' {
		return false
	}
	body, sum := key[:keyLength-6], key[keyLength-6:]
	return subtle.ConstantTimeCompare([]byte(checksum(body)), []byte(sum)) == 1
}

// checksum is CRC32 in six digits of base 62.
func checksum(body string) string {
	n := crc32.ChecksumIEEE([]byte(body))
	var out [6]byte
	for i := range out {
		out[5-i] = base62[n%62]
		n /= 62
	}
	return string(out[:])
}

// random62 draws characters without bias: 43 of them are 256 bits.
func random62(n int) string {
	out := make([]byte, n)
	most := big.NewInt(62)
	for i := range out {
		v, err := rand.Int(rand.Reader, most)
		if err != nil {
			panic("no randomness: " + err.Error())
		}
		out[i] = base62[v.Int64()]
	}
	return string(out)
}

func fill(b []byte) {
	if _, err := rand.Read(b); err != nil {
		panic("no randomness: " + err.Error())
	}
}
