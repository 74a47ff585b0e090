import type { Engagement } from "@manydesk/kit/api/agent";
import { Badge, type Tone } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { Confirm } from "@manydesk/kit/ui/Dialog";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { type ReactNode, useState } from "react";
import css from "./Settings.module.css";
import words from "./words.json";

const tones: Record<Engagement["state"], Tone> = { offered: "info", active: "ok", ended: "grey", refused: "grey" };

// A provider may not read the roles of its customers; these every customer has.
const everywhere = ["owner", "admin", "dispatcher", "agent", "engineer", "observer"] as const;

interface Props {
  engagement: Engagement;
  /** The other side: the provider for a tenant, the tenant for a provider. */
  name: string;
  /** Names of roles by their keys, where they are known. */
  roleNames?: Readonly<Record<string, string>>;
  onAccept: () => void;
  onEnd: () => void;
  children?: ReactNode;
}

/** One engagement: with whom, for what, since when; accepting and ending it. */
export function EngagementItem({ engagement, name, roleNames = {}, onAccept, onEnd, children }: Props) {
  const t = useWords(words);
  const f = useFormats();
  const [asking, setAsking] = useState(false);
  const { state, abilities, accepted_at, ended_at, starts_at, people, roles, types } = engagement;
  const named = (key: string): string => {
    const common = everywhere.find((one) => one === key);
    return roleNames[key] ?? (common ? t(`role.${common}`) : key);
  };
  const since = ended_at ?? accepted_at ?? starts_at;
  return (
    <article className={css.item}>
      <div>
        <span className={css.line}>
          <b>{name}</b>
          <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
        </span>
        <p>
          {[
            roles.map(named).join(", "),
            types ? types.join(", ") : t("engagements.allTypes"),
            since && t("engagements.since", { at: f.date(since) }),
            people.length > 0 && t("engagements.people", { n: people.length }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {children}
      </div>
      <div className={css.buttons}>
        {abilities.includes("accept") && (
          <Button kind="primary" onClick={onAccept}>
            {t("engagements.accept")}
          </Button>
        )}
        {abilities.includes("end") && (
          <Button onClick={() => setAsking(true)}>{state === "offered" ? t("engagements.decline") : t("engagements.end")}</Button>
        )}
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onEnd();
        }}
        title={t("engagements.sure", { name })}
        action={state === "offered" ? t("engagements.decline") : t("engagements.end")}
        danger
      >
        <p>{t("engagements.sure.text")}</p>
      </Confirm>
    </article>
  );
}
