import type { ProcessSpec, ProcessStage } from "@manydesk/kit/api/route";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import css from "../drafting/Editor.module.css";
import type { Draft } from "../drafting/useDrafted.ts";
import type { RouteNames } from "../routing/useRouteNames.ts";
import { changed, freshKey, placed, restored, without } from "./edit.ts";
import own from "./Processes.module.css";
import { StageRow } from "./StageRow.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  draft: Draft<ProcessSpec>;
  names: RouteNames;
  readOnly: boolean;
}

/** The stages in the order in which they are done, one open at a time: moved by the grip, by arrows, by Alt with arrows. */
export function StageList({ tenant, draft, names, readOnly }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const list = useRef<HTMLOListElement>(null);
  const { stages } = draft.spec;
  const [open, setOpen] = useState<string | null>(stages.length === 1 ? (stages[0]?.key ?? null) : null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [follow, setFollow] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const set = (next: ProcessStage[]) => draft.change({ stages: next });
  const nameOf = (stage: ProcessStage) => nameIn(stage.name, language, stage.key);
  useEffect(() => {
    if (!follow) return;
    list.current?.querySelector<HTMLElement>(`[data-stage="${CSS.escape(follow)}"] [data-name]`)?.focus();
    setFollow(null);
  });
  const move = (stage: ProcessStage, to: number) => {
    if (readOnly || to < 0 || to >= stages.length) return;
    set(placed(stages, stage.key, to));
    setSaid(t("moved", { name: nameOf(stage), n: to + 1 }));
    setFollow(stage.key);
  };
  const current = () => {
    const key = document.activeElement?.closest<HTMLElement>("[data-stage]")?.dataset.stage;
    return stages.find((one) => one.key === key);
  };
  const shift = (by: number) => {
    const stage = current();
    if (stage) move(stage, stages.indexOf(stage) + by);
  };
  const add = () => {
    const key = freshKey();
    set([...stages, { key, name: { ru: speaker(words, "ru")("stage.new"), en: speaker(words, "en")("stage.new") } }]);
    setOpen(key);
    setFollow(key);
  };
  const remove = (stage: ProcessStage) => {
    const at = stages.indexOf(stage);
    set(without(stages, stage.key));
    const undo = () => draft.edit((spec) => ({ ...spec, stages: restored(spec.stages, stage, at) }));
    toast({ text: t("stage.removed", { name: nameOf(stage) }), undo: { run: undo }, key: "stage" });
  };
  useKeys(t("title"), [
    { id: "processes.up", keys: "Alt+ArrowUp", label: t("up"), run: () => shift(-1), inText: true },
    { id: "processes.down", keys: "Alt+ArrowDown", label: t("down"), run: () => shift(1), inText: true },
  ]);
  return (
    <section className={css.block} aria-label={t("stages")}>
      <h3>
        {t("stages")} <small>{t("stages.lead")}</small>
      </h3>
      <ol className={own.stages} aria-label={t("stages.list")} ref={list}>
        {stages.map((stage, at) => (
          <StageRow
            key={stage.key}
            tenant={tenant}
            stage={stage}
            name={nameOf(stage)}
            at={at}
            last={at === stages.length - 1}
            open={open === stage.key}
            draft={draft}
            names={names}
            readOnly={readOnly}
            dragged={dragged === stage.key}
            dropping={over === stage.key && dragged !== null && dragged !== stage.key}
            onOpen={() => setOpen(open === stage.key ? null : stage.key)}
            onChange={(part) => set(changed(stages, stage.key, part))}
            onMove={(by) => move(stage, at + by)}
            onRemove={() => remove(stage)}
            onDrag={{
              start: () => setDragged(stage.key),
              enter: () => setOver(stage.key),
              drop: () => {
                const moved = stages.find((one) => one.key === dragged);
                if (moved && moved !== stage) move(moved, at);
              },
              end: () => {
                setDragged(null);
                setOver(null);
              },
            }}
          />
        ))}
      </ol>
      <span className="vh" role="status">
        {said}
      </span>
      {!readOnly && stages.length < 20 && (
        <Button size="xs" kind="ghost" icon={Plus} onClick={add}>
          {t("stage")}
        </Button>
      )}
    </section>
  );
}
