package tickets

import "manydesk/desk/settings"

// Category is what a status means to the product, whatever the tenant calls it.
type Category = settings.Category

// The categories, in their order. The worklist holds the first three.
const (
	CategoryOpen       = settings.Open
	CategoryInProgress = settings.InProgress
	CategoryPending    = settings.Pending
	CategoryResolved   = settings.Resolved
	CategoryClosed     = settings.Closed
)

// Listed reports whether tickets of the category stand in the worklist.
func Listed(c Category) bool { return c >= CategoryOpen && c <= CategoryPending }
