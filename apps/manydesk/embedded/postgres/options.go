package postgres

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"time"
)

// The logins made with the data folder.
const (
	// Superuser administers the cluster; the product never connects as it.
	Superuser = "postgres"
	// Owner owns the database and may create roles: migrations and provisioning.
	Owner = "manydesk_owner"
	// Login serves requests and jobs: it owns nothing, may at first do nothing but
	// connect, and has an empty search_path. The migrations give it its rights.
	Login = "manydesk"
	// Database is the one database of the installation.
	Database = "manydesk"
)

// Options say where and how to run. Only Data is required.
type Options struct {
	// Data is the cluster's folder. It is made when missing; beside it live
	// <data>.lock, <data>.log and <data>.run (the socket).
	Data string
	// Programs is the folder with initdb and postgres. Empty: they are looked for.
	Programs string
	// Packages are node_modules folders where the npm package with the programs
	// may be. Empty: those above the working folder and above the binary.
	Packages []string
	// TCP is the loopback port to listen on besides the socket; 0 is none.
	TCP int
	// Settings are laid over the tuned ones: "fsync": "off".
	Settings map[string]string
	// Outlive lets the server run on after this process, for those who share it.
	// The next Start on the same folder finds it as an orphan and stops it.
	Outlive bool
	// Log hears of starts, crashes and orphans. Nil: slog's default.
	Log *slog.Logger
	// StartWithin bounds one start with its crash recovery. Zero: two minutes.
	StartWithin time.Duration
	// StopWithin bounds the fast shutdown before the immediate one. Zero: ten seconds.
	StopWithin time.Duration
	// Anew takes the data in the folder away and begins from nothing.
	Anew bool
}

func (o Options) filled() (Options, error) {
	if o.Data == "" {
		return o, fmt.Errorf("embedded postgres: no data folder given")
	}
	data, err := filepath.Abs(o.Data)
	if err != nil {
		return o, fmt.Errorf("data folder: %w", err)
	}
	o.Data = data
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.StartWithin == 0 {
		o.StartWithin = 2 * time.Minute
	}
	if o.StopWithin == 0 {
		o.StopWithin = 10 * time.Second
	}
	if o.Packages == nil {
		o.Packages = packageFolders()
	}
	return o, nil
}
