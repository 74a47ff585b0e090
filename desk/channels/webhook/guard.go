package webhook

import (
	"errors"
	"fmt"
	"net/netip"
	"syscall"
)

// ErrAddress is an address that is not of the public internet.
var ErrAddress = errors.New("this address may not be called")

// closed are the ranges that no call may reach, beside those that netip knows
// (loopback, private, link-local, multicast, unspecified): IANA's registries of
// special-purpose addresses, and whatever carries another address inside.
var closed = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// public reports whether an address is one of the public internet. An IPv4
// address inside an IPv6 one is judged as itself.
func public(at netip.Addr) bool {
	if at.Zone() != "" {
		return false
	}
	at = at.Unmap()
	if !at.IsGlobalUnicast() || at.IsPrivate() || at.IsLoopback() || at.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range closed {
		if p.Contains(at) {
			return false
		}
	}
	return true
}

// guard is asked by the dialer before each connection, with the address that
// the name came to this very time: a name that changes its mind gains nothing.
func (s *Sender) guard(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if public(to.Addr()) || s.loopback && to.Addr().Unmap().IsLoopback() {
		return nil
	}
	return ErrAddress
}
