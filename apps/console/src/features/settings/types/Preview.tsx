import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { Field as Labelled } from "@manydesk/kit/ui/Field";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useAsked } from "../../../parts/asking.ts";
import { cacheKeys } from "../../../parts/cacheKeys.ts";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { TypeFields } from "../../../parts/TypeFields.tsx";
import { latest } from "../drafting/setting.ts";
import type { Field, TicketType, TicketTypeSpec } from "./spec.ts";
import css from "./Types.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  type: TicketType;
  spec: TicketTypeSpec;
  fields: readonly Field[];
}

/** The form as it is being made, to be filled in: the server says what is asked, as it will of a ticket. */
export function Preview({ tenant, type, spec, fields }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const cache = useQueryClient();
  const { data: desk } = useQuery(deskQuery(tenant));
  const [who, setWho] = useState<"client" | "staff">(spec.public ? "client" : "staff");
  const [status, setStatus] = useState("");
  const [typed, setTyped] = useState<Record<string, unknown>>({});
  const defs = (spec.fields ?? []).flatMap(({ field }) => {
    const found = fields.find((one) => one.key === field);
    return found ? [{ key: field, name: field, kind: latest(found).kind, required: false, conditional: true }] : [];
  });
  const { questions } = useAsked({
    tenant,
    type: type.key,
    fields: defs,
    body: { draft: true, channel: who === "client" ? "portal" : "phone", status: status || undefined, fields: typed },
  });
  // A draft that was kept is asked anew.
  const { revision } = type;
  const before = cacheKeys.tenant(tenant)[0];
  useEffect(() => {
    if (revision !== undefined) void cache.invalidateQueries({ queryKey: [before, "form", type.key] });
  }, [cache, before, type.key, revision]);
  const internal = new Set((spec.fields ?? []).flatMap((one) => (one.internal ? [one.field] : [])));
  const shown = who === "client" ? questions.filter((one) => !internal.has(one.key)) : questions;
  const statuses = desk?.settings.workflow.statuses ?? [];
  const hint = nameIn(spec.hint, language, "");
  return (
    <aside className={css.aside} aria-label={t("preview")}>
      <h3>{t("preview")}</h3>
      <p className="muted s12">{t("preview.lead")}</p>
      <RadioGroup
        label={t("preview.who")}
        labelHidden
        look="chips"
        value={who}
        onChange={setWho}
        options={[
          { value: "client", label: t("preview.client") },
          { value: "staff", label: t("preview.staff") },
        ]}
      />
      {who === "staff" && (
        <Labelled label={t("preview.status")}>
          <Select
            size="sm"
            value={status || (statuses[0]?.key ?? "")}
            onChange={setStatus}
            options={statuses.map((one) => ({ value: one.key, label: one.name }))}
          />
        </Labelled>
      )}
      <div className={css.phone}>
        <h4>{nameIn(spec.name, language, type.key)}</h4>
        {hint && <p className="muted s13">{hint}</p>}
        {shown.length === 0 && <p className="muted s13">{t("preview.none")}</p>}
        <TypeFields questions={shown} values={typed} onChange={setTyped} problem={() => undefined} />
      </div>
    </aside>
  );
}
