package desk

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// ID is a UUIDv7 (RFC 9562) that knows what it names, so that a contact's id
// cannot be given where a ticket's is wanted. In JSON and in URLs it is the
// kind's prefix and 26 characters of base32: "con_01jd…". In Postgres it is uuid.
type ID[K kind] [16]byte

type kind interface{ prefix() string }

type (
	ticketKind     struct{}
	userKind       struct{}
	contactKind    struct{}
	companyKind    struct{}
	assetKind      struct{}
	contractKind   struct{}
	fileKind       struct{}
	messageKind    struct{}
	engagementKind struct{}
	credentialKind struct{}
	runKind        struct{}
	viewKind       struct{}
	taskKind       struct{}
	anyKind        struct{}
)

func (ticketKind) prefix() string     { return "tkt" }
func (userKind) prefix() string       { return "usr" }
func (contactKind) prefix() string    { return "con" }
func (companyKind) prefix() string    { return "cmp" }
func (assetKind) prefix() string      { return "ast" }
func (contractKind) prefix() string   { return "ctr" }
func (fileKind) prefix() string       { return "fil" }
func (messageKind) prefix() string    { return "msg" }
func (engagementKind) prefix() string { return "eng" }
func (credentialKind) prefix() string { return "crd" }
func (runKind) prefix() string        { return "run" }
func (viewKind) prefix() string       { return "vew" }
func (taskKind) prefix() string       { return "tsk" }
func (anyKind) prefix() string        { return "obj" }

// The ids of the house. AnyID is a subject whose kind is told beside it.
type (
	TicketID     = ID[ticketKind]
	UserID       = ID[userKind]
	ContactID    = ID[contactKind]
	CompanyID    = ID[companyKind]
	AssetID      = ID[assetKind]
	ContractID   = ID[contractKind]
	FileID       = ID[fileKind]
	MessageID    = ID[messageKind]
	EngagementID = ID[engagementKind]
	CredentialID = ID[credentialKind]
	RunID        = ID[runKind]
	ViewID       = ID[viewKind]
	TaskID       = ID[taskKind]
	AnyID        = ID[anyKind]
)

// TenantID and ProviderID come from the registry and are never shown; URLs carry the slug.
type (
	TenantID   int32
	ProviderID int32
)

var errID = errors.New("not an id")

const base32 = "0123456789abcdefghjkmnpqrstvwxyz"

// last makes ids of one millisecond ascend within the process (RFC 9562, 6.2 method 1).
var last struct {
	sync.Mutex
	ms  int64
	seq uint16
}

// NewID makes an id whose order is the order of time.
func NewID[K kind](now time.Time) ID[K] {
	var id ID[K]
	if _, err := rand.Read(id[8:]); err != nil {
		panic(fmt.Sprintf("no randomness: %v", err))
	}
	ms, seq := now.UnixMilli(), uint16(0)
	last.Lock()
	if ms <= last.ms {
		ms, seq = last.ms, last.seq+1
		if seq > 0x0fff {
			ms, seq = ms+1, 0
		}
	}
	last.ms, last.seq = ms, seq
	last.Unlock()
	id.stamp(ms)
	id[6] = 0x70 | byte(seq>>8)
	id[7] = byte(seq)
	id[8] = id[8]&0x3f | 0x80
	return id
}

// FirstMessageID is not above any id made at the instant or later: where a walk
// back in time ends.
func FirstMessageID(at time.Time) (id MessageID) {
	id.stamp(at.UnixMilli())
	return id
}

func (id *ID[K]) stamp(ms int64) {
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
}

// NewTicketID and its siblings save the reader the type argument.
func NewTicketID(now time.Time) TicketID   { return NewID[ticketKind](now) }
func NewUserID(now time.Time) UserID       { return NewID[userKind](now) }
func NewContactID(now time.Time) ContactID { return NewID[contactKind](now) }
func NewCompanyID(now time.Time) CompanyID { return NewID[companyKind](now) }
func NewFileID(now time.Time) FileID       { return NewID[fileKind](now) }
func NewMessageID(now time.Time) MessageID { return NewID[messageKind](now) }
func NewRunID(now time.Time) RunID         { return NewID[runKind](now) }
func NewViewID(now time.Time) ViewID       { return NewID[viewKind](now) }
func NewTaskID(now time.Time) TaskID       { return NewID[taskKind](now) }
func NewEngagementID(now time.Time) EngagementID {
	return NewID[engagementKind](now)
}

