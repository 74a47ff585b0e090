package tenants

// Key is an Idempotency-Key on its way into the one statement of the verb it
// protects. A twin's insert meets the constraint idempotency_pk, which comes out
// as AlreadyExists; the edge then reads what the first one left.
type Key struct {
	// Hash16 is the first 16 bytes of SHA-256 of tenant, actor and key.
	Hash16 []byte
	// Fingerprint is the same of method, path and body.
	Fingerprint []byte
	// Status is what the first answer will say, 201 as a rule.
	Status int
	// Location leads to what is made. The verb knows a number only inside its
	// statement, so a Location that ends in "/" gets the number there.
	Location string
}
