//go:build unix && !linux

package postgres

import "syscall"

// dieWithParent does nothing: only Linux can. The next start finds the orphan.
func dieWithParent(*syscall.SysProcAttr) {}
