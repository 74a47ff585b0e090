// Package config is what can be set from outside: flags, the environment and one
// file, in this order of weight, over defaults that make a small installation
// work at once.
//
// Owns: the list of settings with their words in both languages (the README's
// table and --help are printed from it), reading them, one clear sentence for
// every mistake, taking an address to listen on, the installation's secret.
// Does not own: what the settings do; settings of a tenant (desk/settings).
package config
