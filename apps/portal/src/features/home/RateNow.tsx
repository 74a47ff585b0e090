import { take } from "@manydesk/kit/api/client";
import { portal, type RequestRow } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { toast } from "@manydesk/kit/look/toast";
import { StarRating } from "@manydesk/kit/ui/StarRating";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { requestPath } from "../../parts/place.ts";
import { can, keys, useTakeIn, useTenant } from "../../parts/portal.ts";
import { leadOf } from "../../parts/sentence.ts";
import css from "./Home.module.css";
import words from "./words.json";

/** A rating on the spot: one tap on a star is the whole of it. */
export function RateNow({ row }: { row: RequestRow }) {
  const t = useWords(words);
  const path = useTenant();
  const takeIn = useTakeIn();
  const cache = useQueryClient();
  const [, go] = useLocation();
  const rate = useMutation({
    mutationFn: (score: number) =>
      take(
        portal.PUT("/v1/portal/{tenant}/requests/{number}/rating", { params: { path: { ...path, number: row.number } }, body: { score } }),
      ),
    onSuccess: (saved) => {
      takeIn(saved);
      void cache.invalidateQueries({ queryKey: keys.home() });
      toast({ text: t("thanks"), undo: { label: t("say"), run: () => go(`${requestPath(row.ref)}#rating`) } });
    },
  });
  if (!can(row, "rate")) return null;
  return (
    <section className={cx(page.card, page.pad, css.rate)}>
      <div>
        <h2 className={page.name}>{row.subject}</h2>
        <p className={page.say}>
          <b className={page.ok}>{leadOf(row.sentence)[0]}</b> {t("howWas")}
        </p>
      </div>
      <StarRating
        label={t("rateOf", { ref: row.ref })}
        labelHidden
        value={rate.variables ?? null}
        onChange={(score) => rate.isPending || rate.mutate(score)}
      />
      <Refusal error={rate.error} />
    </section>
  );
}
