import type { MyTenant } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { ChipGroup } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { useSession } from "../../../parts/useSession.ts";
import { FormDialog } from "../FormDialog.tsx";
import { type Group, type TeamMember, useSavePerson, type Vendor } from "./calls.ts";
import words from "./words.json";

interface Props {
  tenant: MyTenant;
  member: TeamMember;
  groups: readonly Group[];
  vendors: readonly Vendor[];
  onClose: () => void;
}

/** What somebody takes: groups, lines, languages, how much, and for whom they work. */
export function PersonForm({ tenant, member, groups, vendors, onClose }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const me = useSession().user.id;
  const [inGroups, setGroups] = useState(() => member.groups.map((group) => group.key));
  const [lines, setLines] = useState(() => member.lines.map(String));
  const [languages, setLanguages] = useState(member.languages.join(", "));
  const [capacity, setCapacity] = useState(String(member.capacity));
  const [vendor, setVendor] = useState(member.vendor?.id ?? "none");
  const save = useSavePerson(tenant.slug);
  const problem = isProblem(save.error) ? save.error : undefined;
  // A provider sets the capacity of its own people, and everybody their own.
  const own = !member.provider || member.id === me;
  const submit = () => {
    save.mutate(
      {
        member,
        groups: inGroups,
        lines: lines.map(Number),
        languages: languages.split(/[\s,;]+/).filter(Boolean),
        ...(vendor !== (member.vendor?.id ?? "none") && { vendor: vendor === "none" ? null : vendor }),
        ...(own && capacity !== String(member.capacity) && { capacity: capacity ? Number(capacity) : null }),
      },
      {
        onSuccess: () => {
          toast({ text: t("saved", { name: member.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={member.name}
      action={t("save")}
      busy={save.isPending}
      error={save.error}
      more={<Button onClick={onClose}>{t("cancel")}</Button>}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChipGroup
        label={t("person.groups")}
        value={inGroups}
        onChange={setGroups}
        options={groups
          .filter((one) => one.version > 0)
          .map((one) => ({ value: one.key, label: nameIn(one.spec.name, language, one.key) }))}
      />
      <ChipGroup
        label={t("person.lines")}
        value={lines}
        onChange={setLines}
        options={["1", "2", "3"].map((n) => ({ value: n, label: t("line", { n }) }))}
      />
      <Field label={t("person.languages")} hint={t("person.languages.hint")} error={problem?.field("languages/0")}>
        <Input value={languages} onChange={(event) => setLanguages(event.target.value)} />
      </Field>
      {own ? (
        <Field label={t("person.capacity")} hint={t("person.capacity.hint")} error={problem?.field("capacity")}>
          <Input
            inputMode="numeric"
            value={capacity}
            pattern="[0-9]{0,3}"
            onChange={(event) => setCapacity(event.target.value.replace(/\D/g, ""))}
          />
        </Field>
      ) : (
        <p className="muted">{t("person.capacity.theirs", { n: member.capacity })}</p>
      )}
      {vendors.length > 0 && (
        <Field label={t("person.vendor")} hint={t("person.vendor.hint")}>
          <Select
            value={vendor}
            onChange={setVendor}
            options={[
              { value: "none", label: t("person.vendor.none") },
              ...vendors.filter((one) => !one.ended_at || one.id === vendor).map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        </Field>
      )}
    </FormDialog>
  );
}
