package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

var (
	linked   = regexp.MustCompile(`(?:src|href)="/(assets/[^"]+\.(?:js|css))"`)
	imported = regexp.MustCompile("(?:from|import)\\s*[\"']\\./([^\"']+\\.js)[\"']")
)

// sizes are what a first visit loads: what index.html names and what that
// imports. The console's queue is in it, the portal's home too.
func sizes(_ context.Context, b *bench) ([]Row, error) {
	var rows []Row
	for _, app := range []struct {
		name  string
		files fs.FS
		limit float64
	}{{"console, the queue's page", b.Console, 240}, {"portal, the home page", b.Portal, 120}} {
		scripts, styles, err := loaded(app.files)
		if err != nil {
			rows = append(rows, missing(app.name, err))
			continue
		}
		r := Row{What: app.name + ": JavaScript loaded, gzip", Figure: fmt.Sprintf("%.1f KB", scripts)}
		rows = append(rows, r.wants(fmt.Sprintf("≤ %.0f KB", app.limit), scripts <= app.limit))
		r = Row{What: app.name + ": styles loaded, gzip", Figure: fmt.Sprintf("%.1f KB", styles)}
		rows = append(rows, r.wants("≤ 25 KB", styles <= 25))
	}
	return rows, nil
}

// loaded follows the static imports from index.html; in KB of 1,024 bytes.
func loaded(app fs.FS) (scripts, styles float64, err error) {
	if app == nil {
		return 0, 0, errors.New("it is not built into this program")
	}
	page, err := fs.ReadFile(app, "index.html")
	if err != nil {
		return 0, 0, errors.New("it is not built into this program")
	}
	seen := map[string]float64{}
	for _, m := range linked.FindAllSubmatch(page, -1) {
		if err := follow(app, string(m[1]), seen); err != nil {
			return 0, 0, err
		}
	}
	for name, size := range seen {
		if strings.HasSuffix(name, ".js") {
			scripts += size
		} else {
			styles += size
		}
	}
	return scripts, styles, nil
}

func follow(app fs.FS, name string, seen map[string]float64) error {
	if _, ok := seen[name]; ok {
		return nil
	}
	text, err := fs.ReadFile(app, name)
	if err != nil {
		return fmt.Errorf("read an asset: %w", err)
	}
	var small bytes.Buffer
	z, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("compress an asset: %w", err)
	}
	if _, err := z.Write(text); err != nil {
		return fmt.Errorf("compress an asset: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("compress an asset: %w", err)
	}
	seen[name] = float64(small.Len()) / 1024
	if !strings.HasSuffix(name, ".js") {
		return nil
	}
	for _, m := range imported.FindAllSubmatch(text, -1) {
		if err := follow(app, path.Join(path.Dir(name), string(m[1])), seen); err != nil {
			return err
		}
	}
	return nil
}
