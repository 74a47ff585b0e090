package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// Difference is one value that two specs do not share. A side on which it is
// absent is nil.
type Difference struct {
	// Path is a JSON pointer (RFC 6901): "/statuses/2/name/ru".
	Path string `json:"path"`
	From any    `json:"from"`
	To   any    `json:"to"`
}

// Compare tells what differs between two specs, in order of their paths.
func Compare(from, to any) ([]Difference, error) {
	a, err := plain(from)
	if err != nil {
		return nil, err
	}
	b, err := plain(to)
	if err != nil {
		return nil, err
	}
	var found []Difference
	walk("", a, b, &found)
	return found, nil
}

func plain(spec any) (v any, err error) {
	text, err := json.Marshal(spec)
	if err != nil {
		return nil, fmt.Errorf("encode a spec: %w", err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, fmt.Errorf("decode a spec: %w", err)
	}
	return v, nil
}

func walk(path string, a, b any, found *[]Difference) {
	switch x := a.(type) {
	case map[string]any:
		if y, ok := b.(map[string]any); ok {
			names := map[string]bool{}
			for name := range x {
				names[name] = true
			}
			for name := range y {
				names[name] = true
			}
			for _, name := range slices.Sorted(maps.Keys(names)) {
				walk(path+"/"+name, x[name], y[name], found)
			}
			return
		}
	case []any:
		if y, ok := b.([]any); ok {
			for i := range max(len(x), len(y)) {
				walk(path+"/"+strconv.Itoa(i), at(x, i), at(y, i), found)
			}
			return
		}
	}
	if !reflect.DeepEqual(a, b) {
		*found = append(*found, Difference{path, a, b})
	}
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}
