package config

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestTheSecretIsMadeOnceAndKept(t *testing.T) {
	t.Parallel()
	c := Config{Data: filepath.Join(t.TempDir(), "new", "data")}
	keys := make([][]byte, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = c.Key(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if len(k) != 32 || !bytes.Equal(k, keys[0]) {
			t.Errorf("%x is not %x", k, keys[0])
		}
	}
	info, err := os.Stat(filepath.Join(c.Data, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if left, _ := filepath.Glob(filepath.Join(c.Data, "secret-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestADamagedSecretIsNotReplaced(t *testing.T) {
	t.Parallel()
	c := Config{Data: t.TempDir()}
	if err := os.WriteFile(filepath.Join(c.Data, "secret"), []byte("oops"), 0o600); err != nil {
		t.Fatal(err)
	}
	var wrong Mistakes
	if _, err := c.Key(); !errors.As(err, &wrong) {
		t.Error(err)
	}
	c.Secret = strings.Repeat("ab", 32)
	if b, err := c.Key(); err != nil || len(b) != 32 {
		t.Errorf("%x, %v", b, err)
	}
}
