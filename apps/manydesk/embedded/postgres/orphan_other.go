//go:build unix && !linux

package postgres

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// orphansOn asks the pid file and then the process itself: without /proc the
// working folder of another process cannot be read, its program can.
func orphansOn(data string) ([]orphan, error) {
	b, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return nil, nil
	}
	out, err := exec.Command("ps", "-o", "stat=,comm=", "-p", strconv.Itoa(pid)).Output()
	fields := strings.Fields(string(out))
	if err != nil || len(fields) < 2 || strings.HasPrefix(fields[0], "Z") || filepath.Base(fields[1]) != "postgres" {
		return nil, nil
	}
	return []orphan{{pid: pid}}, nil
}
