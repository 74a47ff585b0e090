import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Sheet } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useClockName } from "../../../parts/useClockName.ts";
import { Refused } from "../drafting/Refused.tsx";
import { latest, type Setting } from "../drafting/setting.ts";
import { rolesQuery } from "../queries.ts";
import { isForStaff, roleName } from "../roleName.ts";
import { useTold } from "../useTold.ts";
import { useSettings } from "./calls.ts";
import { Secret } from "./Secret.tsx";
import css from "./Sla.module.css";
import type { Action, EscalationSpec, Level } from "./spec.ts";
import { useDialogDraft } from "./useDialogDraft.ts";
import { useLines } from "./useLines.ts";
import { When } from "./When.tsx";
import words from "./words.json";

const first: Level = { clock: "any", at: "share", value: 80, actions: [{ kind: "tell", assignee: true }] };
const kinds = ["first_response", "next_response", "resolution", "arrival"] as const;
const moments = ["share", "before", "breach", "after"] as const;

const callsOut = ({ levels }: EscalationSpec) => levels.some(({ actions }) => actions.some(({ kind }) => kind === "webhook"));

/** Levels on the way to a deadline, each with what is done then. */
export function EscalationForm({
  tenant,
  setting,
  onClose,
}: {
  tenant: string;
  setting: Setting<EscalationSpec> | null;
  onClose: () => void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const clockName = useClockName();
  const lines = useLines(tenant);
  const { remove, rotate } = useSettings(tenant, "escalations");
  const [live, setLive] = useState(false);
  const draft = useDialogDraft(tenant, "escalations", setting, {
    blank: { name: {}, levels: [first] },
    onKept: (saved) => {
      told(t("escalation.published", { name: nameIn(latest(saved).name, language, "") })).onSuccess();
      if (saved.secret) setLive(true);
      else onClose();
    },
  });
  const { spec, change: set, secret, busy, error } = draft;
  const level = (index: number, part: Partial<Level>) =>
    set({ levels: spec.levels.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const name = nameIn(spec.name, language, "");
  const fresh = rotate.data?.secret ?? secret;
  if (live && secret) {
    return (
      <Sheet
        open
        onClose={onClose}
        title={t("secret.title")}
        actions={
          <Button kind="primary" onClick={onClose}>
            {t("save")}
          </Button>
        }
      >
        <Secret secret={secret} />
      </Sheet>
    );
  }
  return (
    <Sheet
      open
      onClose={onClose}
      title={setting ? t("edit", { name: nameIn(latest(setting).name, language, setting.key) }) : t("escalation.new")}
      actions={
        <>
          {setting && callsOut(latest(setting)) && setting.abilities.includes("edit") && (
            <Button icon={KeyRound} busy={rotate.isPending} onClick={() => rotate.mutate(setting.key, { onError: told("").onError })}>
              {t("secret.rotate")}
            </Button>
          )}
          {setting?.abilities.includes("remove") && (
            <Button onClick={() => remove.mutate(setting, { ...told(t("removed", { name })), onSettled: onClose })}>{t("remove")}</Button>
          )}
          <Button kind="primary" busy={busy} onClick={() => draft.send(true)}>
            {t("publish")}
          </Button>
        </>
      }
    >
      {draft.current && <Refused setting={draft.current} draft={draft} lines={lines.escalations} />}
      {!draft.current && draft.refusal ? <Refusal error={draft.refusal} onRetry={draft.again} busy={busy} /> : null}
      {fresh && <Secret secret={fresh} />}
      {rotate.isSuccess && <p className="muted s13">{t("secret.overlap")}</p>}
      <Field label={t("name")} required error={error("name")}>
        <Input value={spec.name[language] ?? ""} onChange={(event) => set({ name: { ...spec.name, [language]: event.target.value } })} />
      </Field>
      <When tenant={tenant} value={spec.when} onChange={(when) => set({ when })} problem={draft.problem} />
      {spec.levels.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a level has no other name than its place.
        <fieldset key={index} className={css.level}>
          <legend>{t("level", { n: index + 1 })}</legend>
          <div className={css.trio}>
            <Select
              size="sm"
              aria-label={t("level.clock")}
              value={one.clock}
              onChange={(clock) => level(index, { clock })}
              options={[
                { value: "any" as const, label: t("level.any") },
                ...kinds.map((kind) => ({ value: kind, label: clockName(kind) })),
              ]}
            />
            <Select
              size="sm"
              aria-label={t("level.when")}
              value={one.at}
              onChange={(at) => level(index, { at, value: at === "breach" ? undefined : at === "share" ? 80 : 30 })}
              options={moments.map((at) => ({ value: at, label: t(`moment.${at}`) }))}
            />
            {one.at !== "breach" && (
              <Input
                size="sm"
                type="number"
                min={1}
                aria-label={t("level.value")}
                aria-invalid={error(`levels/${index}/value`) ? true : undefined}
                value={one.value ?? ""}
                end={<span className="muted">{one.at === "share" ? "%" : t("minutes")}</span>}
                onChange={(event) => level(index, { value: Number(event.target.value) || undefined })}
              />
            )}
          </div>
          {error(`levels/${index}`) && <span className={css.wrong}>{error(`levels/${index}`)}</span>}
          {one.actions.map((action, at) => (
            <ActionLine
              // biome-ignore lint/suspicious/noArrayIndexKey: an action has no other name than its place.
              key={at}
              tenant={tenant}
              action={action}
              onChange={(next) => level(index, { actions: one.actions.map((old, place) => (place === at ? next : old)) })}
              onRemove={() => level(index, { actions: one.actions.filter((_old, place) => place !== at) })}
            />
          ))}
          <span>
            <Button
              size="xs"
              kind="ghost"
              icon={Plus}
              onClick={() => level(index, { actions: [...one.actions, { kind: "tell", assignee: true }] })}
            >
              {t("action.add")}
            </Button>
            <Button
              size="xs"
              kind="ghost"
              icon={Trash2}
              onClick={() => set({ levels: spec.levels.filter((_old, place) => place !== index) })}
            >
              {t("level.remove")}
            </Button>
          </span>
        </fieldset>
      ))}
      {error("levels") && spec.levels.length === 0 && <span className={css.wrong}>{error("levels")}</span>}
      <span>
        <Button size="xs" icon={Plus} onClick={() => set({ levels: [...spec.levels, { ...first, at: "breach", value: undefined }] })}>
          {t("level.add")}
        </Button>
      </span>
    </Sheet>
  );
}

interface LineProps {
  tenant: string;
  action: Action;
  onChange: (action: Action) => void;
  onRemove: () => void;
}

const acts = ["tell", "reassign", "priority", "line", "tag", "webhook"] as const;
const blank: Record<Action["kind"], Action> = {
  tell: { kind: "tell", assignee: true },
  reassign: { kind: "reassign", group: "" },
  priority: { kind: "priority", to: 1 },
  line: { kind: "line", to: 2 },
  tag: { kind: "tag", tag: "" },
  webhook: { kind: "webhook", url: "https://" },
};

function ActionLine({ tenant, action, onChange, onRemove }: LineProps) {
  const t = useWords(words);
  return (
    <div className={css.act}>
      <Select
        size="sm"
        aria-label={t("action")}
        value={action.kind}
        onChange={(kind) => onChange(blank[kind])}
        options={acts.map((kind) => ({ value: kind, label: t(`action.${kind}`) }))}
      />
      <What tenant={tenant} action={action} onChange={onChange} />
      <IconButton size="xs" icon={Trash2} label={t("action.remove")} onClick={onRemove} />
    </div>
  );
}

function What({ tenant, action, onChange }: Omit<LineProps, "onRemove">) {
  const t = useWords(words);
  const language = useLanguage();
  const { data: roles } = useQuery(rolesQuery(tenant));
  const { data: desk } = useQuery(deskQuery(tenant));
  switch (action.kind) {
    case "tell": {
      const told = action.roles ?? [];
      return (
        <fieldset className={css.whom} aria-label={t("action.whom")}>
          <Checkbox
            label={t("action.assignee")}
            checked={Boolean(action.assignee)}
            onChange={(assignee) => onChange({ ...action, assignee })}
          />
          {(roles?.items ?? []).filter(isForStaff).map((role) => (
            <Checkbox
              key={role.key}
              label={roleName(role, language)}
              checked={told.includes(role.key)}
              onChange={(on) => onChange({ ...action, roles: on ? [...told, role.key] : told.filter((one) => one !== role.key) })}
            />
          ))}
          {(action.people?.length ?? 0) > 0 && <span className="muted">{t("action.people", { n: action.people?.length ?? 0 })}</span>}
        </fieldset>
      );
    }
    case "reassign":
      return (
        <Select
          size="sm"
          aria-label={t("action.group")}
          value={action.group ?? ""}
          onChange={(group) => onChange({ kind: "reassign", group })}
          options={(desk?.settings.groups ?? []).map((group) => ({ value: group.key, label: group.name }))}
          placeholder={t("action.group")}
        />
      );
    case "priority":
    case "line":
      return (
        <Select
          size="sm"
          aria-label={t(`action.${action.kind}`)}
          value={String(action.to ?? 1)}
          onChange={(to) => onChange({ kind: action.kind, to: Number(to) })}
          options={(action.kind === "priority" ? ["1", "2", "3", "4"] : ["1", "2", "3"]).map((n) => ({
            value: n,
            label: action.kind === "priority" ? `P${n}` : n,
          }))}
        />
      );
    case "tag":
      return (
        <Input
          size="sm"
          aria-label={t("action.tag")}
          value={action.tag ?? ""}
          onChange={(event) => onChange({ kind: "tag", tag: event.target.value })}
        />
      );
    case "webhook":
      return (
        <Input
          size="sm"
          type="url"
          aria-label={t("action.url")}
          value={action.url ?? ""}
          onChange={(event) => onChange({ kind: "webhook", url: event.target.value })}
        />
      );
  }
}
