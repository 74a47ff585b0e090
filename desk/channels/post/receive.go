package post

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Receive stores a message before anybody has read it. A message that is here
// already is not stored again: fresh is false. Another content under an id that
// is taken (broken senders repeat ids) is another message.
func Receive(ctx context.Context, tx tenants.Tx, in Incoming) (id desk.MessageID, fresh bool, err error) {
	if in.Hash == nil {
		sum := sha256.Sum256(in.Raw)
		in.Hash = sum[:]
	}
	external := in.ExternalID
	for range 2 {
		id = desk.NewMessageID(tx.Now())
		n, err := tx.Exec(ctx, `insert into ?tenant.messages (id, direction, channel, account, external_id, state, address, raw, raw_hash, data, at, changed_at)
			values ($1, 'in', $2, $3, $4, 'stored', nullif($5, ''), $6, $7, coalesce($8::jsonb, '{}'), $9, $9) on conflict do nothing`,
			id, in.Channel, in.Account, external, in.Address, in.Raw, in.Hash, textOrNull(in.Data), tx.Now())
		if err != nil {
			return id, false, fmt.Errorf("store the message: %w", err)
		}
		if n == 1 {
			return id, true, nil
		}
		var same bool
		err = tx.QueryRow(ctx, `select id, raw_hash = $4 from ?tenant.messages where external_id = $1 and channel = $2 and account = $3 and direction = 'in'`,
			[]any{external, in.Channel, in.Account, in.Hash}, &id, &same)
		if err != nil {
			return id, false, fmt.Errorf("find the message: %w", err)
		}
		if same {
			return id, false, nil
		}
		external = in.ExternalID + "#" + hex.EncodeToString(in.Hash[:8])
	}
	return id, false, nil
}

// Load reads a message with its raw bytes. NotFound.
func Load(ctx context.Context, tx tenants.ReadTx, id desk.MessageID) (*Message, error) {
	found, err := LoadWith(ctx, tx, id, nil, 0)
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

// LoadWith reads a message with its raw bytes and, after it, those of others
// that have no more than so many. NotFound when the first is not there.
func LoadWith(ctx context.Context, tx tenants.ReadTx, id desk.MessageID, others []desk.MessageID, most int) ([]Message, error) {
	wanted := make([]string, 0, len(others)+1)
	wanted = append(wanted, id.UUID())
	for _, other := range others {
		wanted = append(wanted, other.UUID())
	}
	var found []Message
	err := tx.Query(ctx, &found, "select "+columns+`, m.raw from ?tenant.messages m where m.id = any($1::text[]::uuid[]) and (m.id = $2 or octet_length(m.raw) <= $3)
		order by m.id <> $2, m.id`, wanted, id, most)
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	if len(found) == 0 || found[0].ID != id {
		return nil, desk.Missing()
	}
	return found, nil
}

// Settled is what became of a message.
type Settled struct {
	ID      desk.MessageID
	State   State
	Subject desk.AnyID
	Seq     int
	// Code and Error say why, for whoever looks after the mailbox.
	Code, Error string
	// Data is merged into what stands there.
	Data any
	// ExternalID is set on what went out, so that an answer finds it.
	ExternalID string
}

// Settle writes a message's fate.
func Settle(ctx context.Context, tx tenants.Tx, s Settled) error {
	data, err := encode(s.Data)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update ?tenant.messages set state = $2, subject_id = coalesce($3::uuid, subject_id), seq = coalesce(nullif($4, 0), seq),
		code = nullif($5, ''), error = nullif($6, ''), data = data || coalesce($7::jsonb, '{}'), external_id = coalesce(nullif($8, ''), external_id), changed_at = $9 where id = $1`,
		s.ID, string(s.State), s.Subject, s.Seq, s.Code, s.Error, data, s.ExternalID, tx.Now())
	if err != nil {
		return fmt.Errorf("settle the message: %w", err)
	}
	return nil
}
