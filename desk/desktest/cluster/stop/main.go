// Command stop ends the Postgres that test processes share.
//
// Owns: nothing but the call.
// Does not own: the server (package cluster).
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"manydesk/desk/desktest/cluster"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := cluster.Stop(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' Postgres:", err)
		os.Exit(1)
	}
}
