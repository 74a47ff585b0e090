import { useWords } from "@manydesk/kit/words/useWords";
import { useQueryClient } from "@tanstack/react-query";
import { PublishDraft } from "../drafting/PublishDraft.tsx";
import { type Trigger, triggersQuery, useTriggers } from "./calls.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  trigger: Trigger;
  /** The version of the draft that was looked at. */
  draft: number;
  name: string;
  onPublished: () => void;
  onLook: (draft: number | null) => void;
  onClose: () => void;
}

/** Before a trigger acts: what that means, and a word on what changed. */
export function PublishDialog({ tenant, trigger, draft, name, onPublished, onLook, onClose }: Props) {
  const t = useWords(words);
  const cache = useQueryClient();
  const { publish } = useTriggers(tenant);
  const { key } = trigger;
  const look = async () => {
    const all = await cache.fetchQuery({ ...triggersQuery(tenant), staleTime: 0 });
    onLook(all.find((one) => one.key === key)?.draft?.version ?? null);
  };
  return (
    <PublishDraft
      title={t("publish.title")}
      publish={{ ...publish, mutate: (reason, told) => publish.mutate({ key, draft, reason }, told) }}
      onLook={look}
      onPublished={onPublished}
      onClose={onClose}
    >
      <p>{t("publish.what", { name })}</p>
    </PublishDraft>
  );
}
