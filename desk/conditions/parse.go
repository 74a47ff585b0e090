package conditions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"manydesk/desk"
)

// MaxText is the longest filter that is read, in bytes: what fits into a URL.
const MaxText = 2000

// Parse reads the text form of a condition, as people type it into a search and
// as it stands in a URL:
//
//	status:open,in_progress priority<=p2 -tag:vip assignee:me created>=2026-11-01 "не печатает" (group:none | field.model:АТОЛ-91)
//
// Terms in a row must all hold, | separates alternatives, - denies, commas list
// values any of which will do. A bare word is sought in the subject. By kind:
//
//	text      :contains  !:  =is  !=  ^starts  ~expression
//	number    :2  !:2  <  <=  >  >=  :1..3
//	choice    :a,b  !:a,b       by key or name; people and companies by id; me is whoever asks
//	tags      :a,b any  !:a,b none  =a,b all
//	yes or no :yes  :no         is:waiting is waiting:yes
//	time      <  <=  >  >=  :2026-11-01  :now-2h..now  @calendar  !@calendar  :22:00..08:00  :mon,tue
//	date      :2026-11-01  <  <=  >  >=  :2026-11-01..2026-11-05
//	any kind  :none  :any
//
// Moments are dates, RFC 3339 or now, now-2d, now+30m. A quoted value is never a
// word of the language. Errors: BadFilter with the place that means nothing.
func Parse(v Vocabulary, text string) (Tree, error) {
	if len(text) > MaxText {
		return Tree{}, misread("…")
	}
	p := &parser{v: v, rest: text}
	p.space()
	if p.rest == "" {
		return Tree{}, nil
	}
	t, err := p.either(0)
	if err != nil {
		return Tree{}, err
	}
	if p.rest != "" {
		return Tree{}, misread(p.rest)
	}
	if len(v.Check(t, "")) > 0 {
		return Tree{}, misread(text)
	}
	return t, nil
}

func misread(where string) error {
	if runes := []rune(where); len(runes) > 40 {
		where = string(runes[:40]) + "…"
	}
	return desk.Refuse(desk.BadFilter, "where", where)
}

type parser struct {
	v    Vocabulary
	rest string
}

func (p *parser) space() { p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace) }

// take eats a mark.
func (p *parser) take(mark string) bool {
	rest, ok := strings.CutPrefix(p.rest, mark)
	if ok {
		p.rest = rest
	}
	return ok
}

// either reads alternatives, up to the end or a closing parenthesis.
func (p *parser) either(depth int) (Tree, error) {
	start := p.rest
	if depth > 2*MaxDepth {
		return Tree{}, misread(start)
	}
	var nodes []Tree
	for {
		node, err := p.row(depth)
		if err != nil {
			return Tree{}, err
		}
		nodes = append(nodes, node)
		if !p.take("|") {
			return one(nodes, AnyOf), nil
		}
	}
}

// row reads terms that must all hold.
func (p *parser) row(depth int) (Tree, error) {
	start := p.rest
	var nodes []Tree
	for {
		p.space()
		if p.rest == "" || p.rest[0] == '|' || p.rest[0] == ')' {
			if len(nodes) == 0 {
				return Tree{}, misread(start)
			}
			return one(nodes, AllOf), nil
		}
		node, err := p.item(depth)
		if err != nil {
			return Tree{}, err
		}
		nodes = append(nodes, node)
	}
}

func one(nodes []Tree, group func(...Tree) Tree) Tree {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return group(nodes...)
}

func (p *parser) item(depth int) (Tree, error) {
	start := p.rest
	if p.take("-") {
		if p.rest == "" || p.rest[0] == '-' || unicode.IsSpace(rune(p.rest[0])) {
			return Tree{}, misread(start)
		}
		node, err := p.item(depth + 1)
		return Not(node), err
	}
	if p.take("(") {
		node, err := p.either(depth + 1)
		if err == nil && !p.take(")") {
			err = misread(start)
		}
		return node, err
	}
	t, err := p.term()
	if err != nil {
		return Tree{}, err
	}
	said := start[:len(start)-len(p.rest)]
	if t.name == "" {
		return p.words(t.values[0], said)
	}
	node, ok := p.v.meaning(&t)
	if !ok || len(p.v.Check(node, "")) > 0 {
		return Tree{}, misread(said)
	}
	return node, nil
}

// words seeks a bare word in the field for words.
func (p *parser) words(w word, said string) (Tree, error) {
	for _, f := range p.v.fields {
		if node := Leaf(f.Key, Contains, w.text); f.Words && len(p.v.Check(node, "")) == 0 {
			return node, nil
		}
	}
	return Tree{}, misread(said)
}

// meaning makes the comparison of a term; "is:waiting" is "waiting:yes".
func (v Vocabulary) meaning(t *term) (Tree, bool) {
	f, known := v.called(t.name)
	if known || t.name != "is" {
		node, ok := t.tree(&f)
		return node, known && ok
	}
	nodes := make([]Tree, len(t.values))
	for i, w := range t.values {
		if f, known = v.called(w.text); !known || f.Kind != Boolean {
			return Tree{}, false
		}
		nodes[i] = Leaf(f.Key, Is, true)
	}
	return one(nodes, AnyOf), t.op == ":"
}

// called finds a field by its name in texts.
func (v Vocabulary) called(name string) (Field, bool) {
	for _, f := range v.fields {
		if f.Alias == name {
			return f, true
		}
	}
	f, ok := v.Field(name)
	return f, ok
}

// term is a comparison as written; without a name it is a bare word.
type term struct {
	name, op string
	values   []word
}

// word is a value; a quoted one is itself.
type word struct {
	text   string
	quoted bool
}

// signs in the order in which they are tried.
var signs = []string{"!:", "!=", "!@", ">=", "<=", ":", "=", "^", "~", "@", "<", ">"}

func (p *parser) term() (t term, err error) {
	start := p.rest
	n := strings.IndexFunc(p.rest, func(r rune) bool {
		return r != '_' && r != '.' && !(r >= 'a' && r <= 'z') && !(r >= '0' && r <= '9')
	})
	if n > 0 {
		for _, sign := range signs {
			if rest, ok := strings.CutPrefix(p.rest[n:], sign); ok {
				t.name, t.op, p.rest = p.rest[:n], sign, rest
				break
			}
		}
	}
	for {
		value, ok := p.value(t.name != "")
		if !ok {
			return t, misread(start)
		}
		t.values = append(t.values, value)
		if t.name == "" || !p.take(",") {
			break
		}
	}
	if p.rest != "" && !strings.ContainsRune("|)", rune(p.rest[0])) {
		if r, _ := utf8.DecodeRuneInString(p.rest); !unicode.IsSpace(r) {
			return t, misread(start)
		}
	}
	return t, nil
}

// value reads a quoted text or a run without spaces; in a list a comma ends it.
func (p *parser) value(listed bool) (w word, ok bool) {
	if strings.HasPrefix(p.rest, `"`) {
		return p.quoted()
	}
	n := strings.IndexFunc(p.rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"|()`, r) || listed && r == ','
	})
	if n < 0 {
		n = len(p.rest)
	}
	w.text, p.rest = p.rest[:n], p.rest[n:]
	return w, n > 0
}

func (p *parser) quoted() (w word, ok bool) {
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			return word{b.String(), true}, true
		case c == '\\' && i+1 < len(p.rest):
			i++
			b.WriteByte(p.rest[i])
		default:
			b.WriteByte(c)
		}
	}
	return w, false
}
