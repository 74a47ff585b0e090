package people

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one password costs to hash (RFC 9106).
type Cost struct {
	// Memory is in KiB.
	Memory uint32
	Passes uint32
	Lanes  uint8
}

// OWASP is the Password Storage Cheat Sheet's argon2id of 19 MiB, two passes, one lane.
var OWASP = Cost{Memory: 19 * 1024, Passes: 2, Lanes: 1}

// hashers bounds how many passwords are hashed at once: a flood of sign-ins
// waits in line and cannot take the memory of the machine.
const hashers = 2

const hashLength = 32

// hashPassword makes a PHC string: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func hashPassword(password string, c Cost) string {
	var salt [16]byte
	fill(salt[:])
	sum := argon2.IDKey([]byte(password), salt[:], c.Passes, c.Memory, c.Lanes, hashLength)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Lanes, b64(salt[:]), b64(sum))
}

// fits compares a password with a PHC string in constant time. cost is what it was hashed with.
func fits(password, phc string) (ok bool, cost Cost) {
	var version int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, cost
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, cost
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.Memory, &cost.Passes, &cost.Lanes); err != nil || cost.Passes == 0 || cost.Lanes == 0 {
		return false, cost
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, cost
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) == 0 {
		return false, cost
	}
	got := argon2.IDKey([]byte(password), salt, cost.Passes, cost.Memory, cost.Lanes, uint32(len(want))) //nolint:gosec // a few dozen bytes
	return subtle.ConstantTimeCompare(got, want) == 1, cost
}

// verify compares a password with a stored hash. Without one it takes as long,
// so that the time says nothing about who exists. rehash is set when the stored
// hash was made at another cost than today's.
func (p *People) verify(ctx context.Context, password, stored string) (ok, rehash bool, err error) {
	absent := stored == ""
	if absent {
		stored = p.dummy
	}
	if err := p.turn(ctx); err != nil {
		return false, false, err
	}
	defer p.done()
	ok, cost := fits(password, stored)
	return ok && !absent, cost != p.hash, nil
}

// hashOf hashes a new password when its turn comes.
func (p *People) hashOf(ctx context.Context, password string) (string, error) {
	if err := p.turn(ctx); err != nil {
		return "", err
	}
	defer p.done()
	return hashPassword(password, p.hash), nil
}

func (p *People) turn(ctx context.Context) error {
	select {
	case p.working <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for a password to be hashed: %w", ctx.Err())
	}
}

func (p *People) done() { <-p.working }
