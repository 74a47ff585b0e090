package tickets

import (
	"context"
	"encoding/json"
	"fmt"
)

type chainKey struct{}

// InChain says that what is done under the context was brought about by triggers,
// the last one last: each fact carries them.
func InChain(ctx context.Context, keys []string) context.Context {
	return context.WithValue(ctx, chainKey{}, keys)
}

// Chain are the triggers that led to what is being done; nil for what people,
// mail and clocks do.
func Chain(ctx context.Context) []string {
	keys, _ := ctx.Value(chainKey{}).([]string)
	return keys
}

// chain writes the triggers that led here into each fact of the change.
func (c *Change) chain(keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	data, err := json.Marshal(keys)
	if err != nil {
		return fmt.Errorf("encode a chain: %w", err)
	}
	for i := range c.Facts {
		c.Facts[i].Data = withMember(c.Facts[i].Data, "chain", data)
	}
	return nil
}

// withMember adds a member to an object of JSON, in a copy.
func withMember(object json.RawMessage, name string, value json.RawMessage) json.RawMessage {
	out := append(make(json.RawMessage, 0, len(object)+len(name)+len(value)+4), object[:len(object)-1]...)
	if len(object) > 2 {
		out = append(out, ',')
	}
	out = append(out, `"`+name+`":`...)
	return append(append(out, value...), '}')
}
