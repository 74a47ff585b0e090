package bench

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// usage is what a process has used up.
type usage struct {
	cpu time.Duration
	// file is the part of resident that are pages of files, the program's own first.
	resident, file int64
}

// tick is the unit of /proc's times on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// used reads what a process has used; an error where there is no /proc.
func used(pid int) (u usage, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return u, fmt.Errorf("read the process's times: %w", err)
	}
	// The name in parentheses may hold spaces; after it come state and the rest.
	rest := string(stat[strings.LastIndexByte(string(stat), ')')+1:])
	f := strings.Fields(rest)
	if len(f) < 22 {
		return u, errors.New("the process's times cannot be read")
	}
	user, err := strconv.ParseInt(f[11], 10, 64)
	if err != nil {
		return u, fmt.Errorf("read the process's times: %w", err)
	}
	system, err := strconv.ParseInt(f[12], 10, 64)
	if err != nil {
		return u, fmt.Errorf("read the process's times: %w", err)
	}
	pages, err := strconv.ParseInt(f[21], 10, 64)
	if err != nil {
		return u, fmt.Errorf("read the process's memory: %w", err)
	}
	u = usage{cpu: time.Duration(user+system) * tick, resident: pages * int64(os.Getpagesize())}
	for _, line := range lines(fmt.Sprintf("/proc/%d/status", pid)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "RssFile:" {
			kb, _ := strconv.ParseInt(f[1], 10, 64)
			u.file = kb << 10
		}
	}
	return u, nil
}
