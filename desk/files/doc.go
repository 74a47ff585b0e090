// Package files keeps what people attach: names in the tenant's schema, bytes
// once per tenant under their SHA-256, in a folder or in an S3 bucket.
//
// An upload is begun, fed from any offset, and is ready when its last byte is
// there: hashed, sniffed, refused if it can be run. It belongs to whoever sent it
// until a comment takes it; after a day nobody keeps it.
//
// Owns: the table files, the bytes, the tokens of downloads.
// Does not own: who may see a comment (desk/tickets), how bytes travel (apps/api).
package files
