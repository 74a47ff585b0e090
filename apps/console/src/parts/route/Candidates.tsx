import type { RoutingWhy } from "@manydesk/kit/api/route";
import { cx } from "@manydesk/kit/look/cx";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { LoadBar } from "@manydesk/kit/ui/LoadBar";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import css from "./Route.module.css";
import words from "./words.json";

/** Those who could have had the ticket: their load, shift and skill, and why not. */
export function Candidates({ why }: { why: RoutingWhy }) {
  const t = useWords(words);
  const f = useFormats();
  const skilled = why.candidates.some((one) => one.skill !== null);
  return (
    <section>
      <h3>{t("candidates")}</h3>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("candidate")}</th>
            <th scope="col">{t("load")}</th>
            <th scope="col">{t("shift")}</th>
            {skilled && <th scope="col">{t("skill")}</th>}
          </tr>
        </thead>
        <tbody>
          {why.candidates.map((one) => (
            <tr key={one.person.id} className={cx(one.chosen && css.chosen)}>
              <td>
                <span className={css.who}>
                  <Avatar person={one.person} mute />
                  <span>
                    <span className={css.name}>{one.person.name}</span>
                    {one.chosen && <span className="vh">, {t("chosen")}</span>}
                    {one.no && <small>{one.no}</small>}
                  </span>
                </span>
              </td>
              <td>
                <span className={css.load} title={t("points", { n: one.points })}>
                  <LoadBar look="thin" value={one.tickets} most={one.capacity} />
                  {t("ticketsOf", { n: one.tickets, most: one.capacity })}
                </span>
              </td>
              <td>{one.until ? t("onShiftUntil", { at: f.recent(one.until) }) : t(one.on_shift ? "onShift" : "offShift")}</td>
              {skilled && <td>{one.skill ?? "—"}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {why.more > 0 && <p className={css.from}>{t("more", { n: why.more })}</p>}
    </section>
  );
}
