package files

import (
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"manydesk/desk"
)

// File is a name of some content.
type File struct {
	ID desk.FileID
	// Owner is the ticket (or brand) it lies under, at the fact OwnerSeq; while it
	// is an upload, whoever sent it.
	OwnerID   desk.AnyID
	OwnerSeq  int
	OwnerKind string
	State     string
	Inline    bool
	Internal  bool
	Size      int64
	Hash      []byte
	Name      string
	Mime      string
	ContentID string
	Data      Data `bun:"type:jsonb"`
	CreatedBy desk.AnyID
	CreatedAt time.Time
}

// Data is what stands beside a file.
type Data struct {
	// Parts are the pieces an upload has so far.
	Parts []Part `json:"parts,omitempty"`
	// Refused is why a file that came by mail is kept but not given out: "executable".
	Refused string `json:"refused,omitempty"`
}

// Part is a piece of an upload.
type Part struct {
	Key  string `json:"key"`
	Size int64  `json:"size"`
}

// The kinds of owner, and the states.
const (
	OwnerUpload = "upload"
	OwnerTicket = "ticket"

	Uploading = "uploading"
	Ready     = "ready"
	Held      = "held"
)

// Offset is how many bytes of an upload have come.
func (f *File) Offset() (n int64) {
	if f.State != Uploading {
		return f.Size
	}
	for _, p := range f.Data.Parts {
		n += p.Size
	}
	return n
}

// SHA256 is the content's name in hexadecimal, empty while it is not whole.
func (f *File) SHA256() string { return hex.EncodeToString(f.Hash) }

// prefix is where a tenant's bytes lie; another tenant's cannot be named from it.
func prefix(tenant desk.TenantID) string { return "t_" + strconv.Itoa(int(tenant)) + "/" }

// key is where the content of a hash lies.
func key(tenant desk.TenantID, hash []byte) string { return prefix(tenant) + hex.EncodeToString(hash) }

func encoded(d Data) string {
	b, err := json.Marshal(d)
	if err != nil {
		panic("encode a file's data: " + err.Error()) // strings and numbers
	}
	return string(b)
}

const columns = "id, owner_id, owner_seq, owner_kind, state, inline, internal, size, hash, name, mime, content_id, data, created_by, created_at"
