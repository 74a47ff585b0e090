package tree

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Tree maps a method and a path to a value. It is built at start and only read
// afterwards, so it needs no lock.
type Tree[T any] struct{ root node[T] }

type node[T any] struct {
	literal map[string]*node[T]
	// param is the child for any segment; its name is kept by the leaf, because
	// two routes may call the same place differently.
	param  *node[T]
	leaves map[string]leaf[T]
}

type leaf[T any] struct {
	value T
	names []string
}

// Param is one parameter of a path, unescaped.
type Param struct{ Name, Value string }

// Match is what was found. Allow is filled when the path exists for other methods only.
type Match[T any] struct {
	Value  T
	Params []Param
	Found  bool
	Allow  []string
}

// Add registers a value for "GET", "/v1/things/{thing}". It panics on a pattern
// that is already there: routes are written by hand and checked at start.
func (t *Tree[T]) Add(method, pattern string, value T) {
	if !strings.HasPrefix(pattern, "/") {
		panic(fmt.Sprintf("route %q does not begin with a slash", pattern))
	}
	n := &t.root
	var names []string
	for segment := range strings.SplitSeq(pattern[1:], "/") {
		if name, ok := paramName(segment); ok {
			names = append(names, name)
			if n.param == nil {
				n.param = &node[T]{}
			}
			n = n.param
			continue
		}
		next := n.literal[segment]
		if next == nil {
			next = &node[T]{}
			if n.literal == nil {
				n.literal = map[string]*node[T]{}
			}
			n.literal[segment] = next
		}
		n = next
	}
	if n.leaves == nil {
		n.leaves = map[string]leaf[T]{}
	}
	if _, twice := n.leaves[method]; twice {
		panic(fmt.Sprintf("%s %s is registered twice", method, pattern))
	}
	n.leaves[method] = leaf[T]{value, names}
}

func paramName(segment string) (string, bool) {
	if len(segment) > 2 && segment[0] == '{' && segment[len(segment)-1] == '}' {
		return segment[1 : len(segment)-1], true
	}
	return "", false
}

// Find looks a raw, still escaped path up. A HEAD without a route of its own is a GET.
func (t *Tree[T]) Find(method, path string) Match[T] {
	var m Match[T]
	if path == "" || path[0] != '/' {
		return m
	}
	var values [8]string
	t.root.find(method, path[1:], values[:0], &m)
	if !m.Found {
		slices.Sort(m.Allow)
		m.Allow = slices.Compact(m.Allow)
	}
	return m
}

func (n *node[T]) find(method, rest string, values []string, m *Match[T]) bool {
	segment, after, more := strings.Cut(rest, "/")
	if next := n.literal[segment]; next != nil && next.step(method, after, more, values, m) {
		return true
	}
	if n.param == nil || segment == "" {
		return false
	}
	value, err := url.PathUnescape(segment)
	if err != nil {
		return false
	}
	return n.param.step(method, after, more, append(values, value), m)
}

func (n *node[T]) step(method, after string, more bool, values []string, m *Match[T]) bool {
	if more {
		return n.find(method, after, values, m)
	}
	return n.end(method, values, m)
}

func (n *node[T]) end(method string, values []string, m *Match[T]) bool {
	l, ok := n.leaves[method]
	if !ok && method == "HEAD" {
		l, ok = n.leaves["GET"]
	}
	if !ok {
		for allowed := range n.leaves {
			m.Allow = append(m.Allow, allowed)
		}
		return false
	}
	m.Found, m.Value, m.Allow = true, l.value, nil
	if len(values) > 0 {
		m.Params = make([]Param, len(values))
		for i, v := range values {
			m.Params[i] = Param{strings.Clone(l.names[i]), strings.Clone(v)}
		}
	}
	return true
}
