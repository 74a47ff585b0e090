package post

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// ByExternalIDs finds the messages of a channel with these ids, in both
// directions and of any account, without their raw bytes, in no order.
func ByExternalIDs(ctx context.Context, tx tenants.ReadTx, channel string, ids []string) ([]Message, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []Message
	err := tx.Query(ctx, &found, "select "+columns+" from ?tenant.messages m where m.external_id = any($1) and m.channel = $2 limit 100", ids, channel)
	if err != nil {
		return nil, fmt.Errorf("find messages by id: %w", err)
	}
	return found, nil
}

// Outgoing is a letter to be sent that is not a reply.
type Outgoing struct {
	Channel string
	Address string
	Subject desk.AnyID
	Seq     int
	// Data is what the sender needs and nothing may change later.
	Data any
}

// Post queues a letter; the caller leaves the job that sends it.
func Post(ctx context.Context, tx tenants.Tx, out Outgoing) (*Message, error) {
	data, err := json.Marshal(out.Data)
	if err != nil {
		return nil, fmt.Errorf("encode the message's data: %w", err)
	}
	id := desk.NewMessageID(tx.Now())
	_, err = tx.Exec(ctx, `insert into ?tenant.messages (id, direction, channel, account, state, subject_id, seq, address, data, at, changed_at)
		values ($1, 'out', $2, 'main', 'queued', $3, nullif($4, 0), nullif($5, ''), $6::jsonb, $7, $7)`,
		id, out.Channel, out.Subject, out.Seq, out.Address, string(data), tx.Now())
	if err != nil {
		return nil, fmt.Errorf("queue the letter: %w", err)
	}
	return &Message{
		ID: id, Direction: "out", Channel: out.Channel, Account: "main", State: Queued, SubjectID: out.Subject, Seq: out.Seq,
		Address: out.Address, Data: data, At: tx.Now(), ChangedAt: tx.Now(),
	}, nil
}

// Tried counts one more failed try of a letter that will be tried again.
func Tried(ctx context.Context, tx tenants.Tx, id desk.MessageID, code, text string) error {
	_, err := tx.Exec(ctx, "update ?tenant.messages set tries = tries + 1, code = nullif($2, ''), error = nullif($3, ''), changed_at = $4 where id = $1", id, code, text, tx.Now())
	if err != nil {
		return fmt.Errorf("count the try: %w", err)
	}
	return nil
}

// Trouble lists messages in the given states, newest first, beginning after a
// message: what whoever looks after the mailbox must see.
func Trouble(ctx context.Context, tx tenants.ReadTx, states []State, before desk.MessageID, limit int) ([]Message, error) {
	words := make([]string, len(states))
	for i, s := range states {
		words[i] = string(s)
	}
	var found []Message
	err := tx.Query(ctx, &found, "select "+columns+` from ?tenant.messages m where m.state = any($1)
		and m.state in ('stored','quarantined','held','queued','bounced','failed') and ($2::uuid is null or m.id < $2) order by m.id desc limit $3`, words, before, limit)
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	return found, nil
}

func encode(data any) (any, error) {
	if data == nil {
		return nil, nil
	}
	b, err := json.Marshal(data)
	if err != nil {
		return nil, fmt.Errorf("encode the message's data: %w", err)
	}
	return string(b), nil
}

func textOrNull(b json.RawMessage) any {
	if len(b) == 0 {
		return nil
	}
	return string(b)
}

// Called is a call of a webhook with the number of its ticket.
type Called struct {
	Message
	Number int64
}

// logged is how far back the log of calls goes: they lie among the letters, and are
// found by walking back in time.
const logged = 30 * 24 * time.Hour

// Calls lists the calls of webhooks in the last thirty days, newest first,
// beginning after one.
func Calls(ctx context.Context, tx tenants.ReadTx, before desk.MessageID, limit int) ([]Called, error) {
	var found []Called
	err := tx.Query(ctx, &found, "select "+columns+`, coalesce(t.number, 0) as number from ?tenant.messages m left join ?tenant.tickets t on t.id = m.subject_id
		where m.channel = 'webhook' and m.direction = 'out' and m.id > $2 and ($1::uuid is null or m.id < $1) order by m.id desc limit $3`, before, desk.FirstMessageID(tx.Now().Add(-logged)), limit)
	if err != nil {
		return nil, fmt.Errorf("list calls: %w", err)
	}
	return found, nil
}
