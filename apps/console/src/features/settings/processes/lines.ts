import type { ProcessSpec } from "@manydesk/kit/api/route";
import type { Language } from "@manydesk/kit/words/message";
import type { Say } from "@manydesk/kit/words/useWords";
import { nameIn } from "../../../parts/nameIn.ts";
import { labelOf, type RouteNames } from "../routing/useRouteNames.ts";
import type words from "./words.json";

interface Wording {
  t: Say<typeof words>;
  language: Language;
  names: RouteNames;
  types: readonly { key: string; name: string }[];
  when: (stage: ProcessSpec["stages"][number]) => string;
}

/** What a process says, line by line: its order, then each stage. */
export function processLines(spec: ProcessSpec, { t, language, names, types, when }: Wording): Map<string, string | null> {
  const nameOf = (stage: ProcessSpec["stages"][number]) => nameIn(stage.name, language, stage.key);
  const lines = new Map<string, string | null>([
    [t("name.ru"), spec.name.ru ?? null],
    [t("name.en"), spec.name.en ?? null],
    [t("types"), (spec.types ?? []).map((key) => types.find((one) => one.key === key)?.name ?? key).join(", ") || t("types.all")],
    [t("stages"), spec.stages.map(nameOf).join(" → ")],
  ]);
  for (const stage of spec.stages) {
    const who = [stage.group && labelOf(names.groups, stage.group), stage.person && labelOf(names.people, stage.person)];
    const what = [
      ...who,
      stage.hours && t("hours.of", { n: stage.hours }),
      when(stage) && t("when.of", { when: when(stage) }),
      stage.beside && t("beside"),
      ...(stage.tasks ?? []).map((task) => `${nameIn(task.title, language, "")}${task.required ? ` (${t("required")})` : ""}`),
    ];
    lines.set(t("stage.of", { name: nameOf(stage) }), what.filter(Boolean).join("; ") || null);
  }
  return lines;
}
