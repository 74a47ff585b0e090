package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// Machine is what the figures were measured on; never its name or its folders.
type Machine struct {
	Cores              int
	CPU, Go, Postgres  string
	MemoryMB           int
	LoadBegan, LoadNow string
}

// ThisMachine looks around.
func ThisMachine() Machine {
	m := Machine{Cores: runtime.NumCPU(), Go: runtime.Version(), CPU: runtime.GOARCH, LoadBegan: load()}
	for _, line := range lines("/proc/cpuinfo") {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			m.CPU = strings.TrimSpace(value)
			break
		}
	}
	for _, line := range lines("/proc/meminfo") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "MemTotal:" {
			kb, _ := strconv.Atoi(f[1])
			m.MemoryMB = kb / 1024
		}
	}
	return m
}

// Lines describe it for the report.
func (m Machine) Lines() []string {
	all := []string{fmt.Sprintf("%d cores, %s", m.Cores, m.CPU)}
	if m.MemoryMB > 0 {
		all[0] += fmt.Sprintf(", %.0f GB of memory", float64(m.MemoryMB)/1024)
	}
	all = append(all, strings.TrimSuffix("Postgres "+m.Postgres+", "+m.Go, ", "))
	if m.LoadBegan != "" {
		all = append(all, fmt.Sprintf("load average (1, 5, 15 minutes) before the run %s, after it %s", m.LoadBegan, m.LoadNow))
	}
	return all
}

// load is the load average, empty where the system does not tell.
func load() string {
	for _, line := range lines("/proc/loadavg") {
		if f := strings.Fields(line); len(f) > 2 {
			return strings.Join(f[:3], ", ")
		}
	}
	return ""
}

func lines(path string) []string {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Split(string(b), "\n")
}

// After is the machine with its load at the end of a run.
func (m Machine) After() Machine {
	m.LoadNow = load()
	return m
}
