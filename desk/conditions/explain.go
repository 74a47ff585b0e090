package conditions

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is one condition in people's words.
type Sentence struct {
	Text string `json:"text"`
	// Matched and Actual are known from a Trace only: whether it held, and what
	// was seen ("P3", "«Вопрос»"); Actual is empty for what was not looked at.
	Matched bool   `json:"matched"`
	Actual  string `json:"actual,omitempty"`
	// Seen reports that it was looked at.
	Seen bool `json:"seen,omitempty"`
}

// Explain says what a tree asks, a sentence for each condition that must hold,
// in "ru" or "en".
func (t Tree) Explain(v Vocabulary, language string) []Sentence {
	return t.explain(&speaker{v: v, words: wordsOf(language)}, nil)
}

// Explain says what a tree asked and what it met. The trace is that tree's.
func (tr Trace) Explain(t Tree, v Vocabulary, language string) []Sentence {
	return t.explain(&speaker{v: v, words: wordsOf(language)}, &tr)
}

// With tells the sentence with the value seen: "Приоритет — P1, а здесь P3".
func (s Sentence) With(language string) string {
	if s.Actual == "" {
		return s.Text
	}
	w := wordsOf(language)
	if s.Matched {
		return s.Text + w.alsoHere + s.Actual
	}
	return s.Text + w.butHere + s.Actual
}

func (t *Tree) explain(s *speaker, tr *Trace) []Sentence {
	if t.Always() {
		return []Sentence{{Text: s.words.always, Matched: tr != nil && tr.Matched, Seen: tr != nil}}
	}
	nodes, at := []Tree{*t}, []string{""}
	if t.All != nil {
		nodes, at = t.All, make([]string, len(t.All))
		for i := range at {
			at[i] = "/all/" + decimal(float64(i))
		}
	}
	out := make([]Sentence, len(nodes))
	for i := range nodes {
		out[i].Text = capital(s.node(&nodes[i], false))
		if tr != nil {
			out[i].Matched, out[i].Seen = nodes[i].held(tr, at[i])
			out[i].Actual = s.actual(tr, at[i])
		}
	}
	return out
}

// held finds in a trace what a node came to; looked is false when too little of it was evaluated.
func (t *Tree) held(tr *Trace, at string) (held, looked bool) {
	switch {
	case t.Field != "":
		for i := range tr.Leaves {
			if tr.Leaves[i].At == at {
				return tr.Leaves[i].Matched, true
			}
		}
		return false, false
	case t.Not != nil:
		held, looked = t.Not.held(tr, at+"/not")
		return looked && !held, looked
	case t.Any != nil:
		return heldGroup(t.Any, tr, at+"/any/", true)
	default:
		return heldGroup(t.All, tr, at+"/all/", false)
	}
}

func heldGroup(nodes []Tree, tr *Trace, at string, decisive bool) (held, looked bool) {
	all := true
	for i := range nodes {
		held, looked := nodes[i].held(tr, at+decimal(float64(i)))
		if looked && held == decisive {
			return decisive, true
		}
		all = all && looked
	}
	return all && !decisive, all
}

// actual lists what a node's comparisons met, each field once.
func (s *speaker) actual(tr *Trace, at string) string {
	var keys, said []string
	for i := range tr.Leaves {
		leaf := &tr.Leaves[i]
		if rest, in := strings.CutPrefix(leaf.At, at); !in || rest != "" && rest[0] != '/' || contains(keys, leaf.Field) {
			continue
		}
		keys = append(keys, leaf.Field)
		f := s.field(leaf.Field, leaf.Op)
		said = append(said, s.seen(&f, leaf.Saw))
	}
	if len(keys) == 1 {
		return said[0]
	}
	for i, key := range keys {
		f := s.field(key, Is)
		said[i] = small(s.name(&f)) + ": " + said[i]
	}
	return strings.Join(said, "; ")
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// node says a node; inside a sentence a group of several stands in parentheses.
func (s *speaker) node(t *Tree, inside bool) string {
	switch {
	case t.Field != "":
		return s.leaf(t)
	case t.Not != nil:
		return s.denied(t.Not)
	case t.Any != nil:
		return s.group(t.Any, s.words.or, inside)
	case len(t.All) == 0:
		return s.words.always
	default:
		return s.group(t.All, s.words.and, inside)
	}
}

func (s *speaker) group(nodes []Tree, join string, inside bool) string {
	if len(nodes) == 0 {
		return s.words.never
	}
	parts := make([]string, len(nodes))
	for i := range nodes {
		parts[i] = s.node(&nodes[i], len(nodes) > 1)
		if i > 0 || inside {
			parts[i] = small(parts[i])
		}
	}
	text := strings.Join(parts, join)
	if inside && len(nodes) > 1 {
		return "(" + text + ")"
	}
	return text
}

// denied says the opposite of a node, by the opposite comparison where there is one.
func (s *speaker) denied(t *Tree) string {
	if t.Not != nil {
		return s.node(t.Not, false)
	}
	if t.Field != "" {
		if truth, ok := t.Value.(bool); ok && t.Op == Is {
			return s.leaf(&Tree{Field: t.Field, Op: Is, Value: !truth})
		}
		f := s.field(t.Field, t.Op)
		if op, ok := opposite(t.Op, f.Kind); ok {
			return s.leaf(&Tree{Field: t.Field, Op: op, Value: t.Value})
		}
		return s.words.not + small(s.leaf(t))
	}
	return s.words.not + small(s.node(t, true))
}

// opposite is the comparison of the kind that holds exactly when another does not.
func opposite(op Op, k Kind) (Op, bool) {
	if positive, ok := op.negative(); ok {
		return positive, true
	}
	for _, other := range ops[k] {
		if positive, ok := other.negative(); ok && positive == op {
			return other, true
		}
	}
	return op, false
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// small begins without a capital, except for what is written in capitals: API, VIP.
func small(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
