import type { View } from "@manydesk/kit/api/agent";

/**
 * Where answers live in the query cache. Everything of one tenant begins with its slug, so
 * that leaving a tenant forgets all of it at once; `*` is the person, over all tenants.
 */
export const cacheKeys = {
  session: () => ["*", "session"] as const,
  queues: () => ["*", "queue"] as const,
  queue: (scope: string, view: View, filter: string, where: string) => ["*", "queue", scope, view, filter, where] as const,
  queueFields: (scope: string) => ["*", "queue-fields", scope] as const,
  savedViews: () => ["*", "views"] as const,
  counts: () => ["*", "counts"] as const,
  search: (words: string) => ["*", "search", words] as const,
  mine: (what: "sessions" | "api-keys" | "availability") => ["*", "me", what] as const,
  tenant: (tenant: string) => [tenant] as const,
  desk: (tenant: string) => [tenant, "desk"] as const,
  ticket: (tenant: string, number: number) => [tenant, "ticket", number] as const,
  why: (tenant: string, number: number) => [tenant, "ticket", number, "why"] as const,
  routeWhy: (tenant: string, number: number) => [tenant, "ticket", number, "routing"] as const,
  tasks: (tenant: string, number: number) => [tenant, "ticket", number, "tasks"] as const,
  stages: (tenant: string, number: number) => [tenant, "ticket", number, "stages"] as const,
  load: (tenant: string) => [tenant, "load"] as const,
  related: (tenant: string, contact: string) => [tenant, "related", contact] as const,
  members: (tenant: string) => [tenant, "members"] as const,
  invitations: (tenant: string) => [tenant, "invitations"] as const,
  roles: (tenant: string) => [tenant, "roles"] as const,
  permissions: (tenant: string) => [tenant, "permissions"] as const,
  brand: (tenant: string) => [tenant, "brand"] as const,
  engagements: (tenant: string) => [tenant, "engagements"] as const,
  audit: (tenant: string) => [tenant, "audit"] as const,
  messages: (tenant: string, state: string) => [tenant, "messages", state] as const,
  contacts: (tenant: string, words: string) => [tenant, "contacts", words] as const,
  allCompanies: (tenant: string) => [tenant, "companies"] as const,
  companies: (tenant: string, words: string) => [tenant, "companies", words] as const,
  provider: (provider: string, what: string) => ["*", "provider", provider, what] as const,
};
