import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import css from "./Settings.module.css";

/** One page of settings: what it is for, its main act, and its content in whatever state it is. */
export function Section({ title, lead, action, children }: { title: string; lead?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.inner}>
      <div className={css.title}>
        <div>
          <h2>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </div>
  );
}

type Answer = Pick<UseQueryResult, "isPending" | "error" | "isFetching" | "data"> & { refetch: () => unknown };

/** Shows its children when the answer is there; else its skeleton, its refusal or its failure. */
export function Loaded({ of: query, children }: { of: Answer; children: ReactNode }) {
  if (query.isPending) return <Skeleton look="rows" lines={5} />;
  if (query.error && query.data === undefined)
    return <Refusal error={query.error} onRetry={() => query.refetch()} busy={query.isFetching} there />;
  return children;
}

/** A wide table in a box of its own: it scrolls sideways by keys too. */
export function Frame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keys.
    <section className={css.frame} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
