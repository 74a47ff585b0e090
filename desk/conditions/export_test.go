package conditions

// Fold lets a test compare it with Postgres, letter by letter.
var Fold = fold
