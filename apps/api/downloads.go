package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"manydesk/desk"
	"manydesk/desk/files"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// leadTo sends a browser elsewhere.
type leadTo struct {
	URL string `json:"url"`
}

// Location is where.
func (l *leadTo) Location() string { return l.URL }

// StatusCode is 302.
func (l *leadTo) StatusCode() int { return http.StatusFound }

func (a *App) fileRoutes(r *Routes, at string, needs ...access.Permission) {
	view(r, "GET "+at+"/{id}", Op{ID: "readFile", Tag: "Files", Summary: "Leads to the download, signed for a minute", Needs: needs, Answers: 302, Cache: "private, no-store", Errors: []desk.Code{desk.FileRefused}},
		func(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*leadTo, error) {
			f, err := a.mayRead(ctx, tx, in.ID)
			if err != nil {
				return nil, err
			}
			token, err := a.Files.Sign(ctx, tx.Tenant().ID, f.ID, tx.Now())
			if err != nil {
				return nil, err
			}
			return &leadTo{a.places.filesURL() + "/f/" + token + "/" + url.PathEscape(f.Name)}, nil
		})
}

// mayRead finds a file that the actor may see: under a ticket that they may see,
// or one of their own that is not attached yet.
func (a *App) mayRead(ctx context.Context, tx tenants.ReadTx, s string) (*files.File, error) {
	id, err := fileID(s)
	if err != nil {
		return nil, err
	}
	f, err := a.Files.Get(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	switch f.OwnerKind {
	case files.OwnerTicket:
		if err := a.Tickets.MayReadFile(ctx, tx, desk.TicketID(f.OwnerID), f.OwnerSeq); err != nil {
			return nil, err
		}
	case files.OwnerUpload:
		if f.CreatedBy != tx.Actor().ID {
			return nil, desk.Missing()
		}
	default:
		return nil, desk.Missing()
	}
	switch f.State {
	case files.Ready:
		return f, nil
	case files.Held:
		return nil, desk.Refuse(desk.FileRefused)
	default:
		return nil, desk.Missing()
	}
}

// download answers on the files host, which has no cookies: the token in the
// path is all that lets in, and for a minute only.
func (c *call) download() {
	if err := c.sendFile(); err != nil {
		c.refuse(err)
	}
}

func (c *call) sendFile() error {
	rest, ok := strings.CutPrefix(c.path, "/f/")
	token, _, _ := strings.Cut(rest, "/")
	if !ok || c.app.Files == nil {
		return desk.Missing()
	}
	tenant, id, err := c.app.Files.Verify(c.ctx, token, c.app.house.Clock()())
	if err != nil {
		return err
	}
	t, err := c.app.house.ByID(c.ctx, tenant)
	if err != nil {
		return err
	}
	c.tenant = t
	ctx, cancel := context.WithTimeout(c.ctx, uploadWithin)
	d, err := c.app.Files.Open(ctx, t, id)
	if err != nil {
		cancel()
		return err
	}
	if err := c.sendPart(ctx, cancel, d); err != nil {
		cancel()
		return err
	}
	return nil
}

// sendPart sends the file, or the range asked for.
func (c *call) sendPart(ctx context.Context, cancel context.CancelFunc, d *files.Download) error {
	etag := `"` + d.SHA256() + `"`
	c.set("ETag", etag)
	c.set("Accept-Ranges", "bytes")
	c.set("Cache-Control", "private, max-age=3600, immutable")
	c.set("Content-Disposition", disposition(d.Name))
	from, length, partial, err := rangeOf(c.header("Range"), c.header("If-Range"), etag, d.Size)
	if err != nil {
		c.set("Content-Range", fmt.Sprintf("bytes */%d", d.Size))
		c.write(http.StatusRequestedRangeNotSatisfiable, "", nil)
		cancel()
		return nil
	}
	if c.method == "HEAD" {
		cancel()
		c.write(http.StatusOK, d.Mime, nil)
		c.set("Content-Length", strconv.FormatInt(d.Size, 10))
		return nil
	}
	body, err := d.Reader(ctx, from, length)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if partial {
		status = http.StatusPartialContent
		c.set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, from+length-1, d.Size))
	}
	(&Answer{call: c, release: cancel}).Stream(status, d.Mime, exactly{io.LimitReader(body, length), body}, length)
	return nil
}

// exactly is a body cut to the length that was promised.
type exactly struct {
	io.Reader
	io.Closer
}

// disposition names the file for saving; it never opens in the page.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// rangeOf reads one range (RFC 9110, 14); several are answered with the whole.
func rangeOf(header, ifRange, etag string, size int64) (from, length int64, partial bool, err error) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	if !ok || strings.Contains(spec, ",") || ifRange != "" && ifRange != etag {
		return 0, size, false, nil
	}
	first, last, ok := strings.Cut(strings.TrimSpace(spec), "-")
	if !ok {
		return 0, size, false, nil
	}
	if first == "" {
		n, err := strconv.ParseInt(last, 10, 64)
		if err != nil || n < 0 {
			return 0, size, false, nil
		}
		if n == 0 {
			return 0, 0, false, desk.Refuse(desk.ValidationFailed)
		}
		n = min(n, size)
		return size - n, n, true, nil
	}
	from, err = strconv.ParseInt(first, 10, 64)
	if err != nil || from < 0 {
		return 0, size, false, nil
	}
	if from >= size {
		return 0, 0, false, desk.Refuse(desk.ValidationFailed)
	}
	end := size - 1
	if last != "" {
		n, err := strconv.ParseInt(last, 10, 64)
		if err != nil || n < from {
			return 0, size, false, nil
		}
		end = min(n, end)
	}
	return from, end - from + 1, true, nil
}
