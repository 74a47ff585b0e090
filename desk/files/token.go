package files

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// TokenLife is how long a signed address leads to a file.
const TokenLife = 60 * time.Second

const (
	tokenPurpose = "file"
	tokenBody    = 4 + 16 + 8
	tokenMAC     = 16
)

// Sign makes the token of a download: whoever has it gets the file for a minute
// without signing in, so it is made only after the right was asked.
func (f *Files) Sign(ctx context.Context, tenant desk.TenantID, id desk.FileID, now time.Time) (string, error) {
	keys, err := f.house.SigningKeys(ctx, tokenPurpose)
	if err != nil {
		return "", err
	}
	b := make([]byte, 0, tokenBody+tokenMAC)
	b = binary.BigEndian.AppendUint32(b, uint32(tenant)) //nolint:gosec // ids are positive
	b = append(b, id[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(now.Add(TokenLife).Unix())) //nolint:gosec // after 1970
	return base64.RawURLEncoding.EncodeToString(append(b, seal(keys[0], b)...)), nil
}

// Verify reads a token.
//
// Errors: NotFound for one that is not ours; Gone for one whose minute is over.
func (f *Files) Verify(ctx context.Context, token string, now time.Time) (desk.TenantID, desk.FileID, error) {
	var id desk.FileID
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != tokenBody+tokenMAC {
		return 0, id, desk.Missing()
	}
	keys, err := f.house.SigningKeys(ctx, tokenPurpose)
	if err != nil {
		return 0, id, err
	}
	body, mac := b[:tokenBody], b[tokenBody:]
	genuine := false
	for _, key := range keys {
		genuine = hmac.Equal(mac, seal(key, body)) || genuine
	}
	if !genuine {
		return 0, id, desk.Missing()
	}
	if now.Unix() > int64(binary.BigEndian.Uint64(body[20:])) { //nolint:gosec // we wrote it
		return 0, id, desk.Refuse(desk.Gone)
	}
	copy(id[:], body[4:20])
	return desk.TenantID(binary.BigEndian.Uint32(body)), id, nil //nolint:gosec // we wrote it
}

func seal(key, body []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("download\x00"))
	m.Write(body)
	return m.Sum(nil)[:tokenMAC]
}

// Download is a file on its way out.
type Download struct {
	*File
	files  *Files
	tenant desk.TenantID
}

var actor = desk.Automaton("files")

// Open finds the file a verified token names.
//
// Errors: NotFound for what is not whole or held.
func (f *Files) Open(ctx context.Context, tenant tenants.Tenant, id desk.FileID) (*Download, error) {
	got, err := row(ctx, f.house.Reader(tenant, actor), id, "")
	if err != nil {
		return nil, err
	}
	if got.State != Ready {
		return nil, desk.Missing()
	}
	return &Download{got, f, tenant.ID}, nil
}

// Reader gives length bytes from offset; length below 0 is all the rest.
func (d *Download) Reader(ctx context.Context, offset, length int64) (io.ReadCloser, error) {
	at := key(d.tenant, d.Hash)
	if offset == 0 && (length < 0 || length >= d.Size) {
		return d.files.store.Get(ctx, at)
	}
	if length < 0 {
		length = d.Size - offset
	}
	return d.files.store.Range(ctx, at, offset, length)
}
