package files

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/jobs"
	"manydesk/tenants"
)

// JobSweep removes bytes that a dropped upload left.
const JobSweep = "files.sweep"

type leftover struct {
	Hash  string   `json:"hash,omitempty"`
	Parts []string `json:"parts,omitempty"`
}

// settled is how old bytes must be before they may be swept: whoever has just
// stored the same content again is about to name it.
const settled = time.Hour

// Sweep is the handler of the job "files.sweep". Bytes that some file still names
// stay; young ones are looked at again later.
func (f *Files) Sweep(ctx context.Context, w *jobs.Work) error {
	var rest leftover
	if err := json.Unmarshal(w.Data, &rest); err != nil {
		return jobs.Never(fmt.Errorf("decode what is left: %w", err))
	}
	for _, part := range rest.Parts {
		if err := f.store.Remove(ctx, part); err != nil {
			return err
		}
	}
	if rest.Hash != "" {
		if err := f.sweep(ctx, w.Tenant, rest.Hash); err != nil {
			return err
		}
	}
	return f.house.Do(ctx, w.Tenant, actor, w.Done)
}

func (f *Files) sweep(ctx context.Context, tenant tenants.Tenant, hash string) error {
	raw, err := hex.DecodeString(hash)
	if err != nil {
		return jobs.Never(fmt.Errorf("read a hash: %w", err))
	}
	at := key(tenant.ID, raw)
	age, err := f.store.Age(ctx, at, f.house.Clock()())
	if errors.Is(err, ErrGone) {
		return nil
	}
	if err != nil {
		return err
	}
	if age < settled {
		return jobs.Later(settled-age, errors.New("the bytes are too young to be swept"))
	}
	var named bool
	err = f.house.Reader(tenant, actor).QueryRow(ctx, "select exists (select from ?tenant.files where hash = $1)", []any{raw}, &named)
	if err != nil {
		return fmt.Errorf("look for names: %w", err)
	}
	if named {
		return nil
	}
	return f.store.Remove(ctx, at)
}
