// Package cluster gives tests real databases and a Redis.
//
// With MANYDESK_TEST_DATABASE_URL the databases are made in that server. Without
// it the first test process starts a Postgres of the tests' own (fsync off, in a
// temporary folder) and leaves it to those that follow: it stops by itself after
// ten idle minutes, or at once by `go run ./desk/desktest/cluster/stop`.
// With MANYDESK_TEST_REDIS=real a test that takes any Redis gets a redis-server.
//
// Owns: the tests' server, databases made from templates, test Redis servers.
// Does not own: schemas, migrations, fixtures.
package cluster
