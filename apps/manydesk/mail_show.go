package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"manydesk/desk/channels/email"
)

// biggestLetter bounds what `mail show` reads, as the listener bounds what it accepts.
const biggestLetter = 64 << 20

// mailShow prints how a raw message is understood, by the code that takes mail
// in. It fails only when the file cannot be read; no message is too broken.
func mailShow(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return usage("manydesk mail show FILE|-")
	}
	if args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return fmt.Errorf("open the message: %w", err)
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, biggestLetter))
	if err != nil {
		return fmt.Errorf("read the message: %w", err)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(email.Read(raw))
}
