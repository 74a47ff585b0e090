import type { Session, Ticket } from "@manydesk/kit/api/agent";
import { onSessionEnded } from "@manydesk/kit/api/client";
import type { Hint } from "@manydesk/kit/live/live";
import { toast } from "@manydesk/kit/look/toast";
import { say } from "@manydesk/kit/words/useWords";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { cacheKeys } from "../parts/cacheKeys.ts";
import { deskLive } from "../parts/live.ts";
import { sweepPresence } from "../parts/presence.ts";
import { hearPresence } from "./hearPresence.ts";
import words from "./words.json";

const together = 300;

/** Turns hints of the live channel into reading again what is on the screen. */
export function useLive(): void {
  const cache = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    const live = deskLive();
    const lists = later(() => {
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      cache.invalidateQueries({ queryKey: cacheKeys.counts() });
      cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === "load" });
    });
    const loads = (tenant: string) => {
      const shown = new Set(["load", "shifts", "members"]);
      cache.invalidateQueries({ predicate: ({ queryKey: [of, what] }) => of === tenant && shown.has(String(what)) });
    };
    const leave = (tenant: string) => {
      const name = cache.getQueryData<Session>(cacheKeys.session())?.tenants.find((one) => one.slug === tenant)?.name ?? tenant;
      if (location.pathname.startsWith(`/t/${tenant}/`)) router.navigate({ to: "/q" });
      cache.removeQueries({ queryKey: cacheKeys.tenant(tenant) });
      cache.invalidateQueries({ queryKey: ["*"] });
      toast({ text: say(words, "left", { name }), kind: "bad" });
    };
    const hear = (hint: Hint) => {
      const tenant = String(hint.data.tenant ?? "");
      if (hint.name === "presence" || hint.name === "claim") return hearPresence(cache, hint);
      if (hint.name === "reset") return void cache.invalidateQueries();
      if (hint.name === "watched") return readAgain(cache, hint.data.topics);
      if (hint.name === "session.ended") return signOut(router.history.location.href);
      if (hint.name === "tenant.left") return leave(tenant);
      if (hint.name === "access.changed") return void cache.invalidateQueries({ queryKey: cacheKeys.session() });
      if (hint.name === "settings.published") return void cache.invalidateQueries({ queryKey: cacheKeys.desk(tenant) });
      if (hint.name === "load.changed") return loads(tenant);
      if (/^(ticket|comment|note|clock)\./.test(hint.name)) refresh(cache, hint);
      if (/^(ticket|comment|clock|queue)\./.test(hint.name)) lists();
    };
    const stopHearing = live.on(hear);
    const stopQueue = live.watch("queue");
    const stopEnd = onSessionEnded(() => signOut(router.history.location.href));
    const sweep = setInterval(() => sweepPresence(Date.now()), 5000);
    return () => {
      stopHearing();
      stopQueue();
      stopEnd();
      clearInterval(sweep);
    };
  }, [cache, router]);
}

// Topics of tickets are "ticket:acme/1042".
function readAgain(cache: QueryClient, topics: unknown): void {
  if (!Array.isArray(topics)) return;
  for (const topic of topics) {
    const [, tenant, number] = /^ticket:([^/]+)\/(\d+)$/.exec(String(topic)) ?? [];
    if (tenant && number) cache.invalidateQueries({ queryKey: cacheKeys.ticket(tenant, Number(number)) });
  }
}

// A page that already has this version was told by its own change.
function refresh(cache: QueryClient, hint: Hint): void {
  const { tenant, ref, version } = hint.data;
  const number = Number(hint.data.number ?? String(ref ?? "").match(/(\d+)$/)?.[1]);
  if (!tenant || !number) return;
  const key = cacheKeys.ticket(String(tenant), number);
  const own = cache.getQueryData<Ticket>(key)?.version;
  if (hint.name === "ticket.changed" && typeof version === "number" && own !== undefined && own >= version) return;
  cache.invalidateQueries({ queryKey: key });
}

// Drafts stay in the browser's own store; the page comes back to where it was.
function signOut(from: string): void {
  location.assign(`/sign-in?to=${encodeURIComponent(from)}`);
}

/** Many hints in a moment are one reading. */
function later(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      run();
    }, together);
  };
}
