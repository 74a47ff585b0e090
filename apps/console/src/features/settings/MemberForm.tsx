import type { Member, Role } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { Switch } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { useSaveMember } from "./mutations.ts";
import { RolePicks } from "./RolePicks.tsx";
import words from "./words.json";

/** A member's roles, and whether they may come in at all. */
export function MemberForm({
  tenant,
  member,
  roles,
  onClose,
}: {
  tenant: string;
  member: Member;
  roles: readonly Role[];
  onClose: () => void;
}) {
  const t = useWords(words);
  const [chosen, setChosen] = useState(() => member.roles.map((role) => role.key));
  const [active, setActive] = useState(member.active);
  const save = useSaveMember(tenant);
  const submit = () =>
    save.mutate(
      { member, roles: chosen, active },
      {
        onSuccess: () => {
          toast({ text: t("members.saved", { name: member.name }) });
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={member.name}
      actions={
        <Button kind="primary" busy={save.isPending} onClick={submit}>
          {t("save")}
        </Button>
      }
    >
      {save.error && <ErrorCard error={save.error} />}
      <RolePicks roles={roles} value={chosen} onChange={setChosen} />
      <Switch label={t("members.active")} hint={t("members.active.hint")} checked={active} onChange={setActive} />
    </Dialog>
  );
}
