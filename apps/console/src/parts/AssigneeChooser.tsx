import type { Person } from "@manydesk/kit/api/agent";
import { useWords } from "@manydesk/kit/words/useWords";
import { Chooser } from "./Chooser.tsx";
import { useMemberChoices } from "./useMemberChoices.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  chosen: string | undefined;
  /** Taking from somebody, or giving many away, may say why. */
  explained: boolean;
  onAssign: (person: Person | null, reason: string) => void;
  onClose: () => void;
}

/** Who gets a ticket, or all of those that are selected. */
export function AssigneeChooser({ tenant, chosen, explained, onAssign, onClose }: Props) {
  const t = useWords(words);
  const { choices, person } = useMemberChoices(tenant);
  return (
    <Chooser
      title={t("assign")}
      choices={choices}
      chosen={chosen}
      note={explained ? t("assign.reason") : undefined}
      onChoose={(id, reason) => {
        onClose();
        onAssign(person(id), reason);
      }}
      onClose={onClose}
    />
  );
}
