// Package portal holds the built portal for the binary.
//
// Owns: the files of the build, hashed assets with their ready-made compressed
// siblings.
// Does not own: how they are served (apps/api).
package portal

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files is the build: index.html, assets, icons; empty before the first build.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is named in the line above
	}
	return files
}
