import { useState } from "react";
import type { ConditionProblem } from "../src/conditions/edit.ts";
import type { ConditionField } from "../src/conditions/field.ts";
import type { Tree } from "../src/conditions/tree.ts";
import { ConditionBuilder } from "../src/ui/ConditionBuilder.tsx";
import { useWords } from "../src/words/useWords.ts";
import { Part } from "./Part.tsx";
import words from "./words.json";
import { maria, oleg } from "./world.ts";

const rule: Tree = {
  all: [
    { field: "type", op: "in", value: ["climate"] },
    { field: "priority", op: "at_most", value: 2 },
    {
      any: [
        { field: "fields.model", op: "starts_with", value: "CO2" },
        { not: { field: "tags", op: "has_any", value: ["vip"] } },
        {
          all: [
            { field: "assignee", op: "in", value: ["u1"] },
            { field: "contact.vip", op: "is", value: true },
          ],
        },
      ],
    },
    { field: "created_at", op: "at_hours", value: ["22:00", "08:00"] },
    { field: "created_at", op: "within", value: { seconds: -172_800 } },
    { field: "created_at", op: "not_in_calendar", value: "office" },
    { field: "fields.sold_on", op: "between", value: ["2026-01-01", "2026-12-31"] },
  ],
};

const wrong: Tree = {
  any: [
    { field: "line", op: "at_least" },
    { not: { field: "type", op: "in", value: ["gone"] } },
    { field: "fields.gone", op: "is", value: "x" },
  ],
};

/** Conditions as rules have them: whole, refused by the server, and none. */
export function Conditions() {
  const t = useWords(words);
  const [first, setFirst] = useState(rule);
  const [second, setSecond] = useState(wrong);
  const [third, setThird] = useState<Tree>({});
  const vocabulary: ConditionField[] = [
    {
      key: "type",
      kind: "choice",
      name: t("kind"),
      ops: ["in", "not_in", "empty", "not_empty"],
      choices: [
        { key: "climate", name: t("climate") },
        { key: "feeding", name: t("feeding") },
      ],
    },
    { key: "subject", kind: "text", name: t("subject"), ops: ["is", "contains", "starts_with", "matches", "empty"] },
    { key: "fields.model", kind: "text", name: t("model"), ops: ["is", "contains", "starts_with", "matches", "empty"] },
    {
      key: "priority",
      kind: "number",
      name: t("priority"),
      ops: ["is", "is_not", "less", "at_most", "more", "at_least", "between"],
      choices: ["1", "2", "3", "4"].map((key) => ({ key, name: `P${key}` })),
    },
    { key: "line", kind: "number", name: t("line"), ops: ["is", "at_most", "at_least", "between", "empty"] },
    { key: "tags", kind: "tags", name: t("tags"), ops: ["has_any", "has_all", "has_none", "empty"] },
    {
      key: "assignee",
      kind: "person",
      name: t("assignee"),
      ops: ["in", "not_in", "empty"],
      choices: [maria, oleg].map((person, index) => ({ key: `u${index + 1}`, name: person.name })),
    },
    { key: "contact.vip", kind: "boolean", name: t("vipClient"), ops: ["is"] },
    {
      key: "created_at",
      kind: "time",
      name: t("createdAt"),
      ops: ["before", "after", "within", "in_calendar", "not_in_calendar", "at_hours", "on_days"],
    },
    { key: "fields.sold_on", kind: "date", name: t("soldOn"), ops: ["is", "before", "after", "between", "empty"] },
  ];
  const calendars = [{ key: "office", name: t("officeHours") }];
  const problems: ConditionProblem[] = [
    { pointer: "/when/any", detail: t("emptyGroup") },
    { pointer: "/when/any/0/value", detail: t("wrongNumber") },
    { pointer: "/when/any/1/not/value/0", detail: t("wrongChoice") },
  ];
  const common = { vocabulary, calendars };
  return (
    <Part name={t("conditions")}>
      <ConditionBuilder {...common} label={t("ruleConditions")} value={first} onChange={setFirst} />
      <ConditionBuilder {...common} label={t("wrongConditions")} value={second} onChange={setSecond} problems={problems} at="/when" />
      <ConditionBuilder {...common} label={t("noConditions")} value={third} onChange={setThird} />
      <output data-testid="conditions" className="vh">
        {JSON.stringify(third)}
      </output>
    </Part>
  );
}
