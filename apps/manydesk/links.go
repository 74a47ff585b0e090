package main

import (
	"context"
	"io"
	"net"
	"net/url"
	"strconv"

	"manydesk/apps/manydesk/config"
	"manydesk/desk"
	"manydesk/desk/files"
	"manydesk/desk/flows/notify"
	"manydesk/desk/flows/rating"
	"manydesk/tenants"
)

// links are the addresses that letters lead to (notify.Links).
type links struct {
	public *url.URL
	// base is the domain of the portals, domain that of the first mail addresses.
	base, domain string
	ratings      *rating.Ratings
}

// linksTo reads the settings; address is where the server really listens.
func linksTo(cfg config.Config, address net.Addr) links {
	l := links{public: cfg.BaseURL, base: cfg.PortalDomain, domain: cfg.MailDomain}
	if l.public == nil {
		l.public = &url.URL{Scheme: "http", Host: "localhost"}
		if tcp, ok := address.(*net.TCPAddr); ok {
			host := tcp.IP.String()
			if tcp.IP.IsLoopback() || tcp.IP.IsUnspecified() {
				host = "localhost"
			}
			l.public.Host = net.JoinHostPort(host, portOf(tcp))
		}
	}
	if l.base == "" {
		l.base = l.public.Hostname()
	}
	if l.domain == "" {
		l.domain = l.public.Hostname()
	}
	return l
}

// Console is the page of a path on the console.
func (l *links) Console(path string) string { return l.public.Scheme + "://" + l.public.Host + path }

// Portal is the page of a path on the tenant's portal.
func (l *links) Portal(t tenants.Tenant, path string) string {
	host := t.Slug + "." + l.base
	if port := l.public.Port(); port != "" {
		host += ":" + port
	}
	return l.public.Scheme + "://" + host + path
}

// Mailbox is the tenant's address on the installation's own domain.
func (l *links) Mailbox(t tenants.Tenant) string {
	local := t.Slug
	if local == "" {
		local = "noreply"
	}
	return local + "@" + l.domain
}

// Rating is the signed word of a letter's link.
func (l *links) Rating(ctx context.Context, t tenants.Tenant, ticket desk.TicketID) (string, error) {
	return l.ratings.Token(ctx, t, ticket)
}

// attached lets letters carry what lies under a reply (notify.Files).
type attached struct{ files *files.Files }

// Under lists the files of a comment; what is held goes nowhere.
func (a attached) Under(ctx context.Context, tx tenants.ReadTx, owner desk.AnyID, seq int) ([]notify.File, error) {
	all, err := a.files.Under(ctx, tx, owner, seq)
	if err != nil {
		return nil, err
	}
	var out []notify.File
	for _, f := range all {
		if f.State != files.Ready || f.Internal {
			continue
		}
		out = append(out, notify.File{
			Name: f.Name, Type: f.Mime, ContentID: f.ContentID, Inline: f.Inline, Size: f.Size,
			Open: func() (io.ReadCloser, error) {
				d, err := a.files.Open(ctx, tx.Tenant(), f.ID)
				if err != nil {
					return nil, err
				}
				return d.Reader(ctx, 0, -1)
			},
		})
	}
	return out, nil
}

func portOf(a *net.TCPAddr) string { return strconv.Itoa(a.Port) }
