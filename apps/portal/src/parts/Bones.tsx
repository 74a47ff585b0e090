import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import css from "./page.module.css";

/** The place of a page that is still loading; nothing shows for the first 150 ms. */
export function Bones({ lines = 6 }: { lines?: number }) {
  return (
    <div className={`${css.card} ${css.pad}`}>
      <Skeleton lines={lines} />
    </div>
  );
}
