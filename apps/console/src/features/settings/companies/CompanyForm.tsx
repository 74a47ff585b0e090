import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Switch } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { conditionFieldsQuery } from "../../../parts/TicketCondition.tsx";
import { FormDialog } from "../FormDialog.tsx";
import css from "../Settings.module.css";
import { type Company, type CompanyChange, useSaveCompany } from "./calls.ts";
import words from "./words.json";

/** What a company is promised by: its name, level, calendar, whether it is VIP. */
export function CompanyForm({ tenant, company, onClose }: { tenant: string; company: Company | null; onClose: () => void }) {
  const t = useWords(words);
  const { data: fields } = useQuery({ ...conditionFieldsQuery(tenant), retry: false });
  const [name, setName] = useState(company?.name ?? "");
  const [level, setLevel] = useState(company?.level ?? "");
  const [calendar, setCalendar] = useState(company?.calendar ?? "");
  const [vip, setVip] = useState(company?.vip ?? false);
  const [note, setNote] = useState(company?.note ?? "");
  const [domains, setDomains] = useState(company?.domains.join(", ") ?? "");
  const { mutate, error, isPending } = useSaveCompany(tenant);
  const marked = isProblem(error) ? error.errors : [];
  const wrong = (field: string) => marked.find((one) => one.pointer === `/body/${field}`)?.detail;
  const wrongIn = (field: string) => marked.find((one) => one.pointer.startsWith(`/body/${field}`))?.detail;
  const options = (list: readonly { key: string; name: string }[], chosen: string) => [
    { value: "", label: t("usual") },
    ...list.map((one) => ({ value: one.key, label: one.name })),
    // What is set stays to be seen, also for whoever may not read the list.
    ...(chosen && !list.some((one) => one.key === chosen) ? [{ value: chosen, label: chosen }] : []),
  ];
  const submit = () => {
    const change: CompanyChange = {};
    if (name.trim() !== company?.name) change.name = name.trim();
    if (level !== (company?.level ?? "")) change.level = level || null;
    if (calendar !== (company?.calendar ?? "")) change.calendar = calendar || null;
    if (vip !== (company?.vip ?? false)) change.vip = vip;
    if (note !== (company?.note ?? "")) change.note = note;
    const mine = domains.split(/[\s,;]+/).filter(Boolean);
    if (mine.join() !== (company?.domains ?? []).join()) change.domains = mine;
    if (Object.keys(change).length === 0) return onClose();
    mutate(
      { company, change },
      {
        onSuccess: (saved) => {
          toast({ text: t("saved", { name: saved.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog title={company?.name ?? t("new")} action={t("save")} busy={isPending} error={error} onSubmit={submit} onClose={onClose}>
      <Field label={t("name")} required error={wrong("name")}>
        <Input value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("domains")} hint={t("domains.hint")} error={wrongIn("domains")}>
        <Input value={domains} onChange={(event) => setDomains(event.target.value)} placeholder="example.com, example.org" />
      </Field>
      <div className={css.pair}>
        <Field label={t("level")} error={wrong("level")}>
          <Select
            aria-label={t("level")}
            value={level}
            onChange={setLevel}
            options={options(fields?.items.find((one) => one.key === "level")?.choices ?? [], level)}
          />
        </Field>
        <Field label={t("calendar")} hint={t("calendar.hint")} error={wrong("calendar")}>
          <Select aria-label={t("calendar")} value={calendar} onChange={setCalendar} options={options(fields?.calendars ?? [], calendar)} />
        </Field>
      </div>
      <Switch label={t("vip")} hint={t("vip.hint")} checked={vip} onChange={setVip} />
      <Field label={t("note")} error={wrong("note")}>
        <Input value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <p className="muted s13">{t("running")}</p>
    </FormDialog>
  );
}
