package config

import (
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

type (
	urlURL = url.URL
	prefix = netip.Prefix
	taker  = func(*Config, string) *complaint
)

// complaint is what is wrong with a value and how to write it right.
type complaint struct{ words }

func complain(ru, en string) *complaint { return &complaint{words{ru, en}} }

func text(at func(*Config) *string) taker {
	return func(c *Config, v string) *complaint {
		*at(c) = v
		return nil
	}
}

func folder(at func(*Config) *string) taker {
	return func(c *Config, v string) *complaint {
		abs, err := filepath.Abs(v)
		if v == "" || err != nil {
			return complain("нужна папка, например /srv/manydesk", "a folder is wanted, for example /srv/manydesk")
		}
		*at(c) = abs
		return nil
	}
}

func address(at func(*Config) *string) taker {
	return func(c *Config, v string) *complaint {
		host, port, err := net.SplitHostPort(v)
		n, portErr := strconv.ParseUint(port, 10, 16)
		if err != nil || portErr != nil || strings.ContainsAny(host, " /") {
			return complain("нужен адрес вида узел:порт, например 127.0.0.1:8080", "an address like host:port is wanted, for example 127.0.0.1:8080")
		}
		*at(c) = net.JoinHostPort(host, strconv.FormatUint(n, 10))
		return nil
	}
}

func web(at func(*Config) **url.URL) taker {
	return func(c *Config, v string) *complaint {
		u, err := url.Parse(v)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
			return complain("нужен адрес сайта без пути, например https://desk.example.com", "an address of a site without a path is wanted, for example https://desk.example.com")
		}
		u.Path, u.Fragment, u.Host = "", "", strings.ToLower(u.Host)
		*at(c) = u
		return nil
	}
}

func domain(at func(*Config) *string) taker {
	return func(c *Config, v string) *complaint {
		v = strings.ToLower(strings.TrimSuffix(v, "."))
		if v == "" || strings.ContainsAny(v, " /:@") || strings.HasPrefix(v, ".") || strings.Contains(v, "..") {
			return complain("нужен домен без порта, например desk.example.com", "a domain without a port is wanted, for example desk.example.com")
		}
		*at(c) = v
		return nil
	}
}

func networks(at func(*Config) *[]netip.Prefix) taker {
	return func(c *Config, v string) *complaint {
		var list []netip.Prefix
		for part := range strings.SplitSeq(v, ",") {
			part = strings.TrimSpace(part)
			p, err := netip.ParsePrefix(part)
			if err != nil {
				a, addrErr := netip.ParseAddr(part)
				if addrErr != nil {
					return complain("нужны сети через запятую, например 10.0.0.0/8, 192.168.1.1", "networks separated by commas are wanted, for example 10.0.0.0/8, 192.168.1.1")
				}
				p = netip.PrefixFrom(a, a.BitLen())
			}
			list = append(list, p.Masked())
		}
		*at(c) = list
		return nil
	}
}

// link is the address of an outside part. It may hold a password.
func link(at func(*Config) *string, example string, schemes ...string) taker {
	return func(c *Config, v string) *complaint {
		u, err := url.Parse(v)
		if err != nil || !slices.Contains(schemes, u.Scheme) || u.Host == "" && u.Path == "" && u.RawQuery == "" {
			return complain("нужен адрес вида "+example, "an address like "+example+" is wanted")
		}
		*at(c) = v
		return nil
	}
}

func key(at func(*Config) *string) taker {
	return func(c *Config, v string) *complaint {
		if _, ok := decodeKey(v); !ok {
			return complain("нужны 32 байта в base64 или hex (openssl rand -base64 32)", "32 bytes in base64 or hex are wanted (openssl rand -base64 32)")
		}
		*at(c) = v
		return nil
	}
}

func decodeKey(v string) ([]byte, bool) {
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString, base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if b, err := decode(strings.TrimSpace(v)); err == nil && len(b) == 32 {
			return b, true
		}
	}
	return nil, false
}

func whole(at func(*Config) *int, least, most int) taker {
	return func(c *Config, v string) *complaint {
		n, err := strconv.Atoi(v)
		if err != nil || n < least || n > most {
			return complain("нужно целое число от "+number(least)+" до "+number(most), "a whole number from "+number(least)+" to "+number(most)+" is wanted")
		}
		*at(c) = n
		return nil
	}
}

func oneOf(at func(*Config) *string, values ...string) taker {
	return func(c *Config, v string) *complaint {
		if !slices.Contains(values, v) {
			last := len(values) - 1
			return complain("нужно "+strings.Join(values[:last], ", ")+" или "+values[last], strings.Join(values[:last], ", ")+" or "+values[last]+" is wanted")
		}
		*at(c) = v
		return nil
	}
}

func level(c *Config, v string) *complaint {
	var l slog.Level
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, v) || l.UnmarshalText([]byte(v)) != nil {
		return complain("нужно debug, info, warn или error", "debug, info, warn or error is wanted")
	}
	c.LogLevel = l
	return nil
}

func duration(at func(*Config) *time.Duration, least, most time.Duration) taker {
	return func(c *Config, v string) *complaint {
		d, err := time.ParseDuration(v)
		if err != nil || d < least || d > most {
			return complain("нужно время от "+least.String()+" до "+most.String()+", например 30s", "a time from "+least.String()+" to "+most.String()+" is wanted, for example 30s")
		}
		*at(c) = d
		return nil
	}
}
