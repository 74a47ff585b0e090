package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
)

// asset is one file of a build in the forms it can be sent in. The compressed
// ones were made at build time: doing it here would cost 250 times as much.
type asset struct {
	raw, gzip, brotli []byte
	mime              string
	etag              string
	// hashed names never change their content.
	hashed bool
}

// build is one web app.
type build struct {
	shell  []byte
	assets map[string]*asset
}

// pages are the two web apps.
type pages struct{ console, portal build }

func (p *pages) load(console, portal fs.FS) error {
	var err error
	if p.console, err = loadBuild(console); err != nil {
		return fmt.Errorf("read the console's build: %w", err)
	}
	if p.portal, err = loadBuild(portal); err != nil {
		return fmt.Errorf("read the portal's build: %w", err)
	}
	return nil
}

// unbuilt stands in for a web app that was not built: the API works without it.
const unbuilt = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Manydesk</title>` +
	`<script type="application/json" id="boot">{}</script></head><body><div id="root"></div></body></html>`

func loadBuild(files fs.FS) (build, error) {
	b := build{shell: []byte(unbuilt), assets: map[string]*asset{}}
	if files == nil {
		return b, nil
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == ".keep" {
			return err
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if name == "index.html" {
			b.shell = raw
			return nil
		}
		plain, form := name, ""
		for _, ext := range []string{".gz", ".br"} {
			if cut, ok := strings.CutSuffix(name, ext); ok {
				plain, form = cut, ext
			}
		}
		a := b.assets["/"+plain]
		if a == nil {
			a = &asset{mime: typeOf(plain), hashed: strings.HasPrefix(plain, "assets/")}
			b.assets["/"+plain] = a
		}
		switch form {
		case ".gz":
			a.gzip = raw
		case ".br":
			a.brotli = raw
		default:
			a.raw = raw
			sum := sha256.Sum256(raw)
			a.etag = `"` + hex.EncodeToString(sum[:8]) + `"`
		}
		return nil
	})
	for name, a := range b.assets {
		if a.raw == nil {
			delete(b.assets, name)
		}
	}
	return b, err
}

func typeOf(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".webmanifest":
		return "application/manifest+json"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// serve sends an asset as the client can take it.
func (c *call) asset(a *asset) {
	body, accept := a.raw, c.header("Accept-Encoding")
	c.set("Vary", "Accept-Encoding")
	etag := a.etag
	switch {
	case a.brotli != nil && takes(accept, "br"):
		body, etag = a.brotli, suffixed(a.etag, "-br")
		c.set("Content-Encoding", "br")
	case a.gzip != nil && takes(accept, "gzip"):
		body, etag = a.gzip, suffixed(a.etag, "-gz")
		c.set("Content-Encoding", "gzip")
	}
	c.set("ETag", etag)
	if a.hashed {
		c.set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.set("Cache-Control", "public, max-age=300")
	}
	if matches(c.header("If-None-Match"), etag) {
		c.fc.Response().Header.Del("Content-Encoding")
		c.write(304, "", nil)
		return
	}
	c.status, c.answered = 200, true
	r := c.fc.Response()
	r.Header.SetContentType(a.mime)
	// Not copied: the bytes belong to the binary.
	r.SetBodyRaw(body)
}

func suffixed(etag, suffix string) string { return strings.TrimSuffix(etag, `"`) + suffix + `"` }

func takes(accept, coding string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, given := strings.CutPrefix(strings.TrimSpace(params), "q=")
			return !given || atof(q) > 0
		}
	}
	return false
}

var attribute = regexp.MustCompile(`\s([a-z-]+)="[^"]*"`)

// ownAttributes are the html element's own attributes that attributes does not set anew.
func ownAttributes(own []byte, attributes string) string {
	var b strings.Builder
	for _, m := range attribute.FindAllSubmatch(own, -1) {
		if !strings.Contains(attributes, " "+string(m[1])+"=") {
			b.Write(m[0])
		}
	}
	return b.String()
}

// laid puts boot data and the html element's attributes into a shell. What else
// the build wrote on the element stays.
func laid(shell []byte, boot []byte, attributes string) []byte {
	out := shell
	if i := bytes.Index(out, []byte("<html")); i >= 0 {
		if j := bytes.IndexByte(out[i:], '>'); j > 0 {
			out = bytes.Join([][]byte{out[:i], []byte("<html" + attributes + ownAttributes(out[i:i+j], attributes)), out[i+j:]}, nil)
		}
	}
	open := []byte(`<script type="application/json" id="boot">`)
	i := bytes.Index(out, open)
	if i < 0 {
		return out
	}
	rest := out[i+len(open):]
	j := bytes.Index(rest, []byte("</script>"))
	if j < 0 {
		return out
	}
	return bytes.Join([][]byte{out[:i], open, boot, rest[j:]}, nil)
}
