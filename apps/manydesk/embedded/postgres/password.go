package postgres

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
)

// secret is 256 random bits kept inside the data folder, readable by its owner
// alone. Every login's password is derived from it, so one file is enough.
type secret []byte

const secretFile = "manydesk.secret"

func newSecret() (secret, error) {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return nil, fmt.Errorf("random secret: %w", err)
	}
	return b, nil
}

func readSecret(data string) (secret, error) {
	b, err := os.ReadFile(filepath.Join(data, secretFile))
	if err != nil {
		return nil, fmt.Errorf("read the password file: %w", err)
	}
	s, err := base64.RawURLEncoding.DecodeString(string(b))
	if err != nil || len(s) != 32 {
		return nil, refuse(
			"Файл паролей %s повреждён: верните его из резервной копии.",
			"The password file %s is damaged: restore it from a backup.", filepath.Join(data, secretFile))
	}
	return s, nil
}

func (s secret) write(data string) error {
	encoded := base64.RawURLEncoding.EncodeToString(s)
	return os.WriteFile(filepath.Join(data, secretFile), []byte(encoded), 0o600)
}

// password of a login. Its letters need no quoting in SQL or in a URL.
func (s secret) password(login string) string {
	mac := hmac.New(sha256.New, s)
	mac.Write([]byte(login))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
