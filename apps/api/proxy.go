package api

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/valyala/fasthttp"
)

// clientIP is who is really there: the peer, or, when the peer is one of our
// proxies, the last address in X-Forwarded-For that is none of them.
func clientIP(ctx *fasthttp.RequestCtx, proxies []netip.Prefix) netip.Addr {
	peer := addrOf(ctx.RemoteAddr())
	if !trusted(peer, proxies) {
		return peer
	}
	hops := strings.Split(string(ctx.Request.Header.Peek("X-Forwarded-For")), ",")
	for _, hop := range slices.Backward(hops) {
		ip, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return peer
		}
		if peer = ip.Unmap(); !trusted(peer, proxies) {
			return peer
		}
	}
	return peer
}

func trusted(ip netip.Addr, proxies []netip.Prefix) bool {
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

func addrOf(a net.Addr) netip.Addr {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}

// network is what an address is limited by: an IPv6 client owns a whole /64.
func network(ip netip.Addr) string {
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
