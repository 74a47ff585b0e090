package tenants

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"manydesk/desk"
)

// keyring unwraps the signing keys with the installation's secret and keeps them in memory.
type keyring struct {
	aead cipher.AEAD
	mu   sync.Mutex
	kept map[string]keys
}

type keys struct {
	live [][]byte
	at   time.Time
}

// keysFreshFor is how soon a rotation is seen; the old key still verifies meanwhile.
const keysFreshFor = time.Minute

func newKeyring(secret []byte) *keyring {
	k := &keyring{kept: map[string]keys{}}
	if block, err := aes.NewCipher(secret); err == nil {
		if k.aead, err = cipher.NewGCM(block); err != nil {
			k.aead = nil
		}
	}
	return k
}

var errNoSecret = errors.New("the installation has no secret of 16 or 32 bytes")

// Seal encrypts a secret for rest (AES-GCM); context binds it to its place, so
// that a sealed value copied to another row does not open there.
func (h *House) Seal(plain []byte, context string) ([]byte, error) {
	if h.keys.aead == nil {
		return nil, errNoSecret
	}
	nonce := make([]byte, h.keys.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("make a nonce: %w", err)
	}
	return h.keys.aead.Seal(nonce, nonce, plain, []byte(context)), nil
}

// Unseal is the reverse of Seal.
func (h *House) Unseal(sealed []byte, context string) ([]byte, error) {
	if h.keys.aead == nil {
		return nil, errNoSecret
	}
	n := h.keys.aead.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("sealed value is too short")
	}
	plain, err := h.keys.aead.Open(nil, sealed[:n], sealed[n:], []byte(context))
	if err != nil {
		return nil, fmt.Errorf("unseal: %w", err)
	}
	return plain, nil
}

// SigningKeys gives the live keys of a purpose ("mail", "cursor", "rating"),
// newest first: sign with the first, verify with all. The first call makes one.
func (h *House) SigningKeys(ctx context.Context, purpose string) ([][]byte, error) {
	k := h.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	if got, ok := k.kept[purpose]; ok && h.clock().Sub(got.at) < keysFreshFor {
		return got.live, nil
	}
	live, err := h.readKeys(ctx, purpose)
	if err != nil {
		return nil, err
	}
	if len(live) == 0 {
		if err := h.makeKey(ctx, purpose); err != nil {
			return nil, err
		}
		if live, err = h.readKeys(ctx, purpose); err != nil {
			return nil, err
		}
	}
	k.kept[purpose] = keys{live, h.clock()}
	return live, nil
}

func (h *House) readKeys(ctx context.Context, purpose string) ([][]byte, error) {
	var sealed [][]byte
	err := h.read.NewRaw("select secret from manydesk.signing_keys where purpose = ? and retired_at is null order by id desc", purpose).Scan(ctx, &sealed)
	if err != nil {
		return nil, fmt.Errorf("read signing keys: %w", classify(err))
	}
	live := make([][]byte, 0, len(sealed))
	for _, s := range sealed {
		plain, err := h.Unseal(s, "signing:"+purpose)
		if err != nil {
			return nil, err
		}
		live = append(live, plain)
	}
	return live, nil
}

func (h *House) makeKey(ctx context.Context, purpose string) error {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return fmt.Errorf("make a key: %w", err)
	}
	sealed, err := h.Seal(key, "signing:"+purpose)
	if err != nil {
		return err
	}
	return h.Shared(ctx, desk.Automaton("keys"), func(ctx context.Context, tx SharedTx) error {
		// One of several processes wins; the others read its key. The lock is a
		// statement of its own: one's snapshot is taken before it waits.
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(7263)"); err != nil {
			return fmt.Errorf("wait for another process: %w", err)
		}
		_, err := tx.Exec(ctx, `insert into manydesk.signing_keys (purpose, secret) select $1, $2
			where not exists (select from manydesk.signing_keys where purpose = $1 and retired_at is null)`, purpose, sealed)
		return err
	})
}
