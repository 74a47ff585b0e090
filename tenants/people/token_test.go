package people

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var keyPattern = regexp.MustCompile(`^mdk_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$`)

func TestKeysHaveTheirPatternAndChecksum(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 200 {
		key, shown, hash := newKey()
		if !keyPattern.MatchString(key) || !strings.HasPrefix(key, keyPrefix+shown+"_") || seen[key] {
			t.Fatalf("the key %s", key)
		}
		seen[key] = true
		got, ok := tokenHash(key)
		if !ok || got != hash {
			t.Fatalf("%s is not found by its hash", key)
		}
	}
}

func TestMistypedKeyIsKnownAsSuch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key, _, _ := newKey()
		i := rapid.IntRange(len(keyPrefix), len(key)-1).Draw(t, "place")
		c := base62[rapid.IntRange(0, 61).Draw(t, "letter")]
		spoilt := key[:i] + string(c) + key[i+1:]
		if _, ok := tokenHash(spoilt); ok && spoilt != key {
			t.Fatalf("%s passed for %s", spoilt, key)
		}
	})
}

func TestJunkIsNoToken(t *testing.T) {
	t.Parallel()
	token, hash := newToken()
	if got, ok := tokenHash(token); !ok || got != hash || len(token) != 43 {
		t.Errorf("a token is not one: %s", token)
	}
	for _, junk := range []string{"", "x", token + "x", token[:42] + "!", token[:42] + "\x00", "mdk_live_", keyPrefix + token} {
		if _, ok := tokenHash(junk); ok {
			t.Errorf("%q passed for a token", junk)
		}
	}
}
