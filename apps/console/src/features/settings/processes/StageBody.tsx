import type { ProcessSpec, ProcessStage } from "@manydesk/kit/api/route";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import editor from "../drafting/Editor.module.css";
import { NamePair } from "../drafting/NamePair.tsx";
import type { Draft } from "../drafting/useDrafted.ts";
import type { RouteNames } from "../routing/useRouteNames.ts";
import css from "./Processes.module.css";
import { Steps } from "./Steps.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  stage: ProcessStage;
  name: string;
  at: number;
  draft: Draft<ProcessSpec>;
  names: RouteNames;
  onChange: (part: Partial<ProcessStage>) => void;
}

/** The whole of a stage: who gets the ticket, in what time, when it is skipped, what is to be done. */
export function StageBody({ tenant, stage, name, at, draft, names, onChange }: Props) {
  const t = useWords(words);
  const error = (part: string) => draft.error(`stages/${at}/${part}`);
  return (
    <div className={css.body}>
      <NamePair
        labels={{ ru: t("stage.name.ru"), en: t("stage.name.en") }}
        value={stage.name}
        error={(part) => error(part ? `name/${part}` : "name")}
        onChange={(next) => onChange({ name: next })}
      />
      <div className={css.three}>
        <Field label={t("group")} error={error("group")}>
          <Select
            value={stage.group ?? ""}
            onChange={(group) => onChange({ group })}
            options={[{ value: "", label: t("group.same") }, ...names.groups]}
          />
        </Field>
        <Field label={t("person")} error={error("person")}>
          <Select
            value={stage.person ?? ""}
            onChange={(person) => onChange({ person })}
            options={[{ value: "", label: t("person.none") }, ...names.people]}
          />
        </Field>
        <Field label={t("hours")} error={error("hours")}>
          <Input
            type="number"
            min={1}
            value={stage.hours ?? ""}
            end={<span className="muted">{t("hours.unit")}</span>}
            onChange={(event) => onChange({ hours: Number(event.target.value) || undefined })}
          />
        </Field>
      </div>
      {at > 0 && <Checkbox label={t("beside.check")} checked={Boolean(stage.beside)} onChange={(beside) => onChange({ beside })} />}
      {error("beside") && <p className={editor.wrong}>{error("beside")}</p>}
      <section className={editor.block} aria-label={t("when.stage", { name })}>
        <h3>
          {t("when")} <small>{t("when.lead")}</small>
        </h3>
        <TicketCondition
          tenant={tenant}
          label={t("when.stage", { name })}
          value={stage.when}
          onChange={(when) => onChange({ when })}
          problem={draft.problem}
          at={`/body/spec/stages/${at}/when`}
        />
      </section>
      <Steps
        tasks={stage.tasks ?? []}
        name={name}
        names={names}
        error={(part) => error(`tasks/${part}`)}
        onChange={(tasks) => onChange({ tasks })}
      />
      {error("tasks") && <p className={editor.wrong}>{error("tasks")}</p>}
    </div>
  );
}
