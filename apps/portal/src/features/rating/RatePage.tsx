import { take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { isProblem } from "@manydesk/kit/api/problem";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link, useSearch } from "wouter";
import { Bones } from "../../parts/Bones.tsx";
import { ErrorCard } from "../../parts/ErrorCard.tsx";
import { Languages } from "../../parts/Languages.tsx";
import { Logo } from "../../parts/Logo.tsx";
import page from "../../parts/page.module.css";
import { useSite, useTenant } from "../../parts/portal.ts";
import { type Given, RatingForm } from "../../parts/RatingForm.tsx";
import { firstName } from "../../parts/sentence.ts";
import { useTitle } from "../../parts/useTitle.ts";
import css from "./RatePage.module.css";
import { scoreOf } from "./score.ts";
import words from "./words.json";

/** Behind a letter's star: the star stands chosen, and only the button records it. */
export default function RatePage({ token }: { token: string }) {
  const t = useWords(words);
  const path = { ...useTenant(), token };
  const wanted = scoreOf(useSearch());
  const [changing, setChanging] = useState(false);
  const link = useQuery({
    queryKey: ["rating", token],
    queryFn: ({ signal }) => take(portal.GET("/v1/portal/{tenant}/ratings/{token}", { params: { path }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const give = useMutation({
    mutationFn: (given: Given) => take(portal.POST("/v1/portal/{tenant}/ratings/{token}", { params: { path }, body: given })),
    onSuccess: () => setChanging(false),
  });
  useTitle(t("title"));
  if (link.error && !link.data) {
    const old = isProblem(link.error) && link.error.status >= 400 && link.error.status < 500 && link.error.status !== 429;
    return <Frame>{old ? <Old /> : <ErrorCard error={link.error} onRetry={() => link.refetch()} busy={link.isFetching} />}</Frame>;
  }
  if (!link.data) {
    return (
      <Frame>
        <Bones />
      </Frame>
    );
  }
  const { ref, subject, name, score } = link.data;
  if (give.data && !changing) return <Thanks score={give.data.score} onChange={() => setChanging(true)} />;
  const first = firstName(name);
  const last = give.variables;
  return (
    <Frame>
      <div>
        <h1 className={page.h1}>{t("title")}</h1>
        <p className={page.lead}>{first ? t("about", { name: first, ref }) : t("aboutBare", { ref })}</p>
        <p className={page.strong}>{subject}</p>
      </div>
      <RatingForm
        start={{ score: last?.score ?? wanted ?? score, reasons: last?.reasons ?? [], comment: last?.comment ?? "" }}
        onSend={(given) => give.mutate(given)}
        busy={give.isPending}
        error={give.error}
      />
    </Frame>
  );
}

function Thanks({ score, onChange }: { score: number; onChange: () => void }) {
  const t = useWords(words);
  return (
    <Frame>
      <div role="status">
        <h1 className={page.h1}>{t("thanks")}</h1>
        <p className={page.lead}>{t("recorded", { score })}</p>
      </div>
      <div className={css.acts}>
        <Link href="/" className={page.btn}>
          {t("toPortal")}
        </Link>
        <button type="button" className={page.txt} onClick={onChange}>
          {t("change")}
        </button>
      </div>
    </Frame>
  );
}

function Old() {
  const t = useWords(words);
  return (
    <>
      <div>
        <h1 className={page.h1}>{t("old")}</h1>
        <p className={page.lead}>{t("oldText")}</p>
      </div>
      <div>
        <Link href="/" className={page.btn}>
          {t("toPortal")}
        </Link>
      </div>
    </>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { tenant } = useSite();
  return (
    <>
      <header className={css.top}>
        <div>
          <Logo tenant={tenant} />
          <Languages />
        </div>
      </header>
      <main id="content" className={page.main}>
        <div className={css.card}>{children}</div>
      </main>
    </>
  );
}
