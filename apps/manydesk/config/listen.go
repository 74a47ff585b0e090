package config

import (
	"context"
	"errors"
	"net"
	"strconv"
	"syscall"
)

// Listen takes an address for the setting of that name (its variable). The error
// is Mistakes when the person can do something: the port is taken or forbidden,
// or the address is not this machine's.
func Listen(ctx context.Context, name, addr string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, Mistakes{mistake("%s: адрес %s уже занят другой программой.", "%s: another program already listens on %s.", name, addr)}
	case errors.Is(err, syscall.EACCES):
		return nil, Mistakes{mistake("%s: нет права занять адрес %s.", "%s: there is no permission to listen on %s.", name, addr)}
	default:
		return nil, Mistakes{mistake("%s: занять адрес %s не удалось (%v).", "%s: cannot listen on %s (%v).", name, addr, err)}
	}
}

// ListenNear takes the address or, when its port is taken, the next free one
// above it, a hundred at most.
func ListenNear(ctx context.Context, name, addr string) (net.Listener, error) {
	l, err := Listen(ctx, name, addr)
	if err == nil {
		return l, nil
	}
	host, port, splitErr := net.SplitHostPort(addr)
	first, parseErr := strconv.Atoi(port)
	if splitErr != nil || parseErr != nil || first == 0 {
		return nil, err
	}
	var c net.ListenConfig
	for p := first + 1; p <= min(first+100, 65535); p++ {
		next, nextErr := c.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if nextErr == nil {
			return next, nil
		}
		if !errors.Is(nextErr, syscall.EADDRINUSE) {
			return nil, err
		}
	}
	return nil, err
}
