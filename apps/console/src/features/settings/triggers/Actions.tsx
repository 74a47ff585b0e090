import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Menu } from "@manydesk/kit/ui/Menu";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus, Trash2 } from "lucide-react";
import editor from "../drafting/Editor.module.css";
import type { RouteNames } from "../routing/useRouteNames.ts";
import { ActionFields } from "./ActionFields.tsx";
import { type Action, type ActionKind, actionKinds } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  actions: readonly Action[];
  names: RouteNames;
  /** What may be chosen; a macro does less than a trigger. */
  kinds?: readonly ActionKind[];
  /** A word beside the heading: what becomes of one that cannot be done. */
  lead?: string;
  onChange: (actions: Action[]) => void;
  error: (pointer: string) => string | undefined;
}

/** What an action begins with. */
const blank: Record<ActionKind, Action> = {
  set: { kind: "set", field: "priority", value: 2 },
  tag: { kind: "tag", add: [] },
  assign: { kind: "assign", group: "" },
  route: { kind: "route" },
  status: { kind: "status", to: "" },
  note: { kind: "note", text: {} },
  reply: { kind: "reply", text: {} },
  create_task: { kind: "create_task", text: {} },
  apply_macro: { kind: "apply_macro", macro: "" },
  tell: { kind: "tell", assignee: true },
  webhook: { kind: "webhook", url: "https://" },
};

const members = [
  "field",
  "value",
  "add",
  "remove",
  "group",
  "person",
  "to",
  "until_hours",
  "text",
  "text/ru",
  "text/en",
  "roles",
  "people",
  "url",
  "macro",
];

/** What a trigger or a macro does, in order. */
export function Actions({ tenant, actions, names, kinds = actionKinds, lead, onChange, error }: Props) {
  const t = useWords(words);
  return (
    <section className={editor.block} aria-label={t("actions")}>
      <h3>
        {t("actions")} <small>{lead ?? t("actions.lead")}</small>
      </h3>
      <ol className={css.actions}>
        {actions.map((action, at) => {
          const wrong = members.flatMap((member) => error(`actions/${at}/${member}`) ?? []);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an action has no other name than its place.
            <li key={at}>
              <div className={css.action}>
                <Select
                  size="sm"
                  aria-label={t("action", { n: at + 1 })}
                  value={action.kind}
                  onChange={(kind) => onChange(actions.map((one, place) => (place === at ? blank[kind] : one)))}
                  options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
                />
                <ActionFields
                  tenant={tenant}
                  action={action}
                  names={names}
                  onChange={(part) => onChange(actions.map((one, place) => (place === at ? { ...one, ...part } : one)))}
                />
                <IconButton
                  size="xs"
                  icon={Trash2}
                  label={t("action.remove", { n: at + 1 })}
                  onClick={() => onChange(actions.filter((_one, place) => place !== at))}
                />
              </div>
              {wrong.map((one) => (
                <p key={one} className={editor.wrong}>
                  {one}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
      <Menu
        button={
          <Button size="xs" kind="ghost" icon={Plus}>
            {t("action.add")}
          </Button>
        }
        items={kinds.map((kind) => ({ label: t(`kind.${kind}`), onSelect: () => onChange([...actions, blank[kind]]) }))}
      />
    </section>
  );
}
