package catcher

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"manydesk/desk"
)

// Mail is a caught letter as a list shows it.
type Mail struct {
	// ID is a number in order of arrival; ids are never used twice.
	ID int `json:"id"`
	// At is when it arrived.
	At time.Time `json:"at"`
	// EnvelopeFrom and EnvelopeTo are what was said by SMTP: who really gets it.
	EnvelopeFrom string   `json:"envelope_from"`
	EnvelopeTo   []string `json:"envelope_to"`
	From         string   `json:"from"`
	To           string   `json:"to"`
	Subject      string   `json:"subject"`
	// Size is of the raw letter in bytes.
	Size int64 `json:"size"`
}

// store is the folder: <id>.eml is the letter as it came, <id>.json its Mail. A
// letter is there when its .eml is: it is renamed into place last.
type store struct {
	folder      string
	mostLetters int
	mostBytes   int64
	clock       desk.Clock

	mu    sync.RWMutex
	mails []Mail // by ID, the oldest first
	bytes int64
	last  int
}

func openStore(o Options) (*store, error) {
	s := &store{folder: o.Folder, mostLetters: o.MostLetters, mostBytes: o.MostBytes, clock: o.Clock}
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the mail folder: %w", err)
	}
	entries, err := os.ReadDir(o.Folder)
	if err != nil {
		return nil, fmt.Errorf("read the mail folder: %w", err)
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".eml")
		id, err := strconv.Atoi(name)
		if !ok || err != nil {
			continue
		}
		s.last = max(s.last, id)
		var m Mail
		b, err := os.ReadFile(s.path(id, ".json"))
		if err == nil {
			err = json.Unmarshal(b, &m)
		}
		if err != nil {
			o.Log.Warn("mail catcher leaves out a letter without its note", "id", id, "error", err)
			continue
		}
		m.ID = id
		s.mails = append(s.mails, m)
		s.bytes += m.Size
	}
	slices.SortFunc(s.mails, func(a, b Mail) int { return a.ID - b.ID })
	return s, s.trim()
}

func (s *store) path(id int, suffix string) string {
	return filepath.Join(s.folder, fmt.Sprintf("%08d%s", id, suffix))
}

// keep writes a letter down and lets the oldest go when there are too many.
func (s *store) keep(from string, to []string, raw []byte) (Mail, error) {
	l := read(raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Mail{
		ID: s.last + 1, At: s.clock(), EnvelopeFrom: from, EnvelopeTo: to,
		From: l.Header("From"), To: l.Header("To"), Subject: l.Header("Subject"), Size: int64(len(raw)),
	}
	note, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("note the letter: %w", err)
	}
	if err := os.WriteFile(s.path(m.ID, ".json"), note, 0o600); err != nil {
		return m, fmt.Errorf("note the letter: %w", err)
	}
	if err := os.WriteFile(s.path(m.ID, ".part"), raw, 0o600); err != nil {
		return m, fmt.Errorf("write the letter: %w", err)
	}
	if err := os.Rename(s.path(m.ID, ".part"), s.path(m.ID, ".eml")); err != nil {
		return m, fmt.Errorf("file the letter: %w", err)
	}
	s.last = m.ID
	s.mails = append(s.mails, m)
	s.bytes += m.Size
	return m, s.trim()
}

// trim removes the oldest letters over the limits; the newest always stays.
func (s *store) trim() error {
	for len(s.mails) > 1 && (len(s.mails) > s.mostLetters || s.bytes > s.mostBytes) {
		if err := s.remove(s.mails[0].ID); err != nil {
			return err
		}
		s.bytes -= s.mails[0].Size
		s.mails = s.mails[1:]
	}
	return nil
}

func (s *store) remove(id int) error {
	for _, suffix := range []string{".eml", ".json"} {
		if err := os.Remove(s.path(id, suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove a letter: %w", err)
		}
	}
	return nil
}

// Query narrows a list. Before is the cursor: the next of the page before.
type Query struct {
	Before int
	Limit  int
	// To is a part of a recipient's address, any letter case.
	To string
}

// List gives letters, the newest first, and the cursor of the next page, 0 at
// the end.
func (s *store) List(q Query) (page []Mail, next int) {
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	page = []Mail{}
	for _, m := range slices.Backward(s.mails) {
		if q.Before != 0 && m.ID >= q.Before || !m.goesTo(q.To) {
			continue
		}
		if len(page) == q.Limit {
			return page, page[len(page)-1].ID
		}
		page = append(page, m)
	}
	return page, 0
}

func (m Mail) goesTo(part string) bool {
	if part == "" {
		return true
	}
	part = strings.ToLower(part)
	return slices.ContainsFunc(m.EnvelopeTo, func(to string) bool {
		return strings.Contains(strings.ToLower(to), part)
	})
}

// Count is how many letters are kept.
func (s *store) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.mails)
}

// Get opens a letter. NotFound for one that was never caught or is gone.
func (s *store) Get(id int) (Mail, Letter, error) {
	m, err := s.find(id)
	if err != nil {
		return m, Letter{}, err
	}
	raw, err := s.Raw(id)
	if err != nil {
		return m, Letter{}, err
	}
	return m, read(raw), nil
}

func (s *store) find(id int) (Mail, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := slices.BinarySearchFunc(s.mails, id, func(m Mail, id int) int { return m.ID - id })
	if !ok {
		return Mail{}, desk.Missing()
	}
	return s.mails[i], nil
}

// Raw is the letter as it came. NotFound as with Get.
func (s *store) Raw(id int) ([]byte, error) {
	b, err := os.ReadFile(s.path(id, ".eml"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read the letter: %w", err)
	}
	return b, nil
}

// Part is the n-th file of a letter, counted from 0. NotFound beyond the last.
func (s *store) Part(id, n int) (Part, error) {
	_, l, err := s.Get(id)
	if err != nil {
		return Part{}, err
	}
	if n < 0 || n >= len(l.Parts) {
		return Part{}, desk.Missing()
	}
	return l.Parts[n], nil
}

// Clear removes every letter.
func (s *store) Clear() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.mails) > 0 {
		if err := s.remove(s.mails[0].ID); err != nil {
			return err
		}
		s.bytes -= s.mails[0].Size
		s.mails = s.mails[1:]
	}
	return nil
}
