import { useKeys } from "@manydesk/kit/keys/useKeys";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus, Waypoints } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import type { Draft } from "../drafting/useDrafted.ts";
import { DefaultRule } from "./DefaultRule.tsx";
import { markOf } from "./edit.ts";
import css from "./Routing.module.css";
import { RuleRow } from "./RuleRow.tsx";
import type { Routing, Rule, Rules, Trial } from "./spec.ts";
import type { RouteNames } from "./useRouteNames.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  routing: Routing;
  draft: Draft<Rules>;
  trial: Trial | undefined;
  names: RouteNames;
  readOnly: boolean;
  open: string | null;
  onOpen: (key: string | null) => void;
  onChange: (key: string, part: Partial<Rule>) => void;
  onPlace: (rule: Rule, to: number) => void;
  onCopy: (rule: Rule) => void;
  onArchive: (rule: Rule) => void;
  onAdd: () => void;
}

/** Rules in order, one open at a time; the default stands last and locked. */
export function RuleList(props: Props) {
  const { tenant, routing, draft, trial, names, readOnly, open, onOpen, onChange, onPlace, onCopy, onArchive, onAdd } = props;
  const t = useWords(words);
  const language = useLanguage();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [follow, setFollow] = useState<string | null>(null);
  const rules = draft.spec.rules ?? [];
  // What is live is skipped until it is mended: also while somebody drafts something else.
  const standing = (rule: Rule) => !routing.draft || markOf(rule, routing.spec) === null;
  const problems = routing.problems ?? [];
  const hits = trial?.hits ?? routing.hits ?? {};
  const row = (key: string) => list.current?.querySelector<HTMLElement>(`[data-rule="${CSS.escape(key)}"] [data-name]`);
  useEffect(() => {
    if (!follow) return;
    row(follow)?.focus();
    setFollow(null);
  });

  const current = () => {
    const key = document.activeElement?.closest<HTMLElement>("[data-head]")?.closest<HTMLElement>("[data-rule]")?.dataset.rule;
    return rules.find((rule) => rule.key === key);
  };
  const step = (by: number) => {
    const rule = current();
    const at = rule ? rules.indexOf(rule) : -1;
    const to = rules[at < 0 ? (by > 0 ? 0 : rules.length - 1) : at + by];
    if (to) row(to.key)?.focus();
  };
  const shift = (by: number) => {
    const rule = current();
    if (!rule || readOnly) return;
    onPlace(rule, rules.indexOf(rule) + by);
    setFollow(rule.key);
  };
  const onCurrent = (act: (rule: Rule) => void) => () => {
    const rule = current();
    if (rule && !readOnly) act(rule);
  };
  const archive = (rule: Rule) => {
    const at = rules.indexOf(rule);
    const next = rules[at + 1] ?? rules[at - 1];
    onArchive(rule);
    if (next) setFollow(next.key);
  };
  const walk = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!by || event.altKey || !(event.target instanceof Element && event.target.matches("[data-name]"))) return;
    event.preventDefault();
    step(by);
  };
  useKeys(t("title"), [
    { id: "routing.next", keys: "KeyJ", label: t("key.next"), run: () => step(1) },
    { id: "routing.previous", keys: "KeyK", label: t("key.previous"), run: () => step(-1) },
    { id: "routing.up", keys: "Alt+ArrowUp", label: t("up"), run: () => shift(-1) },
    { id: "routing.down", keys: "Alt+ArrowDown", label: t("down"), run: () => shift(1) },
    { id: "routing.copy", keys: "KeyD", label: t("copy"), run: onCurrent(onCopy) },
    { id: "routing.archive", keys: "Backspace", label: t("archive"), run: onCurrent(archive) },
  ]);
  return (
    <>
      <div className={css.head} aria-hidden="true">
        <span />
        <span>{t("no")}</span>
        <span>{t("rule")}</span>
        <span>{t("where")}</span>
        <span>{t("of100")}</span>
      </div>
      {rules.length === 0 && (
        <EmptyState
          icon={Waypoints}
          title={t("empty")}
          actions={
            !readOnly && (
              <Button icon={Plus} onClick={onAdd}>
                {t("rule.add")}
              </Button>
            )
          }
        >
          {t("empty.text")}
        </EmptyState>
      )}
      <ol className={css.rules} aria-label={t("list")} ref={list} onKeyDown={walk}>
        {rules.map((rule, index) => {
          const unreachable = trial?.unreachable.find((one) => one.key === rule.key);
          const by = unreachable?.by ? rules.findIndex((one) => one.key === unreachable.by) + 1 : 0;
          return (
            <RuleRow
              key={rule.key}
              tenant={tenant}
              rule={rule}
              name={nameIn(rule.name, language, rule.key)}
              index={index}
              last={index === rules.length - 1}
              open={open === rule.key}
              mark={routing.draft || draft.state !== "saved" ? markOf(rule, routing.version > 0 ? routing.spec : null) : null}
              hits={hits[rule.key] ?? (trial ? 0 : undefined)}
              unreachable={unreachable && (by > 0 ? t("unreachable", { n: by }) : t("unreachable.bare", { reason: unreachable.reason }))}
              problems={standing(rule) ? problems.filter((one) => one.rule === rule.key).map((one) => one.detail) : []}
              draft={draft}
              names={names}
              readOnly={readOnly}
              dropping={over === rule.key && dragged !== rule.key}
              dragged={dragged === rule.key}
              onOpen={() => onOpen(open === rule.key ? null : rule.key)}
              onChange={(part) => onChange(rule.key, part)}
              onMove={(by) => {
                onPlace(rule, index + by);
                setFollow(rule.key);
              }}
              onCopy={() => onCopy(rule)}
              onDrag={{
                start: () => setDragged(rule.key),
                enter: () => dragged && setOver(rule.key),
                drop: () => {
                  const moving = rules.find((one) => one.key === dragged);
                  if (moving && moving !== rule) onPlace(moving, index);
                },
                end: () => {
                  setDragged(null);
                  setOver(null);
                },
              }}
            />
          );
        })}
      </ol>
      <DefaultRule
        then={draft.spec.default}
        names={names}
        readOnly={readOnly}
        problems={[
          ...(draft.spec.default?.group === routing.spec.default?.group ? problems.filter((one) => one.rule === null) : []).map(
            (one) => one.detail,
          ),
          ...["default", "default/group"].flatMap((pointer) => draft.error(pointer) ?? []),
        ]}
        onChange={(then) => draft.change({ default: then })}
      />
    </>
  );
}
