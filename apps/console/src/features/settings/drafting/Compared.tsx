import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Select } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../../parts/ask.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { Differences } from "./Differences.tsx";
import css from "./Drafting.module.css";
import { differences, latest, type Setting, type Version } from "./setting.ts";
import words from "./words.json";

interface Props<S> {
  setting: Setting<S>;
  path: string;
  earlier: readonly Version[];
  lines: (spec: S) => Map<string, string | null>;
  onClose: () => void;
}

/** The newest text of a setting beside an older one, in words. */
export function Compared<S>({ setting, path, earlier, lines, onClose }: Props<S>) {
  const t = useWords(words);
  const f = useFormats();
  const offered = setting.draft ? [setting.version, ...earlier.map((one) => one.version)] : earlier.map((one) => one.version);
  const [chosen, setChosen] = useState(offered[0] ?? setting.version);
  const live = chosen === setting.version;
  const old = useQuery({
    queryKey: [path.split("/")[3], "version", path, chosen],
    queryFn: ({ signal }) => ask<Version & { spec: S }>("get", `${path}/versions/${chosen}`, { signal }),
    enabled: !live,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const spec = live ? setting.spec : old.data?.spec;
  const newer = setting.draft ? t("draft") : t("version", { n: setting.version });
  const title = setting.draft ? t("compare.title", { n: chosen }) : t("compare.between", { m: setting.version, n: chosen });
  const when = (version: number) => earlier.find((one) => one.version === version)?.published_at;
  const hint = (version: number) => {
    const at = when(version);
    return at ? f.moment(at) : undefined;
  };
  const changes = spec ? differences(lines(spec), lines(latest(setting))) : [];
  return (
    <Dialog open onClose={onClose} title={title} wide>
      {offered.length > 1 && (
        <div className={css.with}>
          <Select
            size="sm"
            look="button"
            aria-label={t("compare.with")}
            value={String(chosen)}
            onChange={(next) => setChosen(Number(next))}
            options={offered.map((version) => ({ value: String(version), label: t("version", { n: version }), hint: hint(version) }))}
          />
        </div>
      )}
      {!spec && old.error ? (
        <Refusal error={old.error} onRetry={() => old.refetch()} busy={old.isFetching} />
      ) : !spec ? (
        <Skeleton lines={4} />
      ) : (
        <Differences changes={changes} from={t("version", { n: chosen })} to={newer} />
      )}
    </Dialog>
  );
}
