import { Button } from "@manydesk/kit/ui/Button";
import { Confirm } from "@manydesk/kit/ui/Dialog";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQueryClient } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { tenantPath } from "../../../parts/ask.ts";
import { useTold } from "../useTold.ts";
import css from "./Editor.module.css";
import { PublishDraft } from "./PublishDraft.tsx";
import { Saved, State } from "./Standing.tsx";
import type { Setting } from "./setting.ts";
import type { Draft } from "./useDrafted.ts";
import { type Noun, type SettingCalls, settingsQuery } from "./useSettings.ts";
import { Versions } from "./Versions.tsx";
import words from "./words.json";

/** What the bar says of this kind of setting. */
export interface Said {
  /** Of all of them, where the way back leads. */
  title: string;
  publishTitle: string;
  publishWhat: string;
  published: string;
  removeTitle: string;
  removeText: string;
  removed: string;
}

interface Props<S> {
  tenant: string;
  noun: Noun;
  setting: Setting<S>;
  name: string;
  draft: Draft<S>;
  /** What a version says, line by line. */
  lines: (spec: S) => Map<string, string | null>;
  calls: SettingCalls<S>;
  said: Said;
  readOnly: boolean;
  onBack: () => void;
}

/** The head of an editor: the way back, what is being edited and how it stands, versions, publishing, removal. */
export function SettingBar<S>({ tenant, noun, setting, name, draft, lines, calls, said, readOnly, onBack }: Props<S>) {
  const t = useWords(words);
  const told = useTold();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<number | null>(null);
  const [removing, setRemoving] = useState(false);
  const { key, version } = setting;
  const { discard, restore, remove, publish } = calls;
  const open = async () => {
    const kept = await draft.settle();
    const drafted = kept === undefined ? setting.draft?.version : kept;
    if (drafted) setAsking(drafted);
  };
  const look = async () => {
    const all = await cache.fetchQuery({ ...settingsQuery<S>(tenant, noun), staleTime: 0 });
    setAsking(all.find((one) => one.key === key)?.draft?.version ?? null);
  };
  return (
    <header className={css.bar}>
      <button type="button" className={css.crumb} onClick={onBack}>
        {said.title}
      </button>
      <Icon of={ChevronRight} size={12} />
      <h2>{name}</h2>
      <State setting={setting} />
      <Saved state={draft.state} at={draft.savedAt} />
      <span className={css.right}>
        <Versions
          setting={setting}
          path={tenantPath(tenant, noun, key)}
          readOnly={readOnly}
          lines={lines}
          discard={{
            mutate: (_, done) => {
              if (version === 0) onBack();
              discard.mutate(key, done);
            },
          }}
          restore={{ mutate: (old, done) => restore.mutate({ key, version: old }, done) }}
        />
        {!readOnly && version > 0 && <Button onClick={() => setRemoving(true)}>{t("remove")}</Button>}
        {!readOnly && (setting.draft || draft.state !== "saved") && (
          <Button kind="primary" onClick={() => void open()}>
            {t("publish")}
          </Button>
        )}
      </span>
      {asking !== null && (
        <PublishDraft
          title={said.publishTitle}
          publish={{ ...publish, mutate: (reason, done) => publish.mutate({ key, draft: asking, reason }, done) }}
          onLook={look}
          onPublished={() => {
            setAsking(null);
            told(said.published).onSuccess();
          }}
          onClose={() => setAsking(null)}
        >
          <p>{said.publishWhat}</p>
        </PublishDraft>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        danger
        busy={remove.isPending}
        title={said.removeTitle}
        action={t("remove")}
        onConfirm={() =>
          remove.mutate(setting, {
            onSuccess: () => {
              told(said.removed).onSuccess();
              onBack();
            },
            onError: (error) => {
              setRemoving(false);
              told("").onError(error);
            },
          })
        }
      >
        {said.removeText}
      </Confirm>
    </header>
  );
}
