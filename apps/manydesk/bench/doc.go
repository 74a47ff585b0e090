// Package bench measures the product on the machine it stands on and writes down
// what came out beside what was wanted.
//
// Owns: the list of measurements and their targets, the load they put on, the
// yardsticks of the same run (pgbench's floor), the written report.
// Does not own: anything that is measured; the rooms and the program are given.
package bench
