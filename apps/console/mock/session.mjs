// Who is signed in: one person, on or off.
import { everything, rowView } from "./tickets.mjs";
import { me, tenants } from "./world.mjs";

export const session = { on: process.env.SIGNED_OUT !== "1", pins: tenants.map((t) => t.slug), needsSetup: process.env.SETUP === "1" };
const wide = [
  "ticket.read",
  "ticket.open",
  "ticket.reply",
  "ticket.note",
  "ticket.assign",
  "ticket.status",
  "ticket.priority",
  "ticket.edit",
  "customer.read",
  "customer.edit",
  "member.read",
  "member.manage",
  "role.manage",
  "engagement.manage",
  "brand.edit",
  "settings.read",
  "settings.edit",
  "audit.read",
  "apikey.manage",
  "tenant.manage",
];
const agent = [
  "ticket.read",
  "ticket.open",
  "ticket.reply",
  "ticket.note",
  "ticket.assign",
  "ticket.status",
  "ticket.priority",
  "ticket.edit",
  "customer.read",
  "member.read",
  "settings.read",
];

export const openOnes = () => everything().filter((t) => !["resolved", "closed"].includes(t.status));

export function myTenants() {
  return tenants.map((t) => {
    const mine = openOnes().filter((x) => x.tenant === t.slug);
    const pin = session.pins.indexOf(t.slug);
    return {
      ...t,
      pin: pin < 0 ? null : pin + 1,
      roles: t.slug === "acme" ? ["admin"] : ["agent"],
      provider: { slug: "pomosh", name: "Служба «Помощь»" },
      abilities: t.slug === "acme" ? wide : agent,
      counts: {
        open: mine.length,
        at_risk: mine.filter((x) => x.priority === 1).length,
        mine: mine.filter((x) => x.assignee === me.id).length,
      },
    };
  });
}

export const sessionView = () => ({ user: me, tenants: myTenants(), installation: { owner: true, needs_setup: session.needsSetup } });

export const views = {
  urgent: (t) => t.priority <= 2 || t.waiting_since !== null || t.status === "pending",
  mine: (t) => t.assignee === me.id,
  unassigned: (t) => t.assignee === null,
  waiting_client: (t) => t.status === "pending",
  all: () => true,
};

export function queue(scope, view) {
  const rank = (t) => [t.status === "pending" ? 1 : 0, t.priority, t.waiting_since ?? "9", t.number];
  return openOnes()
    .filter((t) => (scope === "all" || t.tenant === scope) && views[view](t))
    .sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      for (let i = 0; i < x.length; i += 1) if (x[i] !== y[i]) return x[i] < y[i] ? -1 : 1;
      return 0;
    })
    .map(rowView);
}

export const counts = () => ({
  views: Object.fromEntries(Object.entries(views).map(([key, test]) => [key, openOnes().filter(test).length])),
  tenants: myTenants().map((t) => ({ slug: t.slug, open: t.counts.open, at_risk: t.counts.at_risk })),
});
