import { cx } from "../look/cx.ts";
import css from "./Badge.module.css";

export type Category = "open" | "in_progress" | "pending" | "resolved" | "closed";

/** The ring of a status: empty, half, dotted, full. Never without its word nearby. */
export function StatusRing({ category }: { category: Category }) {
  return <span className={cx(css.ring, category !== "open" && css[category])} aria-hidden="true" />;
}

/** The ring and the tenant's own word for the status. */
export function StatusLabel({ status }: { status: { name: string; category: Category } }) {
  return (
    <span className={css.status}>
      <StatusRing category={status.category} />
      {status.name}
    </span>
  );
}
