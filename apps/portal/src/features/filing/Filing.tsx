import { newKey } from "@manydesk/kit/api/key";
import { useWords } from "@manydesk/kit/words/useWords";
import { useEffect, useMemo, useState } from "react";
import { Bones } from "../../parts/Bones.tsx";
import { type NewRequest, newRequests } from "../../parts/drafts.ts";
import page from "../../parts/page.module.css";
import { useMe, useTenant } from "../../parts/portal.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { FilingForm } from "./FilingForm.tsx";
import { Sent, type SentRequest } from "./Sent.tsx";
import words from "./words.json";

/** A new request: the form with its draft, then what happens next. */
export default function Filing() {
  const t = useWords(words);
  const { tenant } = useTenant();
  const { id: user } = useMe();
  const key = useMemo(() => ({ tenant, user, ticket: "new", kind: "request" }), [tenant, user]);
  const [start, setStart] = useState<NewRequest | null>(null);
  const [round, setRound] = useState(0);
  const [sent, setSent] = useState<SentRequest | null>(null);
  useTitle(sent ? t("sent") : t("title"));
  useEffect(() => {
    let here = true;
    void newRequests.load(key).then((kept) => here && setStart(kept?.value ?? blank()));
    return () => {
      here = false;
    };
  }, [key]);
  if (sent) return <Sent sent={sent} />;
  if (!start) {
    return (
      <main id="content" className={page.main}>
        <Bones />
      </main>
    );
  }
  return (
    <FilingForm
      key={round}
      draftKey={key}
      start={start}
      onSent={setSent}
      onDrop={() => {
        void newRequests.drop(key);
        setStart(blank());
        setRound(round + 1);
      }}
    />
  );
}

function blank(): NewRequest {
  return { subject: "", text: "", type: "", fields: {}, files: [], key: newKey() };
}