// NewCredentialID names a session, key or mailed link without revealing it.
func NewCredentialID(now time.Time) CredentialID { return NewID[credentialKind](now) }

// Any forgets the kind.
func (id ID[K]) Any() AnyID { return AnyID(id) }

// IsZero reports the absent id, stored as null.
func (id ID[K]) IsZero() bool { return id == ID[K]{} }

// UUID is the form Postgres and people who read logs know.
func (id ID[K]) UUID() string {
	var b [36]byte
	hex.Encode(b[0:8], id[0:4])
	b[8] = '-'
	hex.Encode(b[9:13], id[4:6])
	b[13] = '-'
	hex.Encode(b[14:18], id[6:8])
	b[18] = '-'
	hex.Encode(b[19:23], id[8:10])
	b[23] = '-'
	hex.Encode(b[24:36], id[10:16])
	return string(b[:])
}

// String is the public form, "con_" and 26 characters; empty for the absent id.
func (id ID[K]) String() string {
	if id.IsZero() {
		return ""
	}
	var k K
	var b [26]byte
	// 128 bits in 26 characters of five: the first carries three.
	var acc, bits, j uint
	j = 26
	for i := 15; i >= 0; i-- {
		acc |= uint(id[i]) << bits
		for bits += 8; bits >= 5; bits -= 5 {
			j--
			b[j] = base32[acc&31]
			acc >>= 5
		}
	}
	b[0] = base32[acc&31]
	return k.prefix() + "_" + string(b[:])
}

// ParseID reads the public form or the plain UUID.
func ParseID[K kind](s string) (ID[K], error) {
	var k K
	var id ID[K]
	if len(s) == 36 && s[8] == '-' {
		raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
		if err != nil || len(raw) != 16 {
			return id, errID
		}
		copy(id[:], raw)
		return id, nil
	}
	rest, ok := strings.CutPrefix(s, k.prefix()+"_")
	if !ok || len(rest) != 26 {
		return id, errID
	}
	var acc, bits uint
	j := 15
	for i := 25; i >= 0; i-- {
		v := strings.IndexByte(base32, rest[i])
		if v < 0 {
			return ID[K]{}, errID
		}
		acc |= uint(v) << bits
		for bits += 5; bits >= 8 && j >= 0; bits -= 8 {
			id[j] = byte(acc)
			acc >>= 8
			j--
		}
	}
	if acc != 0 {
		return ID[K]{}, errID
	}
	return id, nil
}

// MarshalText writes the public form, so that JSON shows "con_01jd…".
func (id ID[K]) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty is the absent id.
func (id *ID[K]) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID[K]{}
		return nil
	}
	v, err := ParseID[K](string(b))
	if err == nil {
		*id = v
	}
	return err
}

// Value stores the absent id as null.
func (id ID[K]) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id.UUID(), nil
}

// Scan reads a uuid column; null is the absent id.
func (id *ID[K]) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*id = ID[K]{}
		return nil
	case [16]byte:
		*id = v
		return nil
	case []byte:
		if len(v) == 16 {
			copy(id[:], v)
			return nil
		}
		return id.Scan(string(v))
	case string:
		got, err := ParseID[K](v)
		if err != nil {
			return fmt.Errorf("scan id: %w", err)
		}
		*id = got
		return nil
	}
	return fmt.Errorf("scan id from %T", src)
}

// Bytes are the id for a binary wire; there is false for the absent one.
func (id ID[K]) Bytes() (bytes [16]byte, there bool) { return id, !id.IsZero() }

// At is the millisecond the id was made.
func (id ID[K]) At() time.Time {
	var ms int64
	for i := range 6 {
		ms = ms<<8 | int64(id[i])
	}
	return time.UnixMilli(ms).UTC()
}
