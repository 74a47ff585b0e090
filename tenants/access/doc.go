// Package access answers who may do what. Casbin holds the rules (roles of a
// tenant, permissions by ticket type); its answers are unfolded once per tenant
// and access_version into bit masks, because one enforcer over a thousand
// tenants needs 321 ms a question and casbin's own cache kept granting after
// removals.
//
// Owns: the list of permissions, the roles every tenant begins with, the fixed
// rights of system actors, the reading of config rows of kind "role" as policy.
// Does not own: the writing of roles and staff (desk/staff), engagements and
// portal sign-in (tenants/people), the words of permissions (apps/api).
package access
