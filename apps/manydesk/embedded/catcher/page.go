package catcher

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"manydesk/desk"
)

//go:embed page
var pageFiles embed.FS

// The page runs no script at all; letters are shown in a frame without rights.
const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (c *Catcher) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", c.showList)
	mux.HandleFunc("GET /mails/{id}", c.withID(c.showLetter))
	mux.HandleFunc("GET /mails/{id}/html", c.withID(c.showHTML))
	mux.HandleFunc("GET /mails/{id}/raw", c.withID(c.sendRaw))
	mux.HandleFunc("GET /mails/{id}/parts/{n}", c.withID(c.sendPart))
	mux.HandleFunc("GET /mails.json", c.listJSON)
	mux.HandleFunc("GET /mails/{id}/json", c.withID(c.letterJSON))
	mux.HandleFunc("POST /clear", c.clear)
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		http.ServeFileFS(w, r, pageFiles, "page/style.css")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { c.missing(w, r) })
	return onlyLoopback(http.NewCrossOriginProtection().Handler(mux))
}

// onlyLoopback answers only to a loopback name: a stranger's site whose name
// leads to 127.0.0.1 must not read invitations.
func onlyLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		host = strings.Trim(host, "[]")
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "This page answers on 127.0.0.1 and localhost only.", http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

func (c *Catcher) withID(show func(http.ResponseWriter, *http.Request, int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil {
			c.missing(w, r)
			return
		}
		show(w, r, id)
	}
}

func (c *Catcher) showList(w http.ResponseWriter, r *http.Request) {
	q := query(r)
	mails, next := c.List(q)
	more := ""
	if next != 0 {
		more = "?" + url.Values{"before": {strconv.Itoa(next)}, "to": {q.To}}.Encode()
	}
	c.render(w, r, http.StatusOK, "list", map[string]any{
		"Mails": mails, "More": more, "Filter": q.To, "Count": c.Count(), "First": q.Before == 0,
	})
}

func query(r *http.Request) Query {
	q := Query{To: strings.TrimSpace(r.FormValue("to"))}
	q.Before, _ = strconv.Atoi(r.FormValue("before"))
	q.Limit, _ = strconv.Atoi(r.FormValue("limit"))
	return q
}

func (c *Catcher) showLetter(w http.ResponseWriter, r *http.Request, id int) {
	m, l, err := c.Get(id)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	c.render(w, r, http.StatusOK, "letter", map[string]any{"Mail": m, "Letter": l})
}

// showHTML gives the letter's own HTML to the frame: without scripts, forms or
// our origin, its links open in a tab of their own, its pictures are its parts.
func (c *Catcher) showHTML(w http.ResponseWriter, r *http.Request, id int) {
	_, l, err := c.Get(id)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	html := l.HTML
	for n, p := range l.Parts {
		if p.ContentID != "" {
			html = strings.ReplaceAll(html, "cid:"+p.ContentID, fmt.Sprintf("/mails/%d/parts/%d", id, n))
		}
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; frame-ancestors 'self'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, withTarget(html))
}

// withTarget puts a base element where browsers accept it, after <head> or else
// at the front.
func withTarget(html string) string {
	const base = `<base target="_blank">`
	if i := strings.Index(strings.ToLower(html), "<head>"); i >= 0 {
		return html[:i+len("<head>")] + base + html[i+len("<head>"):]
	}
	return base + html
}

func (c *Catcher) sendRaw(w http.ResponseWriter, r *http.Request, id int) {
	raw, err := c.Raw(id)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	download(w, "message/rfc822", fmt.Sprintf("%08d.eml", id))
	_, _ = w.Write(raw)
}

func (c *Catcher) sendPart(w http.ResponseWriter, r *http.Request, id int) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		c.missing(w, r)
		return
	}
	p, err := c.Part(id, n)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	switch p.Type {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		// Pictures are shown in the letter's frame, which has no origin.
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		download(w, p.Type, p.Name)
	default:
		download(w, "application/octet-stream", p.Name)
	}
	_, _ = w.Write(p.Content)
}

func download(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

func (c *Catcher) listJSON(w http.ResponseWriter, r *http.Request) {
	mails, next := c.List(query(r))
	answer := map[string]any{"items": mails, "next": nil}
	if next != 0 {
		answer["next"] = next
	}
	writeJSON(w, answer)
}

func (c *Catcher) letterJSON(w http.ResponseWriter, r *http.Request, id int) {
	m, l, err := c.Get(id)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	type part struct {
		Name string `json:"name"`
		Type string `json:"type"`
		Size int    `json:"size"`
	}
	parts := []part{}
	for _, p := range l.Parts {
		parts = append(parts, part{p.Name, p.Type, len(p.Content)})
	}
	headers := map[string][]string{}
	for _, h := range l.Headers {
		headers[h.Name] = append(headers[h.Name], h.Value)
	}
	writeJSON(w, map[string]any{"mail": m, "headers": headers, "text": l.Text, "html": l.HTML, "parts": parts})
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v)
}

func (c *Catcher) clear(w http.ResponseWriter, r *http.Request) {
	if err := c.Clear(); err != nil {
		c.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (c *Catcher) fail(w http.ResponseWriter, r *http.Request, err error) {
	if desk.Is(err, desk.NotFound) {
		c.missing(w, r)
		return
	}
	c.log.Error("mail catcher", "path", r.URL.Path, "error", err)
	c.render(w, r, http.StatusInternalServerError, "trouble", map[string]any{})
}

func (c *Catcher) missing(w http.ResponseWriter, r *http.Request) {
	c.render(w, r, http.StatusNotFound, "missing", map[string]any{})
}

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	// The language's own versions take their place at each rendering.
	"say": func(string) string { return "" }, "when": russian.when,
	"letters": russian.letters, "size": russian.size, "language": func() string { return "" },
}).ParseFS(pageFiles, "page/*.html"))

func (c *Catcher) render(w http.ResponseWriter, r *http.Request, status int, name string, data map[string]any) {
	l := languageOf(r.Header.Get("Accept-Language"))
	var page bytes.Buffer
	t, err := pages.Clone()
	if err == nil {
		t.Funcs(template.FuncMap{"say": l.say, "when": l.when, "letters": l.letters, "size": l.size, "language": l.code})
		err = t.ExecuteTemplate(&page, name, data)
	}
	if err != nil {
		c.log.Error("mail catcher", "page", name, "error", err)
		http.Error(w, l.say("trouble"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", l.code())
	w.Header().Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = page.WriteTo(w)
}
