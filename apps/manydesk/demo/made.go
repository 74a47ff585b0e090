package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
)

// password is everybody's: the demo is a play, and says so.
const password = "tri-soroki-na-rele"

// Made is who is in the demo, for people and for scripts.
type Made struct {
	Password string   `json:"password"`
	Staff    []Member `json:"staff"`
	Clients  []Client `json:"clients"`
	Tenants  []Tenant `json:"tenants"`
}

// Member is somebody who signs in to the console.
type Member struct {
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Role     string   `json:"role"`
	Provider string   `json:"provider,omitempty"`
	Tenants  []string `json:"tenants"`
	APIKey   string   `json:"api_key"`
}

// Client is somebody who signs in to a portal.
type Client struct {
	Name   string `json:"name"`
	Email  string `json:"email"`
	Tenant string `json:"tenant"`
	// Manager sees the requests of the whole company.
	Manager bool `json:"manager"`
}

// Tenant is a customer of the demo.
type Tenant struct {
	Slug string `json:"slug"`
	Code string `json:"code"`
	Name string `json:"name"`
	Mail string `json:"mail"`
}

// Keep writes the people down, readable by the owner of the data alone.
func (m *Made) Keep(path string) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the demo's people: %w", err)
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o600); err != nil {
		return fmt.Errorf("keep the demo's people: %w", err)
	}
	return nil
}

// Read is what Keep wrote; os.IsNotExist where there is no demo.
func Read(path string) (*Made, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var m Made
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("read the demo's people: %w", err)
	}
	return &m, nil
}

// newRand is the same for everybody who runs the demo.
func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(20261122, seed)) } //nolint:gosec // a story, not a secret

// bar shows how much is told.
type bar struct {
	mu       sync.Mutex
	to       io.Writer
	n, total int
	last     int
}

func (b *bar) step() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	percent := b.n * 100 / b.total
	if percent == b.last {
		return
	}
	b.last = percent
	fmt.Fprintf(b.to, "\r[%-40s] %3d %%", "========================================"[:percent*40/100], percent)
}

func (b *bar) done() { fmt.Fprintln(b.to) }
