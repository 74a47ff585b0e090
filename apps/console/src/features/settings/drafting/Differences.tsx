import { useWords } from "@manydesk/kit/words/useWords";
import css from "./Drafting.module.css";
import type { Difference } from "./setting.ts";
import words from "./words.json";

/** What two texts of a setting say differently, side by side. */
export function Differences({ changes, from, to }: { changes: readonly Difference[]; from: string; to: string }) {
  const t = useWords(words);
  if (changes.length === 0) return <p>{t("compare.same")}</p>;
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t("compare.what")}</th>
          <th scope="col">{from}</th>
          <th scope="col">{to}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((one) => (
          <tr key={one.what}>
            <th scope="row">{one.what}</th>
            <td>{one.from ?? "—"}</td>
            <td>{one.to ?? "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
