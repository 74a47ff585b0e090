import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { Differences } from "./Differences.tsx";
import { differences, latest, type Setting } from "./setting.ts";
import type { Draft } from "./useDrafted.ts";
import words from "./words.json";

interface Props<S> {
  setting: Setting<S>;
  draft: Pick<Draft<S>, "spec" | "edit" | "refusal" | "again" | "drop">;
  /** What a version says, line by line; without it the two cannot be held against each other. */
  lines?: (spec: S) => Map<string, string | null>;
}

/** Why a draft was not kept. Where somebody else has saved meanwhile: who, what differs, and whose is to stand. */
export function Refused<S>({ setting, draft, lines }: Props<S>) {
  if (!draft.refusal) return null;
  if (!isProblem(draft.refusal, "changed_meanwhile")) return <Refusal error={draft.refusal} onRetry={draft.again} busy={false} />;
  return <Met setting={setting} draft={draft} lines={lines} />;
}

function Met<S>({ setting, draft, lines }: Props<S>) {
  const t = useWords(words);
  const f = useFormats();
  const [looking, setLooking] = useState(false);
  const theirs = setting.draft;
  const take = () => {
    const mine = draft.spec;
    draft.drop();
    toast({ text: t("met.taken"), undo: { run: () => draft.edit(() => mine) }, key: "met" });
  };
  return (
    <>
      <Banner
        kind="warn"
        live="alert"
        actions={
          <>
            {lines && (
              <Button size="xs" onClick={() => setLooking(true)}>
                {t("met.look")}
              </Button>
            )}
            <Button size="xs" onClick={take}>
              {t("met.theirs")}
            </Button>
            <Button size="xs" onClick={draft.again}>
              {t("met.mine")}
            </Button>
          </>
        }
      >
        {theirs?.author ? t("met.by", { name: theirs.author.name, at: f.recent(theirs.saved_at) }) : t("met")} {t("met.kept")}
      </Banner>
      {looking && lines && (
        <Dialog open onClose={() => setLooking(false)} title={t("met.title")} wide>
          <Differences changes={differences(lines(latest(setting)), lines(draft.spec))} from={t("met.from")} to={t("met.to")} />
        </Dialog>
      )}
    </>
  );
}
