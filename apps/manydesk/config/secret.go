package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Key is the installation's secret of 32 bytes: from the setting, or from the
// file secret in the data folder, which is made at the first call. Who loses it
// loses what is sealed in the database; the mistake says so when it is damaged.
func (c Config) Key() ([]byte, error) {
	if c.Secret != "" {
		b, _ := decodeKey(c.Secret)
		return b, nil
	}
	path := filepath.Join(c.Data, "secret")
	written, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newKey(c.Data, path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	b, ok := decodeKey(string(written))
	if !ok {
		return nil, Mistakes{mistake(
			"Файл %s повреждён: верните его из резервной копии или укажите MANYDESK_SECRET.",
			"The file %s is damaged: restore it from a backup or set MANYDESK_SECRET.", path)}
	}
	return b, nil
}

// newKey writes a new secret under a name of its own and then links it into
// place, so that of two processes starting at once one wins and both read it.
func newKey(data, path string) ([]byte, error) {
	// Enterable, because the database's account goes through to its own folder.
	if err := os.MkdirAll(data, 0o711); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return nil, fmt.Errorf("make the secret: %w", err)
	}
	draft, err := os.CreateTemp(data, "secret-*")
	if err != nil {
		return nil, fmt.Errorf("write the secret: %w", err)
	}
	defer func() { _ = os.Remove(draft.Name()) }()
	_, err = draft.WriteString(base64.StdEncoding.EncodeToString(b) + "\n")
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return nil, fmt.Errorf("write the secret: %w", err)
	}
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("write the secret: %w", err)
	}
	written, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	b, ok := decodeKey(string(written))
	if !ok {
		return nil, fmt.Errorf("the new secret in %s cannot be read back", path)
	}
	return b, nil
}
