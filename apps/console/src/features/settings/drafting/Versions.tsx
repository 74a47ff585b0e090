import { Button } from "@manydesk/kit/ui/Button";
import { Menu } from "@manydesk/kit/ui/Menu";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { ask } from "../../../parts/ask.ts";
import { useTold } from "../useTold.ts";
import { Compared } from "./Compared.tsx";
import type { Setting, Version } from "./setting.ts";
import words from "./words.json";

interface Change<I> {
  mutate: (input: I, told: { onSuccess: () => void; onError: (error: unknown) => void }) => void;
}
interface Props<S> {
  setting: Setting<S>;
  /** Where it is read: "/v1/tenants/acme/routing". */
  path: string;
  readOnly: boolean;
  /** What a version says, line by line, so that two can be held against each other. */
  lines: (spec: S) => Map<string, string | null>;
  discard: Change<void>;
  restore: Change<number>;
}

/** «Сравнить с 3» and «Откатить»: what the draft changes, and the way back to what was. */
export function Versions<S>({ setting, path, readOnly, lines, discard, restore }: Props<S>) {
  const t = useWords(words);
  const f = useFormats();
  const told = useTold();
  const [comparing, setComparing] = useState(false);
  const { data } = useQuery({
    queryKey: [path.split("/")[3], "versions", path, setting.version],
    queryFn: async ({ signal }) => (await ask<{ items: Version[] }>("get", `${path}/versions`, { signal })).items,
    enabled: setting.version > 0,
  });
  const earlier = (data ?? []).filter((one) => one.published_at && one.version !== setting.version).slice(0, 10);
  const drop = () => {
    const said = setting.version > 0 ? t("rollback.done", { n: setting.version }) : t("rollback.dropped");
    discard.mutate(undefined, told(said));
  };
  const items = [
    ...(setting.draft
      ? [{ label: setting.version > 0 ? t("rollback.draft", { n: setting.version }) : t("rollback.bare"), onSelect: drop }]
      : []),
    ...earlier.map((one) => ({
      label: t("version", { n: one.version }),
      hint: [one.published_at && f.moment(one.published_at), one.author?.name, one.reason].filter(Boolean).join(" · "),
      onSelect: () => restore.mutate(one.version, told(t("rollback.done", { n: one.version }))),
    })),
  ];
  const comparable = setting.version > 0 && (setting.draft !== null || earlier.length > 0);
  return (
    <>
      {comparable && (
        <Button kind="ghost" icon={GitCompareArrows} onClick={() => setComparing(true)}>
          {setting.draft ? t("compare", { n: setting.version }) : t("compare.versions")}
        </Button>
      )}
      {!readOnly && items.length > 0 && <Menu align="end" button={<Button>{t("rollback")}</Button>} items={items} />}
      {comparing && <Compared setting={setting} path={path} earlier={earlier} lines={lines} onClose={() => setComparing(false)} />}
    </>
  );
}
