package api

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"

	"manydesk/desk"
	"manydesk/tenants"
)

const (
	cursorForm = 1
	macLength  = 8
)

// cursors sign where a list goes on, so that a cursor is useless to anybody else,
// in another tenant, and under another sort or filter.
type cursors struct{ house *tenants.House }

// scope is everything a cursor is good for.
type scope struct {
	tenant   desk.TenantID
	actor    desk.AnyID
	resource string
	// question is sort and filter, as asked.
	question string
}

// seal writes the position; nil position is the end of the list.
func (s cursors) seal(ctx context.Context, where scope, position any) (*string, error) {
	keys, err := s.house.SigningKeys(ctx, "cursor")
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(position)
	if err != nil {
		return nil, err
	}
	b = append([]byte{cursorForm}, b...)
	b = append(b, mac(keys[0], where, b)...)
	text := base64.RawURLEncoding.EncodeToString(b)
	return &text, nil
}

// open reads a position back. BadCursor when anything is not as it was.
func (s cursors) open(ctx context.Context, where scope, text string, position any) error {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) <= 1+macLength || b[0] != cursorForm {
		return desk.Refuse(desk.BadCursor)
	}
	keys, err := s.house.SigningKeys(ctx, "cursor")
	if err != nil {
		return err
	}
	payload, sum := b[:len(b)-macLength], b[len(b)-macLength:]
	for _, key := range keys {
		if hmac.Equal(sum, mac(key, where, payload)) {
			if err := json.Unmarshal(payload[1:], position); err != nil {
				return desk.Refuse(desk.BadCursor)
			}
			return nil
		}
	}
	return desk.Refuse(desk.BadCursor)
}

func mac(key []byte, where scope, payload []byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range [][]byte{[]byte(strconv.Itoa(int(where.tenant))), where.actor[:], []byte(where.resource), []byte(where.question), payload} {
		h.Write([]byte(strconv.Itoa(len(part))))
		h.Write([]byte{0})
		h.Write(part)
	}
	return h.Sum(nil)[:macLength]
}

// Page is one part of a list; Next is null at the end.
type Page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"Cursor of the next page, null at the end"`
}

// List is a list that is always whole.
type List[T any] struct {
	Items []T `json:"items"`
}

// Paging is what every paged list takes.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"2000" doc:"The next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}
