package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Maybe tells absent, null and value apart in a PATCH.
type Maybe[T any] struct {
	Set, Null bool
	Value     T
}

// UnmarshalJSON is called for a member that is there.
func (m *Maybe[T]) UnmarshalJSON(b []byte) error {
	m.Set = true
	if string(b) == "null" {
		m.Null = true
		return nil
	}
	return json.Unmarshal(b, &m.Value)
}

// Schema is the value's own, nullable.
func (m Maybe[T]) Schema(r huma.Registry) *huma.Schema {
	s := *r.Schema(reflect.TypeFor[T](), true, "")
	if s.Ref != "" {
		return &huma.Schema{AnyOf: []*huma.Schema{{Ref: s.Ref}, {Type: "null"}}}
	}
	s.Nullable = true
	return &s
}

// Or is the value when there is one, else what stands.
func (m Maybe[T]) Or(stands T) T {
	if m.Set && !m.Null {
		return m.Value
	}
	return stands
}
