//go:build !moved

package main

import "manydesk/desk"

// clock is the house's: the machine's own, which nothing in the binary can move.
func clock() desk.Clock { return desk.System }
