package files_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"manydesk/desk/files"
)

func stores(t *testing.T) map[string]files.Store {
	t.Helper()
	folder, err := files.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// S3_URL is a real one, whose bucket is the test's to write into.
	address := os.Getenv("S3_URL")
	if address == "" {
		server := httptest.NewServer(gofakes3.New(s3mem.New()).Server())
		t.Cleanup(server.Close)
		address = strings.Replace(server.URL, "http://", "http://key:secret@", 1) + "/manydesk?region=us-east-1"
	}
	bucket, err := files.NewBucket(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]files.Store{"folder": folder, "bucket": bucket}
}

func all(t *testing.T, r io.ReadCloser, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestStores(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			if err := s.Put(ctx, "t_1/uploads/a", strings.NewReader("привет, файл")); err != nil {
				t.Fatal(err)
			}
			if err := s.Move(ctx, "t_1/uploads/a", "t_1/abcdef"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Get(ctx, "t_1/uploads/a"); !errors.Is(err, files.ErrGone) {
				t.Fatalf("moved away, yet %v", err)
			}
			r, err := s.Get(ctx, "t_1/abcdef")
			if got := all(t, r, err); got != "привет, файл" {
				t.Fatalf("%q", got)
			}
			r, err = s.Range(ctx, "t_1/abcdef", 2, 4)
			if got := all(t, r, err); got != "ри" {
				t.Fatalf("range %q", got)
			}
			age, err := s.Age(ctx, "t_1/abcdef", time.Now().Add(time.Hour))
			if err != nil || age < 50*time.Minute || age > 70*time.Minute {
				t.Fatalf("age %s %v", age, err)
			}
			big := make([]byte, 9<<20)
			_, _ = rand.Read(big)
			if err := s.Put(ctx, "t_1/big", bytes.NewReader(big)); err != nil {
				t.Fatal(err)
			}
			r, err = s.Get(ctx, "t_1/big")
			if got := all(t, r, err); got != string(big) {
				t.Fatal("nine megabytes came back different")
			}
			broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("gone")))
			if err := s.Put(ctx, "t_1/broken", broken); err == nil {
				t.Fatal("half a file was taken for whole")
			}
			if _, err := s.Get(ctx, "t_1/broken"); !errors.Is(err, files.ErrGone) {
				t.Fatalf("half a file lies there: %v", err)
			}
			for range 2 {
				if err := s.Remove(ctx, "t_1/big"); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
