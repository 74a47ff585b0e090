package config

import (
	"maps"
	"slices"
	"strings"
)

// slips finds variables that look like ours with a letter or two wrong. Others
// that begin with MANYDESK_ belong to someone else's scripts and are left alone.
func slips(env map[string]string, names []string) Mistakes {
	var wrong Mistakes
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if !strings.HasPrefix(name, "MANYDESK_") || strings.HasPrefix(name, "MANYDESK_TEST_") || slices.Contains(names, name) {
			continue
		}
		if near := nearest(name, names); near != "" {
			wrong = append(wrong, unknown(name, name, near))
		}
	}
	return wrong
}

func contains(list []setting, key string) bool {
	return slices.ContainsFunc(list, func(s setting) bool { return s.key == key })
}
