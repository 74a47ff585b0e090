package postgres

import "syscall"

// dieWithParent asks the kernel to stop the server, in order, when we are gone.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }
