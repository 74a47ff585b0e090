import type { MyTenant } from "@manydesk/kit/api/agent";

/**
 * My tenants as the sidebar shows them, each with its digit: pinned ones first in their order,
 * then by name, in one order whatever language is shown, so that a digit stays where it is.
 * Until anything is pinned the first nine have the digits.
 */
export function inOrder(tenants: readonly MyTenant[]): MyTenant[] {
  const sorted = [...tenants].sort((a, b) => (a.pin ?? 99) - (b.pin ?? 99) || a.name.localeCompare(b.name, "ru"));
  if (sorted.some((tenant) => tenant.pin !== null)) return sorted;
  return sorted.map((tenant, index) => ({ ...tenant, pin: index < 9 ? index + 1 : null }));
}

/** The tenant under a digit key. `0` is all of them. */
export function underDigit(tenants: readonly MyTenant[], digit: number): MyTenant | undefined {
  return inOrder(tenants).find((tenant) => tenant.pin === digit);
}

/** Whose tickets I would distribute: those of the page's tenant, else of the first where I may. */
export function dispatchedBy(tenants: readonly MyTenant[], slug: string | undefined): string | undefined {
  const mine = inOrder(tenants).filter((tenant) => tenant.abilities.includes("ticket.assign"));
  return (mine.find((tenant) => tenant.slug === slug) ?? mine[0])?.slug;
}
