package api

// portalBoot puts what the portal needs before its first request into the page.
func (c *call) portalBoot(_ *laidOut) error { return nil }
