// Package postgres runs a private Postgres as a child of the process, for an
// installation that was given no DATABASE_URL.
//
// Owns: finding the programs, the account they run as, making the data folder,
// its lock, the child's life (start, readiness, restart after a crash, stop),
// orphans of a killed parent, the passwords of its three logins.
// Does not own: schemas, migrations, connections and pools (tenants), upgrades
// from one major version to another.
package postgres
