package stage

import (
	"net/url"
	"path/filepath"
	"testing"
)

// Reroute gives the address of the database by way of front, a listener on TCP
// that counts or breaks what passes, and where that one has to dial. A cluster of
// the tests' own is reached by a socket in a folder, an operator's by TCP.
func Reroute(t testing.TB, dsn, front string) (via, network, server string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	network, server = "tcp", u.Host
	if folder := q.Get("host"); folder != "" {
		port := q.Get("port")
		if port == "" {
			port = "5432"
		}
		network, server = "unix", filepath.Join(folder, ".s.PGSQL."+port)
		q.Del("host")
		q.Del("port")
	}
	u.Host = front
	q.Set("sslmode", "disable")
	u.RawQuery = q.Encode()
	return u.String(), network, server
}
