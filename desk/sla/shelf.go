package sla

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Shelf keeps the working calendars of a cell in memory: by content, so that a
// thousand tenants who work from nine to six share one. A row never changes.
type Shelf struct {
	house *tenants.House
	mu    sync.RWMutex
	ids   map[[32]byte]int
	all   map[int]*placed
}

// placed is a calendar with readings of its clock at the beginnings of years.
type placed struct {
	calendar *Calendar
	mu       sync.Mutex
	years    map[int]int64
}

// NewShelf makes an empty shelf.
func NewShelf(house *tenants.House) *Shelf {
	return &Shelf{house: house, ids: map[[32]byte]int{}, all: map[int]*placed{}}
}

// Number gives the number of a calendar's content and sees to it that the
// tenant's worklist is ordered by it. From memory unless it is new.
//
// Errors: ValidationFailed for a spec that is none.
func (s *Shelf) Number(ctx context.Context, tx tenants.Tx, spec Spec) (int, error) {
	content, err := json.Marshal(spec.tidy())
	if err != nil {
		return 0, fmt.Errorf("encode a calendar: %w", err)
	}
	hash := sha256.Sum256(content)
	s.mu.RLock()
	id, known := s.ids[hash]
	s.mu.RUnlock()
	if !known {
		if id, err = s.place(ctx, tx, hash, content, spec); err != nil {
			return 0, err
		}
	}
	if !slices.Contains(tx.Tenant().Calendars, int32(id)) { //nolint:gosec // an integer in Postgres
		if err := tx.CalendarUsed(ctx, id); err != nil {
			return 0, fmt.Errorf("note the calendar in use: %w", err)
		}
	}
	return id, nil
}

// place finds or makes the row. What this unit makes is kept in memory only when
// somebody has read it after the commit: the unit may yet be taken back.
func (s *Shelf) place(ctx context.Context, tx tenants.Tx, hash [32]byte, content []byte, spec Spec) (id int, err error) {
	c, wrong := spec.Calendar()
	if err := desk.Invalid(wrong...); err != nil {
		return 0, err
	}
	err = s.house.SharedReader(tx.Actor()).QueryRow(ctx, "select id from manydesk.calendars where hash = $1", []any{hash[:]}, &id)
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ids[hash] = id
		if s.all[id] == nil {
			s.all[id] = &placed{calendar: c, years: map[int]int64{}}
		}
		return id, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find a calendar: %w", err)
	}
	err = tx.QueryRow(ctx, `with made as (insert into manydesk.calendars (hash, spec, created_at) values ($1, $2, $3) on conflict (hash) do nothing returning id)
		select id from made union all select id from manydesk.calendars where hash = $1 limit 1`, []any{hash[:], content, tx.Now()}, &id)
	if errors.Is(err, sql.ErrNoRows) { // made by another since our statement began
		err = tx.QueryRow(ctx, "select id from manydesk.calendars where hash = $1", []any{hash[:]}, &id)
	}
	if err != nil {
		return 0, fmt.Errorf("keep a calendar: %w", err)
	}
	// A number is never used for another content, so that it may be known early by number.
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all[id] == nil {
		s.all[id] = &placed{calendar: c, years: map[int]int64{}}
	}
	return id, nil
}

// Book gives the calendars of these numbers; those that are not in memory are
// read, in one statement. A number that is unknown is always open.
func (s *Shelf) Book(ctx context.Context, actor desk.Actor, ids ...int) (Book, error) {
	var missing []int32
	s.mu.RLock()
	for _, id := range ids {
		if id != 0 && s.all[id] == nil && !slices.Contains(missing, int32(id)) { //nolint:gosec // an integer in Postgres
			missing = append(missing, int32(id)) //nolint:gosec // the same
		}
	}
	s.mu.RUnlock()
	if len(missing) > 0 {
		if err := s.read(ctx, actor, missing); err != nil {
			return nil, err
		}
	}
	return s.get, nil
}

func (s *Shelf) read(ctx context.Context, actor desk.Actor, ids []int32) error {
	var rows []struct {
		ID   int
		Spec json.RawMessage
	}
	if err := s.house.SharedReader(actor).Query(ctx, &rows, "select id, spec from manydesk.calendars where id = any($1)", ids); err != nil {
		return fmt.Errorf("read calendars: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, row := range rows {
		var spec Spec
		if err := json.Unmarshal(row.Spec, &spec); err != nil {
			return fmt.Errorf("read calendar %d: %w", row.ID, err)
		}
		c, wrong := spec.Calendar()
		if err := desk.Invalid(wrong...); err != nil {
			return fmt.Errorf("read calendar %d: %w", row.ID, err)
		}
		if s.all[row.ID] == nil {
			s.all[row.ID] = &placed{calendar: c, years: map[int]int64{}}
		}
	}
	return nil
}

// always is the calendar of number 0, and of none.
var always = &Calendar{}

func (s *Shelf) get(id int) *Calendar {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if p := s.all[id]; p != nil {
		return p.calendar
	}
	return always
}

// Tick reads a calendar's working clock: seconds of working time since 2000. The
// calendar must be in memory (Book, Number).
func (s *Shelf) Tick(id int, at time.Time) int64 {
	s.mu.RLock()
	p := s.all[id]
	s.mu.RUnlock()
	if p == nil {
		return at.Unix() - since2000.Unix()
	}
	return p.tick(at)
}

var since2000 = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func (p *placed) tick(at time.Time) int64 {
	if p.calendar.Always() {
		return at.Unix() - since2000.Unix()
	}
	if at.Before(since2000) {
		return -int64(Elapsed(p.calendar, at, since2000, nil) / time.Second)
	}
	year := time.Date(at.UTC().Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	return p.beginning(year) + int64(Elapsed(p.calendar, year, at, nil)/time.Second)
}

// beginning is the reading at a year's first moment.
func (p *placed) beginning(year time.Time) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	sum, known := p.years[year.Year()]
	if !known {
		// In whole seconds: intervals begin and end at minutes.
		sum = int64(Elapsed(p.calendar, since2000, year, nil) / time.Second)
		p.years[year.Year()] = sum
	}
	return sum
}
