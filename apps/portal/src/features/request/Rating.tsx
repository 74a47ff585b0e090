import { take } from "@manydesk/kit/api/client";
import { portal, type RequestPage } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { toast } from "@manydesk/kit/look/toast";
import { Stars } from "@manydesk/kit/ui/StarRating";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import page from "../../parts/page.module.css";
import { useTakeIn, useTenant } from "../../parts/portal.ts";
import { type Given, RatingForm } from "../../parts/RatingForm.tsx";
import { useWhen } from "../../parts/when.ts";
import { editable } from "./moments.ts";
import css from "./Request.module.css";
import words from "./words.json";

type Form = NonNullable<RequestPage["rating_form"]>;

/** How the work was: asked once, and open to a change of mind for as long as the server says. */
export function Rating({ request, form }: { request: RequestPage; form: Form }) {
  const t = useWords(words);
  const { full } = useWhen();
  const path = { ...useTenant(), number: request.number };
  const takeIn = useTakeIn();
  const [open, setOpen] = useState(form.score === null || location.hash === "#rating");
  const rate = useMutation({
    mutationFn: (given: Given) => take(portal.PUT("/v1/portal/{tenant}/requests/{number}/rating", { params: { path }, body: given })),
    onSuccess: (saved) => {
      takeIn(saved);
      setOpen(false);
      toast({ text: t("thanks"), key: "rating" });
    },
  });
  const may = editable(form.editable_until, new Date());
  if (form.score !== null && (!open || !may)) {
    return (
      <section id="rating" className={cx(page.card, page.pad, css.rated)}>
        <div>
          <h2 className={page.h2}>{t("rated", { score: form.score })}</h2>
          {form.comment && <p className={page.lead}>{form.comment}</p>}
          {may && form.editable_until && <p className={page.meta}>{t("ratedUntil", { at: full(form.editable_until) })}</p>}
        </div>
        <Stars score={form.score} size={20} />
        {may && (
          <button type="button" className={page.txt} onClick={() => setOpen(true)}>
            {t("change")}
          </button>
        )}
      </section>
    );
  }
  return (
    <section id="rating" className={cx(page.card, page.pad, css.sheet)}>
      <h2 className={page.h2}>{t("rate")}</h2>
      <RatingForm
        start={{ score: form.score, reasons: form.reasons, comment: form.comment ?? "" }}
        onSend={(given) => rate.mutate(given)}
        busy={rate.isPending}
        error={rate.error}
        folded={request.state === "resolved"}
      />
    </section>
  );
}
