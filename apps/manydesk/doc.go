// Command manydesk is the whole product: server, worker, migrations, the
// embedded parts and the commands of the operator.
//
// Owns: the commands, the logs, wire.go (the one place that knows everybody).
// Does not own: any rule.
package main
