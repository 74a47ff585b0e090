import { isProblem } from "@manydesk/kit/api/problem";
import type { GroupSpec } from "@manydesk/kit/api/route";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { ChipGroup, Switch } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { FormDialog } from "../FormDialog.tsx";
import settings from "../Settings.module.css";
import { type Group, type TeamMember, teamQuery, useRemoveSetting, useSaveGroup } from "./calls.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  /** Null is a new one. */
  group: Group | null;
  onClose: () => void;
}

/** A group, opened when it is known who is in it. */
export function GroupForm(props: Props) {
  const t = useWords(words);
  const { data: team } = useQuery(teamQuery(props.tenant));
  if (team) return <Form {...props} team={team.filter((one) => one.active)} />;
  return (
    <Dialog open onClose={props.onClose} title={t("groups.new")}>
      <Skeleton look="rows" lines={4} />
    </Dialog>
  );
}

function Form({ tenant, group, team, onClose }: Props & { team: TeamMember[] }) {
  const t = useWords(words);
  const language = useLanguage();
  const [spec, setSpec] = useState<GroupSpec>(group?.spec ?? { name: { ru: "", en: "" } });
  const [members, setMembers] = useState(() =>
    team.filter((one) => group && one.groups.some(({ key }) => key === group.key)).map((one) => one.id),
  );
  const save = useSaveGroup(tenant);
  const remove = useRemoveSetting(tenant, "groups");
  const problem = isProblem(save.error) ? save.error : undefined;
  const failed = save.error ?? remove.error;
  const named = (key: "ru" | "en", value: string) => setSpec({ ...spec, name: { ...spec.name, [key]: value } });
  const told = (text: string) => ({
    onSuccess: () => {
      toast({ text });
      onClose();
    },
  });
  const name = nameIn(spec.name, language, group?.key ?? "");
  const submit = () => save.mutate({ key: group?.key, spec, members }, told(t("saved", { name })));
  return (
    <FormDialog
      title={group ? name : t("groups.new")}
      action={t("save")}
      busy={save.isPending}
      error={failed}
      more={
        group && (
          <Button busy={remove.isPending} onClick={() => remove.mutate(group, told(t("groups.removed", { name })))}>
            {t("groups.remove")}
          </Button>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={settings.pair}>
        <Field label={t("groups.name.ru")} error={problem?.field("spec/name/ru")} required>
          <Input value={spec.name.ru ?? ""} onChange={(event) => named("ru", event.target.value)} required />
        </Field>
        <Field label={t("groups.name.en")} error={problem?.field("spec/name/en")} required>
          <Input value={spec.name.en ?? ""} onChange={(event) => named("en", event.target.value)} required />
        </Field>
        <Field label={t("groups.line")}>
          <Select
            value={String(spec.line ?? 0)}
            onChange={(line) => setSpec({ ...spec, line: Number(line) || undefined })}
            options={["0", "1", "2", "3"].map((n) => ({ value: n, label: n === "0" ? t("groups.line.none") : t("line", { n }) }))}
          />
        </Field>
        <Field label={t("groups.limit")} hint={t("groups.limit.hint")} error={problem?.field("spec/limit")}>
          <Input
            inputMode="numeric"
            value={spec.limit ?? ""}
            onChange={(event) => setSpec({ ...spec, limit: Number(event.target.value.replace(/\D/g, "")) || undefined })}
          />
        </Field>
      </div>
      <Switch
        label={t("groups.queue")}
        hint={t("groups.queue.hint")}
        checked={spec.queue ?? false}
        onChange={(queue) => setSpec({ ...spec, queue: queue || undefined })}
      />
      <ChipGroup
        label={t("groups.members")}
        value={members}
        onChange={setMembers}
        options={team.map((one) => ({ value: one.id, label: one.name }))}
      />
    </FormDialog>
  );
}
