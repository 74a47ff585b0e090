//go:build pins

// Package pins names the libraries that the coming rooms are built on, so that
// their versions stay as tried: billing (stripe-go), search (meilisearch-go),
// mail fetched from other servers (go-imap).
//
// Owns: nothing but the list.
// Does not own: their use.
package pins

import (
	_ "github.com/emersion/go-imap/v2"
	_ "github.com/meilisearch/meilisearch-go"
	_ "github.com/stripe/stripe-go/v76"
)
